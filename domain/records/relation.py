"""The relation of one act to another."""

from __future__ import annotations

from dataclasses import dataclass

from domain.records.states import RelationKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """What an act does to another; ``probable`` when inferred, ``target_id`` when stored here."""

    kind: RelationKind
    title: str
    document_number: str | None = None
    target_id: int | None = None
    probable: bool = False
