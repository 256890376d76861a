"""Two versions beside each other: of one page, of two copies, or of two editions."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.records.notice import Version
from noticewatch.web.context import WebContext
from noticewatch.web.pages.act_comparison import compare_acts, link_to
from noticewatch.web.request_params import number
from noticewatch.web.views.diff_view import compared, links_of, shown_parts

_RELATED = 20


def compare(site: WebContext, request: Request) -> Response:
    """Two versions, or two acts; without parameters the newest of both to choose from."""
    if {"before", "after"} & set(request.query_params):
        return compare_acts(site, request)
    if "posting" not in request.query_params:
        return _latest(site, request)
    before, after = versions(site, request)
    diff = compared(before, after)
    params = request.query_params
    side = params.get("view") == "side"
    shown = shown_parts(
        diff,
        after,
        whole=params.get("show") == "all",
        side=side,
        start=number(params.get("start") or "0", "start"),
    )
    posting = site.archive.postings.get(after.posting_id)
    return site.page(
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


def versions(site: WebContext, request: Request) -> tuple[Version, Version]:
    """``a`` of ``posting`` and ``b`` of ``other``; the same posting without ``other``, its
    two newest versions without ``a`` and ``b``."""
    params = request.query_params
    first = number(params["posting"], "posting")
    second = number(params.get("other") or params["posting"], "other")
    newest = site.archive.versions.latest(second)
    last = newest.number if newest else 1
    b = number(params.get("b") or str(last), "b")
    a = number(params.get("a") or str(max(1, b - 1)), "a")
    before, after = site.archive.versions.get(first, a), site.archive.versions.get(second, b)
    if before is None or after is None:
        raise HTTPException(404, "no such versions")
    return before, after


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
    return links_of(
        base,
        swapped,
        params,
        inline="",
        side="side",
        json="/api/v1/compare",
        following=following,
    )


def _latest(site: WebContext, request: Request) -> Response:
    changes = [
        (change, notice)
        for change in site.archive.overview.recent_changes(limit=60)
        if change.from_version and change.to_version and change.from_version != change.to_version
        if (notice := site.archive.notices.get(change.notice_id, versions=False))
    ]
    pairs = site.archive.related_acts.latest(limit=_RELATED)
    return site.page(
        request,
        "compare_index.html",
        changes=changes[:40],
        related=[(acts, link_to(acts.bond.older, acts.bond.newer)) for acts in pairs],
    )
