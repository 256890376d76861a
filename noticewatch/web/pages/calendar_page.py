"""Show the calendar: open dates by whom, where, what about and how soon; plan a shipment."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from config.duty_terms import load_roles
from noticewatch.web.archive_reads import requested_dates
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.request_params import (
    day_parameter,
    mine_parameter,
    number_parameter,
    role_parameter,
)
from noticewatch.web.templating import render_page
from noticewatch.web.views.desks.shared_dates import shared_dates
from noticewatch.web.views.desks.shipment_plan import ShipmentStep, shipment_steps

DEADLINES_SHOWN = 60
_EXPIRY = "expiry_date"
_FILTERS = ("role", "jurisdiction", "topic", "days", "as_of", "mine")
DAYS_AHEAD = (7, 30, 90, 365)


def deadlines_page(site: WebContext, request: Request) -> Response:
    params = request.query_params
    entries = requested_dates(site, request)
    words = site.words(language_of(request))
    due = shared_dates((entry for entry in entries if entry.kind != _EXPIRY), words)
    expiring = shared_dates((entry for entry in entries if entry.kind == _EXPIRY), words)
    start = number_parameter(params.get("start") or "0", "start")
    end = start + DEADLINES_SHOWN
    asked = {name: params.get(name) or "" for name in _FILTERS}
    narrowed = {name: value for name, value in asked.items() if value}
    return render_page(
        site,
        request,
        "deadlines.html",
        dates=due[start:end],
        total=len(due),
        start=start,
        expiring=expiring if not start else [],
        next_link="/deadlines?" + urlencode({**narrowed, "start": end}) if end < len(due) else "",
        asked=asked,
        query="?" + urlencode(narrowed) if narrowed else "",
        days_ahead=DAYS_AHEAD,
        roles=load_roles().roles,
        places=sorted(
            {notice.jurisdiction for notice in site.dated()} | {asked["jurisdiction"]} - {""}
        ),
        topics=[topic.id for topic in site.topics],
        entities=site.entities,
        plan=_plan(site, request),
        ship_on=params.get("ship_on") or "",
    )


def _places(site: WebContext) -> set[str]:
    return {notice.jurisdiction for notice in site.dated()}


def _plan(site: WebContext, request: Request) -> list[ShipmentStep] | None:
    """What a shipment on the day that is asked for has to keep; None where none is asked for."""
    params = request.query_params
    day = day_parameter(params.get("ship_on"), "ship_on")
    if day is None:
        return None
    mine = mine_parameter(site, request)
    place, notices = params.get("jurisdiction"), site.relevant()
    found = [notice for notice in notices if not place or notice.jurisdiction in (place, "CN")]
    found = found if mine is None else mine.only(found)
    return shipment_steps(found, day, role_parameter(params.get("role")))
