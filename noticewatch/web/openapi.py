"""Describe the API as OpenAPI 3.1: its paths by hand, its answers from their types."""

from __future__ import annotations

from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from config.model import Severity
from domain.records.obligation import ObligationState
from domain.records.search_hit import SearchMode
from domain.records.states import OutboxState
from noticewatch.application.notice_search import Order
from noticewatch.web import api
from noticewatch.web.answer_schemas import answer_schemas, reference
from noticewatch.web.context import WebContext

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string"}
_WHOLE: _Schema = {"type": "integer"}
_ID: _Schema = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}


def _list(item: _Schema) -> _Schema:
    return {"type": "array", "items": item}


def _one_of(values: Any) -> _Schema:
    return {"enum": [str(value) for value in values]}


def _parameter(name: str, schema: _Schema, description: str = "") -> _Schema:
    return {
        "name": name,
        "in": "query",
        "schema": schema,
        "description": description,
        "allowEmptyValue": True,  # as a form sends it: nothing was asked for
    }


_JURISDICTION = _parameter("jurisdiction", _TEXT, "only this one")
_ROLE = _parameter("role", _TEXT, "only duties of this role")
_AS_OF = _parameter("as_of", _TEXT, "as it stood on this day (YYYY-MM-DD)")
_MINE = _parameter(
    "mine", _TEXT, "1, or an entity's key: only what applies or may apply to our companies"
)
_MALFORMED = "a parameter is malformed"
_TOO_LONG = "too long to be compared on request"


def _needed(name: str, description: str) -> _Schema:
    return {"name": name, "in": "query", "schema": _ID, "description": description,
            "required": True}  # fmt: skip


def _filters(site: WebContext) -> list[_Schema]:
    day = {"type": "string", "format": "date"}
    many = {"style": "form", "explode": True}
    topic = _list({**_TEXT, "examples": [topic.id for topic in site.topics]})
    return [
        _parameter("q", {**_TEXT, "maxLength": 1000}, "words; empty lists everything"),
        {**_parameter("topic", topic, "any of these"), **many},
        {**_parameter("jurisdiction", _list(_TEXT), "CN, CN-GD …; any of these"), **many},
        {**_parameter("severity", _list(_one_of(get_args(Severity)))), **many},
        _parameter("since", day, "published on or after"),
        _parameter("until", day, "published on or before"),
        _parameter(
            "relevant",
            _one_of(("1", "true", "0", "false", "near")),
            "relevant notices only; near: what is not relevant but came near the line",
        ),
        _MINE,
        _parameter("mode", {**_one_of(get_args(SearchMode)), "default": "auto"}),
        {
            **_parameter(
                "no_filter",
                _list(_TEXT),
                "what auto shall not read as a filter: a kind, or kind=value",
            ),
            **many,
        },
        _parameter("order", {**_one_of(get_args(Order)), "default": "newest"}, "of text hits"),
        _parameter("limit", {**_WHOLE, "minimum": 1, "maximum": 100, "default": 20}),
        _cursor(r"^[A-Za-z0-9_=-]{1,200}$"),
    ]


def _cursor(pattern: str) -> _Schema:
    schema = {**_TEXT, "pattern": pattern}
    return _parameter("cursor", schema, "next_cursor of the page before; nothing else")


def _paging(default: int, cursor: str) -> list[_Schema]:
    size = {**_WHOLE, "minimum": 1, "maximum": api.MOST_A_PAGE, "default": default}
    return [_parameter("limit", size), _cursor(cursor)]


def _get(summary: str, answer: _Schema, *parameters: _Schema, **others: str) -> _Schema:
    """A path's description; ``others`` name further answers by status (``s404``)."""
    etag = {"description": "changes when the answer does", "schema": _TEXT}
    responses: _Schema = {
        "200": {
            "description": "OK",
            "headers": {"ETag": etag},
            "content": {"application/json": {"schema": answer}},
        },
        "304": {"description": "unchanged since the ETag in If-None-Match"},
        "401": {"description": "not authorised"},
        "429": {"description": "too many requests"},
    }
    for status, description in others.items():
        responses[status.removeprefix("s")] = {
            "description": description,
            "content": {"application/json": {"schema": reference("Error")}},
        }
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


def _security(site: WebContext) -> _Schema:
    """How a program shows who it is, as the settings have it."""
    schemes: dict[str, _Schema] = {
        "token": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "basic"},
    }
    scheme = schemes.get(site.settings.web.auth)
    return {"securitySchemes": {"login": scheme}} if scheme else {}


def _notice_paths(site: WebContext) -> dict[str, _Schema]:
    """Notices, and what they are sorted by."""
    by_id = {"name": "id", "in": "path", "required": True, "schema": _ID}
    return {
        "/api/v1/search": _get(
            "Search notices, newest first or by rank",
            reference("SearchResult"),
            *_filters(site),
            _AS_OF,
            s400=_MALFORMED,
        ),
        "/api/v1/notices/{id}": _get(
            "One notice with its versions, facts and changes",
            reference("Notice"),
            by_id,
            s404="no such notice",
        ),
        "/api/v1/sources": _get("Sources and their health", reference("Sources")),
        "/api/v1/topics": _get("The topics", reference("Topics")),
    }


