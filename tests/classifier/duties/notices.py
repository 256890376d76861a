"""Small notices, and their duties written on one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classifier.duties import read_duties
from classifier.facts.fact_document import read_document
from domain.law.duties import Duty
from domain.records.observation import Block

Rows = Sequence[Sequence[str]]


def duties_of(
    text: str, *, title: str = "关于加强管理的通知", table: Rows = (), stage: str | None = None
) -> tuple[Duty, ...]:
    """The duties of a notice whose paragraphs are the lines of ``text``."""
    blocks = [Block(kind="paragraph", text=line) for line in text.split("\n") if line]
    if table:
        blocks.append(Block(kind="table", rows=tuple(tuple(row) for row in table)))
    document = read_document(title, blocks, published=date(2026, 9, 1))
    return read_duties(document, stage=stage)


def lines_of(text: str, **more: str) -> list[str]:
    """Each duty as ``role modality act [object]``."""
    return [
        f"{duty.who.role or duty.who.kind} {duty.modality} {duty.act} [{duty.object}]"
        for duty in duties_of(text, **more)  # type: ignore[arg-type]  # title and stage are text
    ]


def times_of(text: str) -> list[str]:
    """The time of each duty: its relation, length or day, and event."""
    found = []
    for duty in duties_of(text):
        when = duty.when
        if when is None:
            found.append("-")
            continue
        parts = (when.relation, when.duration, when.date, when.recurs, when.event)
        working = "working" if when.working_days else None
        found.append(" ".join(str(part) for part in (*parts, working) if part))
    return found


def fines_of(text: str, *, table: Rows = ()) -> dict[str, list[tuple[float | None, float | None]]]:
    """The fines bound to each duty, by its act and object."""
    return {
        f"{duty.act} [{duty.object}]": [(item.min, item.max) for item in duty.sanctions]
        for duty in duties_of(text, table=table)
    }
