"""Days, months, years and stretches of time as a question names them in either language."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?:19|20)\d\d"
# 2026-05-01, 2026-05, 2026
_ISO = re.compile(rf"(?P<y>{YEAR})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?")
# 2026年5月1日, 2026年5月, 5月1日, 5月, 2026年
_CHINESE = re.compile(rf"(?:(?P<y>{YEAR})年)?(?:(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})[日号])?)?")
_MONTH_NAME = re.compile(rf"(?P<name>{MONTH})(?![a-z])")

Span = tuple[date | None, date | None]
"""First and last day, inclusive; None for open."""


def whole(text: str, today: date) -> tuple[date, date] | None:
    """First and last day of what a text names: a day, a month or a year; a month without its
    year is the latest one that has begun."""
    text = text.strip()
    match = _ISO.fullmatch(text) or (_CHINESE.fullmatch(text) if text else None)
    if match is not None:
        return _days(match["y"], match["m"], match["d"], today)
    month = _MONTH_NAME.search(text)
    if month is None:
        return None
    year = re.search(YEAR, text)
    day = re.search(r"\d{1,2}", text.replace(year[0], "") if year else text)
    number = str(MONTHS[month["name"]])
    return _days(year[0] if year else None, number, day[0] if day else None, today)


def _days(
    year: str | None, month: str | None, day: str | None, today: date
) -> tuple[date, date] | None:
    try:
        if month is None:
            number = int(year or 0)
            return date(number, 1, 1), date(number, 12, 31)
        first = date(int(year) if year else today.year, int(month), int(day or 1))
    except ValueError:
        return None
    if year is None and first > today:
        first = first.replace(year=today.year - 1, day=min(first.day, 28))
    return (first, first) if day is not None else (first, last_of_month(first))


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_back(today: date, count: int) -> date:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def back(today: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years ago."""
    if unit.startswith(("day", "天", "日")):
        return today - timedelta(days=count)
    if unit.startswith(("week", "周", "星期", "个星期")):
        return today - timedelta(weeks=count)
    return months_back(today, count * (12 if unit.startswith(("year", "年")) else 1))


def quarter(year: int, number: int) -> Span:
    return date(year, number * 3 - 2, 1), last_of_month(date(year, number * 3, 1))


def half(year: int, *, first: bool) -> Span:
    if first:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def this_or_last(words: str, today: date) -> Span:
    """``this week``, ``last month`` …"""
    which, _, unit = words.partition(" ")
    ago = 1 if which == "last" else 0
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * ago)
        return monday, monday + timedelta(days=6) if ago else None
    if unit == "month":
        first = months_back(today.replace(day=1), ago)
        return first, last_of_month(first) if ago else None
    first = date(today.year - ago, 1, 1)
    return first, date(today.year - 1, 12, 31) if ago else None
