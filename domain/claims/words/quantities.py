"""Sums, periods, shares and counts as articles write them, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from domain.claims.words.plain_form import plain
from domain.claims.words.quantity_forms import (
    AFTER_EVENT,
    AHEAD,
    AT_LEAST,
    AT_MOST,
    BEFORE_EVENT,
    CHINESE_COUNT,
    CHINESE_MONEY,
    CHINESE_PERIOD,
    CODE,
    COUNT,
    EACH,
    EARLY,
    HAS_TIME,
    IN_BEHIND,
    KILOGRAMS,
    LATER,
    MASS,
    MEASURES,
    MONEY,
    NO_NOUN,
    NOUNS,
    NUMBER_WORDS,
    PERCENT,
    PERIOD,
    SCALES,
    SIGN_INSIDE,
    UNITS,
    WITHIN_BEFORE,
)
from domain.text.numerals import parse_chinese_number

Kind = Literal["money", "period", "percent", "mass", "count", "code"]
Relation = Literal["within", "before", "after", "each"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number with what it counts; ``low`` and ``high`` are the same for a single one."""

    kind: Kind
    unit: str
    low: float | None
    high: float | None
    relation: Relation | None = None
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """For people and JSON: 30 day, 50000-500000 yuan."""
        parts = [
            f"{part:g}" if part < 10**6 else f"{part:.0f}"
            for part in (self.low, self.high)
            if part is not None
        ]
        span = "-".join(dict.fromkeys(parts))
        return " ".join(part for part in (self.relation, span, self.unit) if part)


