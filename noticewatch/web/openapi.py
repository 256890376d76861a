"""The API's own description, OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.records.states import (
    AttachmentStatus,
    ChangeKind,
    FactKind,
    OutboxState,
    PostingState,
    SourceState,
)
from noticewatch.web import api
from noticewatch.web.context import WebContext
from noticewatch.web.views.matrix import MATRIX_COLUMNS

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string"}
_NUMBER: _Schema = {"type": "number"}
_WHOLE: _Schema = {"type": "integer"}
_ID: _Schema = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
_YES_NO: _Schema = {"type": "boolean"}
_DAY: _Schema = {"type": ["string", "null"], "format": "date"}
_TIME: _Schema = {"type": "string", "format": "date-time"}
_MAYBE_TIME: _Schema = {"type": ["string", "null"], "format": "date-time"}
_MAYBE: _Schema = {"type": ["string", "null"]}
_MAYBE_WHOLE: _Schema = {"type": ["integer", "null"]}
_STATUSES = (
    "in_force", "not_yet", "amended", "partly_repealed", "repealed", "expired", "draft",
    "withdrawn_page", None,
)  # fmt: skip
_STAGES = ("draft", "final", "interpretation", "list", "reply", "news", "eia", "case", None)
_RELATIONS = (
    "cites", "implements", "amends", "repeals", "repealed_by", "edition_of", "finalises",
)  # fmt: skip

_EFFECTS = (
    "tighter", "looser", "higher", "lower", "earlier", "later", "changed", "new", "gone",
)  # fmt: skip


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(item: _Schema) -> _Schema:
    return {"type": "array", "items": item}


def _one_of(values: Any) -> _Schema:
    return {"enum": [str(value) if value is not None else None for value in values]}


def _object(**properties: _Schema) -> _Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


_MAYBE_FACT: _Schema = {"anyOf": [_ref("Fact"), {"type": "null"}]}
_COMPARED: Mapping[str, _Schema] = {
    "substantive": _YES_NO, "reason": _TEXT, "changed_characters": _WHOLE,
    "parts": _list(_ref("Part")),
    "fields": _list(_object(field=_TEXT, before=_MAYBE, after=_MAYBE)),
    "attachments": _list(_object(
        kind=_one_of(("added", "removed", "renamed", "replaced")), name_before=_MAYBE,
        name_after=_MAYBE, sha256_before=_MAYBE, sha256_after=_MAYBE,
        parts=_list(_ref("Part")),
    )),
}  # fmt: skip
_SCHEMAS: Mapping[str, _Schema] = {
    "Error": _object(error=_TEXT),
    "Hit": _object(
        id=_WHOLE, title=_TEXT, title_en=_MAYBE, snippet=_TEXT, score=_NUMBER, url=_TEXT,
        published=_DAY, document_number=_MAYBE, jurisdiction=_TEXT, labels=_list(_TEXT),
    ),
    "SearchResult": _object(
        query=_TEXT, mode=_one_of(("text", "meaning", "hybrid")), total=_WHOLE, took_ms=_NUMBER,
        hits=_list(_ref("Hit")), next_cursor=_MAYBE,
    ),
    "Evidence": _object(text=_TEXT, where=_TEXT),
    "Label": _object(topic=_TEXT, score=_NUMBER, evidence=_list(_ref("Evidence"))),
    "Fact": _object(
        kind=_one_of(FactKind),
        value={"description": "its shape depends on the kind", "type": ["object", "string"]},
        quote=_TEXT, where=_TEXT,
    ),
    "Relation": _object(
        kind=_one_of(_RELATIONS), title=_TEXT, document_number=_MAYBE, target_id=_MAYBE_WHOLE,
        probable=_YES_NO,
    ),
    "Attachment": _object(
        name=_TEXT, url=_TEXT, sha256=_MAYBE, bytes=_WHOLE, status=_one_of(AttachmentStatus),
        text=_TEXT,
    ),
    "Version": _object(
        number=_WHOLE, fetched_at=_TIME, raw_sha256=_TEXT, text_sha256=_TEXT, title=_TEXT,
        text=_TEXT, attachments=_list(_ref("Attachment")),
    ),
    "Posting": _object(
        url=_TEXT, source=_TEXT, column=_TEXT, title=_TEXT, first_seen=_TIME, last_seen=_TIME,
        state=_one_of(PostingState), versions=_list(_ref("Version")),
    ),
    "Change": _object(
        id=_WHOLE, kind=_one_of(ChangeKind), at=_TIME, posting_url=_TEXT,
        from_version=_MAYBE_WHOLE, to_version=_MAYBE_WHOLE, substantive=_YES_NO, reason=_TEXT,
        labels=_list(_TEXT), facts_before=_list(_ref("Fact")), facts_after=_list(_ref("Fact")),
    ),
    "Notice": _object(
        id=_WHOLE, title=_TEXT, document_number=_MAYBE, issuers=_list(_TEXT), jurisdiction=_TEXT,
        published=_DAY, effective=_DAY, status=_one_of(_STATUSES), stage=_one_of(_STAGES),
        labels=_list(_ref("Label")), facts=_list(_ref("Fact")),
        relations=_list(_ref("Relation")), severity=_one_of(("red", "amber", "grey")),
        severity_rule=_TEXT, relevant_because=_MAYBE, expires=_DAY, authority=_MAYBE,
        postings=_list(_ref("Posting")), changes=_list(_ref("Change")),
    ),
    "Source": _object(
        key=_TEXT, publisher=_TEXT, jurisdiction=_TEXT,
        evidence=_one_of(("live", "recorded", "reported", "inferred")),
        state=_one_of((*SourceState, None)), since=_MAYBE_TIME, reason=_MAYBE,
        last_polled=_MAYBE_TIME, newest=_DAY, rows=_MAYBE_WHOLE, expected_rows=_WHOLE,
    ),
    "Topic": _object(id=_TEXT, name=_object(zh=_TEXT, en=_MAYBE)),
    "Cell": _object(
        jurisdiction=_TEXT, name=_TEXT, what=_one_of(MATRIX_COLUMNS),
        state=_one_of(("fact", "rule", "draft", "nothing", "unreadable", "unwatched")),
        text=_TEXT, quote=_TEXT, source=_TEXT, published=_DAY, notice_id=_MAYBE_WHOLE,
    ),
    "NamedVersion": _object(
        posting=_WHOLE, number=_WHOLE, fetched_at=_TIME, title=_TEXT, text_sha256=_TEXT,
    ),
    "Part": _object(
        kind=_one_of(("changed", "added", "removed", "moved", "renumbered")),
        label_before=_MAYBE, label_after=_MAYBE,
        spans=_list(_object(op=_one_of(("equal", "insert", "delete")), text=_TEXT)),
    ),
    "Comparison": _object(
        before=_ref("NamedVersion"), after=_ref("NamedVersion"), **_COMPARED,
    ),
    "NamedAct": _object(
        id=_WHOLE, title=_TEXT, document_number=_MAYBE, issuers=_list(_TEXT), jurisdiction=_TEXT,
        published=_DAY, effective=_DAY, status=_one_of(_STATUSES), stage=_one_of(_STAGES),
        url=_TEXT,
    ),
    "Bond": {
        **_object(kind=_one_of(_RELATIONS), older=_WHOLE, newer=_WHOLE, probable=_YES_NO),
        "type": ["object", "null"],
        "description": "what one act says of the other; null where neither names the other",
    },
    "ActComparison": _object(
        before=_ref("NamedAct"), after=_ref("NamedAct"), relation=_ref("Bond"),
        amended_text={**_YES_NO, "description": "the text after is the first act as amended"},
        orders_left=_list(_TEXT),
        facts=_list(_object(
            kind=_one_of(FactKind), before=_MAYBE_FACT, after=_MAYBE_FACT,
            effect=_one_of((*_EFFECTS, None)),
        )),
        **_COMPARED,
    ),
    "Alert": _object(
        id=_WHOLE, channel=_TEXT, kind=_TEXT, notice_id=_MAYBE_WHOLE, headline=_TEXT,
        state=_one_of(OutboxState), attempts=_WHOLE, created=_TIME, sent=_MAYBE_TIME, error=_TEXT,
    ),
    "Deadline": _object(
        date=_DAY, kind=_TEXT, notice_id=_WHOLE, title=_TEXT, jurisdiction=_TEXT, severity=_TEXT,
        quote=_TEXT,
    ),
}  # fmt: skip


def _parameter(name: str, schema: _Schema, description: str = "") -> _Schema:
    return {
        "name": name,
        "in": "query",
        "schema": schema,
        "description": description,
        "allowEmptyValue": True,  # as a form sends it: nothing was asked for
    }


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
        {**_parameter("severity", _list(_one_of(("red", "amber", "grey")))), **many},
        _parameter("since", day, "published on or after"),
        _parameter("until", day, "published on or before"),
        _parameter("relevant", _one_of(("1", "true", "0", "false")), "relevant notices only"),
        _parameter("mode", {"enum": ["text", "meaning", "hybrid"], "default": "text"}),
        _parameter("order", {"enum": ["newest", "rank"], "default": "newest"}, "of text hits"),
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
            "content": {"application/json": {"schema": _ref("Error")}},
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


def _paths(site: WebContext) -> dict[str, _Schema]:
    by_id = {"name": "id", "in": "path", "required": True, "schema": _ID}
    return {
        "/api/v1/search": _get(
            "Search notices, newest first or by rank",
            _ref("SearchResult"),
            *_filters(site),
            s400="a parameter is malformed",
        ),
        "/api/v1/notices/{id}": _get(
            "One notice with its versions, facts and changes",
            _ref("Notice"),
            by_id,
            s404="no such notice",
        ),
        "/api/v1/sources": _get("Sources and their health", _object(sources=_list(_ref("Source")))),
        "/api/v1/topics": _get("The topics", _object(topics=_list(_ref("Topic")))),
        "/api/v1/matrix": _get(
            "What each jurisdiction requires, a cell each", _object(cells=_list(_ref("Cell")))
        ),
        "/api/v1/compare": _get(
            "Two versions, part by part",
            _ref("Comparison"),
            _needed("posting", "a copy's id"),
            _parameter("a", _ID, "the version before; default: the last but one"),
            _parameter("other", _ID, "the copy that version b is of; default: the same"),
            _parameter("b", _ID, "the version after; default: the newest"),
            s400="a parameter is malformed",
            s404="no such versions",
            s413="too long to be compared on request",
        ),
        "/api/v1/compare/acts": _get(
            "Two acts: facts in pairs, texts part by part",
            _ref("ActComparison"),
            _needed("before", "a notice's id"),
            _needed("after", "another notice's id"),
            s400="a parameter is malformed",
            s404="no such notice",
            s413="too long to be compared on request",
        ),
        "/api/v1/deadlines": _get(
            "Open dates, soonest first",
            _object(deadlines=_list(_ref("Deadline")), next_cursor=_MAYBE),
            *_paging(api.DEADLINES_A_PAGE, r"^\d{4}-\d\d-\d\d~\d{1,19}~[a-z_]+$"),
            s400="a parameter is malformed",
        ),
        "/api/v1/alerts": _get(
            "What was sent where, newest first",
            _object(alerts=_list(_ref("Alert")), next_cursor=_MAYBE),
            _parameter("channel", _TEXT, "of the settings"),
            _parameter("state", _one_of(OutboxState)),
            *_paging(api.ALERTS_A_PAGE, r"^\d{1,19}$"),
            s400="a parameter is malformed",
        ),
    }


def describe(site: WebContext, request: Request) -> Response:
    """The API's description, with the parameters that this archive's settings allow."""
    return JSONResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "noticewatch", "version": "1"},
            "servers": [{"url": site.base_url(request)}],
            "paths": _paths(site),
            "components": {"schemas": dict(_SCHEMAS), **_security(site)},
        }
    )
