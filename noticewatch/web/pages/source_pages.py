"""Pages of the sources: how each one is, its history, and a check at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config.people import Right
from noticewatch.web.archive_reads import CHECK_ACTION, read_sources, sources_known
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import actor, must_have, read_form
from noticewatch.web.templating import render_form_page
from noticewatch.web.views.source_rows import check_subject

if TYPE_CHECKING:
    from config.model import Source

RUNS_SHOWN = 40


def sources_page(site: WebContext, request: Request) -> Response:
    rows = read_sources(site)
    counts = Counter(row.state for row in rows)
    state = request.query_params.get("state") or ""
    return render_form_page(
        site,
        request,
        "sources.html",
        rows=[row for row in rows if state in ("", row.state)],
        counts=counts.most_common(),
        total=len(rows),
        state=state,
        can_check=site.check is not None,
    )


def source_page(site: WebContext, request: Request) -> Response:
    """One source with its columns and its latest passes."""
    found = _known(site, request)
    row = sources_known(site, found.key, history=RUNS_SHOWN).row(found)
    return render_form_page(site, request, "source.html", row=row, can_check=site.check is not None)


async def request_check(site: WebContext, request: Request) -> Response:
    """Look at a source now, by a pass of its own beside the schedule; editors only."""
    found = _known(site, request)
    form = await read_form(site, request)
    must_have(request, Right.OPERATE, "request.editors_check")
    start = site.check
    if start is None:
        raise Refusal(404, "request.no_sources_served")
    who = actor(request, form)

    def ask() -> bool:
        """Whether no check of this source is under way; it is on the record from now on."""
        with site.archive.transaction():
            if sources_known(site, found.key).row(found).check == "running":
                return False
            site.archive.audit_log.record(who, CHECK_ACTION, check_subject(found.key))
            return True

    if await run_in_threadpool(ask):
        start(found.key)
    return RedirectResponse(f"/sources/{found.key}", status_code=303)


def _known(site: WebContext, request: Request) -> Source:
    found = site.sources.get(request.path_params["key"])
    if found is None:
        raise Refusal(404, "request.no_source")
    return found
