"""Read a request's parameters: searches, numbers and forms, or 400 with one sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import get_args
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from archive.errors import SearchTooCostly
from archive.search.query import MOST_CHOICES
from config.duty_terms import load_roles
from config.people import People, Right
from domain.questions.question_filters import FILTER_KINDS, parse_refused
from domain.records.search_hit import SearchMode, SearchResult
from noticewatch.application.me.mine import Mine
from noticewatch.application.notice_search import Question, find_notices
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal

PAGE_SIZE = 20
MAX_FORM_BYTES = 20_000
_LARGEST = 2**63 - 1  # what SQLite holds
_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,200}")
_QUERY_LENGTH = 1000
_ON = ("1", "true")
_SWITCH = ("0", "false", *_ON)


def day_parameter(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(400, "request.date", name=name, example="2026-04-01") from None


def number_parameter(text: str | None, name: str) -> int:
    """A whole number from 0 on that the archive can look up."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 19:
        raise Refusal(400, "request.number", name=name)
    return min(int(text), _LARGEST)


def role_parameter(text: str | None) -> str | None:
    """A role of config/roles.yml; None where none is asked for."""
    if not text:
        return None
    known = load_roles().roles
    if text not in known:
        raise Refusal(400, "request.one_of", name="role", known=", ".join(known))
    return text


def mine_parameter(site: WebContext, request: Request) -> Mine | None:
    """What is ours, where a request asks for it: ``mine=1``, or by an entity's key."""
    wanted = request.query_params.get("mine") or "0"
    if wanted in ("0", "false"):
        return None
    known = [entity.key for entity in site.entities]
    if wanted not in (*_ON, *known) or not known:
        raise Refusal(400, "request.one_of", name="mine", known=", ".join((*_SWITCH, *known)))
    return site.mine(None if wanted in _ON else wanted)


def notice_id(request: Request) -> int:
    wanted = int(request.path_params["id"])
    if wanted > _LARGEST:
        raise Refusal(404, "request.no_notice")
    return wanted


def requested_question(
    request: Request, *, limit_max: int = 100, mine: Mine | None = None
) -> Question:
    """The search that a request asks for, within what is ours where ``mine`` is given."""
    params = request.query_params
    mode = _one_of(params.get("mode") or "auto", "mode", get_args(SearchMode))
    usual = "rank" if mode == "auto" else "newest"
    order = _one_of(params.get("order") or usual, "order", ("newest", "rank"))
    limit = number_parameter(params.get("limit") or str(PAGE_SIZE), "limit")
    if not 1 <= limit <= limit_max:
        raise Refusal(400, "request.between", name="limit", least=1, most=limit_max)
    cursor = params.get("cursor") or None
    if cursor and not _CURSOR.fullmatch(cursor):
        raise Refusal(400, "request.cursor_unknown")
    relevant = _one_of(params.get("relevant") or "0", "relevant", (*_SWITCH, "near"))
    query = params.get("q") or ""
    if len(query) > _QUERY_LENGTH:
        raise Refusal(400, "request.query_too_long", most=_QUERY_LENGTH)
    return Question(
        query=query,
        mode=mode,  # type: ignore[arg-type]
        topics=_given(params.getlist("topic")),
        jurisdictions=_given(params.getlist("jurisdiction")),
        severities=tuple(
            _one_of(severity, "severity", ("red", "amber", "grey"))
            for severity in _given(params.getlist("severity"))
        ),
        since=day_parameter(params.get("since"), "since"),
        until=day_parameter(params.get("until"), "until"),
        as_of=day_parameter(params.get("as_of"), "as_of"),
        relevant_only=relevant in _ON,
        near_line=relevant == "near",
        limit=limit,
        cursor=cursor,
        ids=() if mine is None else tuple(sorted(mine.notices)) or (0,),
        order="rank" if order == "rank" and query.strip() else "newest",
        refused=_refused(params.getlist("no_filter")),
    )


def _refused(given: Iterable[str]) -> tuple[str, ...]:
    """What a question's words shall not be read as."""
    wanted = _given(given)
    try:
        parse_refused(wanted)
    except ValueError:
        kinds = f"{', '.join(FILTER_KINDS[:-1])} or {FILTER_KINDS[-1]}"
        raise Refusal(400, "request.one_of", name="no_filter", known=kinds) from None
    return wanted


