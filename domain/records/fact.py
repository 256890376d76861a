"""Labels and facts of a notice, each with the passage it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.records.states import FactKind


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
    """A stated fact. ``value`` has the shape of its kind."""

    kind: FactKind
    value: Any
    quote: str
    where: str
