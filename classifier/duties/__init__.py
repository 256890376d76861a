"""Read the duties of a notice: who must do what by when, or else what."""

from __future__ import annotations

import re

from classifier.duties.reading import read_placed
from classifier.duties.sanctions.sanction_binding import bind_sanctions
from classifier.duties.statements import read_statements
from classifier.duties.tables.limit_tables import with_table_limits
from classifier.duties.tables.punished_rows import with_punished_rows
from classifier.duties.tables.table_duties import read_tables, with_table_portal
from classifier.facts.fact_document import Document
from domain.law.duties import Duty
from domain.law.stage_correction import obliges_nobody

__all__ = ["read_duties"]


_ONLY_APPEALS = re.compile(r"倡议书?$|公开信$|一封信$|的倡议|示范文本|合同范本")  # oblige nobody


def read_duties(document: Document, *, stage: str | None = None) -> tuple[Duty, ...]:
    """The duties of a notice in reading order, those of its tables last.

    ``stage`` is the act's stage where it is known: a news story obliges nobody.
    """
    title = _title(document)
    if obliges_nobody(stage, title) or _ONLY_APPEALS.search(title):
        return ()
    statements = list(read_statements(document))
    body = with_table_limits(read_placed(statements, document), document)
    placed = with_punished_rows(with_table_portal(body, list(read_tables(document))))
    return tuple(dict.fromkeys(bind_sanctions(placed, statements)))


def _title(document: Document) -> str:
    return next((part.text for part in document.passages if part.place == "标题"), "").strip()
