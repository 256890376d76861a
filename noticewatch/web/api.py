"""JSON API v1, feeds and machine pages: the archive for other programs."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from archive.export import export_notice
from noticewatch import views
from noticewatch.finding import find, result_json
from noticewatch.output import dump
from noticewatch.web import feeds
from noticewatch.web.pages import first_page, question
from noticewatch.web.site import Site


def _json(request: Request, value: Any) -> Response:
    """JSON with a strong ETag; 304 when the caller has it already."""
    body = dump(value).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def search(site: Site, request: Request) -> Response:
    result = find(site.archive, question(request), encoder=site.settings.encoder.model)
    answer = result_json(result)
    answer["next_cursor"] = result.next_cursor
    return JSONResponse(answer)


def notice(site: Site, request: Request) -> Response:
    found = site.archive.notice(int(request.path_params["id"]))
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


def feed(site: Site, request: Request) -> Response:
    asked = first_page(question(request), 50)
    result = find(site.archive, asked, encoder=site.settings.encoder.model)
    base = site.base_url(request)
    body = feeds.atom(
        f"noticewatch: {asked.query or 'all notices'}", base, str(request.url), result.hits,
        site.clock(),
    )  # fmt: skip
    return Response(body, media_type="application/atom+xml")


def search_csv(site: Site, request: Request) -> Response:
    asked = first_page(question(request), 100)
    result = find(site.archive, asked, encoder=site.settings.encoder.model)
    return Response(
        feeds.search_csv(result.hits),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="noticewatch.csv"'},
    )


def calendar(site: Site, request: Request) -> Response:
    entries = views.open_dates(site.relevant(), site.today)
    body = feeds.icalendar(entries, site.base_url(request), site.clock())
    return Response(body, media_type="text/calendar; charset=utf-8")


def healthz(site: Site, request: Request) -> Response:  # noqa: ARG001
    site.archive.counts()
    return PlainTextResponse("ok")


def metrics(site: Site, request: Request) -> Response:  # noqa: ARG001
    """Prometheus text format."""
    lines = []
    for name, value in sorted(site.archive.counts().items()):
        lines += [f"# TYPE noticewatch_{name} gauge", f"noticewatch_{name} {value}"]
    lines.append("# TYPE noticewatch_source_up gauge")
    for state in site.archive.health():
        up = int(state.state == "ok")
        lines.append(f'noticewatch_source_up{{source="{state.key}",state="{state.state}"}} {up}')
    return PlainTextResponse("\n".join(lines) + "\n")


def _parameter(name: str, kind: str = "string", **extra: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind, **extra}}


def openapi(site: Site, request: Request) -> Response:  # noqa: ARG001
    """The API's own description, OpenAPI 3.1."""
    filters = [
        _parameter("q"),
        _parameter("topic", enum=[topic.id for topic in site.topics]),
        _parameter("jurisdiction"),
        _parameter("since", format="date"),
        _parameter("until", format="date"),
        _parameter("mode", enum=["text", "meaning", "hybrid"], default="text"),
        _parameter("limit", "integer", minimum=1, maximum=100, default=20),
        _parameter("cursor"),
    ]
    ok = {
        "200": {
            "description": "OK",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    }
    bad = {"400": {"description": "a parameter is malformed"}}
    missing = {"404": {"description": "no such notice"}}
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    return JSONResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "noticewatch", "version": "1"},
            "paths": {
                "/api/v1/search": {
                    "get": {"summary": "Search", "parameters": filters, "responses": {**ok, **bad}}
                },
                "/api/v1/notices/{id}": {
                    "get": {
                        "summary": "One notice with its versions, facts and changes",
                        "parameters": [by_id],
                        "responses": {**ok, **missing},
                    }
                },
                "/api/v1/sources": {
                    "get": {"summary": "Sources and their health", "responses": ok}
                },
            },
        }
    )
