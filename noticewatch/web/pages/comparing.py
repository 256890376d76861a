"""Two versions beside each other: of one page, of two copies, or of two editions."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from archive.diff import Diff, diff_versions
from archive.records import Version
from archive.units import units_of
from noticewatch import views
from noticewatch.web.asking import number
from noticewatch.web.site import Site

_LONGEST = 400_000  # characters of both texts that are compared on request


def compare(site: Site, request: Request) -> Response:
    """Without parameters the newest changes to choose from."""
    if "posting" not in request.query_params:
        return _latest(site, request)
    before, after = versions(site, request)
    diff = compared(before, after)
    params = request.query_params
    whole = params.get("show") == "all" and bool(_units(after))
    posting = site.archive.posting(after.posting_id)
    renumbered = [] if whole else [part for part in diff.parts if part.kind == "renumbered"]
    parts = (
        views.whole_text(diff, _units(after))
        if whole
        else [
            views.ComparedPart(label="", text="", part=part)
            for part in diff.parts
            if part.kind != "renumbered"
        ]
    )
    return site.page(
        request,
        "compare.html",
        before=before,
        after=after,
        diff=diff,
        parts=parts,
        renumbered=renumbered,
        side=params.get("view") == "side",
        whole=whole,
        notice_id=posting.notice_id if posting else None,
        posting=posting if before.posting_id == after.posting_id else None,
        link=_links(before, after, dict(params)),
    )


def compared(before: Version, after: Version) -> Diff:
    """Raises HTTPException (413) for texts that would take too long."""
    if len(before.text) + len(after.text) > _LONGEST:
        raise HTTPException(413, "these texts are too long to compare on a page")
    return diff_versions(before, after)


def versions(site: Site, request: Request) -> tuple[Version, Version]:
    """``a`` of ``posting`` and ``b`` of ``other``; the same posting without ``other``, its
    two newest versions without ``a`` and ``b``."""
    params = request.query_params
    first = number(params["posting"], "posting")
    second = number(params.get("other") or params["posting"], "other")
    newest = site.archive.latest_version(second)
    last = newest.number if newest else 1
    b = number(params.get("b") or str(last), "b")
    a = number(params.get("a") or str(max(1, b - 1)), "a")
    before, after = site.archive.version(first, a), site.archive.version(second, b)
    if before is None or after is None:
        raise HTTPException(404, "no such versions")
    return before, after


def _links(before: Version, after: Version, params: dict[str, str]) -> dict[str, str]:
    """Addresses of the same comparison in its other forms."""
    base: dict[str, str] = {
        "posting": str(before.posting_id), "a": str(before.number),
        "other": str(after.posting_id), "b": str(after.number),
    }  # fmt: skip
    kept = {key: params[key] for key in ("view", "show") if params.get(key)}

    def link(**changes: str) -> str:
        query = {**base, **kept, **changes}
        return "/compare?" + urlencode({key: value for key, value in query.items() if value})

    swapped = {
        "posting": base["other"], "a": base["b"], "other": base["posting"], "b": base["a"],
    }  # fmt: skip
    return {
        "inline": link(view=""),
        "side": link(view="side"),
        "changes": link(show=""),
        "all": link(show="all"),
        "swap": link(**swapped),
        "json": "/api/v1/compare?" + urlencode(base),
    }


def _units(version: Version) -> list[tuple[str, str]]:
    """Label and body of each part, in the order in which the diff counts them."""
    return [
        (unit.label, unit.body.replace("\t", " · ") if unit.is_row else unit.body)
        for unit in units_of(version)
    ]


def _latest(site: Site, request: Request) -> Response:
    changes = [
        (change, notice)
        for change in site.archive.recent_changes(limit=60)
        if change.from_version and change.to_version and change.from_version != change.to_version
        if (notice := site.archive.notice(change.notice_id, versions=False))
    ]
    return site.page(request, "compare_index.html", changes=changes[:40])
