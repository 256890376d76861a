"""Page of two versions beside each other: of one page, of two copies, or of two editions."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from domain.records.notice import Version
from noticewatch.web.comparison_requests import compared, requested_versions
from noticewatch.web.context import WebContext
from noticewatch.web.pages.act_comparison import compare_acts_page
from noticewatch.web.pages.comparison_picker import PICKING, comparison_picker
from noticewatch.web.request_params import number_parameter
from noticewatch.web.templating import render_page
from noticewatch.web.views.comparison_pages import (
    ComparisonAddress,
    act_comparison_link,
    shown_parts,
)

_RELATED = 20


def compare_page(site: WebContext, request: Request) -> Response:
    """Two versions, or two acts; without parameters the newest of both to choose from."""
    if {"before", "after"} & set(request.query_params):
        return compare_acts_page(site, request)
    if PICKING & set(request.query_params):
        return comparison_picker(site, request)
    if "posting" not in request.query_params:
        return _latest(site, request)
    before, after = requested_versions(site, request)
    diff = compared(before, after)
    params = request.query_params
    side = params.get("view") == "side"
    shown = shown_parts(
        diff,
        after,
        whole=params.get("show") == "all",
        side=side,
        start=number_parameter(params.get("start") or "0", "start"),
    )
    posting = site.archive.postings.get(after.posting_id)
    return render_page(
        site,
        request,
        "compare.html",
        before=before,
        after=after,
        diff=diff,
        shown=shown,
        side=side,
        notice_id=posting.notice_id if posting else None,
        posting=posting if before.posting_id == after.posting_id else None,
        link=_links(before, after, params, shown.following),
    )


def _links(
    before: Version, after: Version, params: Mapping[str, str], following: int | None
) -> dict[str, str]:
    base = {
        "posting": str(before.posting_id), "a": str(before.number),
        "other": str(after.posting_id), "b": str(after.number),
    }  # fmt: skip
    swapped = {
        "posting": base["other"], "a": base["b"], "other": base["posting"], "b": base["a"],
    }  # fmt: skip
    address = ComparisonAddress(
        base=base, swapped=swapped, inline="", side="side", json="/api/v1/compare"
    )
    return address.links(params, following)


def _latest(site: WebContext, request: Request) -> Response:
    changes = [
        (change, notice)
        for change in site.archive.overview.recent_changes(limit=60)
        if change.from_version and change.to_version and change.from_version != change.to_version
        if (notice := site.archive.notices.get(change.notice_id, versions=False))
    ]
    pairs = site.archive.related_acts.latest(limit=_RELATED)
    return render_page(
        site,
        request,
        "compare_index.html",
        changes=changes[:40],
        related=[(acts, act_comparison_link(acts.bond.older, acts.bond.newer)) for acts in pairs],
    )
