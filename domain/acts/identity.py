"""Decide when two postings are the same act.

A document number with its agency prefix is an identity; a bare 2026年第N号公告 or 令第N号
only together with an issuing body in common; otherwise the normalised title and a
near-duplicate body within about 120 days. A forward, an implementing notice with text of
its own, a draft or an interpretation is never the act that it speaks of.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from domain.acts.issuers import bodies_in, bodies_of, jurisdiction_of
from domain.acts.titles import (
    PUNCTUATION,
    NumberKey,
    act_title,
    fold,
    number_key,
    numbered_apart,
    numerals,
    title_key,
    title_marks,
)
from domain.text.act_numbers.standard_numbers import find_standard_numbers
from domain.text.normalization import normalise
from domain.text.numerals import parse_chinese_number

SAME_NUMBER = "identity.same_number"
WINDOW = timedelta(days=120)
SHINGLE = 4
SKETCH = 4
SKETCH_SHARED = 2  # that many of a sketch make a text worth comparing
LONG_ENOUGH = 60  # characters of body below which similarity says nothing
MAX_COMPARED = 60_000
_KEPT = 3_000  # characters of a text whose shingles are kept for the next comparison

# For example 工业和信息化部2026年3月18日.
_SIGNED = re.compile(
    r"(?:(?!发布|时间|日期|更新|打印|来源).){0,60}?"
    r"((?:19|20)\d{2}|[〇零○Oo一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,3})月"
    r"([\d一二三四五六七八九十]{1,3})日(?:[\u4e00-\u9fff]{0,3})"
)
_SIGNATURE_LINES = 12
# For example 现就有关事项通知如下 or 结合我省实际.
_DIRECTING = re.compile(
    r"请|[我本全](?:省|市|区|县)|各(?:地|市|县|设区)|结合.{0,12}实际|贯彻|现(?:就|将)|补充|另行|要求"
)
_OWN_WORDS = 12  # characters from which a paragraph says something


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four characters of a normalised text."""
    width = 4  # bytes of a character in UTF-32
    body = PUNCTUATION.sub("", text[:MAX_COMPARED]).encode("utf-32-le")
    last = len(body) - (SHINGLE - 1) * width
    return frozenset(zlib.crc32(body[i : i + SHINGLE * width]) for i in range(0, last, width))


@lru_cache(maxsize=192)
def _kept_body(text: str) -> str:
    return normalise(text)


@lru_cache(maxsize=192)
def _kept_shingles(text: str) -> frozenset[int]:
    """The same posting is compared with each new one of its site."""
    return shingles(_kept_body(text))


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
    site: str = ""
    files: frozenset[str] = frozenset()
    file_texts: tuple[str, ...] = ()

    @cached_property
    def number(self) -> NumberKey | None:
        return number_key(self.document_number)

    @cached_property
    def standards(self) -> frozenset[str]:
        """The numbers of standards in the title."""
        return frozenset(number for _, _, number in find_standard_numbers(self.title[:400]))

    @cached_property
    def key(self) -> str:
        return title_key(act_title(self.title, self.text))

    @cached_property
    def marks(self) -> frozenset[str]:
        return title_marks(self.title, self.text)

    @cached_property
    def body(self) -> str:
        return _kept_body(self.text) if len(self.text) <= _KEPT else normalise(self.text)

    @cached_property
    def shingles(self) -> frozenset[int]:
        return _kept_shingles(self.text) if len(self.text) <= _KEPT else shingles(self.body)

    @cached_property
    def whole(self) -> frozenset[int]:
        """Shingles of the body together with the attachments' texts."""
        room, texts = MAX_COMPARED, []
        for text in self.file_texts:
            texts.append(text[:room])
            room -= len(texts[-1])
        return self.shingles | shingles(normalise("\n".join(texts)))

    @cached_property
    def paragraphs(self) -> frozenset[str]:
        return frozenset(normalise(line) for line in self.text.split("\n"))

    @cached_property
    def level(self) -> str:
        """CN or the province of those who issued it, else of the site."""
        return jurisdiction_of(self.bodies) or self.jurisdiction

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Issuing bodies: printed ones, those in number and title, else who published it."""
        named = bodies_of(self.issuers) | bodies_in(self.document_number or "")
        before_about, about, _ = self.title[:200].partition("关于")
        named |= bodies_in(before_about) if about else frozenset()
        return named or bodies_of((self.publisher,))

    @cached_property
    def signed(self) -> str | None:
        """The day in the signature block: the last line that bears little else than a date."""
        lines = [fold(line) for line in self.text[-2000:].split("\n")][-_SIGNATURE_LINES:]
        found = [match for line in lines if (match := _SIGNED.fullmatch(line))]
        return "-".join(_plain_numeral(part) for part in found[-1].groups()) if found else None

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
    """How much two bodies share, as parts of 1."""

    jaccard: float
    contained: float  # of the smaller in the larger
    added: float  # share of the larger that the smaller does not have


def likeness(one: Copy, other: Copy) -> Likeness:
    """By shingles; nothing in common where one of them is empty."""
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
    """The code of why two postings are one act, None when they are not (or nothing proves it)."""
    by_number = _compare_numbers(one, other)
    if not _may_be_one(one, other, by_number):
        return None
    like = likeness(one, other)
    if _local_addition(one, other, like) or (one.marks != other.marks and like.jaccard < 0.8):
        return None
    if by_number is False:
        return "identity.misread_number" if _misread_number(one, other, like) else None
    if by_number and _number_plausible(one, other, like):
        return SAME_NUMBER
    if _too_far(one.published, other.published) or _signed_apart(one, other):
        return None
    if one.key and one.key == other.key:
        return _same_title(one, other, like)
    return _near_identical(one, other, like)


def _may_be_one(one: Copy, other: Copy, by_number: bool | None) -> bool:
    """The cheap checks. A headline may sound like news above the act's own text."""
    if one.marks - {"news"} != other.marks - {"news"} or _other_standard(one, other):
        return False
    if by_number is True:
        return True
    if numbered_apart(one.title, other.title):
        return False
    return by_number is None or one.key == other.key


