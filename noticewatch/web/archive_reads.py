"""Read from the archive what several pages, tables and answers of the API show."""

from __future__ import annotations

from collections.abc import Sequence

from domain.records.notice import Notice
from i18n.visitor_words import Words
from noticewatch.web.context import WebContext
from noticewatch.web.views import date_entries, map_tiles, matrix, source_rows
from notifier.selection.coverage import State

CHECK_ACTION = "check"  # as the record names it


def read_states(
    site: WebContext, words: Words, notices: Sequence[Notice]
) -> dict[str, tuple[State, str]]:
    """State and what may be said of every jurisdiction that has a tile or a source."""
    codes = {source.jurisdiction for source in site.sources.values()} | set(map_tiles.TILES)
    known = matrix.FieldKnown(
        relevant=site.relevant(), sources=site.sources, health=site.archive.sources.all()
    )
    return matrix.jurisdiction_states(codes, notices, known, words)


def read_matrix(site: WebContext, words: Words) -> list[matrix.MatrixRow]:
    notices = site.relevant()
    return matrix.matrix_rows(notices, read_states(site, words, notices), words)


def read_dates(site: WebContext) -> list[date_entries.DateEntry]:
    """All open dates, soonest first."""
    return date_entries.open_date_entries(site.dated(), site.today)


def read_sources(site: WebContext) -> list[source_rows.SourceRow]:
    """Every source; those that need a look first."""
    return source_rows.source_rows(site.sources.values(), sources_known(site))


def sources_known(
    site: WebContext, key: str | None = None, *, history: int = 0
) -> source_rows.SourcesKnown:
    """Health with so many of the latest passes, and the checks asked for; of one source or all."""
    return source_rows.SourcesKnown(
        health={state.key: state for state in site.archive.sources.all(key, history=history)},
        asked=site.archive.audit_log.last_of_each(CHECK_ACTION),
        now=site.clock(),
    )
