"""The field at a glance: matrix, map, deadlines, activity."""

from __future__ import annotations

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.records.notice import Notice
from i18n.visitor_words import Words
from noticewatch.web.context import WebContext, language_of
from noticewatch.web.request_params import number
from noticewatch.web.views import map_tiles, overview_view
from notifier.selection.coverage import coverage

ACTIVITY_WEEKS = 26
DEADLINES_SHOWN = 100


def _states(site: WebContext, words: Words, notices: list[Notice]) -> dict[str, tuple[str, str]]:
    """State and what may be said of every jurisdiction that has a tile or a source."""
    codes = {source.jurisdiction for source in site.sources.values()} | set(map_tiles.TILES)
    health = site.archive.sources.all()
    found = coverage(sorted(codes), notices, site.sources, health)
    everything = coverage(["CN"], site.relevant(), site.sources, health)
    national = any(row.state == "rule" for row in everything)
    return {
        row.jurisdiction: (row.state, overview_view.state_text(row, words, national_rule=national))
        for row in found
    }


def matrix_rows(site: WebContext, words: Words) -> list[overview_view.MatrixRow]:
    """China as a whole, then who states something, then the others, each by their codes."""
    notices = site.relevant()
    groups = overview_view.by_jurisdiction(notices)
    rows = []
    states = _states(site, words, notices)
    for code, (state, text) in sorted(states.items(), key=lambda item: (item[0] != "CN", item[0])):
        silence = overview_view.MatrixCell(text=text, state=state)
        rows.append(overview_view.matrix_row(code, groups.get(code, []), silence, words))
    return sorted(rows, key=lambda row: (row.jurisdiction != "CN", not row.stated))


def matrix(site: WebContext, request: Request) -> Response:
    rows = matrix_rows(site, site.words(language_of(request)))
    nation = {
        column: cell.notice_id
        for row in rows
        if row.jurisdiction == "CN"
        for column, cell in row.cells.items()
        if cell.notice_id
    }
    return site.page(
        request, "matrix.html", rows=rows, columns=overview_view.MATRIX_COLUMNS, nation=nation
    )


def china_map(site: WebContext, request: Request) -> Response:
    """Tiles by activity, by honest state (implementation of an act, or of any) or by source
    health."""
    by = request.query_params.get("by") or "activity"
    if by not in {"activity", "implementation", "health"}:
        raise HTTPException(400, "by: expected activity, implementation or health")
    words = site.words(language_of(request))
    act = number(request.query_params.get("act") or "0", "act")
    acts = site.archive.overview.national_acts() if by == "implementation" else []
    if by == "activity":
        since = site.today - timedelta(days=365)
        levels = overview_view.activity_levels(site.relevant(), since, words)
    elif by == "implementation":
        notices = site.relevant()
        if act:
            chosen = site.archive.overview.implementing(act)
            notices = [notice for notice in notices if notice.id in chosen]
        levels = _states(site, words, notices)
    else:
        levels = overview_view.health_levels(
            site.sources.values(), site.archive.sources.all(), words
        )
    names = {code: words.jurisdiction(code) for code in map_tiles.TILES}
    href = "/sources#{}" if by == "health" else "/search?relevant=1&jurisdiction={}"
    tiles = map_tiles.tiles(names, levels, href)
    places = {code: place for place, code in enumerate(levels)}
    listed = [tile for tile in tiles if tile.text]
    return site.page(
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


def deadlines(site: WebContext, request: Request) -> Response:
    entries = overview_view.open_dates(site.dated(), site.today)
    start = number(request.query_params.get("start") or "0", "start")
    end = start + DEADLINES_SHOWN
    return site.page(
        request,
        "deadlines.html",
        entries=entries[start:end],
        total=len(entries),
        start=start,
        following=end if end < len(entries) else None,
    )


def activity(site: WebContext, request: Request) -> Response:
    weeks = overview_view.weeks_until(site.today, ACTIVITY_WEEKS)
    counted = site.archive.overview.weekly_activity(weeks[0])
    return site.page(
        request, "activity.html", weeks=weeks, rows=overview_view.activity(counted, weeks)
    )
