"""Tell whether a changed fact is stricter for those whom it obliges."""

from __future__ import annotations

import math
from typing import Literal

from domain.facts.due_days import duration_parts
from domain.records.fact import Fact
from domain.records.fact_values import (
    DataFieldValue,
    DateValue,
    DeadlineValue,
    FineValue,
    ThresholdValue,
)

Direction = Literal["tighter", "looser", "same", "mixed", "unclear"]


def direction(before: Fact, after: Fact) -> Direction:
    """Whether the new fact is stricter for those it obliges; honest when it cannot tell, as of
    a scan whose characters are not sure."""
    if before.certainty == "unsure" or after.certainty == "unsure":
        return "unclear"
    match before.value, after.value:
        case FineValue() as old, FineValue() as new:
            return _fine_direction(old, new)
        case DeadlineValue() as old, DeadlineValue() as new:
            return _deadline_direction(old, new)
        case ThresholdValue() as old, ThresholdValue() as new:
            return _threshold_direction(old, new)
        case DataFieldValue() as old, DataFieldValue() as new:
            return _field_direction(old, new)
        case DateValue() as old, DateValue() as new:
            return _earlier(old.text, new.text)
    return "same" if before.value == after.value else "unclear"


def _fine_direction(before: FineValue, after: FineValue) -> Direction:
    if (before.basis, before.on) != (after.basis, after.on):
        return "unclear"
    (low, high), (new_low, new_high) = _range(before), _range(after)
    steps = {_sign(new_low, low), _sign(new_high, high)} - {0}
    if steps == {1}:
        return "tighter"
    if steps == {-1}:
        return "looser"
    return "mixed" if steps else "same"


def _range(fine: FineValue) -> tuple[float | None, float | None]:
    """Least and most; 五万元以上 has no upper bound, a fine without any amount has neither."""
    low, high = fine.min, fine.max
    return low, math.inf if high is None and low is not None else high


def _sign(new: float | None, old: float | None) -> int:
    if new is None or old is None or new == old:
        return 0
    return 1 if new > old else -1


def _earlier(before: str, after: str) -> Direction:
    if before == after:
        return "same"
    return "tighter" if after < before else "looser"


def _deadline_direction(before: DeadlineValue, after: DeadlineValue) -> Direction:
    if before.date is not None and after.date is not None:
        if before.yearly != after.yearly:
            return "unclear"
        return _earlier(before.date, after.date)
    old, new = duration_hours(before), duration_hours(after)
    if old is None or new is None:
        return "unclear"
    if before.duration == after.duration:
        if before.working_days == after.working_days:
            return "same"
        return "tighter" if before.working_days else "looser"
    apart = new[1] < old[0] or new[0] > old[1]
    if before.working_days != after.working_days and not apart:
        return "unclear"
    return _length_direction(old, new)


def _length_direction(old: tuple[int, int], new: tuple[int, int]) -> Direction:
    """Whether a period of so few to so many hours became shorter."""
    # One month and thirty days: each may be the longer.
    steps = {_sign(new[0], old[0]), _sign(new[1], old[1])} - {0}
    if not steps:
        return "same"
    if len(steps) > 1:
        return "unclear"
    return "looser" if steps == {1} else "tighter"


def duration_hours(value: DeadlineValue) -> tuple[int, int] | None:
    """The fewest and most hours a deadline's duration can last; None for a date.

    A working day is one of five in a week at best; public holidays (at most eight days in
    a row and a few more) lengthen it, so working days give a range.
    """
    parts = duration_parts(value.duration or "")
    if parts is None:
        return None
    years, months = divmod(12 * parts.get("y", 0) + parts.get("mo", 0), 12)
    weeks, days = parts.get("w", 0), parts.get("d", 0)
    rest = parts.get("h", 0) + (1 if parts.get("mi") else 0)
    if value.working_days and not (years or months or weeks):
        longest = days + 2 * ((days + 4) // 5) + 8 * (1 + days // 40)
        return (days + 2 * (max(days - 1, 0) // 5)) * 24 + rest, longest * 24 + rest
    least = years * 365 + months * 30 - (2 if months == 1 else months // 6) + weeks * 7 + days
    most = years * 366 + months * 31 - months // 3 + weeks * 7 + days
    return least * 24 + rest, most * 24 + rest


def _field_direction(before: DataFieldValue, after: DataFieldValue) -> Direction:
    if before == after:
        return "same"
    old, new = before.mandatory, after.mandatory
    if old != new and new is not None:
        return "tighter" if new else "looser"
    return "unclear"


def _threshold_direction(before: ThresholdValue, after: ThresholdValue) -> Direction:
    same = (before.comparator, before.unit) == (after.comparator, after.unit)
    step = _sign(after.value, before.value)
    if not same:
        return "unclear"
    if step == 0:
        return "same"
    floor = before.comparator in (">", ">=")
    return "tighter" if (step > 0) == floor else "looser"
