"""JSON API v1: what applies to our companies."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from archive.errors import ArchiveError
from domain.records.obligation import Obligation, ObligationState
from noticewatch.application.console import dump
from noticewatch.application.me.judged_duties import duties_by_entity
from noticewatch.application.me.me_json import me_json
from noticewatch.application.me.obligation_files import FileForm, write_obligations
from noticewatch.application.me.obligation_lists import obligations_json, with_history
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import conditional, number_parameter

if TYPE_CHECKING:
    from config.companies.entities import Entity

_FILES: dict[FileForm, tuple[str, str]] = {
    "csv": ("text/csv", "obligations.csv"),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "obligations.xlsx",
    ),
    "oscal": ("application/json", "obligations.oscal.json"),
    "rss": ("application/rss+xml", "obligations.rss"),
}  # fmt: skip


ADDRESSES: dict[FileForm, str] = {form: f"/{name}" for form, (_, name) in _FILES.items()}


def me(site: WebContext, request: Request) -> Response:
    """The duties of each of our companies, judged; an empty list where none is known."""
    params = request.query_params
    days = number_parameter(params["days"], "days") if params.get("days") else None
    entities = picked_entities(site, params.get("entity") or None)
    found = duties_by_entity(site.archive, entities, site.today, days)
    body = dump(me_json(found, site.today)).encode("utf-8", "replace")
    return conditional(request, body, "application/json")


def obligations(site: WebContext, request: Request) -> Response:
    """What applies to our companies and how far it is, the nearest day first."""
    answered = obligations_json(_asked(site, request))
    return conditional(request, dump(answered).encode("utf-8", "replace"), "application/json")


def obligation(site: WebContext, request: Request) -> Response:
    """One obligation with its history."""
    number = number_parameter(str(request.path_params["id"]), "id")
    try:
        item = site.archive.obligations.get(number)
    except ArchiveError:
        raise Refusal(404, "request.no_obligation") from None
    answered = with_history(item, site.archive.obligations.history(number))
    return conditional(request, dump(answered).encode("utf-8", "replace"), "application/json")


def obligation_file(form: FileForm) -> Callable[[WebContext, Request], Response]:
    """The handler that gives the obligations as a file or feed."""

    def handler(site: WebContext, request: Request) -> Response:
        target = io.BytesIO()
        write_obligations(target, form, _asked(site, request), site.clock())
        media_type, name = _FILES[form]
        if form == "rss":
            return conditional(request, target.getvalue(), media_type)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(target.getvalue(), media_type=media_type, headers=headers)

    return handler


def _asked(site: WebContext, request: Request) -> list[Obligation]:
    """By entity, state and owner."""
    params = request.query_params
    state = params.get("state") or None
    if state is not None and state not in get_args(ObligationState):
        known = ", ".join(get_args(ObligationState))
        raise Refusal(400, "request.one_of", name="state", known=known)
    states = (cast("ObligationState", state),) if state is not None else ()
    entity, owner = params.get("entity") or None, params.get("owner") or None
    return site.archive.obligations.find(entity=entity, states=states, owner=owner)


def picked_entities(site: WebContext, key: str | None) -> list[Entity]:
    """The company that a request names, or all."""
    picked = [entity for entity in site.entities if key in (None, entity.key)]
    if key is not None and not picked:
        known = ", ".join(entity.key for entity in site.entities) or "none"
        raise Refusal(400, "request.one_of", name="entity", known=known)
    return picked
