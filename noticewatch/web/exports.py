"""Results to take away: Atom, CSV, XLSX, iCalendar."""

from __future__ import annotations

import io

from starlette.requests import Request
from starlette.responses import Response

from archive.export import csv_lines, write_xlsx
from noticewatch.web import feeds, field
from noticewatch.web.asking import answer, question
from noticewatch.web.site import Site

FEED_ENTRIES = 50
EXPORT_ROWS = 2000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def feed(site: Site, request: Request) -> Response:
    asked = question(request)
    result = answer(site, asked, limit=FEED_ENTRIES)
    title = f"noticewatch: {asked.query or 'all notices'}"
    base = site.base_url(request)
    address = f"{base}{request.url.path}?{request.url.query}".removesuffix("?")
    body = feeds.atom(title, base, address, result.hits, site.clock())
    return Response(body, media_type="application/atom+xml")


def search_csv(site: Site, request: Request) -> Response:
    result = answer(site, question(request), limit=EXPORT_ROWS)
    text = "".join(csv_lines(feeds.rows(result.hits), feeds.ROW_NAMES))
    return _download(("\ufeff" + text).encode("utf-8", "replace"), "text/csv", "noticewatch.csv")


def search_xlsx(site: Site, request: Request) -> Response:
    result = answer(site, question(request), limit=EXPORT_ROWS)
    target = io.BytesIO()
    write_xlsx(target, feeds.rows(result.hits), feeds.ROW_NAMES)
    return _download(target.getvalue(), _XLSX, "noticewatch.xlsx")


def _download(body: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


def calendar(site: Site, request: Request) -> Response:
    """All open dates, or those of one notice (``notice=7``)."""
    notices = site.archive.dated_notices(site.today)
    only = request.query_params.get("notice")
    if only:
        notices = [notice for notice in notices if str(notice.id) == only]
    entries = field.open_dates(notices, site.today)
    body = feeds.icalendar(entries, site.base_url(request), site.clock())
    return Response(body, media_type="text/calendar; charset=utf-8")
