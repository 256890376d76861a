"""Pages of the whole field: matrix, map, activity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from config.duty_terms import load_roles
from i18n.visitor_words import Words
from noticewatch.web.archive_reads import read_matrix, read_states
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
from noticewatch.web.views.implementation import Implementation, implementations
from noticewatch.web.views.matrix import MATRIX_COLUMNS

ACTIVITY_WEEKS = 26
_ACT_COOKIE = "nw_map_act"


def matrix_page(site: WebContext, request: Request) -> Response:
    """The duties in force by place and topic: for a role, on a day, ours."""
    params = request.query_params
    role = role_parameter(params.get("role"))
    as_of = day_parameter(params.get("as_of"), "as_of")
    topic = params.get("topic") or ""
    if topic and topic not in MATRIX_COLUMNS:
        raise Refusal(400, "request.one_of", name="topic", known=", ".join(MATRIX_COLUMNS))
    mine = mine_parameter(site, request)
    rows = read_matrix(site, site.words(language_of(request)), role, as_of, mine)
    nation = {
        column: cell.notice_id
        for row in rows
        if row.jurisdiction == "CN"
        for column, cell in row.cells.items()
        if cell.notice_id
    }
    columns = tuple(column for column in MATRIX_COLUMNS if topic in ("", column))
    return render_page(
        site, request, "matrix.html",
        stated=[row for row in rows if row.states(columns)],
        silent=[row for row in rows if not row.states(columns)],
        columns=columns, topics=MATRIX_COLUMNS[:-1], topic=topic, nation=nation, role=role,
        roles=load_roles().roles, as_of=as_of, ours=params.get("mine") or "",
        entities=site.entities,
    )  # fmt: skip


def map_page(site: WebContext, request: Request) -> Response:
    """Tiles by activity, by implementation (of an act, or of any) or by source health."""
    by = request.query_params.get("by") or "activity"
    if by not in {"activity", "implementation", "health"}:
        raise Refusal(400, "request.one_of", name="by", known="activity, implementation or health")
    words = site.words(language_of(request))
    act = _chosen_act(request) if by == "implementation" else 0
    known = _implementations(site, act, words) if by == "implementation" else {}
    levels = {code: (one.level, one.text) for code, one in known.items()} or _levels(
        site, by, words
    )
    names = {code: words.jurisdiction(code) for code in map_tiles.TILES}
    href = "/sources#{}" if by == "health" else "/search?relevant=1&jurisdiction={}"
    own = {code: f"/notices/{one.notice_id}" for code, one in known.items() if one.notice_id}
    tiles = map_tiles.tiles(names, levels, href, own)
    places = {code: place for place, code in enumerate(levels)}
    response = render_page(
        site,
        request,
        "map.html",
        by=by,
        act=act,
        acts=site.archive.overview.national_acts() if by == "implementation" else [],
        tiles=tiles,
        listed=sorted(
            (tile for tile in tiles if tile.text), key=lambda tile: places[tile.jurisdiction]
        ),
        width=map_tiles.WIDTH,
        height=map_tiles.HEIGHT,
        view_box=map_tiles.view_box(),
        national=levels.get("CN", ("", ""))[1] if by != "implementation" else "",
        national_href=href.format("CN"),
    )
    if by == "implementation":
        response.set_cookie(_ACT_COOKIE, str(act), httponly=True, samesite="strict")
    return response


def _levels(site: WebContext, by: str, words: Words) -> Mapping[str, tuple[str, str]]:
    if by == "activity":
        since = site.today - timedelta(days=365)
        return activity_levels.activity_levels(site.relevant(), since, words)
    return activity_levels.health_levels(site.sources.values(), site.archive.sources.all(), words)


def _implementations(site: WebContext, act: int, words: Words) -> dict[str, Implementation]:
    notices = site.relevant()
    states = read_states(site, words, notices, registered=not act)
    implementing = site.archive.overview.implementing(act or None)
    found = implementations(states, notices, implementing, words)
    order = {"rule": 0, "draft": 1}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[1].level, 2), item[0])))


def _chosen_act(request: Request) -> int:
    """The act whose implementation is asked for: the one asked for last, where none is now."""
    asked = request.query_params.get("act")
    if asked is None:
        kept = request.cookies.get(_ACT_COOKIE, "")
        return int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 19 else 0
    return number_parameter(asked or "0", "act")


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
