"""Read the duties of a notice: who must do what by when, or else what."""

from __future__ import annotations

from collections.abc import Sequence

from classifier.duties.clauses import Chapeau, read_chapeau, read_clauses
from classifier.duties.documents import gathered_documents, is_document_list
from classifier.duties.sanctions import Placed, bind_sanctions
from classifier.duties.statements import Statement, read_statements
from classifier.duties.tables import read_tables
from classifier.facts.fact_document import Document
from domain.law.duties import Duty
from domain.law.stage_correction import STAGES_WITHOUT_DUTIES

__all__ = ["read_duties"]


def read_duties(document: Document, *, stage: str | None = None) -> tuple[Duty, ...]:
    """The duties of a notice in reading order, those of its tables last.

    ``stage`` is the act's stage where it is known: a news story obliges nobody.
    """
    if stage in STAGES_WITHOUT_DUTIES:
        return ()
    statements = list(read_statements(document))
    placed = _placed(statements, document)
    duties = [*bind_sanctions(placed, statements), *read_tables(document)]
    return tuple(dict.fromkeys(duties))


def _placed(statements: Sequence[Statement], document: Document) -> list[Placed]:
    found: list[Placed] = []
    chapeaus: dict[int, Chapeau] = {}
    documents = gathered_documents(statements)
    for statement in statements:
        opener = statement.chapeau
        if opener is not None and is_document_list(opener):
            continue
        chapeau = None
        if opener is not None:
            chapeau = chapeaus.setdefault(id(opener), read_chapeau(opener, document.years))
        if statement.opens_list and not is_document_list(statement):
            continue
        for duty in read_clauses(
            statement, document.years, chapeau, documents.get(id(statement), ())
        ):
            found.append(Placed(duty=duty, statement=statement))
    return found
