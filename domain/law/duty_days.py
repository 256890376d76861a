"""The days of duties: the next one on the calendar, and the last day after an event."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.facts.due_days import due_day, duration_parts
from domain.facts.working_days import WorkingDay, is_working_day
from domain.law.duties import Duty, TimeRelation, When
from domain.records.fact_values import DeadlineValue

_YEARLY = re.compile(r"--(?P<month>\d\d)-(?P<day>\d\d)")
_COUNTED = re.compile(r"(?P<each>monthly|quarterly):(?P<day>\d{1,2})")


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDay:
    """The last day for a duty, how it was counted, and whether a year on the way has no
    announced holidays yet."""

    day: date
    counted: str  # an English sentence
    provisional: bool


def next_day(duty: Duty, today: date) -> date | None:
    """The next day on which a duty is due without any event: a stated day, or the next day
    that recurs; None where the day depends on an event."""
    when = duty.when
    if when is None:
        return None
    if when.date is not None and when.relation in (
        TimeRelation.BY,
        TimeRelation.FROM,
        TimeRelation.UNTIL,
    ):
        return _parsed(when.date)
    if when.recurs is None or when.working_days:
        return None
    return _next_recurring(when.recurs, today)


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _next_recurring(recurs: str, today: date) -> date | None:
    if match := _YEARLY.fullmatch(recurs):
        month, day = int(match["month"]), int(match["day"])
        return min(
            found
            for year in (today.year, today.year + 1)
            if (found := _day(year, month, day)) >= today
        )
    match = _COUNTED.fullmatch(recurs)
    if match is None:
        return None
    step = 1 if match["each"] == "monthly" else 3
    months = [month for month in range(1, 13) if (month - 1) % step == 0]
    days = (
        _day(year, month, int(match["day"]))
        for year in (today.year, today.year + 1)
        for month in months
    )
    return min(day for day in days if day >= today)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def due_after(when: When, event: date) -> DueDay | None:
    """The last day for a duty whose event was on ``event`` (that day not counted); None where
    the text states no day. A day *before* an event is counted back from it."""
    if when.date is not None:
        stated = _parsed(when.date)
        return None if stated is None else _due(stated, "the day that the text states")
    if when.recurs is not None and when.duration is None:
        following = _next_recurring(when.recurs, event)
        return None if following is None else _due(following, "the next recurring day")
    if when.relation is TimeRelation.AT_ONCE:
        return _due(event, "at once: the day of the event")
    if when.duration is None:
        return _due(event, "before the event") if when.relation is TimeRelation.BEFORE else None
    if when.relation is TimeRelation.BEFORE:
        return _counted_back(when, event)
    found = due_day(DeadlineValue(duration=when.duration, working_days=when.working_days), event)
    if found is None:
        return None
    return DueDay(
        day=found.day, provisional=found.provisional,
        counted=f"{_length(when)} after {event.isoformat()}, that day not counted",
    )  # fmt: skip


def _due(day: date, counted: str) -> DueDay:
    return DueDay(day=day, counted=counted, provisional=False)


def _counted_back(when: When, event: date) -> DueDay | None:
    parts = duration_parts(when.duration or "")
    if parts is None:
        return None
    if when.working_days:
        back = _working_days_back(event, parts.get("d", 0))
    else:
        months = 12 * parts.get("y", 0) + parts.get("mo", 0)
        year, month = divmod(event.year * 12 + event.month - 1 - months, 12)
        hours = parts.get("h", 0) + parts.get("mi", 0) / 60
        days = parts.get("d", 0) + 7 * parts.get("w", 0) + -(-int(hours) // 24)
        back = WorkingDay(_day(year, month + 1, event.day) - timedelta(days=days), False)
    counted = f"{_length(when)} before {event.isoformat()}, that day not counted"
    return DueDay(day=back.day, counted=counted, provisional=back.provisional)


def _working_days_back(event: date, count: int) -> WorkingDay:
    day, provisional = event, False
    while count > 0:
        day -= timedelta(days=1)
        working, unknown = is_working_day(day)
        provisional = provisional or unknown
        count -= working
    return WorkingDay(day, provisional)


_UNITS = {"y": "year", "mo": "month", "w": "week", "d": "day", "h": "hour", "mi": "minute"}


def _length(when: When) -> str:
    parts = duration_parts(when.duration or "") or {}
    words = [f"{count} {_UNITS[key]}{'' if count == 1 else 's'}" for key, count in parts.items()]
    text = " ".join(words)
    return text.replace("day", "working day") if when.working_days else text
