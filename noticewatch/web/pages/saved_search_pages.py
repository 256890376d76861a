"""Saved searches: kept under a name, followed by Atom, or told to a channel."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.repositories.saved_searches import SavedSearch
from noticewatch.application.saved_search_subscriptions import RHYTHMS, subscription_of
from noticewatch.web.context import WebContext, alert_channels
from noticewatch.web.request_params import actor, must_edit, number, read_form, remember

_NAME_LENGTH = 80
_QUERY_LENGTH = 2000
_KEPT = ("q", "topic", "jurisdiction", "severity", "since", "until", "relevant", "mode", "order")


@dataclass(frozen=True, kw_only=True)
class SavedRow:
    """A saved search with its parameters as pairs, to be shown in words."""

    saved: SavedSearch
    asked: tuple[tuple[str, str], ...]


def saved_searches(site: WebContext, request: Request) -> Response:
    rows = [
        SavedRow(saved=saved, asked=tuple(parse_qsl(saved.query)))
        for saved in site.archive.saved_searches.all()
    ]
    return site.form_page(request, "searches.html", rows=rows)


async def save(site: WebContext, request: Request) -> Response:
    """Keep a search; editors may have it told to a channel."""
    form = await read_form(site, request)
    name = " ".join(form.get("name", "").split())[:_NAME_LENGTH]
    if not name:
        raise HTTPException(400, "name: a saved search needs a name")
    asked = [pair for pair in parse_qsl(form.get("query", "")[:_QUERY_LENGTH]) if pair[0] in _KEPT]
    channel = form.get("channel") or None
    when = (form.get("when") or RHYTHMS[0]) if channel else None
    if channel:
        must_edit(request, "only editors may have a channel told")
        if channel not in alert_channels(site):
            raise HTTPException(400, "channel: expected one of the settings' channels")
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
        raise HTTPException(400, "when: expected immediately, daily or weekly") from None


def _keep(site: WebContext, saved: SavedSearch, *, edits: bool) -> None:
    with site.archive.transaction():
        known = {kept.name: kept for kept in site.archive.saved_searches.all()}.get(saved.name)
        if known and known.channel and not edits:
            raise HTTPException(403, "a subscription has this name; choose another")
        site.archive.saved_searches.save(
            saved.name, saved.query, saved.who, channel=saved.channel, when=saved.when
        )
        detail = {"query": saved.query, "channel": saved.channel, "when": saved.when}
        site.archive.audit_log.record(saved.who, "save search", saved.name, detail)


async def remove(site: WebContext, request: Request) -> Response:
    """Forget a saved search; one that a channel is told of only by editors."""
    wanted = number(request.path_params["id"], "id")
    form = await read_form(site, request)
    who = actor(request, form)
    edits = bool(request.scope.get("user_edits"))

    def forget() -> None:
        with site.archive.transaction():
            gone = site.archive.saved_searches.remove(wanted)
            if gone is None:
                raise HTTPException(404, "no such saved search")
            if gone.channel and not edits:
                raise HTTPException(403, "only editors may end a subscription")
            site.archive.audit_log.record(who, "remove search", gone.name, {"query": gone.query})

    await run_in_threadpool(forget)
    return RedirectResponse("/searches", status_code=303)
