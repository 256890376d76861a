"""What visitors change: by POST only, with the form's token, by editors, on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast, get_args
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.connection import ArchiveError
from archive.staff import AcknowledgementState, Verdict
from noticewatch.web.asking import notice_id, read_form
from noticewatch.web.site import Site

_NAME_LENGTH = 80
_NOTE_LENGTH = 2000
_NO_PERSON = ("local", "token")  # names of a way in, not of somebody


async def give_feedback(site: Site, request: Request) -> Response:
    """A reader's verdict on relevance and topics; an editor's counts at once."""
    number = notice_id(request)
    form = await read_form(site, request)
    verdict = form.get("verdict", "")
    if verdict not in get_args(Verdict):
        raise HTTPException(400, f"verdict: expected {', '.join(get_args(Verdict))}")
    topic = form.get("topic") or None
    if topic is not None and topic not in {known.id for known in site.topics}:
        raise HTTPException(400, "topic: expected a topic's id")
    who, note = _name(request, form), form.get("note", "")[:_NOTE_LENGTH]
    edits = bool(request.scope.get("user_edits"))

    def change() -> None:
        with site.archive.write_tx():
            site.archive.add_feedback(
                number, cast("Verdict", verdict), who, topic=topic, note=note, confirmed=edits
            )
            detail = {"verdict": verdict, "topic": topic, "note": note}
            site.archive.audit(who, "feedback", f"notice {number}", detail)

    return await _done(change, number, who, "feedback")


async def acknowledge(site: Site, request: Request) -> Response:
    """Move an act to another state of its handling, or give it an owner; editors only."""
    number = notice_id(request)
    form = await read_form(site, request)
    if not request.scope.get("user_edits"):
        raise HTTPException(403, "only editors may change how a notice is handled")
    state = form.get("state", "")
    if state not in get_args(AcknowledgementState):
        raise HTTPException(400, f"state: expected {', '.join(get_args(AcknowledgementState))}")
    who, note = _name(request, form), form.get("note", "")[:_NOTE_LENGTH]
    assignee = form.get("assignee", "").strip()[:_NAME_LENGTH] or None

    def change() -> None:
        with site.archive.write_tx():
            wanted = cast("AcknowledgementState", state)
            site.archive.acknowledge(number, wanted, who, assignee=assignee, note=note)
            detail = {"state": state, "assignee": assignee, "note": note}
            site.archive.audit(who, "acknowledge", f"notice {number}", detail)

    return await _done(change, number, who, "handling")


def _name(request: Request, form: dict[str, str]) -> str:
    """Who it is: the authenticated name; a name from the form only where there is none."""
    user = str(request.scope.get("user_name") or "")
    given = " ".join(form.get("who", "").split())[:_NAME_LENGTH]
    if user and user not in _NO_PERSON:
        return user[:_NAME_LENGTH]
    return given or user or "web"


async def _done(change: Callable[[], None], number: int, who: str, anchor: str) -> Response:
    try:
        await run_in_threadpool(change)
    except ArchiveError as error:
        raise HTTPException(404, str(error)) from None
    response = RedirectResponse(f"/notices/{number}#{anchor}", status_code=303)
    response.set_cookie("nw_name", quote(who), httponly=True, samesite="strict")
    return response
