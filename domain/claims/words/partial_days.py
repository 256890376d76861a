"""Days as articles write them, in English and Chinese: whole, without a year, or a month only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.claims.words.plain_form import plain
from domain.text.numerals import parse_chinese_number

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_NUMERAL = r"(?:\d{1,2}|[〇零一二三四五六七八九十]{1,3})"
_FORMS = (
    # 2026-04-01, 2026/4/1, 2026.4.1
    re.compile(rf"(?<!\d)(?P<year>{_YEAR})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)"),
    # 2026年4月1日, 二〇二六年四月一日, 4月1日, 2026年4月
    re.compile(
        rf"(?:(?P<year>{_YEAR}|[〇零一二三四五六七八九]{{4}})年)?(?P<month>{_NUMERAL})月"
        rf"(?:(?P<day>{_NUMERAL})日|(?P<end>底|末))?(?!度)"
    ),
    # 1 April 2026, 1st of April, 27 april
    re.compile(
        rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?"
        rf"(?:,? (?P<year>{_YEAR}))?"
    ),
    # April 1, 2026; Apr. 1
    re.compile(
        rf"\b(?P<month>{_MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%,]\d|\d)"
        rf"(?:,? (?P<year>{_YEAR}))?"
    ),
    # the end of June 2026, April 2026
    re.compile(rf"(?P<end>end of )?\b(?P<month>{_MONTH})\b\.?,? (?:of )?(?P<year>{_YEAR})"),
    # the end of June
    re.compile(rf"(?P<end>end of )\b(?P<month>{_MONTH})\b"),
    # the end of 2026; 2026年底
    re.compile(rf"(?P<yearend>end of )(?:the )?(?:year )?(?P<year>{_YEAR})\b"),
    re.compile(rf"(?P<year>{_YEAR})年(?P<yearend>底|末)"),
    # New Year's Day 2027; 2027年元旦
    re.compile(rf"(?P<newyear>new year's day),? (?:of )?(?P<year>{_YEAR})\b"),
    re.compile(rf"(?P<year>{_YEAR})年(?P<newyear>元旦)"),
    # by the end of the year; 延到年底
    re.compile(r"(?P<yearend>end of )(?:the|this) year\b|(?:今年|本年)?(?P<hanend>年底|年末)"),
    # in 2018, since 2019, by 2030
    re.compile(rf"\b(?:in|since|of|by|from|until|during) (?P<year>{_YEAR})\b(?![-/])"),
    # 2026年
    re.compile(rf"(?P<year>{_YEAR})年(?![本版第])"),
)
# the January notice
_MONTH_ALONE = re.compile(rf"\b({_MONTH})(?:'s)? (?!\d)[a-z]")
# 7 to 13 August 2026, 7-13 August 2026
_SPAN_OF_DAYS = re.compile(
    rf"(?<![\d.,])(?P<first>\d{{1,2}}) ?(?:to|-|until|through) ?(?P<last>\d{{1,2}}) "
    rf"(?P<month>{_MONTH})\b(?:,? (?P<year>{_YEAR}))?"
)
# August 7 to 13, 2026; August 7-13
_SPAN_AFTER_MONTH = re.compile(
    rf"\b(?P<month>{_MONTH}) (?P<first>\d{{1,2}}) ?(?:to|-|until|"
    rf"through) ?(?P<last>\d{{1,2}})(?!\d)"
    rf"(?:,? (?P<year>{_YEAR}))?"
)
# from April to (the end of) June 2026
_SPAN_OF_MONTHS = re.compile(
    rf"\b(?P<first>{_MONTH})\b (?:to|-|until|through) (?:the )?(?:end of )?(?:{_MONTH})\b"
)
# 8月7日至13日
_CHINESE_SPAN = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<month>{_NUMERAL})月(?P<first>{_NUMERAL})日?(?:至|到|-)"
    rf"(?P<last>{_NUMERAL})日"
)
# 4月至6月底
_CHINESE_MONTHS = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<first>{_NUMERAL})月?(?:至|到|-)(?={_NUMERAL}月)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartialDay:
    """A day, or what is given of it; ``start`` and ``end`` are its place in the text."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    start: int = 0
    end: int = 0

    def fits(self, day: date) -> bool:
        """Whether a day is the one that is meant, as far as it is given."""
        given = ((self.year, day.year), (self.month, day.month), (self.day, day.day))
        return all(mine is None or mine == real for mine, real in given)

    @property
    def text(self) -> str:
        """ISO 8601 as far as it is given; ``--04-27`` without a year."""
        if self.month is None:
            return str(self.year)
        head = str(self.year) if self.year is not None else "-"
        tail = "" if self.day is None else f"-{self.day:02d}"
        return f"{head}-{self.month:02d}{tail}"


def find_days(text: str) -> list[PartialDay]:
    """The days that a text names, in reading order; a span gives its first and its last."""
    searched = plain(text)
    found = _spans(searched)
    for form in _FORMS:
        for match in form.finditer(searched):
            day = _day(match)
            if day is not None and not any(_inside(day, other) for other in found):
                found.append(day)
    return _with_years(sorted(found, key=lambda day: (day.start, day.end)))


def month_of(text: str) -> int | None:
    """The month that a phrase names without a day: the January notice."""
    match = _MONTH_ALONE.search(plain(text))
    return _MONTHS[match[1]] if match else None


def _inside(one: PartialDay, other: PartialDay) -> bool:
    return one.start < other.end and other.start < one.end


def _spans(searched: str) -> list[PartialDay]:
    found: list[PartialDay] = []
    for form in (_SPAN_OF_DAYS, _SPAN_AFTER_MONTH, _CHINESE_SPAN):
        for match in form.finditer(searched):
            middle = match.end("first")
            for part, place in (
                ("first", (match.start(), middle)), ("last", (middle, match.end()))
            ):  # fmt: skip
                found.append(
                    PartialDay(
                        year=_number(match["year"]), month=_month(match["month"]),
                        day=_number(match[part]), start=place[0], end=place[1],
                    )
                )  # fmt: skip
    for form in (_SPAN_OF_MONTHS, _CHINESE_MONTHS):
        for match in form.finditer(searched):
            first = PartialDay(
                year=_number(match.groupdict().get("year")), month=_month(match["first"]),
                start=match.start(), end=match.end("first"),
            )  # fmt: skip
            if not any(_inside(first, other) for other in found):
                found.append(first)
    return found


def _with_years(days: list[PartialDay]) -> list[PartialDay]:
    """Days of a span share the year that its last one names."""
    done: list[PartialDay] = []
    later: int | None = None
    for day in reversed(days):
        near = done[-1].start - day.end < 14 if done else False
        if day.year is None and near and later is not None:
            day = replace(day, year=later)
        later = day.year
        done.append(day)
    return done[::-1]


def _day(match: re.Match[str]) -> PartialDay | None:
    given = match.groupdict()
    year, month, day = _number(given.get("year")), _month(given.get("month")), None
    day = _number(given.get("day"))
    if given.get("yearend") or given.get("hanend"):
        month, day = 12, 31
    if given.get("newyear"):
        month, day = 1, 1
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return PartialDay(year=year, month=month, day=day, start=match.start(), end=match.end())


def _month(text: str | None) -> int | None:
    return _MONTHS.get(text or "") or _number(text)


def _number(text: str | None) -> int | None:
    value = parse_chinese_number(text) if text else None
    return int(value) if value is not None else None