def _one_of(value: str, name: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise Refusal(
            400, "request.one_of", name=name, known=f"{', '.join(known[:-1])} or {known[-1]}"
        )
    return value


def _given(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value)[:20]


def answer_question(
    site: WebContext, asked: Question, *, limit: int | None = None, facets: bool = False
) -> SearchResult:
    """The result; with ``limit`` the first so many hits, whatever page was asked for."""
    if limit is not None:
        asked = replace(asked, limit=limit, cursor=None)
    try:
        return find_notices(site.archive, asked, encoder=site.settings.encoder.model, facets=facets)
    except SearchTooCostly as error:
        raise Refusal(400, "request.search_too_costly", most=MOST_CHOICES) from error
    except OverflowError:
        raise Refusal(400, "request.cursor_unknown") from None


def active_filters(request: Request) -> list[tuple[str, str]]:
    """The non-empty parameters of a search, without page and language."""
    return [
        (key, value)
        for key, value in request.query_params.multi_items()
        if value and key not in {"cursor", "lang"}
    ]


def facet_link(active: list[tuple[str, str]], name: str, value: str) -> str:
    """The same search with a facet's value set, or without it where it is set already.

    A year is a pair of dates, as the search knows it."""
    pairs = facet_pairs(name, value)
    names = {key for key, _ in pairs}
    kept = [(key, known) for key, known in active if key not in names]
    if all(pair in active for pair in pairs):
        return "/search?" + urlencode(kept)
    return "/search?" + urlencode([*kept, *pairs])


def facet_pairs(name: str, value: str) -> list[tuple[str, str]]:
    if name == "year":
        return [("since", f"{value}-01-01"), ("until", f"{value}-12-31")]
    return [(name, value)]


_NAME_LENGTH = 80
_NO_PERSON = ("local", "token")  # names of a way in, not of somebody


def actor(request: Request, form: dict[str, str]) -> str:
    """Who it is: the authenticated name; a name from the form only where there is none."""
    user = str(request.scope.get("user_name") or "")
    given = known_person(request, " ".join(form.get("who", "").split())[:_NAME_LENGTH])
    if user and user not in _NO_PERSON:
        return user[:_NAME_LENGTH]
    if request.scope.get("people"):
        return given or user
    return given or unquote(request.cookies.get("nw_name", ""))[:_NAME_LENGTH] or user or "web"


def remember(response: Response, who: str) -> Response:
    """Keep the name that somebody gave, for the next form."""
    response.set_cookie("nw_name", quote(who), httponly=True, samesite="strict")
    return response


def known_person(request: Request, name: str) -> str:
    """A name from a form: where there are people, the id of the one whom it names."""
    people: People = request.scope.get("people") or People()
    if not people or not name:
        return name
    found = people.find(name)
    if found is None:
        raise Refusal(400, "request.person_unknown", name=name)
    return found.id


def must_have(request: Request, right: Right, code: str) -> None:
    """Refuse who may not; ``code`` says whom it takes."""
    visitor = request.scope.get("visitor")
    if visitor is None or not visitor.may(right):
        raise Refusal(403, code)


def conditional(
    request: Request, body: bytes, media_type: str, *, told: bytes | None = None
) -> Response:
    """An answer with an ETag over ``told`` (the whole body); 304 when the caller has it."""
    etag = f'"{hashlib.sha256(body if told is None else told).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    known = [mark.strip() for mark in request.headers.get("if-none-match", "").split(",")]
    if {etag, f"W/{etag}", "*"} & set(known):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


async def read_form(site: WebContext, request: Request) -> dict[str, str]:
    """The fields of a form that carries the token of the page it was sent from."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            raise Refusal(413, "request.form_too_large")
    form = dict(parse_qsl(body.decode("utf-8", "replace")))
    session = request.cookies.get("nw_session", "")
    user = request.scope.get("user_name")
    if not site.guard.csrf_ok(session, user, form.get("csrf", "")):
        raise Refusal(403, "request.form_too_old")
    return form
