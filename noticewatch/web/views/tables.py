"""Build plain tables of what the overview pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from i18n.visitor_words import Words
from noticewatch.web.context import WebContext
from noticewatch.web.pages.overview_pages import matrix_rows
from noticewatch.web.pages.source_pages import source_rows
from noticewatch.web.views import feeds, overview_view


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """Rows with the names of their columns; the writers make cells safe for spreadsheets."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]


def deadlines(site: WebContext) -> ExportTable:
    entries = overview_view.open_dates(site.dated(), site.today)
    rows = [feeds.date_row(entry) for entry in entries]
    return ExportTable(name="deadlines", columns=feeds.DATE_NAMES, rows=rows)


def matrix(site: WebContext, words: Words) -> ExportTable:
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
        for row in matrix_rows(site, words)
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


def sources(site: WebContext) -> ExportTable:
    rows = [
        {
            "key": row.source.key,
            "publisher": row.source.publisher,
            "jurisdiction": row.source.jurisdiction,
            "evidence": row.source.evidence.level,
            "state": None if row.state == "never" else row.state,
            "since": row.health.since.isoformat() if row.health else None,
            "reason": row.health.reason if row.health else None,
            "last_polled": row.health.last_polled.isoformat()
            if row.health and row.health.last_polled
            else None,
            "newest": row.health.newest.isoformat() if row.health and row.health.newest else None,
            "rows": row.health.rows if row.health else None,
            "expected_rows": row.source.expect.min_rows,
        }
        for row in sorted(source_rows(site), key=lambda row: row.source.key)
    ]
    return ExportTable(name="sources", columns=tuple(rows[0]) if rows else ("key",), rows=rows)
