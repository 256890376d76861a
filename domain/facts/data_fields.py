"""Select the data fields that an act prescribes and find which of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts.fact_pairing import Pair, pair_facts
from domain.records.fact import Fact
from domain.records.fact_values import DataFieldValue
from domain.records.states import FactKind


def data_fields(facts: Iterable[Fact]) -> list[Fact]:
    """The data fields among facts, in the order of their tables."""
    return [fact for fact in facts if fact.kind is FactKind.DATA_FIELD]


def described_fields(facts: Iterable[Fact]) -> list[tuple[Fact, DataFieldValue]]:
    """The data fields among facts, each with its typed value."""
    return [(fact, fact.value) for fact in facts if isinstance(fact.value, DataFieldValue)]


def field_number(fact: Fact) -> str | None:
    """The running number the table gives the field (序号), if it has one."""
    first = fact.quote.split("\t", 1)[0].strip()
    return first if re.fullmatch(r"\d{1,4}(?:\.\d{1,3}){0,3}", first) else None


def paired_fields(before: Sequence[Fact], after: Sequence[Fact]) -> list[Pair]:
    """Each field of two tables once, with the field of the other table that answers it."""
    return pair_facts(data_fields(before), data_fields(after))
