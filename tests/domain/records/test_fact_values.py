"""Typed values of facts: what is stored is given back as it was, whatever its shape."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from domain.facts.open_dates import dated_facts, fact_day, first_date
from domain.records.fact import Fact
from domain.records.fact_values import (
    DateValue,
    DeadlineValue,
    FineValue,
    OtherValue,
    fact_value,
)
from domain.records.states import FactKind

TODAY = date(2026, 11, 2)


def fact(kind: FactKind, value: Any) -> Fact:
    return Fact.from_json(kind=kind, value=value, quote="q", where="第一条")


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("fine", {"min": 0, "max": 3.5, "currency": "CNY", "basis": "multiple", "on": "违法所得"}),
        ("fine", {"min": 5000, "max": None, "currency": "CNY", "basis": "fixed", "offence": "x"}),
        ("deadline", {"duration": "P15D", "working_days": True, "trigger": "自收到之日起"}),
        ("deadline", {"date": "--03-31", "yearly": True, "who": "企业"}),
        ("portal", {"name": None, "url": "https://a.example.cn"}),
        ("code_format", {"length": 24, "charset": None, "standard": "GB/T 34014-2017"}),
        ("data_field", {"name": "容量", "type": None, "length": "20,2", "mandatory": None}),
        ("data_field", {"name": "n", "type": "N", "length": 2, "mandatory": True, "codes": {}}),
        ("threshold", {"parameter": "回收率", "comparator": ">=", "value": 90, "unit": "%"}),
        ("cites", {"title": "办法", "document_number": None}),
        ("effective_date", "2027-01-01"),
        ("expiry_date", "soon"),
        # other shapes: a part left out, another order, a part that we do not know, no object
        ("fine", {"max": 3, "min": 1}),
        ("fine", {"min": 1, "max": 3, "currency": "CNY", "basis": "fixed", "cap": None}),
        ("deadline", {"duration": "P1D", "working_days": False, "grace": "P2D"}),
        ("deadline", "P1D"),
        ("fine", {"min": "one", "max": [1]}),
        ("threshold", None),
        ("effective_date", {"date": "2027-01-01"}),
    ],
)
def test_a_stored_value_is_written_as_it_was_read(kind: str, raw: Any) -> None:
    value = fact_value(FactKind(kind), raw)
    assert json.dumps(value.to_json()) == json.dumps(raw)


def test_what_is_known_of_another_shape_is_read() -> None:
    value = fact_value(FactKind.DEADLINE, {"duration": "P1D", "grace": "P2D"})
    assert value == DeadlineValue(duration="P1D")
    assert isinstance(fact_value(FactKind.FINE, {"min": "one"}), OtherValue)


def test_a_value_that_is_made_is_written_in_order() -> None:
    value = FineValue(min=1, max=2, basis="fixed", currency="CNY", offence="x")
    assert list(value.to_json()) == ["min", "max", "currency", "basis", "offence"]


def test_the_days_that_facts_state() -> None:
    facts = [
        fact(FactKind.EFFECTIVE_DATE, "soon"),
        fact(FactKind.EFFECTIVE_DATE, "2027-01-01"),
        fact(FactKind.DEADLINE, {"date": "--03-31", "yearly": True}),
        fact(FactKind.DEADLINE, {"duration": "P30D", "working_days": False}),
        fact(FactKind.FINE, {"min": 1, "max": 2}),
    ]
    assert first_date(facts, FactKind.EFFECTIVE_DATE) == date(2027, 1, 1)
    assert first_date(facts, FactKind.EXPIRY_DATE) is None
    days = [day for _, day in dated_facts(facts, TODAY)]
    assert days == [date(2027, 1, 1), date(2027, 3, 31)]
    assert fact_day(fact(FactKind.DEADLINE, {"date": "--13-31"}), TODAY) is None
    assert DateValue("2027-01-01").day == date(2027, 1, 1)