def _other_standard(one: Copy, other: Copy) -> bool:
    """Whether they are two standards: one announcement approves several."""
    return bool(one.standards and other.standards and one.standards.isdisjoint(other.standards))


def _compare_numbers(one: Copy, other: Copy) -> bool | None:
    """True: the same number; False: different ones; None: they say nothing."""
    if one.number is None or other.number is None or one.number.full != other.number.full:
        return None
    if one.number != other.number:
        if _but_for_the_year(one.number.value, other.number.value):
            return None
        same_form = one.number.full or ("令" in one.number.value) == ("令" in other.number.value)
        return False if same_form else None
    if one.number.full or one.bodies & other.bodies:
        return True
    return None


def numbers_contradict(one: Copy, other: Copy) -> bool:
    """Whether two postings bear numbers that cannot be one act's."""
    return _compare_numbers(one, other) is False


def _but_for_the_year(one: str, other: str) -> bool:
    """公告第13号 and 公告2026年第13号: the one page leaves out what the other prints."""
    (year, _, serial), (other_year, _, other_serial) = one.partition("#"), other.partition("#")
    return serial == other_serial != "" and not (year and other_year)


def _number_plausible(one: Copy, other: Copy, like: Likeness) -> bool:
    """A cited number may be mistaken for the own one: title or body must go along."""
    alike = fuzz.ratio(one.key, other.key) >= 50 or one.key in other.key or other.key in one.key
    assert one.number is not None
    unreadable = one.number.full and not (one.long and other.long)
    return alike or like.contained >= 0.5 or unreadable


def _misread_number(one: Copy, other: Copy, like: Likeness) -> bool:
    """A number taken from the text by mistake: everything else is the same to the day."""
    same_day = one.signed is not None and one.signed == other.signed
    same_place = one.level == other.level and one.jurisdiction == other.jurisdiction
    return one.long and other.long and same_day and same_place and like.jaccard >= 0.95


def _local_addition(one: Copy, other: Copy, like: Likeness) -> bool:
    """A province's page about a national act that adds text of its own is another notice."""
    if (one.jurisdiction, one.level) == (other.jurisdiction, other.level):
        return False
    if not (one.long and other.long):
        return False
    if like.jaccard < 0.8 and like.added > 0.1:
        return True
    larger, smaller = sorted((one, other), key=lambda copy: len(copy.body), reverse=True)
    return any(
        len(line) >= _OWN_WORDS and line not in smaller.body and _DIRECTING.search(line)
        for line in larger.paragraphs - smaller.paragraphs
    )


def _too_far(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) > WINDOW


def _signed_apart(one: Copy, other: Copy) -> bool:
    return one.signed is not None and other.signed is not None and one.signed != other.signed


def _same_title(one: Copy, other: Copy, like: Likeness) -> str | None:
    if not (one.long and other.long):
        shared = bool(one.files & other.files)
        told = len(one.key) >= 10 and bool(one.bodies & other.bodies)
        if shared or (told and one.body == other.body):
            return (
                "identity.same_title_and_attachment" if shared else "identity.same_title_and_text"
            )
        return None
    # A site's recurring notices share title and boilerplate: there the copy must be exact.
    if one.site and one.site == other.site:
        return "identity.same_title_and_text" if like.jaccard >= 0.9 else None
    if like.jaccard >= 0.6 or like.contained >= 0.85:
        return "identity.same_title_similar_text"
    # One site shows in the page what the other keeps in an attachment.
    smaller, larger = sorted((one, other), key=lambda copy: len(copy.whole))
    if (
        max(
            _share(smaller.whole, larger.whole),
            _share(smaller.shingles, larger.whole),
            _share(larger.shingles, smaller.whole),
        )
        >= 0.85
    ):
        return "identity.same_title_text_attached"
    return None


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _near_identical(one: Copy, other: Copy, like: Likeness) -> str | None:
    if numerals(one.title) != numerals(other.title):
        return None
    if min(len(one.body), len(other.body)) < 2 * LONG_ENOUGH:
        return None
    alike = fuzz.partial_ratio(one.key, other.key)
    if one.site and one.site == other.site:
        # A site's approvals of two projects differ in little more than the project's name.
        return "identity.similar_text" if like.jaccard >= 0.98 and alike >= 60 else None
    if (like.jaccard >= 0.85 and alike >= 60) or (like.jaccard >= 0.95 and alike >= 35):
        return "identity.similar_text"
    return None


def best_match(copy: Copy, others: Sequence[tuple[int, Copy]]) -> tuple[int, str] | None:
    """The most alike of the candidates that are the same act: its id and the reason's code."""
    found = [(number, other, same_act(copy, other)) for number, other in others]
    same = [(number, other, why) for number, other, why in found if why]
    if not same:
        return None
    number, _, why = max(
        same, key=lambda item: (item[2] == SAME_NUMBER, likeness(copy, item[1]).jaccard)
    )
    return number, why
