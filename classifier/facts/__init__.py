"""Read the facts of a notice: deadlines, fines, dates, portals, codes, fields, limits, citations.

Every fact carries its typed value, the exact words it rests on and their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classifier.facts.citations import read_references
from classifier.facts.codes import read_code_formats
from classifier.facts.deadlines import read_deadlines
from classifier.facts.fact_changes import compare_facts
from classifier.facts.fact_document import AttachmentText, Document, read_document
from classifier.facts.fields import read_data_fields
from classifier.facts.fines import read_fines
from classifier.facts.portals import read_portals
from classifier.facts.thresholds import read_thresholds
from classifier.facts.validity import read_validity
from domain.records.fact import Fact
from domain.records.observation import Block

__all__ = ["compare_facts", "extract_facts", "extract_facts_from_text", "read_facts"]

_READERS = (
    read_deadlines,
    read_fines,
    read_validity,
    read_portals,
    read_code_formats,
    read_data_fields,
    read_thresholds,
    read_references,
)


def extract_facts(
    title: str,
    blocks: Sequence[Block],
    *,
    attachments: Sequence[AttachmentText] = (),
    published: date | None = None,
    issuers: Sequence[str] = (),
) -> tuple[Fact, ...]:
    """All facts of a notice in reading order by kind, each stated value once per sentence."""
    return read_facts(read_document(title, blocks, attachments, published, issuers))


def extract_facts_from_text(
    text: str, title: str = "", *, published: date | None = None
) -> tuple[Fact, ...]:
    """Facts of a plain text, paragraphs separated by newlines."""
    blocks = (Block(kind="paragraph", text=text),) if text.strip() else ()
    return extract_facts(title, blocks, published=published)


def read_facts(document: Document) -> tuple[Fact, ...]:
    """All facts of a notice that is already cut into passages."""
    facts: dict[str, Fact] = {}
    for reader in _READERS:
        for fact in reader(document):
            facts.setdefault(f"{fact.kind}|{fact.value!r}|{fact.quote}", fact)
    return tuple(facts.values())
