"""Page of two acts beside each other: the new one and the one it replaces, a province's and the
ministry's that it implements, a draft and what became of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from noticewatch.application import notice_views
from noticewatch.web.comparison_requests import compared, requested_acts
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.request_params import number_parameter
from noticewatch.web.templating import render_page
from noticewatch.web.views.comparison_pages import ComparisonAddress, shown_parts


def compare_acts_page(site: WebContext, request: Request) -> Response:
    acts = requested_acts(site, request)
    diff = compared(acts.before_version, acts.after_version)
    params = request.query_params
    side = params.get("view") != "inline"
    shown = shown_parts(
        diff,
        acts.after_version,
        whole=params.get("show") == "all",
        side=side,
        start=number_parameter(params.get("start") or "0", "start"),
    )
    base = {"before": str(acts.before.id), "after": str(acts.after.id)}
    address = ComparisonAddress(
        base=base,
        swapped={"before": base["after"], "after": base["before"]},
        inline="inline",
        side="",
        json="/api/v1/compare/acts",
    )
    return render_page(
        site,
        request,
        "compare_acts.html",
        acts=acts,
        facts=[notice_views.act_row(row, language_of(request)) for row in acts.facts(diff)],
        diff=diff,
        shown=shown,
        side=side,
        link=address.links(params, shown.following),
    )
