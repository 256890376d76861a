"""Give results as files and feeds: Atom, CSV, XLSX, iCalendar."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from archive.transfer.exporter import csv_lines, write_xlsx
from domain.law.date_entries import open_date_entries
from domain.records.search_hit import SearchHit
from i18n.concern_text import applies_to
from i18n.phrases import Lang
from noticewatch.application.notice_search import Question
from noticewatch.web.archive_reads import read_dates, read_matrix, read_sources
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.request_params import (
    answer_question,
    conditional,
    mine_parameter,
    requested_question,
)
from noticewatch.web.views import export_tables, feeds
from noticewatch.web.views.export_tables import ExportTable

FEED_ENTRIES = 50
EXPORT_ROWS = 2000
ALARM_DAYS = (14, 3, 0)
_LATELY = 300
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _named(asked: Question) -> str:
    """What a feed holds, in a few words."""
    narrowed = [asked.query, *asked.topics, *asked.jurisdictions, *asked.severities]
    everything = "relevant notices" if asked.relevant_only else "all notices"
    return " · ".join(part for part in narrowed if part) or everything


def feed_export(site: WebContext, request: Request) -> Response:
    """What changed last among the hits, then the newest of them."""
    asked = requested_question(request, mine=mine_parameter(site, request))
    changed = site.archive.overview.lately_changed(_LATELY)
    recent = tuple(number for number in changed if not asked.ids or number in asked.ids)
    lately = answer_question(site, replace(asked, ids=recent), limit=_LATELY) if recent else None
    newest = answer_question(site, asked, limit=FEED_ENTRIES)
    hits = {hit.id: hit for hit in (*(lately.hits if lately else ()), *newest.hits)}
    order = list(hits)
    order.sort(key=lambda number: (number in changed, changed.get(number)), reverse=True)
    title = f"noticewatch: {_named(asked)}"
    base = site.base_url(request)
    address = f"{base}{request.url.path}?{request.url.query}".removesuffix("?")
    shown = [hits[number] for number in order[:FEED_ENTRIES]]
    concerns = _concerns(site, shown, language_of(request))
    body = feeds.atom(title, base, address, shown, feeds.EntryNotes(changed, concerns))
    return conditional(request, body, "application/atom+xml")


def _concerns(site: WebContext, shown: list[SearchHit], lang: Lang) -> dict[int, str]:
    """To which of our companies each act applies; empty without companies."""
    if not site.entities:
        return {}
    wanted = {hit.id for hit in shown}
    return {
        notice.id: applies_to(site.archive.reach.concerned(notice, site.entities), lang)
        for notice in site.relevant()
        if notice.id in wanted
    }


def calendar_export(site: WebContext, request: Request) -> Response:
    """All open dates, or those of one notice (``notice=7``), which then have alarms."""
    notices = site.dated()
    only = request.query_params.get("notice")
    if only:
        notices = [notice for notice in notices if str(notice.id) == only]
    entries = open_date_entries(notices, site.today)
    alarms = ALARM_DAYS if only else ()
    body = feeds.icalendar(
        entries,
        site.base_url(request),
        site.today,
        kind_name=site.words(language_of(request)).fact_kind,
        alarm_days=alarms,
        lang=language_of(request),
    )
    return conditional(request, body, "text/calendar; charset=utf-8")


Form = Literal["csv", "xlsx"]


def _search(site: WebContext, request: Request) -> ExportTable:
    asked = requested_question(request, mine=mine_parameter(site, request))
    result = answer_question(site, asked, limit=EXPORT_ROWS)
    rows = list(feeds.hit_rows(result.hits))
    return ExportTable(name="noticewatch", columns=feeds.HIT_COLUMNS, rows=rows)


def _matrix(site: WebContext, request: Request) -> ExportTable:
    words = site.words(language_of(request))
    return export_tables.matrix_table(read_matrix(site, words), words)


TABLES: dict[str, Callable[[WebContext, Request], ExportTable]] = {
    "search": _search,
    "deadlines": lambda site, _: export_tables.deadline_table(read_dates(site)),
    "matrix": _matrix,
    "sources": lambda site, _: export_tables.source_table(read_sources(site)),
}


def table_handler(name: str, form: Form) -> Callable[[WebContext, Request], Response]:
    """The handler that gives a table as a file."""

    def handler(site: WebContext, request: Request) -> Response:
        made = TABLES[name](site, request)
        if form == "csv":
            text = "\ufeff" + "".join(csv_lines(made.rows, made.columns))
            return _download(text.encode("utf-8", "replace"), "text/csv", f"{made.name}.csv")
        target = io.BytesIO()
        write_xlsx(target, made.rows, made.columns)
        return _download(target.getvalue(), _XLSX, f"{made.name}.xlsx")

    return handler


def _download(body: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
