"""Tables to take away: what the pages of the whole field show, as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from i18n.visitor_words import Words
from noticewatch.web.views import feeds
from noticewatch.web.views.matrix import MatrixRow
from noticewatch.web.views.open_dates import DateEntry
from noticewatch.web.views.source_rows import NEVER, SourceRow


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """Rows with the names of their columns; the writers make cells safe for spreadsheets."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]


def deadline_table(entries: Iterable[DateEntry]) -> ExportTable:
    rows = [feeds.date_row(entry) for entry in entries]
    return ExportTable(name="deadlines", columns=feeds.DATE_NAMES, rows=rows)


def matrix_table(matrix: Iterable[MatrixRow], words: Words) -> ExportTable:
    """A row for each cell: what a jurisdiction requires, or the honest state."""
    rows = [
        {
            "jurisdiction": row.jurisdiction,
            "name": words.jurisdiction(row.jurisdiction),
            "what": column,
            "state": cell.state,
            "text": cell.text,
            "quote": cell.quote,
            "source": cell.source,
            "published": cell.published.isoformat() if cell.published else None,
            "notice_id": cell.notice_id,
        }
        for row in matrix
        for column, cell in row.cells.items()
    ]
    names = (
        "jurisdiction",
        "name",
        "what",
        "state",
        "text",
        "quote",
        "source",
        "published",
        "notice_id",
    )
    return ExportTable(name="matrix", columns=names, rows=rows)


def source_table(sources: Iterable[SourceRow]) -> ExportTable:
    rows = [
        {
            "key": row.source.key,
            "publisher": row.source.publisher,
            "jurisdiction": row.source.jurisdiction,
            "evidence": row.source.evidence.level,
            "state": None if row.state == NEVER else row.state,
            "since": row.health.since.isoformat() if row.health else None,
            "reason": row.health.reason if row.health else None,
            "last_polled": row.health.last_polled.isoformat()
            if row.health and row.health.last_polled
            else None,
            "newest": row.health.newest.isoformat() if row.health and row.health.newest else None,
            "rows": row.health.rows if row.health else None,
            "expected_rows": row.source.expect.min_rows,
        }
        for row in sorted(sources, key=lambda row: row.source.key)
    ]
    return ExportTable(name="sources", columns=tuple(rows[0]) if rows else ("key",), rows=rows)
