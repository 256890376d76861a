"""Handle requests without a login: one-time links, unsubscribing, Slack's signed clicks.

Opening a link changes nothing, so that programs which scan mail cannot act; its button does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from archive.errors import ArchiveError, LinkUsed
from config.people import Right, may
from domain.records.handling import Acknowledgement, Link
from domain.records.notice import Notice
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import MAX_FORM_BYTES
from noticewatch.web.templating import render_page

if TYPE_CHECKING:
    from notifier.slack.slack_requests import SlackReply

MAX_CLICK_BYTES = 400_000  # Slack sends the whole message along
_TOKEN_LENGTH = 64
_NAME_LENGTH = 80
_STEPS = {"acknowledge": "acknowledged", "assign": "assigned"}


async def handling_page(site: WebContext, request: Request) -> Response:
    """GET shows the act and asks; POST acknowledges it or makes the reader its owner, once."""
    token, link = await _link(site, request, ("acknowledge", "assign"))
    notice = await run_in_threadpool(_notice, site, link)
    if link.used_at or link.expires < site.clock():
        return _page(site, request, LinkView(link=link, notice=notice, shown="over"))
    if request.method != "POST":
        return _page(site, request, LinkView(link=link, notice=notice, shown="ask"))
    form = await _form(request)
    given = " ".join(form.get("who", "").split())[:_NAME_LENGTH]
    who = _person(site, link.recipient, given)
    if not who:
        raise Refusal(400, "request.name_missing")
    try:
        handling = await run_in_threadpool(_carry_out, site, token, link, who)
    except LinkUsed:
        return _page(
            site,
            request,
            LinkView(link=await _again(site, token, link), notice=notice, shown="over"),
        )
    return _page(site, request, LinkView(link=link, notice=notice, shown="done", handling=handling))


async def unsubscribe_page(site: WebContext, request: Request) -> Response:
    """GET asks; POST takes the recipient off the channel's list, or back on it.

    Mail programs post ``List-Unsubscribe=One-Click`` here without asking anybody (RFC 8058).
    """
    _, link = await _link(site, request, ("unsubscribe",))
    if link.expires < site.clock():
        return _page(site, request, LinkView(link=link, shown="over"))
    if request.method == "POST":
        back = (await _form(request)).get("back") == "1"
        await run_in_threadpool(_leave, site, link, back=back)
    left = await run_in_threadpool(
        lambda: site.archive.unsubscriptions.has(link.channel, link.recipient)
    )
    return _page(site, request, LinkView(link=link, shown="left" if left else "ask"))


async def slack_actions(site: WebContext, request: Request) -> Response:
    """A click, form, command or event of Slack's, by HTTP; Slack wants its answer within three
    seconds, so the work comes after it."""
    from notifier.channels.slack_clicks import Refused

    body = await _body(request, MAX_CLICK_BYTES)
    try:
        reply = await run_in_threadpool(_slack_reply, site, request.headers, body)
    except Refused as error:
        return Response(str(error), status_code=error.status, media_type="text/plain")
    work = reply.work
    later = None if work is None else BackgroundTask(lambda: work(site.archive))
    if reply.body is not None:
        return JSONResponse(dict(reply.body), background=later)
    return Response(status_code=200, background=later)


def _slack_reply(site: WebContext, headers: Mapping[str, str], body: bytes) -> SlackReply:
    from config.loader import load_register
    from noticewatch.application.chat.archive_chat import ArchiveChat
    from notifier.channels.slack_clicks import http_request
    from notifier.slack.chat_answers import chat_desk

    settings = site.settings
    answers = ArchiveChat(settings=settings, register=load_register, clock=site.clock)
    desk = chat_desk(settings, answers, site.clock)
    channels = settings.channels.values()
    return http_request(channels, headers, body, desk, site.open_archive)


def _person(site: WebContext, recipient: str, given: str) -> str:
    """Who uses a link: the one whom it was sent to, else the name that was given; where there
    are people, by the id of one of them."""
    team = site.settings.team
    if not team:
        return recipient or given
    found = team.by_login(recipient) if recipient else team.find(given)
    if found is None:
        raise Refusal(400, "request.person_unknown", name=recipient or given)
    if not may(found.role, Right.HANDLE):
        raise Refusal(403, "request.editors_handle")
    return found.id


def _carry_out(site: WebContext, token: str, link: Link, who: str) -> Acknowledgement:
    """The step in the archive, and where the act stands after it."""
    archive, actor = site.archive, f"link:{who}"
    with archive.transaction():
        archive.links.use(token, who)
        if link.notice_id is None:
            raise ArchiveError("this link names no notice")
        if link.purpose == "assign":
            handling = archive.acknowledgements.advance(
                link.notice_id, "assigned", actor, assignee=who
            )
        else:
            handling = archive.acknowledgements.advance(link.notice_id, "acknowledged", actor)
        detail = {"state": _STEPS[link.purpose], "channel": link.channel}
        archive.audit_log.record(actor, "acknowledge", f"notice {link.notice_id}", detail)
    return handling


def _leave(site: WebContext, link: Link, *, back: bool) -> None:
    archive = site.archive
    with archive.transaction():
        if back:
            archive.unsubscriptions.remove(link.channel, link.recipient)
        else:
            archive.unsubscriptions.add(link.channel, link.recipient)
        action = "subscribe again" if back else "unsubscribe"
        archive.audit_log.record(f"link:{link.recipient}", action, f"channel {link.channel}")


async def _link(site: WebContext, request: Request, purposes: tuple[str, ...]) -> tuple[str, Link]:
    token = str(request.path_params["token"])
    known = len(token) <= _TOKEN_LENGTH and token.isascii()
    link = await run_in_threadpool(lambda: site.archive.links.get(token) if known else None)
    if link is None or link.purpose not in purposes:
        raise Refusal(404, "request.unknown_link")
    return token, link


async def _again(site: WebContext, token: str, link: Link) -> Link:
    return await run_in_threadpool(lambda: site.archive.links.get(token)) or link


def _notice(site: WebContext, link: Link) -> Notice:
    notice = site.archive.notices.get(link.notice_id or 0, versions=False)
    if notice is None:
        raise Refusal(404, "request.notice_of_link_gone")
    return notice


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; the token in the address stands for the form's own."""
    body = await _body(request, MAX_FORM_BYTES)
    return dict(parse_qsl(body.decode("utf-8", "replace")))


async def _body(request: Request, most: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refusal(413, "request.form_too_large")
    return body


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """What a page of a link shows: ``shown`` is ``ask``, ``done``, ``left`` or ``over``."""

    link: Link
    shown: str
    notice: Notice | None = None
    handling: Acknowledgement | None = None


def _page(site: WebContext, request: Request, view: LinkView) -> HTMLResponse:
    response = render_page(
        site,
        request,
        "link.html",
        link=view.link,
        notice=view.notice,
        shown=view.shown,
        handling=view.handling,
    )
    response.status_code = 410 if view.shown == "over" else 200
    response.headers["cache-control"] = "no-store"
    return response
