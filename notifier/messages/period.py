"""Name weeks and the stretch of time that a digest covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


class BadWeek(ValueError):
    """Not a week such as 2026-W47."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """An ISO week in a time zone: from Monday 00:00 to the next Monday 00:00."""

    year: int
    number: int
    start: datetime
    end: datetime

    @property
    def name(self) -> str:
        return f"{self.year}-W{self.number:02d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """What a digest covers. ``week`` is the number that names a weekly one; 0 for a daily one,
    which is named by its day."""

    week: int
    since: datetime
    until: datetime
    due: datetime

    @property
    def weekly(self) -> bool:
        return self.week > 0


def parse_week(text: str, zone: tzinfo) -> Week:
    """``2026-W47`` as a week; BadWeek for anything else."""
    match = _WEEK.fullmatch(text.strip())
    if match is None:
        raise BadWeek(f"expected a week such as 2026-W47, got {text!r}")
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise BadWeek(f"there is no week {text!r}") from None
    return week_of(monday, zone)


def week_of(day: date, zone: tzinfo) -> Week:
    """The ISO week in which a day lies."""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    start = datetime.combine(monday, time(), tzinfo=zone)
    end = datetime.combine(monday + timedelta(days=7), time(), tzinfo=zone)
    return Week(year=year, number=number, start=start.astimezone(UTC), end=end.astimezone(UTC))


def default_week(now: datetime, zone: tzinfo) -> Week:
    """The last complete week."""
    return week_of(now.astimezone(zone).date() - timedelta(days=7), zone)
