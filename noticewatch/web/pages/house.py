"""The operator's side: sources, what was sent, who changed what."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from noticewatch.web.site import Site

_ALERTS_SHOWN = 150
_AUDIT_SHOWN = 200


def sources(site: Site, request: Request) -> Response:
    """Sources that need a look first, then by jurisdiction."""
    health = {state.key: state for state in site.archive.health(history=5)}
    rows = [(source, health.get(source.key)) for source in site.sources.values()]

    def rank(row: tuple[object, object]) -> tuple[bool, bool, str]:
        source, state = row
        polled = state is not None and getattr(state, "last_polled", None) is not None
        well = getattr(state, "state", "") == "ok"
        return not polled, well, str(getattr(source, "jurisdiction", ""))

    rows.sort(key=rank)
    return site.page(request, "sources.html", rows=rows)


def alerts(site: Site, request: Request) -> Response:
    archive = site.archive
    items = archive.latest_messages(limit=_ALERTS_SHOWN)
    ids = {item.notice_id for item in items if item.notice_id}
    return site.page(
        request,
        "alerts.html",
        items=items,
        titles={number: found.title for number in ids
                if (found := archive.notice(number, versions=False))},
        handling={number: archive.acknowledgement(number) for number in ids},
    )  # fmt: skip


def audit(site: Site, request: Request) -> Response:
    return site.page(request, "audit.html", entries=site.archive.audit_log(limit=_AUDIT_SHOWN))
