"""Labels and facts of a notice, each with the passage it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Self

from domain.records.fact_values import FactValue, fact_value
from domain.records.states import FactKind

FactCertainty = Literal["", "scan", "unsure"]
"""Of a fact that was read from a scan: whether each of its characters is sure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A passage that speaks for a label, and where it stands."""

    text: str
    where: str  # 第十二条, 附件1 表2 行5, title …


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A topic of a notice; ``score`` from 0 to 1, ``evidence`` the passages that speak for it."""

    topic: str
    score: float
    evidence: tuple[Evidence, ...]
    model: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A stated fact: its value, the exact words it rests on and their place."""

    kind: FactKind
    value: FactValue
    quote: str
    where: str
    certainty: FactCertainty = field(default="", compare=False)

    @classmethod
    def from_json(
        cls, *, kind: FactKind, value: Any, quote: str, where: str, certainty: FactCertainty = ""
    ) -> Self:
        """A fact whose value is given as its stored JSON."""
        known = fact_value(kind, value)
        return cls(kind=kind, value=known, quote=quote, where=where, certainty=certainty)
