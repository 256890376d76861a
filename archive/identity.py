"""When two postings are the same act (DESIGN section 3, "Identity"): pure decisions.

A document number with its agency prefix is an identity; a bare 2026年第N号公告 or 令第N号
only together with an issuing body in common; otherwise the normalised title and a
near-duplicate body within about 120 days. A forward, an implementing notice with text of
its own, a draft or an interpretation is never the act that it speaks of.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from archive.issuers import bodies_in, bodies_of
from archive.textnorm import (
    has_agency_prefix,
    is_index_number,
    normalise,
    normalise_document_number,
    normalise_title,
    parse_chinese_number,
)

SAME_NUMBER = "same document number"
WINDOW = timedelta(days=120)
SHINGLE = 4
SKETCH = 4
SKETCH_SHARED = 2  # that many of a sketch make a text worth comparing
LONG_ENOUGH = 60  # characters of body below which similarity says nothing
MAX_COMPARED = 60_000

_ANNOUNCED = re.compile(r"(?:(\d{4})年)?第(\d+)号$|〔(\d{4})〕(\d+)号$")

_DRAFT = re.compile(r"征求意见|征集意见|意见征[集求]|公开征求|草案|送审稿|求意见稿")
_FORWARD_TITLE = re.compile(r"转发")
_FORWARD_TEXT = re.compile(r"转发给你们|现转发|予以转发|现将.{2,120}?转发")
_COMMENT = re.compile(
    r"解读|答记者问|一图读懂|图解|政策问答|问答|发布会|吹风会|专家谈|访谈|新闻稿|座谈会|宣贯会|"
    r"培训会|动员会|侧记|综述"
)
_NEWS = re.compile(
    r"(?:联合)?(?:印发|发布|公布|出台|实施|施行)《[^》]+》(?!.*的?(?:通知|公告|通告|令|函|决定)$)|"
    r"[^关]{2,}《[^》]+》(?:正式)?(?:印发|发布|公布|出台|实施|施行)$"
)
_TITLE_TAIL = re.compile(r"的?(?:通知|公告|通告)$")
_EDITION = re.compile(
    r"(?:19|20)\d{2}年?(?:版|本|修订版?|修正版?|修正本)?|试行|暂行|修订(?:版|稿|本)?|征求意见稿|"
    r"草案|送审稿|修正(?:本|案)?|第?[一二三四五六七八九十]+次"
)
_PUNCTUATION = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_TITLE_NUMERALS = re.compile(r"\d+|第[一二三四五六七八九十百]+[批次号期届]")
_SIGNED = re.compile(
    r"((?:19|20)\d{2}|[〇零○Oo一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,3})月"
    r"([\d一二三四五六七八九十]{1,3})日"
)


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A document number in one spelling; ``full`` when the agency prefix makes it unique."""

    value: str
    full: bool


@lru_cache(maxsize=4096)
def number_key(document_number: str | None) -> NumberKey | None:
    """The key of a printed document number in any bracket style; None when it has none."""
    if not document_number or is_index_number(document_number):
        return None
    spelled = normalise_document_number(document_number)
    if "〔" in spelled and has_agency_prefix(spelled):
        return NumberKey(spelled, full=True)
    match = _ANNOUNCED.search(spelled)
    if match is None:
        return None
    year, serial = match[1] or match[3] or "", match[2] or match[4]
    return NumberKey(f"令{serial}" if "令" in spelled else f"{year}#{serial}", full=False)


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title without wrapper, issuers, marks and site name; drafts keep their mark."""
    key = normalise_title(title)
    draft = _DRAFT.search(key) is not None
    key = _PUNCTUATION.sub("", _TITLE_TAIL.sub("", key).removeprefix("关于"))
    return _DRAFT_MARKS.sub("", key) + "~draft" if draft else key


_DRAFT_MARKS = re.compile(r"(?:公开)?征求意见稿|草案|送审稿|(?:公开)?(?:征求|征集)意见")


def base_key(title: str) -> str:
    """The title key without edition, year, 试行, 暂行 and draft marks."""
    return _EDITION.sub("", title_key(title).removesuffix("~draft"))


def marks(title: str, text: str) -> frozenset[str]:
    """What a posting is besides an act: draft, forward, comment (interpretation or news)."""
    folded = _fold(title)
    found = set()
    if _DRAFT.search(folded):
        found.add("draft")
    if _FORWARD_TITLE.search(folded) or _FORWARD_TEXT.search(_fold(text[:600])):
        found.add("forward")
    if _COMMENT.search(folded) or _NEWS.search(folded):
        found.add("comment")
    return frozenset(found)


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four characters of a normalised text."""
    width = 4  # bytes of a character in UTF-32
    body = _PUNCTUATION.sub("", text[:MAX_COMPARED]).encode("utf-32-le")
    last = len(body) - (SHINGLE - 1) * width
    return frozenset(zlib.crc32(body[i : i + SHINGLE * width]) for i in range(0, last, width))


def sketch(found: frozenset[int]) -> tuple[int, ...]:
    """The smallest shingles: near-duplicates share most of them, other texts hardly one."""
    return tuple(heapq.nsmallest(SKETCH, found))


def _plain_numeral(text: str) -> str:
    value = parse_chinese_number(text.replace("○", "〇"))
    return text if value is None else str(int(value))


