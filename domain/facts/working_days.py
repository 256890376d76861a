"""Count China's working days: public holidays and make-up days as the State Council set them.

The holidays of a year are announced in the autumn before; beyond the last year the
installed calendar knows, weekends alone are left out and the answer is provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_FARTHEST = 3000  # working days; more is no deadline
# Days off by law whatever the yearly arrangement says: New Year, Labour Day, National Day.
_STATUTORY = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day counted in working days; ``provisional`` if a year on the way is not announced."""

    day: date
    provisional: bool


def is_working_day(day: date) -> tuple[bool, bool]:
    """Whether offices are open on a day, and whether that is provisional."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), False
    except NotImplementedError:  # how the library says that a year is not announced yet
        return day.weekday() < 5 and (day.month, day.day) not in _STATUTORY, True


def add_working_days(start: date, count: int) -> WorkingDay:
    """The last day of a period of working days; the day it starts from is not counted."""
    if not 0 <= count <= _FARTHEST:
        raise ValueError(f"expected 0 to {_FARTHEST} working days, got {count}")
    day, provisional = start, False
    while count:
        day += timedelta(days=1)
        open_that_day, unknown = is_working_day(day)
        provisional = provisional or unknown
        count -= open_that_day
    return WorkingDay(day, provisional)


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative if it lies before."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day)[0] for day in days)


def next_working_day(day: date) -> WorkingDay:
    """The day itself, or the first working day after it: where a period ends that ran out
    on a holiday."""
    provisional = False
    while True:
        open_that_day, unknown = is_working_day(day)
        provisional = provisional or unknown
        if open_that_day:
            return WorkingDay(day, provisional)
        day += timedelta(days=1)
