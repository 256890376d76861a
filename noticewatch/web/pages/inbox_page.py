"""Show the inbox: what needs an owner, the next dates, what changed since the last visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from domain.law.date_entries import DateEntry
from domain.records.notice import Notice
from domain.records.states import SourceState
from noticewatch.application.me.mine import Mine
from noticewatch.web.archive_reads import requested_dates
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.request_params import mine_parameter
from noticewatch.web.templating import render_page
from noticewatch.web.views.desks.inbox_cards import changed_acts, shelf
from noticewatch.web.views.desks.shared_dates import shared_dates

VISIT_COOKIE = "nw_visit"  # the end of the visit before, and the last sign of this one
_ONE_VISIT = timedelta(hours=1)  # who is away for longer comes back on another visit
_KEPT_SECONDS = 365 * 24 * 3600
_FIRST_VISIT = timedelta(days=7)
_OWNERLESS_FOR = timedelta(days=90)
_DAYS_AHEAD = 60
_NOT_FAILING = (SourceState.OK, SourceState.SILENT)
_CARDS, _DATES, _CHANGES = 8, 10, 200


def inbox_page(site: WebContext, request: Request) -> Response:
    """Three groups: needs an owner, next dates with their duty, changed since the last visit."""
    archive, language, now = site.archive, language_of(request), site.clock()
    mine = mine_parameter(site, request)
    since, first = _last_visit(request, now)
    waiting = _ours(archive.overview.unowned(now - _OWNERLESS_FOR), mine)
    changes = archive.overview.recent_changes(limit=_CHANGES, relevant_only=True, since=since)

    def read(number: int) -> Notice | None:
        return archive.notices.get(number, versions=False)

    unowned = shelf(waiting, read, language, _CARDS)
    shown = [card.notice.id for card in unowned.cards]
    near = [entry for entry in requested_dates(site, request) if _is_near(entry, site)]
    dates = shared_dates(near, site.words(language))
    response = render_page(
        site,
        request,
        "inbox.html",
        unowned=unowned,
        changed=shelf(
            _ours(changed_acts(changes, shown), mine), read, language, _CARDS, ended=True
        ),
        since=since,
        first=first,
        dates=dates[:_DATES],
        more_dates=len(dates) - _DATES,
        ours=request.query_params.get("mine") or "",
        entities=site.entities,
        counts=archive.notices.counts(),
        failing=[one for one in archive.sources.all() if one.state not in _NOT_FAILING],
    )
    _keep_visit(response, since, now)
    return response


def _ours(ids: list[int], mine: Mine | None) -> list[int]:
    return ids if mine is None else [number for number in ids if number in mine.notices]


def _is_near(entry: DateEntry, site: WebContext) -> bool:
    """Whether somebody must act on a day that comes soon; an expiry asks nothing of anybody."""
    return entry.days_left(site.today) <= _DAYS_AHEAD and entry.kind != "expiry_date"


def _last_visit(request: Request, now: datetime) -> tuple[datetime, bool]:
    """The end of the visit before this one, and whether this is the first."""
    times = request.cookies.get(VISIT_COOKIE, "").split(".")
    if len(times) != 2 or not all(part.isascii() and part.isdigit() for part in times):
        return now - _FIRST_VISIT, True
    try:
        before, latest = (datetime.fromtimestamp(int(part), UTC) for part in times)
    except (ValueError, OverflowError, OSError):
        return now - _FIRST_VISIT, True
    since = latest if now - latest > _ONE_VISIT else before
    return min(since, now), False


def _keep_visit(response: Response, since: datetime, now: datetime) -> None:
    """The visit goes on while its pages are asked for."""
    value = f"{int(since.timestamp())}.{int(now.timestamp())}"
    response.set_cookie(
        VISIT_COOKIE, value, max_age=_KEPT_SECONDS, httponly=True, samesite="strict"
    )
