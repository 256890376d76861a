"""Tables to take away: what the pages of the whole field show, as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_type_hints

from archive.transfer.notice_json import duty_json
from domain.law.date_entries import DateEntry
from i18n.visitor_words import Words
from noticewatch.web.views import feeds
from noticewatch.web.views.answers import CellJson, SourceJson
from noticewatch.web.views.matrix import MatrixCell, MatrixColumn, MatrixRow
from noticewatch.web.views.source_rows import NEVER, SourceRow


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """Rows with the names of their columns; the writers make cells safe for spreadsheets."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]


def deadline_table(entries: Iterable[DateEntry]) -> ExportTable:
    rows = [feeds.date_row(entry) for entry in entries]
    return ExportTable(name="deadlines", columns=feeds.DATE_COLUMNS, rows=rows)


def matrix_table(matrix: Iterable[MatrixRow], words: Words) -> ExportTable:
    """A row for each cell: what a jurisdiction requires, or the honest state."""
    columns = tuple(name for name in get_type_hints(CellJson) if name != "duties")
    rows = [{name: cell[name] for name in columns} for cell in _plain(matrix, words)]
    return ExportTable(name="matrix", columns=columns, rows=rows)


def _plain(matrix: Iterable[MatrixRow], words: Words) -> list[dict[str, object]]:
    return [dict(cell) for cell in cells_json(matrix, words)]


def cells_json(matrix: Iterable[MatrixRow], words: Words) -> list[CellJson]:
    return [
        _cell(row.jurisdiction, column, cell, words)
        for row in matrix
        for column, cell in row.cells.items()
    ]


def _cell(jurisdiction: str, column: MatrixColumn, cell: MatrixCell, words: Words) -> CellJson:
    return {
        "jurisdiction": jurisdiction,
        "name": words.jurisdiction(jurisdiction),
        "what": column,
        "state": cell.state,
        "text": cell.text,
        "quote": cell.quote,
        "source": cell.source,
        "published": cell.published.isoformat() if cell.published else None,
        "notice_id": cell.notice_id,
        "national": cell.national,
        "duties": [duty_json(duty, number) for number, duty in cell.duties],
    }


def source_table(sources: Iterable[SourceRow]) -> ExportTable:
    rows = sources_json(sources)
    return ExportTable(name="sources", columns=tuple(rows[0]) if rows else ("key",), rows=rows)


def sources_json(sources: Iterable[SourceRow]) -> list[SourceJson]:
    """Each source by its key, null for what is not known before its first pass."""
    return [_source(row) for row in sorted(sources, key=lambda row: row.source.key)]


def _source(row: SourceRow) -> SourceJson:
    health = row.health
    return {
        "key": row.source.key,
        "publisher": row.source.publisher,
        "jurisdiction": row.source.jurisdiction,
        "evidence": row.source.evidence.level,
        "state": None if health is None or row.state == NEVER else health.state,
        "since": health.since.isoformat() if health else None,
        "reason": health.reason if health else None,
        "last_polled": health.last_polled.isoformat() if health and health.last_polled else None,
        "newest": health.newest.isoformat() if health and health.newest else None,
        "rows": health.rows if health else None,
        "expected_rows": row.source.expect.min_rows,
    }
