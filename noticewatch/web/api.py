"""JSON API v1 and the machine pages: the archive for other programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.read_models.related_acts import Bond
from archive.transfer.notice_json import fact_json, notice_json
from config.model import Stage
from domain.diff.diff_json import diff_json
from domain.law.date_entries import DateEntry
from domain.records.message import OutboxItem
from domain.records.notice import Notice, Version
from domain.records.states import FactEffect, OutboxState
from i18n.catalogue import english
from i18n.fact_text import FactRow
from noticewatch.application.console import dump
from noticewatch.application.law.act_as_of import act_as_of, as_of_json
from noticewatch.application.law.duties_json import duties_json
from noticewatch.application.law.duty_list import DutyFilter, listed_duties
from noticewatch.application.law.law_json import law_json
from noticewatch.application.law.registered_law import first_hits
from noticewatch.application.law.two_days import two_days_json
from noticewatch.application.metrics import metrics_text
from noticewatch.application.search_json import result_json
from noticewatch.web.archive_reads import read_matrix, read_sources, requested_dates
from noticewatch.web.comparison_requests import compared, requested_acts, requested_versions
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.pages.law_pages import requested_law
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import (
    answer_question,
    conditional,
    day_parameter,
    mine_parameter,
    notice_id,
    number_parameter,
    requested_question,
    role_parameter,
)
from noticewatch.web.views import export_tables, feeds
from noticewatch.web.views.answers import (
    ActComparisonJson,
    AlertJson,
    AlertsJson,
    BondJson,
    ComparisonJson,
    DeadlinesJson,
    FactPairJson,
    MatrixJson,
    NamedActJson,
    NamedVersionJson,
    SearchResultJson,
    SourcesJson,
    TopicsJson,
)
from noticewatch.web.views.message_headline import message_headline

DEADLINES_A_PAGE = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ALERTS_A_PAGE = 50
MOST_A_PAGE = 500


def _json(
    request: Request, value: Mapping[str, object], *, besides: tuple[str, ...] = ()
) -> Response:
    """JSON with an ETag over all but the fields ``besides``; 304 when the caller has it."""
    told = {key: item for key, item in value.items() if key not in besides}
    body, marked = (dump(part).encode("utf-8", "replace") for part in (value, told))
    return conditional(request, body, "application/json", told=marked)


def _page_size(request: Request, default: int) -> int:
    limit = number_parameter(request.query_params.get("limit") or str(default), "limit")
    if not 1 <= limit <= MOST_A_PAGE:
        raise Refusal(400, "request.between", name="limit", least=1, most=MOST_A_PAGE)
    return limit


def search(site: WebContext, request: Request) -> Response:
    asked = requested_question(request, mine=mine_parameter(site, request))
    result = answer_question(site, asked)
    law = [] if asked.cursor else first_hits(asked.query, asked.as_of or site.today)
    found: SearchResultJson = {**result_json(result, law), "next_cursor": result.next_cursor}
    return _json(request, found, besides=("took_ms",))


def notice(site: WebContext, request: Request) -> Response:
    found = site.archive.notices.get(notice_id(request))
    if found is None:
        raise Refusal(404, "request.no_notice")
    day = day_parameter(request.query_params.get("as_of"), "as_of")
    against = day_parameter(request.query_params.get("against"), "against")
    if day is not None and against is not None:
        before, after = (act_as_of(site.archive, found, one) for one in (day, against))
        return _json(request, two_days_json(before, after))
    if day is not None:
        return _json(request, as_of_json(act_as_of(site.archive, found, day)))
    return _json(request, notice_json(found))


def sources(site: WebContext, request: Request) -> Response:
    answered: SourcesJson = {"sources": export_tables.sources_json(read_sources(site))}
    return _json(request, answered)


def topics(site: WebContext, request: Request) -> Response:
    answered: TopicsJson = {
        "topics": [
            {"id": topic.id, "name": {"zh": topic.name.zh, "en": topic.name.en}}
            for topic in site.topics
        ]
    }
    return _json(request, answered)


def matrix(site: WebContext, request: Request) -> Response:
    """What each jurisdiction requires, for a ``role``, ``as_of`` a day where they are asked for."""
    words = site.words(language_of(request))
    role = role_parameter(request.query_params.get("role"))
    as_of = day_parameter(request.query_params.get("as_of"), "as_of")
    rows = read_matrix(site, words, role, as_of, mine_parameter(site, request))
    answered: MatrixJson = {"cells": export_tables.cells_json(rows, words)}
    return _json(request, answered)


def duties(site: WebContext, request: Request) -> Response:
    """Who must do what by when: of relevant acts that bind, or also of drafts."""
    params = request.query_params
    asked = DutyFilter(
        jurisdiction=params.get("jurisdiction") or None,
        role=role_parameter(params.get("role")),
        topic=params.get("topic") or None,
        days=number_parameter(params["days"], "days") if params.get("days") else None,
        drafts=params.get("drafts") in ("1", "true"),
    )
    as_of = day_parameter(params.get("as_of"), "as_of")
    found = listed_duties(site.relevant(as_of), asked, as_of or site.today)
    mine = mine_parameter(site, request)
    if mine is not None:
        found = [item for item in found if item.id in mine.duties]
    return _json(request, duties_json(found))


def law(site: WebContext, request: Request) -> Response:
    """The list of the law, as of a day."""
    return _json(request, law_json(requested_law(site, request)))


def compare(site: WebContext, request: Request) -> Response:
    """Two versions, named as on the page of the same name."""
    if "posting" not in request.query_params:
        raise Refusal(400, "request.posting_unknown")
    before, after = requested_versions(site, request)
    diff = compared(before, after)
    answered: ComparisonJson = {
        "before": _version_named(before),
        "after": _version_named(after),
        **diff_json(diff, english(diff.reason)),
    }
    return _json(request, answered)


def compare_acts(site: WebContext, request: Request) -> Response:
    """Two acts: their facts in pairs and their texts part by part."""
    acts = requested_acts(site, request)
    diff = compared(acts.before_version, acts.after_version)
    answered: ActComparisonJson = {
        "before": _act_named(acts.before),
        "after": _act_named(acts.after),
        "relation": _bond(acts.bond),
        "amended_text": acts.amended,
        "orders_left": list(acts.orders_left),
        "facts": [_fact_pair(row) for row in acts.facts(diff)],
        **diff_json(diff, english(diff.reason)),
    }
    return _json(request, answered)


def _fact_pair(row: FactRow) -> FactPairJson:
    return {
        "kind": row.kind,
        "before": fact_json(row.before) if row.before else None,
        "after": fact_json(row.after) if row.after else None,
        "effect": cast("FactEffect", row.effect) if row.effect else None,
    }


def _bond(bond: Bond | None) -> BondJson | None:
    if bond is None:
        return None
    return {
        "kind": bond.kind,
        "older": bond.older,
        "newer": bond.newer,
        "probable": bond.probable,
    }


def _act_named(notice: Notice) -> NamedActJson:
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "jurisdiction": notice.jurisdiction,
        "published": notice.published.isoformat() if notice.published else None,
        "effective": notice.effective.isoformat() if notice.effective else None,
        "status": notice.status,
        "stage": cast("Stage | None", notice.stage),
        "url": notice.url,
    }


def _version_named(version: Version) -> NamedVersionJson:
    return {
        "posting": version.posting_id,
        "number": version.number,
        "fetched_at": version.fetched_at.isoformat(),
        "title": version.title,
        "text_sha256": version.text_sha256,
    }


def deadlines(site: WebContext, request: Request) -> Response:
    """Open dates in pages; the cursor is the last date, notice and kind of the page before."""
    entries = requested_dates(site, request)
    cursor = request.query_params.get("cursor")
    if cursor:
        after = _read_place(cursor)
        entries = [entry for entry in entries if _place(entry) > after]
    limit = _page_size(request, DEADLINES_A_PAGE)
    shown = entries[:limit]
    following = "~".join(map(str, _place(shown[-1]))) if len(entries) > limit else None
    answered: DeadlinesJson = {
        "deadlines": [feeds.date_row(entry) for entry in shown],
        "next_cursor": following,
    }
    return _json(request, answered)


_Place = tuple[str, int, str, str]


def _place(entry: DateEntry) -> _Place:
    return entry.on.isoformat(), entry.notice_id, entry.kind, entry.duty_id or ""


def _read_place(cursor: str) -> _Place:
    day, notice, kind, duty = [*cursor.split("~", 3), "", "", ""][:4]
    if not _DAY.fullmatch(day) or not kind:
        raise Refusal(400, "request.cursor_unknown")
    return day, number_parameter(notice, "cursor"), kind, duty


def alerts(site: WebContext, request: Request) -> Response:
    """What was sent where, newest first; the cursor is the last message's id."""
    params = request.query_params
    limit = _page_size(request, ALERTS_A_PAGE)
    cursor, state = params.get("cursor"), params.get("state") or None
    if state is not None and state not in set(OutboxState):
        raise Refusal(400, "request.one_of", name="state", known=", ".join(OutboxState))
    items = site.archive.outbox.latest(
        limit=limit + 1,
        channel=params.get("channel") or None,
        state=state,
        before=number_parameter(cursor, "cursor") if cursor else None,
    )
    answered: AlertsJson = {
        "alerts": [_alert(site, item) for item in items[:limit]],
        "next_cursor": str(items[limit - 1].id) if len(items) > limit else None,
    }
    return _json(request, answered)


def _alert(site: WebContext, item: OutboxItem) -> AlertJson:
    return {
        "id": item.id,
        "channel": item.channel,
        "kind": item.kind,
        "notice_id": item.notice_id,
        "headline": message_headline(item, site.settings),
        "state": item.state,
        "attempts": item.attempts,
        "created": item.created.isoformat(),
        "sent": item.sent.isoformat() if item.sent else None,
        "error": item.error,
    }


def healthz(site: WebContext, request: Request) -> Response:  # noqa: ARG001
    site.archive.notices.counts()
    return PlainTextResponse("ok")


def metrics(site: WebContext, request: Request) -> Response:  # noqa: ARG001
    """Prometheus text format."""
    return PlainTextResponse(metrics_text(site.archive, site.clock()))
