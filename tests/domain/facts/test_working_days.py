"""Count the working days of China."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts.working_days import (
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_between,
)


def test_the_national_holiday_and_its_make_up_days_count_as_announced() -> None:
    assert is_working_day(date(2026, 10, 1)) == (False, False)
    assert is_working_day(date(2026, 10, 10)) == (True, False)  # a Saturday worked
    assert add_working_days(date(2026, 9, 30), 1).day == date(2026, 10, 8)
    assert not add_working_days(date(2026, 9, 30), 5).provisional


def test_a_year_not_announced_is_provisional() -> None:
    found = add_working_days(date(2051, 1, 2), 5)
    assert found.provisional
    assert found.day == date(2051, 1, 9)
    assert next_working_day(date(2051, 1, 7)).day == date(2051, 1, 9)


@given(st.dates(date(2020, 1, 1), date(2026, 6, 1)), st.integers(0, 60))
def test_counting_there_and_back_agrees(start: date, count: int) -> None:
    end = add_working_days(start, count).day
    assert working_days_between(start, end) == count
    assert working_days_between(end, start) == -count


def test_too_many_days_are_refused() -> None:
    with pytest.raises(ValueError, match="3000"):
        add_working_days(date(2026, 1, 1), 3001)