def _law_paths() -> dict[str, _Schema]:
    """The law: its acts, their duties, and their days."""
    return {
        "/api/v1/matrix": _get(
            "What each jurisdiction requires, a cell each",
            reference("Matrix"),
            _ROLE,
            _AS_OF,
            _MINE,
            s400=_MALFORMED,
        ),
        "/api/v1/law": _get(
            "The list of the law: registered acts and those of the archive",
            reference("Law"),
            _parameter("q", _TEXT, "words of title, name or number"),
            _AS_OF,
            _JURISDICTION,
            s400=_MALFORMED,
        ),
        "/api/v1/duties": _get(
            "Who must do what by when, or else what",
            reference("Duties"),
            _JURISDICTION,
            _ROLE,
            _parameter("topic", _TEXT, "only acts with this topic"),
            _parameter("days", _ID, "only with a day within so many days"),
            _parameter("drafts", _TEXT, "1: duties of drafts too"),
            _AS_OF,
            _MINE,
            s400=_MALFORMED,
        ),
        "/api/v1/me": _get(
            "What applies to our companies, what may, and why",
            reference("Me"),
            _parameter("entity", _TEXT, "only this company of entities.yml"),
            _parameter("days", _ID, "only with a day within so many days"),
            s400=_MALFORMED,
        ),
        "/api/v1/obligations": _get(
            "What applies to our companies and how far it is, the nearest day first",
            reference("Obligations"),
            _parameter("entity", _TEXT, "only this company's"),
            _parameter("state", _one_of(get_args(ObligationState))),
            _parameter("owner", _TEXT, "only whose owner this is"),
            s400=_MALFORMED,
        ),
        "/api/v1/obligations/{id}": _get(
            "One obligation with its history",
            reference("ObligationWithHistory"),
            {"name": "id", "in": "path", "required": True, "schema": _ID},
            s404="no such obligation",
        ),
        "/api/v1/deadlines": _get(
            "Open dates, soonest first",
            reference("Deadlines"),
            _JURISDICTION,
            _ROLE,
            _parameter("topic", _TEXT, "only of acts with this topic"),
            _parameter("days", _ID, "only within so many days"),
            _AS_OF,
            _MINE,
            *_paging(api.DEADLINES_A_PAGE, r"^\d{4}-\d\d-\d\d~\d{1,19}~[a-z_]+(~[a-z0-9-]*)?$"),
            s400=_MALFORMED,
        ),
    }


def _comparison_paths() -> dict[str, _Schema]:
    """What differs between two versions or two acts."""
    return {
        "/api/v1/compare": _get(
            "Two versions, part by part",
            reference("Comparison"),
            _needed("posting", "a copy's id"),
            _parameter("a", _ID, "the version before; default: the last but one"),
            _parameter("other", _ID, "the copy that version b is of; default: the same"),
            _parameter("b", _ID, "the version after; default: the newest"),
            s400=_MALFORMED,
            s404="no such versions",
            s413=_TOO_LONG,
        ),
        "/api/v1/compare/acts": _get(
            "Two acts: facts in pairs, texts part by part",
            reference("ActComparison"),
            _needed("before", "a notice's id"),
            _needed("after", "another notice's id"),
            s400=_MALFORMED,
            s404="no such notice",
            s413=_TOO_LONG,
        ),
    }


def _check_paths() -> dict[str, _Schema]:
    """What others write, held against the law."""
    day = {"type": "string", "format": "date"}
    asked = {
        "type": "object", "required": ["text"],
        "properties": {
            "text": {**_TEXT, "maxLength": 200_000}, "compare": {**_TEXT, "maxLength": 200_000},
            "as_of": day, "keep": {"type": "boolean", "default": False}, "title": _TEXT,
        },
    }  # fmt: skip
    described = _get(
        "Check what a text claims; kept as a lead only where keep is true", reference("Check"),
        s400=_MALFORMED, s403="only editors may keep an article", s413="too long",
    )["get"]  # fmt: skip
    del described["responses"]["304"], described["responses"]["200"]["headers"]
    body = {"required": True, "content": {"application/json": {"schema": asked}}}
    kept = _get("Checked articles that are kept as leads", reference("Leads"))
    return {"/api/v1/check": {**kept, "post": {**described, "requestBody": body}}}


def _delivery_paths() -> dict[str, _Schema]:
    """What was sent."""
    return {
        "/api/v1/alerts": _get(
            "What was sent where, newest first",
            reference("Alerts"),
            _parameter("channel", _TEXT, "of the settings"),
            _parameter("state", _one_of(OutboxState)),
            *_paging(api.ALERTS_A_PAGE, r"^\d{1,19}$"),
            s400=_MALFORMED,
        ),
    }


def _paths(site: WebContext) -> dict[str, _Schema]:
    return {**_notice_paths(site), **_law_paths(), **_comparison_paths(), **_check_paths(),
            **_delivery_paths()}  # fmt: skip


def describe(site: WebContext, request: Request) -> Response:
    """The API's description, with the parameters that this archive's settings allow."""
    return JSONResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "noticewatch", "version": "1"},
            "servers": [{"url": site.base_url(request)}],
            "paths": _paths(site),
            "components": {"schemas": answer_schemas(), **_security(site)},
        }
    )
