"""Pages of the whole field: matrix, map, deadlines, activity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from config.duty_terms import load_roles
from noticewatch.web.archive_reads import read_matrix, read_states, requested_dates
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import (
    day_parameter,
    mine_parameter,
    number_parameter,
    role_parameter,
)
from noticewatch.web.templating import render_page
from noticewatch.web.views import activity_levels, map_tiles
from noticewatch.web.views.matrix import MATRIX_COLUMNS

ACTIVITY_WEEKS = 26
DEADLINES_SHOWN = 100


def matrix_page(site: WebContext, request: Request) -> Response:
    role = role_parameter(request.query_params.get("role"))
    as_of = day_parameter(request.query_params.get("as_of"), "as_of")
    mine = mine_parameter(site, request)
    rows = read_matrix(site, site.words(language_of(request)), role, as_of, mine)
    nation = {
        column: cell.notice_id
        for row in rows
        if row.jurisdiction == "CN"
        for column, cell in row.cells.items()
        if cell.notice_id
    }
    return render_page(
        site, request, "matrix.html", rows=rows, columns=MATRIX_COLUMNS, nation=nation,
        role=role, roles=load_roles().roles, as_of=as_of,
    )  # fmt: skip


def map_page(site: WebContext, request: Request) -> Response:
    """Tiles by activity, by honest state (implementation of an act, or of any) or by source
    health."""
    by = request.query_params.get("by") or "activity"
    if by not in {"activity", "implementation", "health"}:
        raise Refusal(400, "request.one_of", name="by", known="activity, implementation or health")
    words = site.words(language_of(request))
    act = number_parameter(request.query_params.get("act") or "0", "act")
    acts = site.archive.overview.national_acts() if by == "implementation" else []
    levels: Mapping[str, tuple[str, str]]
    if by == "activity":
        since = site.today - timedelta(days=365)
        levels = activity_levels.activity_levels(site.relevant(), since, words)
    elif by == "implementation":
        notices = site.relevant()
        if act:
            chosen = site.archive.overview.implementing(act)
            notices = [notice for notice in notices if notice.id in chosen]
        levels = read_states(site, words, notices, registered=not act)
    else:
        levels = activity_levels.health_levels(
            site.sources.values(), site.archive.sources.all(), words
        )
    names = {code: words.jurisdiction(code) for code in map_tiles.TILES}
    href = "/sources#{}" if by == "health" else "/search?relevant=1&jurisdiction={}"
    tiles = map_tiles.tiles(names, levels, href)
    places = {code: place for place, code in enumerate(levels)}
    listed = [tile for tile in tiles if tile.text]
    return render_page(
        site,
        request,
        "map.html",
        by=by,
        act=act,
        acts=acts,
        tiles=tiles,
        listed=sorted(listed, key=lambda tile: places[tile.jurisdiction]),
        width=map_tiles.WIDTH,
        height=map_tiles.HEIGHT,
        view_box=map_tiles.view_box(),
        national=levels.get("CN", ("", ""))[1],
        national_href=href.format("CN"),
    )


def deadlines_page(site: WebContext, request: Request) -> Response:
    entries = requested_dates(site, request)
    start = number_parameter(request.query_params.get("start") or "0", "start")
    end = start + DEADLINES_SHOWN
    return render_page(
        site,
        request,
        "deadlines.html",
        entries=entries[start:end],
        total=len(entries),
        start=start,
        following=end if end < len(entries) else None,
        as_of=day_parameter(request.query_params.get("as_of"), "as_of"),
        role=request.query_params.get("role") or "",
        jurisdiction=request.query_params.get("jurisdiction") or "",
        roles=load_roles().roles,
        places=sorted({source.jurisdiction for source in site.sources.values()}),
    )


def activity_page(site: WebContext, request: Request) -> Response:
    weeks = activity_levels.weeks_until(site.today, ACTIVITY_WEEKS)
    counted = site.archive.overview.weekly_activity(weeks[0])
    return render_page(
        site,
        request,
        "activity.html",
        weeks=weeks,
        rows=activity_levels.weekly_series(counted, weeks),
    )
