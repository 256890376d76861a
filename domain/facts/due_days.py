"""The last day of a deadline that runs from a given day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from domain.facts.working_days import WorkingDay, add_working_days
from domain.records.fact_values import DeadlineValue

_DURATION = re.compile(
    r"P(?:(?P<y>\d{1,3})Y)?(?:(?P<mo>\d{1,4})M)?(?:(?P<w>\d{1,3})W)?(?:(?P<d>\d{1,4})D)?"
    r"(?:T(?:(?P<h>\d{1,4})H)?(?:(?P<mi>\d{1,5})M)?)?"
)


def duration_parts(text: str) -> dict[str, int] | None:
    """Years ``y``, months ``mo``, weeks ``w``, days ``d``, hours ``h``, minutes ``mi`` of an
    ISO 8601 duration, only those it states; None if it is none."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    return {
        key: int(number) for key, number in match.groupdict().items() if number is not None
    } or None


def due_day(value: DeadlineValue, start: date) -> WorkingDay | None:
    """The last day for a deadline whose period starts on ``start`` (that day not counted);
    of a yearly date the next one from then on. None if the value states no day."""
    if value.date:
        return _dated(value.date, bool(value.yearly), start)
    parts = duration_parts(value.duration or "")
    if parts is None:
        return None
    months = parts.get("y", 0) * 12 + parts.get("mo", 0)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    if value.working_days:
        return add_working_days(day, parts.get("d", 0))
    minutes = parts.get("h", 0) * 60 + parts.get("mi", 0)
    days = parts.get("d", 0) + 7 * parts.get("w", 0) + -(-minutes // 1440)
    return WorkingDay(day + timedelta(days=days), provisional=False)


def _dated(text: str, yearly: bool, start: date) -> WorkingDay | None:
    try:
        if not yearly:
            return WorkingDay(date.fromisoformat(text), provisional=False)
        month, day = int(text[2:4]), int(text[5:7])
        this = date(start.year, month, min(day, calendar.monthrange(start.year, month)[1]))
    except ValueError:
        return None
    if this >= start:
        return WorkingDay(this, provisional=False)
    last = calendar.monthrange(start.year + 1, month)[1]
    return WorkingDay(date(start.year + 1, month, min(day, last)), provisional=False)
