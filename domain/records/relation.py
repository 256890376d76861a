"""The relation of one act to another."""

from __future__ import annotations

from dataclasses import dataclass

from domain.records.effect_terms import NO_TERMS, EffectTerms
from domain.records.states import RelationKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """What an act does to another; ``probable`` when inferred, ``target_id`` when stored here."""

    kind: RelationKind
    title: str
    document_number: str | None = None
    target_id: int | None = None
    probable: bool = False
    claimed: bool = False  # by somebody who may not, or who has not been seen to say it
    unread: str | None = None  # the words of a term that no calendar has
    terms: EffectTerms = NO_TERMS  # days, articles and terms of the effect, as stated


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationClaim:
    """What another act only claims to do to this one: its words change nothing."""

    kind: RelationKind
    notice_id: int  # who claims it
    title: str
    url: str
