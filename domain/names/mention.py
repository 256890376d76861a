"""A company of ours, or a supplier, that a text names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """By which of its names a company is named."""

    FULL = "full"
    SHORT = "short"
    FORMER = "former"
    ENGLISH = "english"
    CREDIT_CODE = "credit_code"
    BRANCH = "branch"


@dataclass(frozen=True, kw_only=True, slots=True)
class NameMention:
    """One company found in a notice: whose it is (``supplier`` None for the entity itself), the
    name as the text writes it, the words around it and their place."""

    entity: str
    supplier: str | None
    name: str
    kind: NameKind
    quote: str
    where: str


def entities_named(names: Iterable[NameMention]) -> frozenset[str]:
    """The entities that are named themselves, not only their suppliers."""
    return frozenset(one.entity for one in names if one.supplier is None)
