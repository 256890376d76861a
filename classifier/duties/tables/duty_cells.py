"""Find the columns of a table by their heads, and read its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.duties.statements import Statement
from classifier.duties.times import event_of, find_times
from classifier.facts.calendar_dates import YearContext, find_dates
from classifier.facts.fact_document import FactTable
from classifier.facts.figures.lengths import LENGTH, duration_value
from classifier.facts.sentences import FactPassage, fold_width
from domain.law.duties import TimeRelation, When


def column_of(
    heads: Sequence[str], pattern: re.Pattern[str], *, but: Sequence[int] = ()
) -> int | None:
    """The first column whose head a pattern fits, but those that are taken."""
    for index, head in enumerate(heads):
        if index not in but and len(head) <= 16 and pattern.search(head):
            return index
    return None


def statement_of(table: FactTable, row: int, text: str) -> Statement:
    """A cell as a statement of its own."""
    passage = FactPassage(text, table.where(row), wrapped=True)
    return Statement(passage=passage, start=0, end=len(passage.text))


def cell_of(row: Sequence[str], column: int | None) -> str:
    """The words of a cell; empty where the row is shorter or there is no such column."""
    return row[column].strip() if column is not None and column < len(row) else ""


def cell_time(cell: str, years: YearContext) -> When | None:
    """The time of a cell that holds nothing else: 2026年6月底前, 接收后30日内, 每月5日."""
    text = fold_width(cell)[0]
    if not text:
        return None
    if times := find_times(text, years):
        return times[0].when
    passage = FactPassage(text, "")
    for date in find_dates(passage, years):
        if date.day is not None:
            return When(relation=TimeRelation.BY, date=date.day.isoformat())
        if date.yearly:
            return When(
                relation=TimeRelation.EACH, recurs=f"--{date.month:02d}-{date.day_of_month:02d}"
            )
    match = re.search(rf"(?:(?P<event>[^，。；]{{0,30}}?)(?:之日起|后|起))?{LENGTH}$", text)
    value = duration_value(match) if match else None
    if match is None or value is None:
        return None
    words = (match["event"] or "").lstrip("自从在") or None
    return When(
        relation=TimeRelation.WITHIN, duration=value.duration,
        working_days=bool(value.working_days), event=event_of(words), event_text=words,
    )  # fmt: skip
