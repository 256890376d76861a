"""JSON API v1: what applies to our companies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from noticewatch.application.console import dump
from noticewatch.application.me.judged_duties import duties_by_entity
from noticewatch.application.me.me_json import me_json
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import conditional, number_parameter

if TYPE_CHECKING:
    from config.entities import Entity


def me(site: WebContext, request: Request) -> Response:
    """The duties of each of our companies, judged; an empty list where none is known."""
    params = request.query_params
    days = number_parameter(params["days"], "days") if params.get("days") else None
    entities = picked_entities(site, params.get("entity") or None)
    found = duties_by_entity(site.archive, entities, site.today, days)
    body = dump(me_json(found, site.today)).encode("utf-8", "replace")
    return conditional(request, body, "application/json")


def picked_entities(site: WebContext, key: str | None) -> list[Entity]:
    """The company that a request names, or all."""
    picked = [entity for entity in site.entities if key in (None, entity.key)]
    if key is not None and not picked:
        known = ", ".join(entity.key for entity in site.entities) or "none"
        raise Refusal(400, "request.one_of", name="entity", known=known)
    return picked
