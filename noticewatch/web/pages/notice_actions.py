"""Handle what visitors change: by POST only, with the form's token, by editors, audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast, get_args

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.errors import ArchiveError
from config.people import Right
from domain.records.handling import AcknowledgementState, NotForUs, Verdict
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import (
    actor,
    day_parameter,
    known_person,
    must_have,
    notice_id,
    read_form,
    remember,
)
from notifier.selection.requested_reminders import RequestedReminder
from notifier.selection.requested_reminders import queue_requested_reminder as remind_of

_NAME_LENGTH = 80
_NOTE_LENGTH = 2000
_CLOSING = ("assessed", "closed")


async def give_feedback(site: WebContext, request: Request) -> Response:
    """A reader's verdict on relevance and topics; an editor's counts at once."""
    number = notice_id(request)
    form = await read_form(site, request)
    verdict = form.get("verdict", "")
    if verdict not in get_args(Verdict):
        raise Refusal(400, "request.one_of", name="verdict", known=", ".join(get_args(Verdict)))
    topic = form.get("topic") or None
    if topic is not None and topic not in {known.id for known in site.topics}:
        raise Refusal(400, "request.topic_unknown")
    who, note = actor(request, form), form.get("note", "")[:_NOTE_LENGTH]
    edits = bool(request.scope.get("user_edits"))

    def change() -> None:
        with site.archive.transaction():
            site.archive.feedback.add(
                number, cast("Verdict", verdict), who, topic=topic, note=note, confirmed=edits
            )
            detail = {"verdict": verdict, "topic": topic, "note": note}
            site.archive.audit_log.record(who, "feedback", f"notice {number}", detail)

    return await _done(change, number, who, "feedback")


async def acknowledge(site: WebContext, request: Request) -> Response:
    """Move an act to another state of its handling, or give it an owner; editors only."""
    number = notice_id(request)
    form = await read_form(site, request)
    must_have(request, Right.HANDLE, "request.editors_handle")
    state = form.get("state", "")
    if state not in get_args(AcknowledgementState):
        raise Refusal(
            400, "request.one_of", name="state", known=", ".join(get_args(AcknowledgementState))
        )
    if state in _CLOSING:
        must_have(request, Right.CLOSE, "request.approvers_close")
    who, note = actor(request, form), form.get("note", "")[:_NOTE_LENGTH]
    assignee = known_person(request, form.get("assignee", "").strip()[:_NAME_LENGTH]) or None
    due = day_parameter(form.get("due", "").strip(), "due")
    wish = _wish_for(site, due, who)
    language = language_of(request)

    def change() -> None:
        with site.archive.transaction():
            notice = site.archive.notices.get(number, versions=False)
            if wish is not None and notice is not None:
                now = site.clock()
                remind_of(site.archive, site.settings, notice, wish, now=now, lang=language)
            if state == "assigned":
                site.archive.handling.take(number, who, owner=assignee, due=due, note=note)
                return
            wanted = cast("AcknowledgementState", state)
            site.archive.acknowledgements.move(number, wanted, who, assignee=assignee, note=note)
            detail = {"state": state, "assignee": assignee, "note": note}
            site.archive.audit_log.record(who, "acknowledge", f"notice {number}", detail)

    return await _done(change, number, who, "handling", site)


def _wish_for(site: WebContext, due: date | None, who: str) -> RequestedReminder | None:
    """The reminder on the day that somebody sets for an act, in the first channel of alerts."""
    if due is None or due < site.today or not site.alert_channels:
        return None
    return RequestedReminder(channel=site.alert_channels[0], on=due, who=who, note="")


async def set_aside(site: WebContext, request: Request) -> Response:
    """The act is no concern of ours, and why; by those who may close."""
    number = notice_id(request)
    form = await read_form(site, request)
    must_have(request, Right.CLOSE, "request.approvers_close")
    why = form.get("why", "")
    if why not in get_args(NotForUs):
        raise Refusal(400, "request.one_of", name="why", known=", ".join(get_args(NotForUs)))
    who, note = actor(request, form), form.get("note", "").strip()[:_NOTE_LENGTH]
    if why == "other" and not note:
        raise Refusal(400, "request.reason_missing")
    second = site.settings.second_person_for_red

    def change() -> None:
        site.archive.handling.not_for_us(
            number, who, cast("NotForUs", why), note=note, second_person=second
        )

    return await _done(change, number, who, "handling", site)


async def undo_handling(site: WebContext, request: Request) -> Response:
    """Take back that somebody took the act on or set it aside."""
    number = notice_id(request)
    form = await read_form(site, request)
    must_have(request, Right.HANDLE, "request.editors_handle")
    who = actor(request, form)

    def change() -> None:
        site.archive.handling.undo(number, who)

    return await _done(change, number, who, "handling", site)


async def request_reminder(site: WebContext, request: Request) -> Response:
    """Have a channel reminded of an act on a day; editors only."""
    number = notice_id(request)
    form = await read_form(site, request)
    must_have(request, Right.HANDLE, "request.editors_remind")
    on = day_parameter(form.get("on"), "on")
    if on is None or on < site.today:
        raise Refusal(400, "request.day_not_to_come")
    channel = form.get("channel", "")
    if channel not in site.alert_channels:
        raise Refusal(400, "request.channel_unknown")
    who, note = actor(request, form), form.get("note", "")[:_NOTE_LENGTH]
    wish = RequestedReminder(channel=channel, on=on, who=who, note=note)
    language = language_of(request)

    def change() -> None:
        with site.archive.transaction():
            notice = site.archive.notices.get(number, versions=False)
            if notice is None:
                raise ArchiveError("no such notice")
            now = site.clock()
            remind_of(site.archive, site.settings, notice, wish, now=now, lang=language)
            detail = {"on": on.isoformat(), "channel": channel, "note": note}
            site.archive.audit_log.record(who, "remind", f"notice {number}", detail)

    return await _done(change, number, who, "handling")


async def _done(
    change: Callable[[], None], number: int, who: str, anchor: str,
    chats_of: WebContext | None = None,
) -> Response:  # fmt: skip
    """Carry a change out and go back to the notice; the chats of ``chats_of`` hear of it then."""
    try:
        await run_in_threadpool(change)
    except ArchiveError as error:
        raise Refusal(404, "request.archive_says", text=str(error)) from None
    later = None if chats_of is None else BackgroundTask(_tell_chats, chats_of, number)
    answer = RedirectResponse(f"/notices/{number}#{anchor}", status_code=303, background=later)
    return remember(answer, who)


def _tell_chats(site: WebContext, number: int) -> None:
    from notifier.slack.act_messages import tell_chats

    tell_chats(site.archive, site.settings, number, site.clock)
