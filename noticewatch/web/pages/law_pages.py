"""The law list: registered acts and those of the archive, as of a day."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from config.loader import load_register
from domain.law.law_list import LawEntry
from domain.law.law_lookup import find_law
from noticewatch.application.law.listed_law import listed_law
from noticewatch.web.context import WebContext
from noticewatch.web.request_params import day_parameter
from noticewatch.web.templating import render_page

_SHOWN = 40  # the others are folded away below them
_DETAILED = 5  # acts, with all that the register knows of them


def requested_law(site: WebContext, request: Request) -> list[LawEntry]:
    """The acts that a request asks for: by words, place and day."""
    params = request.query_params
    as_of = day_parameter(params.get("as_of"), "as_of")
    day = as_of or site.today
    known = site.archive.on_day(day).overview.relevant_notices() if as_of else site.relevant()
    acts = listed_law(site.archive, load_register(), day, site.today, known)
    return find_law(acts, params.get("q") or "", params.get("jurisdiction") or None)


def law_page(site: WebContext, request: Request) -> Response:
    """What the law is: from the first minute on, also without any notice."""
    params = request.query_params
    return render_page(
        site, request, "law.html",
        acts=requested_law(site, request), query=params.get("q") or "",
        as_of=day_parameter(params.get("as_of"), "as_of") or site.today,
        jurisdiction=params.get("jurisdiction") or "", detailed=_DETAILED,
        shown=_SHOWN,
    )  # fmt: skip
