"""Whom an act of the archive reaches, and which of our companies it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.services.act_summary import ActSummary
from config.companies.entities import Entity
from domain.law.applicability.act_scope import ActScope, scope_of
from domain.law.applicability.concerns import NOBODY, Concerned, concerned
from domain.names.mention import entities_named
from domain.records.notice import Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class ActReach:
    """Whom an act reaches, by its head, its leading text and the names in it."""

    summary: ActSummary

    def scope(self, notice: Notice) -> ActScope:
        """The place, form and definitions of an act."""
        version = self.summary.leading_version(notice.id)
        text = version.text if version is not None else ""
        return scope_of(notice, text, entities_named(notice.names))

    def concerned(self, notice: Notice, entities: Sequence[Entity]) -> Concerned:
        """The companies that an act concerns; nobody where none is known."""
        if not entities or not (notice.duties or notice.names):
            return NOBODY
        return concerned(notice.duties, self.scope(notice), entities, notice.names)
