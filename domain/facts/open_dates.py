"""Find the calendar days that facts state: the first of a kind, and those ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.records.fact import Fact
from domain.records.fact_values import DateValue, DeadlineValue
from domain.records.states import FactKind

DATED_KINDS = (
    FactKind.COMMENT_DEADLINE,
    FactKind.EFFECTIVE_DATE,
    FactKind.EXPIRY_DATE,
    FactKind.DEADLINE,
)


def stated_dates(facts: Iterable[Fact], kind: FactKind) -> list[date]:
    """The days that facts of a kind state, in their order."""
    values = (fact.value for fact in facts if fact.kind is kind)
    days = (value.day for value in values if isinstance(value, DateValue))
    return [day for day in days if day is not None]


def first_date(facts: Iterable[Fact], kind: FactKind) -> date | None:
    """The first day that facts of a kind state."""
    return next(iter(stated_dates(facts, kind)), None)


def fact_day(fact: Fact, today: date) -> date | None:
    """The calendar day of a fact, of a yearly one the next; None for a duration."""
    match fact.value:
        case DateValue() as value:
            return value.day
        case DeadlineValue() as value:
            return value.day_on_or_after(today)
    return None


def dated_facts(facts: Iterable[Fact], today: date) -> Iterator[tuple[Fact, date]]:
    """The facts that name a day somebody must keep, each with that day."""
    for fact in facts:
        if fact.kind in DATED_KINDS and (day := fact_day(fact, today)) is not None:
            yield fact, day