@dataclass(frozen=True)
class Copy:
    """What of a posting counts for its identity."""

    title: str
    text: str
    document_number: str | None
    issuers: tuple[str, ...]
    publisher: str
    jurisdiction: str
    published: date | None
    source_key: str = ""
    files: frozenset[str] = frozenset()

    @cached_property
    def number(self) -> NumberKey | None:
        return number_key(self.document_number)

    @cached_property
    def key(self) -> str:
        return title_key(self.title)

    @cached_property
    def marks(self) -> frozenset[str]:
        return marks(self.title, self.text)

    @cached_property
    def body(self) -> str:
        return normalise(self.text)

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles(self.body)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Issuing bodies: printed ones, those in number and title, else who published it."""
        named = bodies_of(self.issuers) | bodies_in(self.document_number or "")
        named |= bodies_in(self.title.split("关于")[0]) if "关于" in self.title else frozenset()
        return named or bodies_of((self.publisher,))

    @cached_property
    def signed(self) -> str | None:
        """The day in the signature block: the last date near the end of the body."""
        found = _SIGNED.findall(_fold(self.text[-300:]))
        return "-".join(_plain_numeral(part) for part in found[-1]) if found else None

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The (kind, value) pairs under which possible copies are looked up."""
        keys: list[tuple[str, str]] = []
        if self.number:
            keys.append(("number" if self.number.full else "bare", self.number.value))
        if self.key:
            keys.append(("title", self.key))
        if len(self.body) >= 2 * LONG_ENOUGH:
            keys += [("sketch", f"{value:08x}") for value in sketch(self.shingles)]
        return tuple(keys)

    @property
    def long(self) -> bool:
        return len(self.body) >= LONG_ENOUGH


@dataclass(frozen=True, slots=True)
class Likeness:
    jaccard: float
    contained: float  # of the smaller in the larger
    added: float  # share of the larger that the smaller does not have


def likeness(one: Copy, other: Copy) -> Likeness:
    small, large = sorted((one.shingles, other.shingles), key=len)
    if not small:
        return Likeness(0.0, 0.0, 1.0)
    common = len(small & large)
    return Likeness(
        jaccard=common / (len(small) + len(large) - common),
        contained=common / len(small),
        added=1 - common / len(large),
    )


def same_act(one: Copy, other: Copy) -> str | None:
    """Why two postings are one act, None when they are not (or nothing proves it)."""
    by_number = _compare_numbers(one, other)
    if by_number is False or one.marks != other.marks:
        return None
    like = likeness(one, other)
    if _local_addition(one, other, like):
        return None
    if by_number and _number_plausible(one, other, like):
        return SAME_NUMBER
    if _too_far(one.published, other.published) or _signed_apart(one, other):
        return None
    if one.key and one.key == other.key:
        return _same_title(one, other, like)
    return _near_identical(one, other, like)


def _compare_numbers(one: Copy, other: Copy) -> bool | None:
    """True: the same number; False: different ones; None: they say nothing."""
    if one.number is None or other.number is None or one.number.full != other.number.full:
        return None
    if one.number != other.number:
        same_form = one.number.full or ("令" in one.number.value) == ("令" in other.number.value)
        return False if same_form else None
    if one.number.full:
        return True
    return bool(one.bodies & other.bodies)


def _number_plausible(one: Copy, other: Copy, like: Likeness) -> bool:
    """A cited number may be mistaken for the own one: title or body must go along."""
    alike = fuzz.ratio(one.key, other.key) >= 50 or one.key in other.key or other.key in one.key
    return alike or like.contained >= 0.5 or not (one.long and other.long)


def _local_addition(one: Copy, other: Copy, like: Likeness) -> bool:
    """A province's page about a national act that adds text of its own is another notice."""
    if one.jurisdiction == other.jurisdiction or not (one.long and other.long):
        return False
    return like.jaccard < 0.8 and like.added > 0.1


def _too_far(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) > WINDOW


def _signed_apart(one: Copy, other: Copy) -> bool:
    return one.signed is not None and other.signed is not None and one.signed != other.signed


def _same_title(one: Copy, other: Copy, like: Likeness) -> str | None:
    if not (one.long and other.long):
        shared = bool(one.files & other.files)
        told = len(one.key) >= 10 and bool(one.bodies & other.bodies)
        if shared or (told and one.body == other.body):
            return "same title and attachment" if shared else "same title and text"
        return None
    # A site's recurring notices share title and boilerplate: there the copy must be exact.
    floor = 0.9 if one.source_key == other.source_key else 0.6
    if like.jaccard >= floor or (floor < 0.9 and like.contained >= 0.85):
        return "same title, near-duplicate text"
    return None


def _near_identical(one: Copy, other: Copy, like: Likeness) -> str | None:
    numerals = [sorted(_TITLE_NUMERALS.findall(_fold(copy.title))) for copy in (one, other)]
    if numerals[0] != numerals[1] or min(len(one.body), len(other.body)) < 2 * LONG_ENOUGH:
        return None
    alike = fuzz.partial_ratio(one.key, other.key)
    if (like.jaccard >= 0.85 and alike >= 60) or (like.jaccard >= 0.95 and alike >= 35):
        return "near-identical text"
    return None


def best_match(copy: Copy, others: Sequence[tuple[int, Copy]]) -> tuple[int, str] | None:
    """The most alike of the candidates that are the same act: its id and the reason."""
    found = [(number, other, same_act(copy, other)) for number, other in others]
    same = [(number, other, why) for number, other, why in found if why]
    if not same:
        return None
    number, _, why = max(
        same, key=lambda item: (item[2] == SAME_NUMBER, likeness(copy, item[1]).jaccard)
    )
    return number, why
