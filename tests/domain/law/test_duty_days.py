"""Days of duties: counted from an event, back from one, and recurring."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.duties import Duty, Modality, Subject, TimeRelation, When
from domain.law.duty_days import due_after, next_day


def _duty(when: When) -> Duty:
    return Duty(who=Subject(), modality=Modality.MUST, act="report", object="信息", when=when)


@pytest.mark.parametrize(
    ("when", "due"),
    [
        (When(relation=TimeRelation.WITHIN, duration="P30D"), date(2026, 12, 31)),
        (
            When(relation=TimeRelation.WITHIN, duration="P10D", working_days=True),
            date(2026, 12, 15),
        ),
        (When(relation=TimeRelation.BEFORE, duration="P5D", working_days=True), date(2026, 11, 24)),
        (When(relation=TimeRelation.BEFORE, duration="P30D"), date(2026, 11, 1)),
        (When(relation=TimeRelation.BY, date="2026-12-18"), date(2026, 12, 18)),
        (When(relation=TimeRelation.EACH, recurs="monthly:5"), date(2026, 12, 5)),
        (When(relation=TimeRelation.EACH, recurs="--03-31"), date(2027, 3, 31)),
        (When(relation=TimeRelation.AT_ONCE), date(2026, 12, 1)),
    ],
)
def test_the_last_day_after_an_event(when: When, due: date) -> None:
    found = due_after(when, date(2026, 12, 1))
    assert found is not None
    assert found.day == due


def test_a_period_without_length_has_no_day() -> None:
    assert due_after(When(relation=TimeRelation.WITHIN), date(2026, 12, 1)) is None


def test_only_days_that_need_no_event_stand_on_the_calendar() -> None:
    today = date(2026, 11, 30)
    within = When(relation=TimeRelation.WITHIN, duration="P30D", event="receipt")
    assert next_day(_duty(within), today) is None
    quarterly = When(relation=TimeRelation.EACH, recurs="quarterly:10")
    assert next_day(_duty(quarterly), today) == date(2027, 1, 10)
    assert next_day(_duty(When(relation=TimeRelation.BY, date="2027-01-01")), today) == date(
        2027, 1, 1
    )
