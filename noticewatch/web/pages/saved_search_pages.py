"""Keep searches under a name, followed by Atom or told to a channel."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config.people import Right
from domain.records.handling import SavedSearch
from noticewatch.application.saved_search_subscriptions import RHYTHMS, subscription_of
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import actor, must_have, number_parameter, read_form, remember
from noticewatch.web.templating import render_form_page

_NAME_LENGTH = 80
_QUERY_LENGTH = 2000
_KEPT = ("q", "topic", "jurisdiction", "severity", "since", "until", "relevant", "mode", "order")


@dataclass(frozen=True, kw_only=True)
class SavedRow:
    """A saved search with its parameters as pairs, to be shown in words."""

    saved: SavedSearch
    asked: tuple[tuple[str, str], ...]


def saved_searches_page(site: WebContext, request: Request) -> Response:
    rows = [
        SavedRow(saved=saved, asked=tuple(parse_qsl(saved.query)))
        for saved in site.archive.saved_searches.all()
    ]
    return render_form_page(site, request, "searches.html", rows=rows)


async def save_search(site: WebContext, request: Request) -> Response:
    """Keep a search; editors may have it told to a channel."""
    form = await read_form(site, request)
    name = " ".join(form.get("name", "").split())[:_NAME_LENGTH]
    if not name:
        raise Refusal(400, "request.search_name_missing")
    asked = [pair for pair in parse_qsl(form.get("query", "")[:_QUERY_LENGTH]) if pair[0] in _KEPT]
    channel = form.get("channel") or None
    when = (form.get("when") or RHYTHMS[0]) if channel else None
    if channel:
        must_have(request, Right.OPERATE, "request.editors_tell_channel")
        if channel not in site.alert_channels:
            raise Refusal(400, "request.channel_unknown")
    who = actor(request, form)
    saved = SavedSearch(
        id=0, name=name, query=urlencode(asked), who=who, created=site.clock(),
        channel=channel, when=when,
    )  # fmt: skip
    if channel:
        _check(saved)
    edits = bool(request.scope.get("user_edits"))
    await run_in_threadpool(_keep, site, saved, edits=edits)
    return remember(RedirectResponse("/searches", status_code=303), who)


def _check(saved: SavedSearch) -> None:
    try:
        subscription_of(saved)
    except ValueError:
        raise Refusal(
            400, "request.one_of", name="when", known="immediately, daily or weekly"
        ) from None


def _keep(site: WebContext, saved: SavedSearch, *, edits: bool) -> None:
    with site.archive.transaction():
        known = {kept.name: kept for kept in site.archive.saved_searches.all()}.get(saved.name)
        if known and known.channel and not edits:
            raise Refusal(403, "request.name_taken")
        site.archive.saved_searches.save(
            saved.name, saved.query, saved.who, channel=saved.channel, when=saved.when
        )
        detail = {"query": saved.query, "channel": saved.channel, "when": saved.when}
        site.archive.audit_log.record(saved.who, "save search", saved.name, detail)


async def remove_search(site: WebContext, request: Request) -> Response:
    """Forget a saved search; one that a channel is told of only by editors."""
    wanted = number_parameter(request.path_params["id"], "id")
    form = await read_form(site, request)
    who = actor(request, form)
    operates = request.scope["visitor"].may(Right.OPERATE)

    def forget() -> None:
        with site.archive.transaction():
            gone = site.archive.saved_searches.remove(wanted)
            if gone is None:
                raise Refusal(404, "request.no_saved_search")
            if gone.channel and not operates:
                raise Refusal(403, "request.editors_end_subscription")
            site.archive.audit_log.record(who, "remove search", gone.name, {"query": gone.query})

    await run_in_threadpool(forget)
    return RedirectResponse("/searches", status_code=303)
