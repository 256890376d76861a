"""Compute the end of a term that a later act puts off; what is no date ends nothing."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date

_UNTIL = re.compile(r"extended:(\d{4})-(\d{2})-(\d{2})")
_YEARS = re.compile(r"extended:P(\d{1,3})Y")


def extended(expires: date | None, effect: str) -> date | None:
    """The new end of a term that ended on ``expires`` by an effect as the archive keeps it
    (extended:2029-12-31, extended:P2Y); None for a term that no calendar has."""
    until, years = _UNTIL.fullmatch(effect), _YEARS.fullmatch(effect)
    if until:
        return _day(int(until[1]), int(until[2]), int(until[3]))
    if not years or expires is None:
        return None
    last = expires.day if (expires.month, expires.day) != (2, 29) else 28
    return _day(expires.year + int(years[1]), expires.month, last)


def _day(year: int, month: int, number: int) -> date | None:
    if not 1 <= year <= MAXYEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
