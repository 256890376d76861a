"""Compare the facts of two versions or editions of an act."""

from __future__ import annotations

from collections.abc import Sequence

from domain.facts.fact_pairing import core_value, pair_facts
from domain.records.fact import Fact


def compare_facts(
    before: Sequence[Fact], after: Sequence[Fact]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Only the facts that changed; those that answer each other come first, in one order.

    Aligned by kind and by what they are about (offence, trigger, field name, the words
    around the number), so that a raised fine stands beside its old amount.
    """
    pairs = [
        (old, new)
        for old, new in pair_facts(before, after)
        if old is None or new is None or core_value(old) != core_value(new)
    ]
    paired = [(old, new) for old, new in pairs if old is not None and new is not None]
    return (
        (*(old for old, _ in paired), *(old for old, new in pairs if old and new is None)),
        (*(new for _, new in paired), *(new for old, new in pairs if new and old is None)),
    )