_COUNTED_OUT = (
    ("half a decade", "5 years"), ("half a year", "6 months"), ("a decade", "10 years"),
    ("半年", "6月"), ("半个月", "15日"),
)  # fmt: skip


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in reading order, each once under its most exact kind."""
    searched = _counted_out(plain(text))
    found: list[Quantity] = []
    readers: tuple[Callable[[str], Iterator[Quantity]], ...] = (
        _money, _percents, _periods, _masses, _codes, _measures, _counts
    )  # fmt: skip
    for reader in readers:
        for item in reader(searched):
            if not any(item.start < other.end and other.start < item.end for other in found):
                found.append(_over_the_words(text, searched, _bounded(searched, item)))
    return sorted(found, key=lambda item: item.start)


def _counted_out(searched: str) -> str:
    """Half a year and a decade in months and years, at the same length."""
    for words, number in _COUNTED_OUT:
        searched = searched.replace(words, number.ljust(len(words)))
    return searched


def _over_the_words(text: str, searched: str, item: Quantity) -> Quantity:
    """The quantity over all of the words that were counted out."""
    end = item.end
    while searched[end : end + 1] == " " and text[end : end + 1] not in ("", " "):
        end += 1
    return item if end == item.end else replace(item, end=end)


def same_quantity(claimed: Quantity, official: Quantity) -> bool | None:
    """Whether two quantities of one kind are equal; None where they cannot be compared."""
    if claimed.kind != official.kind:
        return None
    mine, real = _base(claimed), _base(official)
    if mine.unit != real.unit:
        return False if {mine.unit, real.unit} == {"day", "working day"} else None
    if _opposed(mine, real):
        return False
    ends = ((mine.low, real.low), (mine.high, real.high))
    if any(one is not None and other is not None and one != other for one, other in ends):
        inside = claimed.low == claimed.high and _within(mine, real)
        return None if inside else False
    told = claimed.relation is not None and official.relation is not None
    return not told or claimed.relation == official.relation


def _opposed(mine: Quantity, real: Quantity) -> bool:
    """At least against at most."""
    return (mine.low is None and real.high is None) or (mine.high is None and real.low is None)


def _within(mine: Quantity, real: Quantity) -> bool:
    low, high = real.low, real.high
    one = mine.low
    return low is not None and high is not None and one is not None and low < one < high


def _base(item: Quantity) -> Quantity:
    """Years in months and weeks in days, so that 24 months are two years."""
    unit, factor = {"year": ("month", 12), "week": ("day", 7)}.get(item.unit, (item.unit, 1))
    if item.kind != "period" or factor == 1:
        return item
    low = None if item.low is None else item.low * factor
    high = None if item.high is None else item.high * factor
    return replace(item, unit=unit, low=low, high=high)


def _bounded(searched: str, item: Quantity) -> Quantity:
    """A single number behind ``up to`` is an upper end only."""
    before = searched[max(0, item.start - 70) : item.start]
    if item.low != item.high:
        return item
    if AT_MOST.search(before):
        return replace(item, low=None)
    return replace(item, high=None) if AT_LEAST.search(before) else item


def _value(number: str, scale: str = "") -> float | None:
    number = number.strip()
    if number in NUMBER_WORDS:
        value: float | None = NUMBER_WORDS[number]
    else:
        value = parse_chinese_number(number)
    return None if value is None else value * SCALES.get(scale.strip(), 1)


def _money(searched: str) -> Iterator[Quantity]:
    for match in MONEY.finditer(searched):
        if not (match["sign"] or match["tail"] or SIGN_INSIDE.search(match[0])):
            continue
        lowscale = match["lowscale"] or (match["highscale"] or "" if _small(match) else "")
        low = _value(match["low"], lowscale)
        high = _value(match["high"], match["highscale"]) if match["high"] else low
        yield Quantity(
            kind="money", unit="yuan", low=low, high=high, start=match.start(), end=match.end()
        )
    for match in CHINESE_MONEY.finditer(searched):
        one = match["one"] or match["low"]
        high = _value(match["high"] or one)
        low = _value(_with_scale(one, match["high"] or ""))
        if low is not None:
            yield Quantity(
                kind="money", unit="yuan", low=low, high=high, start=match.start(), end=match.end()
            )


def _small(match: re.Match[str]) -> bool:
    """In 1 to 5 million the scale holds for both."""
    return bool(match["high"]) and "," not in match["low"]


def _with_scale(low: str, high: str) -> str:
    """In 5至50万元 the scale holds for both."""
    if high.endswith("万") and not low.endswith(("万", "千", "亿")) and len(low) <= 3:
        return low + "万"
    return low


def _periods(searched: str) -> Iterator[Quantity]:
    for match in PERIOD.finditer(searched):
        before, after = (
            searched[max(0, match.start() - 24) : match.start()],
            searched[match.end() :],
        )
        yield _period(match, _english_relation(before, after))
    for match in CHINESE_PERIOD.finditer(searched):
        before, after = searched[max(0, match.start() - 6) : match.start()], searched[match.end() :]
        yield _period(match, _chinese_relation(before, after))


def _period(match: re.Match[str], relation: Relation | None) -> Quantity:
    unit = UNITS[match["unit"]]
    value = _value(match["n"])
    return Quantity(
        kind="period", unit=f"working {unit}" if match["work"] else unit, low=value, high=value,
        relation=relation, start=match.start(), end=match.end(),
    )  # fmt: skip


def _english_relation(before: str, after: str) -> Relation | None:
    if EACH.search(before):
        return "each"
    if AHEAD.match(after):
        return "before"
    if WITHIN_BEFORE.search(before) or (HAS_TIME.search(before) and LATER.match(after)):
        return "within"
    return (
        "after"
        if LATER.match(after) and after.lstrip().startswith(("after", "following"))
        else None
    )


def _chinese_relation(before: str, after: str) -> Relation | None:
    if EACH.search(before):
        return "each"
    if EARLY.search(before) or AHEAD.match(after):
        return "before"
    if IN_BEHIND.match(after):
        return "within"
    if BEFORE_EVENT.search(before):
        return "before"
    return "after" if LATER.match(after) or AFTER_EVENT.search(before) else None


def _percents(searched: str) -> Iterator[Quantity]:
    for match in PERCENT.finditer(searched):
        value = _value(match["n"] or match["han"])
        yield Quantity(
            kind="percent", unit="%", low=value, high=value, start=match.start(), end=match.end()
        )


def _masses(searched: str) -> Iterator[Quantity]:
    for match in MASS.finditer(searched):
        value = _value(match["n"], match["scale"]) if match["n"] else _value(match["han"])
        if value is not None:
            yield Quantity(
                kind="mass", unit="t", low=value, high=value, start=match.start(), end=match.end()
            )

    for match in KILOGRAMS.finditer(searched):
        value = _value(match["n"] or match["han"])
        if value is not None:
            tonnes = value / 1000
            yield Quantity(
                kind="mass", unit="t", low=tonnes, high=tonnes, start=match.start(), end=match.end()
            )


def _measures(searched: str) -> Iterator[Quantity]:
    """Lengths, areas, concentrations and the like."""
    for unit, form in MEASURES.items():
        for match in form.finditer(searched):
            value = _value(match["n"], match["scale"])
            if value is not None:
                yield Quantity(
                    kind="count", unit=unit, low=value, high=value,
                    start=match.start(), end=match.end(),
                )  # fmt: skip


def _codes(searched: str) -> Iterator[Quantity]:
    for match in CODE.finditer(searched):
        value = float(match[0])
        yield Quantity(
            kind="code", unit="", low=value, high=value, start=match.start(), end=match.end()
        )


def _counts(searched: str) -> Iterator[Quantity]:
    for match in COUNT.finditer(searched):
        if match["noun"] not in NO_NOUN and not re.fullmatch(r"(?:19|20)\d\d", match["n"]):
            yield _count(match, match["noun"])
    for match in CHINESE_COUNT.finditer(searched):
        yield _count(match, match["noun"])


def _count(match: re.Match[str], noun: str) -> Quantity:
    value = _value(match["n"])
    unit = NOUNS.get(noun) or noun.removesuffix("s")
    return Quantity(
        kind="count", unit=unit, low=value, high=value, start=match.start(), end=match.end()
    )
