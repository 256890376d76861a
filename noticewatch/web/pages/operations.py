"""Show operators what was sent and who changed what."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config.people import Right
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import actor, must_have, number_parameter, read_form
from noticewatch.web.templating import render_form_page, render_page

_ALERTS_SHOWN = 150
_AUDIT_SHOWN = 200


def alerts_page(site: WebContext, request: Request) -> Response:
    """What was sent where and what became of it, by channel and state."""
    archive = site.archive
    params = request.query_params
    channel, state = params.get("channel") or None, params.get("state") or None
    before = number_parameter(params.get("before") or "0", "before") or None
    items = archive.outbox.latest(
        limit=_ALERTS_SHOWN + 1, channel=channel, state=state, before=before
    )
    following = items[_ALERTS_SHOWN - 1].id if len(items) > _ALERTS_SHOWN else None
    items = items[:_ALERTS_SHOWN]
    ids = {item.notice_id for item in items if item.notice_id}
    channels: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for (name, of_state), count in archive.outbox.counts().items():
        channels[name] += count if state in (None, of_state) else 0
        states[of_state] += count if channel in (None, name) else 0
    return render_form_page(
        site, request,
        "alerts.html",
        items=items,
        facets=[
            ("Channel", "channel", channel, channels, {"state": state}),
            ("State", "state", state, states, {"channel": channel}),
        ],
        narrowed=lambda **chosen: _narrowed(chosen),
        next_link=_narrowed({"channel": channel, "state": state, "before": str(following)})
        if following
        else "",
        later=before is not None,
        others_wanted=bool(channel or state),
        acts={wanted: found for wanted in ids
                if (found := archive.notices.get(wanted, versions=False))},
        handling={wanted: archive.acknowledgements.of_notice(wanted) for wanted in ids},
    )  # fmt: skip


def _narrowed(chosen: dict[str, str | None]) -> str:
    query = urlencode({key: value for key, value in chosen.items() if value})
    return "/alerts?" + query if query else "/alerts"


async def send_again(site: WebContext, request: Request) -> Response:
    """Put a dead letter back into the queue; editors only."""
    wanted = number_parameter(request.path_params["id"], "id")
    form = await read_form(site, request)
    must_have(request, Right.OPERATE, "request.editors_send_again")
    who = actor(request, form)

    def revive() -> None:
        with site.archive.transaction():
            if not site.archive.outbox.revive_dead(item_id=wanted):
                raise Refusal(404, "request.no_dead_letter")
            site.archive.audit_log.record(who, "send again", f"message {wanted}")

    await run_in_threadpool(revive)
    return RedirectResponse("/alerts", status_code=303)


def audit_page(site: WebContext, request: Request) -> Response:
    return render_page(
        site, request, "audit.html", entries=site.archive.audit_log.latest(limit=_AUDIT_SHOWN)
    )
