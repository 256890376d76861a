"""When two postings are the same act (DESIGN section 3, "Identity"): pure decisions.

A document number with its agency prefix is an identity; a bare 2026年第N号公告 or 令第N号
only together with an issuing body in common; otherwise the normalised title and a
near-duplicate body within about 120 days. A forward, an implementing notice with text of
its own, a draft or an interpretation is never the act that it speaks of.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from rapidfuzz import fuzz

from archive.issuers import bodies_in, bodies_of
from archive.textnorm import normalise

WINDOW = timedelta(days=120)
SHINGLE = 4
SKETCH = 4
LONG_ENOUGH = 60  # characters of body below which similarity says nothing
MAX_COMPARED = 60_000

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_BRACKETS = str.maketrans("〔〕［］【】﹝﹞「」{}", "[][][][][][]")
_FULL = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])([\u4e00-\u9fff]{1,14}(?:[A-Za-z]{1,4})?)[\[(]((?:19|20)\d{2})年?[\])]"
    r"(?:第)?(\d{1,6})号"
)
_DATED = re.compile(r"((?:19|20)\d{2})年?第?(\d{1,5})号")
_ORDER = re.compile(r"令[\[(]?第?(\d{1,5})号|第(\d{1,5})号令")
_NUMERAL_RUN = re.compile(r"[〇零○一二两三四五六七八九十百]+")

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
_SITE_TAIL = re.compile(
    r"[-_|—–·]+[^-_|—–·《》]{0,24}(?:人民政府|政府网|门户|网站|网|厅|局|委员会|部|文件|要闻|频道)$"
)
_NUMBER_TAIL = re.compile(r"[(\[][^()\[\]]{0,14}[\[(](?:19|20)\d{2}[\])]第?\d+号[)\]]$")
_WRAPPER = re.compile(
    r"(?:关于)?(?:联合)?(?:印发|发布|公布|下发|颁布)[《<]?(?P<act>.+?)[》>]?的?"
    r"(?:通知|公告|通告|函|决定)$"
)
_ISSUER_PREFIX = re.compile(
    r"^(?:.{0,80}?(?:部|委|局|厅|署|院|会|办|部门|政府|公司|中心|[一二三四五六七八九十]+家单位))"
    r"(?:[一二三四五六七八九十两\d]+个?部门)?(?:联合)?(?=关于)"
)
_TITLE_TAIL = re.compile(r"的?(?:通知|公告|通告)$")
_EDITION = re.compile(
    r"(?:19|20)\d{2}年?(?:版|本|修订版?|修正版?|修正本)?|试行|暂行|修订(?:版|稿|本)?|征求意见稿|"
    r"草案|送审稿|修正(?:本|案)?|第?[一二三四五六七八九十]+次"
)
_PUNCTUATION = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_TITLE_NUMERALS = re.compile(r"\d+|第[一二三四五六七八九十百]+[批次号期届]")
_SIGNED = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")


def comparable(text: str) -> str:
    """Text for telling same from different: widths, blanks and line ends do not count.

    A blank between two digits stays, so that two table cells never melt into one number.
    """
    return re.sub(r"\s+", "", re.sub(r"(?<=\d)\s+(?=\d)", "\x1f", normalise(text)))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return re.sub(r"\s+", "", folded)


def _arabic(text: str) -> str:
    """Chinese numerals up to the hundreds as digits: 二〇二六年第二十号 -> 2026年第20号."""

    def convert(match: re.Match[str]) -> str:
        run = match[0]
        if not re.search("[十百]", run):
            return "".join(str(_DIGITS[c]) for c in run)
        total, digit = 0, 0
        for c in run:
            if c in "十百":
                total += (digit or 1) * (10 if c == "十" else 100)
                digit = 0
            else:
                digit = _DIGITS[c]
        return str(total + digit)

    return _NUMERAL_RUN.sub(convert, text)


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A document number in one spelling; ``full`` when the agency prefix makes it unique."""

    value: str
    full: bool


def number_key(document_number: str | None) -> NumberKey | None:
    """The key of a printed document number in any bracket style; None when it has none."""
    if not document_number:
        return None
    folded = _fold(document_number)
    match = _FULL.search(folded)
    if match:
        return NumberKey(f"{match[1]}[{match[2]}]{int(match[3])}", full=True)
    folded = _arabic(folded)
    match = _ORDER.search(folded)
    if match:
        return NumberKey(f"令{int(match[1] or match[2])}", full=False)
    match = _DATED.search(folded)
    if match:
        return NumberKey(f"{match[1]}#{int(match[2])}", full=False)
    return None


def title_key(title: str) -> str:
    """A title without wrapper, issuers, marks and site name; drafts keep their mark."""
    folded = _fold(title)
    while True:
        shorter = _NUMBER_TAIL.sub("", _SITE_TAIL.sub("", folded))
        if shorter == folded or not shorter:
            break
        folded = shorter
    draft = _DRAFT.search(folded) is not None
    folded = _ISSUER_PREFIX.sub("", folded)
    named = re.findall(r"《([^》]+(?:《[^》]*》[^》]*)?)》", folded)
    wrapped = _WRAPPER.fullmatch(folded)
    if wrapped and "转发" not in folded:
        folded = wrapped["act"]
    elif (draft and len(named) == 1) or (len(named) == 1 and folded == f"《{named[0]}》"):
        folded = named[0]
    key = _PUNCTUATION.sub("", _TITLE_TAIL.sub("", folded).removeprefix("关于"))
    if draft:
        key = _DRAFT_MARKS.sub("", key) + "~draft"
    return key.lower()


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
    """Hashes of all runs of four characters of a comparable text."""
    body = _PUNCTUATION.sub("", text[:MAX_COMPARED])
    count = max(len(body) - SHINGLE + 1, 0)
    return frozenset(zlib.crc32(body[i : i + SHINGLE].encode()) for i in range(count))


def sketch(found: frozenset[int]) -> tuple[int, ...]:
    """The smallest shingles: near-duplicates nearly surely share one of them."""
    return tuple(sorted(found)[:SKETCH])


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
        return comparable(self.text)

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
        found = _SIGNED.findall(_arabic(self.body[-300:]))
        return "-".join(found[-1]) if found else None

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
    if one.marks != other.marks:
        return None
    by_number = _compare_numbers(one, other)
    if by_number is False:
        return None
    like = likeness(one, other)
    if _local_addition(one, other, like):
        return None
    if by_number and _number_plausible(one, other, like):
        return "same document number"
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
    return True if one.bodies & other.bodies else False


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


def keys_of(copy: Copy) -> list[tuple[str, str]]:
    """The (kind, value) pairs under which possible copies are looked up."""
    keys: list[tuple[str, str]] = []
    if copy.number:
        keys.append(("number" if copy.number.full else "bare", copy.number.value))
    if copy.key:
        keys.append(("title", copy.key))
    if len(copy.body) >= 2 * LONG_ENOUGH:
        keys += [("sketch", f"{value:08x}") for value in sketch(copy.shingles)]
    return keys


def best_match(copy: Copy, others: Sequence[tuple[int, Copy]]) -> tuple[int, str] | None:
    """The most alike of the candidates that are the same act: its id and the reason."""
    found = [(number, other, same_act(copy, other)) for number, other in others]
    same = [(number, other, why) for number, other, why in found if why]
    if not same:
        return None
    number, _, why = max(
        same, key=lambda item: (item[2] == "same document number", likeness(copy, item[1]).jaccard)
    )
    return number, why
