"""Compute the end of a term that a later act puts off; what is no date ends nothing."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, date, timedelta

_UNTIL = re.compile(r"extended:(\d{4})-(\d{2})-(\d{2})")
_BY = re.compile(r"extended:(P\d{1,3}[YMWD])")
_LENGTH = re.compile(r"P(\d{1,4})([YMWD])")


def extended(expires: date | None, effect: str) -> date | None:
    """The new end of a term that ended on ``expires`` by an effect as the archive keeps it
    (extended:2029-12-31, extended:P2Y); None for a term that no calendar has."""
    until, by = _UNTIL.fullmatch(effect), _BY.fullmatch(effect)
    if until:
        return _day(int(until[1]), int(until[2]), int(until[3]))
    if not by or expires is None:
        return None
    return later_by(expires, by[1])


def later_by(day: date, length: str) -> date | None:
    """The day so much later (an ISO 8601 duration of one unit, years to days); of a month that
    is too short its last day. None for another length or one beyond the calendar."""
    match = _LENGTH.fullmatch(length)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    try:
        if unit in "WD":
            return day + timedelta(days=count * (7 if unit == "W" else 1))
        year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1), 12)
        last = calendar.monthrange(year, month + 1)[1]
    except (ValueError, OverflowError):
        return None
    return _day(year, month + 1, min(day.day, last))


def _day(year: int, month: int, number: int) -> date | None:
    if not 1 <= year <= MAXYEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
