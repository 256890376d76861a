"""JSON API v1 and the machine pages: the archive for other programs."""

from __future__ import annotations

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.read_models.related_acts import Bond
from archive.transfer.exporter import export_fact, export_notice
from domain.records.notice import Notice, Version
from domain.records.states import OutboxState
from noticewatch.application.console import dump
from noticewatch.application.metrics import metrics_text
from noticewatch.application.notice_views import diff_json
from noticewatch.application.query import result_json
from noticewatch.web.context import WebContext, language_of
from noticewatch.web.pages.act_comparison import two_acts
from noticewatch.web.pages.version_comparison import versions
from noticewatch.web.request_params import answer, conditional, notice_id, number, question
from noticewatch.web.views import feeds, overview_view, tables
from noticewatch.web.views.diff_view import compared

DEADLINES_A_PAGE = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ALERTS_A_PAGE = 50
MOST_A_PAGE = 500


def _json(request: Request, value: dict[str, Any], *, besides: tuple[str, ...] = ()) -> Response:
    """JSON with an ETag over all but the fields ``besides``; 304 when the caller has it."""
    told = {key: item for key, item in value.items() if key not in besides}
    body, marked = (dump(part).encode("utf-8", "replace") for part in (value, told))
    return conditional(request, body, "application/json", told=marked)


def _page_size(request: Request, default: int) -> int:
    limit = number(request.query_params.get("limit") or str(default), "limit")
    if not 1 <= limit <= MOST_A_PAGE:
        raise HTTPException(400, f"limit: expected 1 to {MOST_A_PAGE}")
    return limit


def search(site: WebContext, request: Request) -> Response:
    result = answer(site, question(request))
    found = result_json(result)
    found["next_cursor"] = result.next_cursor
    return _json(request, found, besides=("took_ms",))


def notice(site: WebContext, request: Request) -> Response:
    found = site.archive.notices.get(notice_id(request))
    if found is None:
        raise HTTPException(404, "no such notice")
    return _json(request, export_notice(found))


def sources(site: WebContext, request: Request) -> Response:
    return _json(request, {"sources": tables.sources(site).rows})


def topics(site: WebContext, request: Request) -> Response:
    rows = [
        {"id": topic.id, "name": {"zh": topic.name.zh, "en": topic.name.en}}
        for topic in site.topics
    ]
    return _json(request, {"topics": rows})


def matrix(site: WebContext, request: Request) -> Response:
    words = site.words(language_of(request))
    return _json(request, {"cells": tables.matrix(site, words).rows})


def compare(site: WebContext, request: Request) -> Response:
    """Two versions, named as on the page of the same name."""
    if "posting" not in request.query_params:
        raise HTTPException(400, "posting: expected a posting's id")
    before, after = versions(site, request)
    return _json(
        request,
        {
            "before": _version_named(before),
            "after": _version_named(after),
            **diff_json(compared(before, after)),
        },
    )


def compare_acts(site: WebContext, request: Request) -> Response:
    """Two acts: their facts in pairs and their texts part by part."""
    acts = two_acts(site, request)
    diff = compared(acts.before_version, acts.after_version)
    return _json(
        request,
        {
            "before": _act_named(acts.before),
            "after": _act_named(acts.after),
            "relation": _bond(acts.bond),
            "amended_text": acts.amended,
            "orders_left": list(acts.orders_left),
            "facts": [
                {
                    "kind": str(row.kind),
                    "before": export_fact(row.before) if row.before else None,
                    "after": export_fact(row.after) if row.after else None,
                    "effect": row.effect or None,
                }
                for row in acts.facts(diff)
            ],
            **diff_json(diff),
        },
    )


def _bond(bond: Bond | None) -> dict[str, Any] | None:
    if bond is None:
        return None
    return {
        "kind": bond.kind,
        "older": bond.older,
        "newer": bond.newer,
        "probable": bond.probable,
    }


def _act_named(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "jurisdiction": notice.jurisdiction,
        "published": notice.published,
        "effective": notice.effective,
        "status": notice.status,
        "stage": notice.stage,
        "url": notice.url,
    }


def _version_named(version: Version) -> dict[str, Any]:
    return {
        "posting": version.posting_id,
        "number": version.number,
        "fetched_at": version.fetched_at,
        "title": version.title,
        "text_sha256": version.text_sha256,
    }


def deadlines(site: WebContext, request: Request) -> Response:
    """Open dates in pages; the cursor is the last date, notice and kind of the page before."""
    entries = overview_view.open_dates(site.dated(), site.today)
    cursor = request.query_params.get("cursor")
    if cursor:
        after = _read_place(cursor)
        entries = [entry for entry in entries if _place(entry) > after]
    limit = _page_size(request, DEADLINES_A_PAGE)
    shown = entries[:limit]
    following = "~".join(map(str, _place(shown[-1]))) if len(entries) > limit else None
    rows = [feeds.date_row(entry) for entry in shown]
    return _json(request, {"deadlines": rows, "next_cursor": following})


def _place(entry: overview_view.DateEntry) -> tuple[str, int, str]:
    return entry.on.isoformat(), entry.notice_id, entry.kind


def _read_place(cursor: str) -> tuple[str, int, str]:
    day, _, rest = cursor.partition("~")
    notice, _, kind = rest.partition("~")
    if not _DAY.fullmatch(day) or not kind:
        raise HTTPException(400, "cursor: expected the next_cursor of the page before")
    return day, number(notice, "cursor"), kind


def alerts(site: WebContext, request: Request) -> Response:
    """What was sent where, newest first; the cursor is the last message's id."""
    params = request.query_params
    limit = _page_size(request, ALERTS_A_PAGE)
    cursor, state = params.get("cursor"), params.get("state") or None
    if state is not None and state not in set(OutboxState):
        raise HTTPException(400, f"state: expected {', '.join(OutboxState)}")
    items = site.archive.outbox.latest(
        limit=limit + 1,
        channel=params.get("channel") or None,
        state=state,
        before=number(cursor, "cursor") if cursor else None,
    )
    rows = [
        {
            "id": item.id,
            "channel": item.channel,
            "kind": item.kind,
            "notice_id": item.notice_id,
            "headline": site.headline(item),
            "state": str(item.state),
            "attempts": item.attempts,
            "created": item.created,
            "sent": item.sent,
            "error": item.error,
        }
        for item in items[:limit]
    ]
    following = str(items[limit - 1].id) if len(items) > limit else None
    return _json(request, {"alerts": rows, "next_cursor": following})


def healthz(site: WebContext, request: Request) -> Response:  # noqa: ARG001
    site.archive.notices.counts()
    return PlainTextResponse("ok")


def metrics(site: WebContext, request: Request) -> Response:  # noqa: ARG001
    """Prometheus text format."""
    return PlainTextResponse(metrics_text(site.archive, site.data_dir, site.clock()))
