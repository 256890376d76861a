"""Choose the rows that speak for a table: its rows are alike, and one reading serves for many.

Every row is read by its words. Of those of one table that pass, the model reads the likeliest of
the field and the likeliest of each topic; a row that differs from the others is among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifier.topics.heads import Heads
    from classifier.topics.prefilter import SelectedPassage

MOST_OF_ONE = 40  # rows of a table that are all read by the model
_OF_FIELD = 12
_OF_TOPIC = 2


def without_like_rows(selected: Sequence[SelectedPassage], heads: Heads) -> list[SelectedPassage]:
    """The passages in their order, of each long table the rows that speak for it."""
    tables: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(selected):
        if item.passage.table:
            tables[item.passage.table].append(number)
    left_out: set[int] = set()
    for numbers in tables.values():
        if len(numbers) > MOST_OF_ONE:
            left_out |= set(numbers) - _speakers(numbers, selected, heads)
    return [item for number, item in enumerate(selected) if number not in left_out]


def _speakers(
    numbers: Sequence[int], selected: Sequence[SelectedPassage], heads: Heads
) -> set[int]:
    """Of equal rows the first: sorting keeps their order."""
    by_field = sorted(numbers, key=lambda n: (selected[n].in_context, -selected[n].score))
    chosen = set(by_field[:_OF_FIELD])
    scores = {n: heads.score(selected[n].features, None).topics for n in numbers}
    for topic in heads.topics:
        chosen.update(sorted(numbers, key=lambda n: -scores[n].get(topic, 0.0))[:_OF_TOPIC])
    return chosen
