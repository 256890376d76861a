"""Compute the day on which a deadline falls."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.facts.due_days import due_day, duration_parts
from domain.records.fact_values import DeadlineValue


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ({"duration": "P30D", "working_days": False}, "2026-10-30"),
        ({"duration": "P1D", "working_days": True}, "2026-10-08"),
        ({"duration": "P6M", "working_days": False}, "2027-03-30"),
        ({"duration": "P2W", "working_days": False}, "2026-10-14"),
        ({"duration": "PT24H", "working_days": False}, "2026-10-01"),
        ({"date": "--03-31", "yearly": True}, "2027-03-31"),
        ({"date": "2026-12-31", "yearly": False}, "2026-12-31"),
    ],
)
def test_due_days(value: dict[str, Any], day: str) -> None:
    found = due_day(DeadlineValue(**value), date(2026, 9, 30))
    assert found is not None
    assert found.day.isoformat() == day


def test_no_duration_no_day() -> None:
    assert due_day(DeadlineValue(duration="soon"), date(2026, 1, 1)) is None
    assert due_day(DeadlineValue(date="2026-13-01"), date(2026, 1, 1)) is None
    assert duration_parts("P") is None
