"""A filter that a question names, and the reading of a whole question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

FilterKind = Literal[
    "jurisdiction", "role", "topic", "stage", "publisher", "document_number", "standard",
    "since", "until",
]  # fmt: skip
FILTER_KINDS: tuple[FilterKind, ...] = get_args(FilterKind)

LEANING: frozenset[FilterKind] = frozenset({"role", "topic"})
"""Filters that put hits first rather than leave the others out: labels and subjects are read
by a machine, and an act may speak of importers without naming them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionFilter:
    """A filter with its value as in the settings (days in ISO 8601) and the words it was read
    from; ``start`` and ``end`` are their place in the question."""

    kind: FilterKind
    value: str
    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionReading:
    """A question as read: its filters, and the words that are left to be looked for."""

    text: str
    filters: tuple[QuestionFilter, ...]
    words: str

    def values(self, kind: FilterKind) -> tuple[str, ...]:
        """The values of one kind of filter."""
        return tuple(one.value for one in self.filters if one.kind == kind)


@dataclass(frozen=True, slots=True)
class RefusedFilter:
    """A filter that the asker does not want: of a kind, or only with one value."""

    kind: str
    value: str | None = None

    def covers(self, one: QuestionFilter) -> bool:
        return one.kind == self.kind and self.value in (None, one.value)


def parse_refused(texts: Iterable[str]) -> tuple[RefusedFilter, ...]:
    """``jurisdiction`` or ``jurisdiction=CN-SH``, as command and address name them; ValueError
    for a kind that there is none of."""
    found = []
    for text in texts:
        kind, equals, value = text.partition("=")
        if kind.strip() not in FILTER_KINDS:
            raise ValueError(f"there is no filter {kind.strip()!r}")
        found.append(RefusedFilter(kind.strip(), value.strip() if equals else None))
    return tuple(found)
