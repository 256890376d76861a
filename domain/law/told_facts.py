"""Which facts a duty tells already: they need no line of their own."""

from __future__ import annotations

from collections.abc import Sequence

from domain.law.duties import Duty
from domain.records.fact import Fact
from domain.records.states import FactKind

OF_DUTIES = (FactKind.DEADLINE, FactKind.FINE, FactKind.PORTAL, FactKind.THRESHOLD)


def told_by_duties(fact: Fact, duties: Sequence[Duty]) -> bool:
    """Whether a fact stands in the words of a duty or of one of its sanctions."""
    if fact.kind not in OF_DUTIES:
        return False
    quotes = [duty.quote for duty in duties]
    quotes += [sanction.quote for duty in duties for sanction in duty.sanctions]
    return any(fact.quote in quote or quote in fact.quote for quote in quotes if quote)
