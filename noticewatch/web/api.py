"""JSON API v1 and the machine pages: the archive for other programs."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.export import export_notice
from noticewatch.finding import result_json
from noticewatch.metrics import metrics_text
from noticewatch.output import dump
from noticewatch.web import field
from noticewatch.web.asking import answer, notice_id, question
from noticewatch.web.site import Site


def _json(request: Request, value: dict[str, Any], *, besides: tuple[str, ...] = ()) -> Response:
    """JSON with an ETag over all but the fields ``besides``; 304 when the caller has it."""
    told = {key: item for key, item in value.items() if key not in besides} if besides else value
    etag = f'"{hashlib.sha256(dump(told).encode("utf-8", "replace")).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    known = [mark.strip() for mark in request.headers.get("if-none-match", "").split(",")]
    if etag in known or f"W/{etag}" in known:
        return Response(status_code=304, headers=headers)
    body = dump(value).encode("utf-8", "replace")
    return Response(body, media_type="application/json", headers=headers)


def search(site: Site, request: Request) -> Response:
    result = answer(site, question(request))
    found = result_json(result)
    found["next_cursor"] = result.next_cursor
    return _json(request, found, besides=("took_ms",))


def notice(site: Site, request: Request) -> Response:
    found = site.archive.notice(notice_id(request))
    if found is None:
        raise HTTPException(404, "no such notice")
    return _json(request, export_notice(found))


def sources(site: Site, request: Request) -> Response:
    health = {state.key: state for state in site.archive.health()}
    rows = []
    for source in site.sources.values():
        state = health.get(source.key)
        rows.append(
            {
                "key": source.key,
                "publisher": source.publisher,
                "jurisdiction": source.jurisdiction,
                "evidence": source.evidence.level,
                "state": str(state.state) if state else None,
                "since": state.since if state else None,
                "reason": state.reason if state else None,
                "newest": state.newest if state else None,
            }
        )
    return _json(request, {"sources": rows})


def deadlines(site: Site, request: Request) -> Response:
    entries = field.open_dates(site.archive.dated_notices(site.today), site.today)
    rows = [
        {
            "date": entry.on,
            "kind": entry.kind,
            "notice_id": entry.notice_id,
            "title": entry.title,
            "jurisdiction": entry.jurisdiction,
            "severity": entry.severity,
            "quote": entry.quote,
        }
        for entry in entries
    ]
    return _json(request, {"deadlines": rows})


def healthz(site: Site, request: Request) -> Response:  # noqa: ARG001
    site.archive.counts()
    return PlainTextResponse("ok")


def metrics(site: Site, request: Request) -> Response:  # noqa: ARG001
    """Prometheus text format."""
    return PlainTextResponse(metrics_text(site.archive, site.data_dir, site.clock()))
