"""The pages: each handler asks the archive, builds a view, renders a template."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.connection import ArchiveError
from archive.diff import diff_versions
from archive.english import fact_sentence
from archive.records import Notice, Posting, Version
from noticewatch import views
from noticewatch.finding import Question, find
from noticewatch.web import geography
from noticewatch.web.site import Site
from notifier.coverage import coverage

PAGE_SIZE = 20
MAX_FORM_BYTES = 20_000


def _iso(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(400, f"{name}: expected a date such as 2026-04-01") from None


def question(request: Request, *, limit_max: int = 100) -> Question:
    """The search that a request asks for; 400 with one sentence when it is malformed."""
    params = request.query_params
    mode = params.get("mode") or "text"
    if mode not in {"text", "meaning", "hybrid"}:
        raise HTTPException(400, "mode: expected text, meaning or hybrid")
    try:
        limit = int(params.get("limit") or PAGE_SIZE)
    except ValueError:
        raise HTTPException(400, "limit: expected a number") from None
    if not 1 <= limit <= limit_max:
        raise HTTPException(400, f"limit: expected 1 to {limit_max}")
    return Question(
        query=params.get("q") or "",
        mode=mode,  # type: ignore[arg-type]
        topics=tuple(value for value in params.getlist("topic") if value),
        jurisdictions=tuple(value for value in params.getlist("jurisdiction") if value),
        severities=tuple(value for value in params.getlist("severity") if value),
        since=_iso(params.get("since"), "since"),
        until=_iso(params.get("until"), "until"),
        relevant_only=params.get("relevant") == "1",
        limit=limit,
        cursor=params.get("cursor") or None,
    )


def home(site: Site, request: Request) -> Response:
    now = site.clock()
    recent = [
        (change, site.archive.notice(change.notice_id, versions=False))
        for change in site.archive.recent_changes(limit=15, relevant_only=True)
    ]
    notices = site.relevant()
    return site.page(
        request,
        "home.html",
        recent=[(change, notice) for change, notice in recent if notice],
        dates=views.open_dates(notices, site.today, days=60)[:8],
        counts=site.archive.counts(),
        unwell=[state for state in site.archive.health() if state.state != "ok"],
        activity=views.activity(notices, site.today),
        now=now,
    )


def search(site: Site, request: Request) -> Response:
    asked = question(request)
    result = find(site.archive, asked, encoder=site.settings.encoder.model, facets=True)
    active = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if value and key not in {"cursor", "lang"}
    ]

    def facet_link(name: str, value: str) -> str:
        pair = (name, value)
        kept = [item for item in active if item != pair]
        return "/search?" + urlencode(kept if pair in active else [*active, pair])

    return site.page(
        request,
        "search.html",
        asked=asked,
        result=result,
        active=active,
        facet_link=facet_link,
        next_link="/search?" + urlencode([*active, ("cursor", result.next_cursor)])
        if result.next_cursor
        else "",
        feed_query=urlencode(active),
    )


def _notice_or_404(site: Site, request: Request) -> Notice:
    notice = site.archive.notice(int(request.path_params["id"]))
    if notice is None:
        raise HTTPException(404, "no such notice")
    return notice


def notice(site: Site, request: Request) -> Response:
    """Everything known of one act. Visitors get a session cookie for feedback forms."""
    found = _notice_or_404(site, request)
    last_change = next(
        (change for change in reversed(found.changes) if change.facts_before or change.facts_after),
        None,
    )
    session = request.cookies.get("nw_session") or secrets.token_urlsafe(16)
    response = site.page(
        request,
        "notice.html",
        csrf=site.guard.csrf_token(session),
        notice=found,
        latest=latest_version(found),
        evidence=[passage.text for label in found.labels for passage in label.evidence],
        fact_rows=views.fact_rows(found, last_change),
        differences=site.archive.notice_differences(found.id),
        feedback=site.archive.feedback(found.id),
        fact_sentence=fact_sentence,
    )
    response.set_cookie("nw_session", session, httponly=True, samesite="strict")
    return response


def latest_version(found: Notice) -> Version | None:
    """The newest version of the act's first live copy."""
    ordered = sorted(found.postings, key=lambda posting: posting.state != "live")
    for posting in ordered:
        if posting.versions:
            return posting.versions[-1]
    return None


def compare(site: Site, request: Request) -> Response:
    """Two versions of a copy; without parameters the newest changes to choose from."""
    params = request.query_params
    if "posting" not in params:
        changes = [
            (change, site.archive.notice(change.notice_id, versions=False))
            for change in site.archive.recent_changes(limit=40)
            if change.from_version and change.to_version
        ]
        return site.page(
            request, "compare_index.html", changes=[pair for pair in changes if pair[1]]
        )
    try:
        posting_id, first, second = (
            int(params["posting"]), int(params.get("a", "1")), int(params.get("b", "2")),
        )  # fmt: skip
    except ValueError:
        raise HTTPException(400, "posting, a and b: expected numbers") from None
    before = site.archive.version(posting_id, first)
    after = site.archive.version(posting_id, second)
    if before is None or after is None:
        raise HTTPException(404, "no such versions")
    posting = site.archive.posting(posting_id)
    return site.page(
        request,
        "compare.html",
        posting=posting,
        before=before,
        after=after,
        diff=diff_versions(before, after),
        side=params.get("view") == "side",
        others=_other_pairs(posting),
    )


def _other_pairs(posting: Posting | None) -> list[tuple[int, int]]:
    numbers = [version.number for version in posting.versions] if posting else []
    return list(pairwise(numbers))


def _states(site: Site) -> dict[str, tuple[str, str]]:
    """State and what may be said of every jurisdiction that has a tile or a source."""
    codes = {source.jurisdiction for source in site.sources.values()} | set(geography.TILES)
    found = coverage(sorted(codes), site.relevant(), site.sources, site.archive.health())
    national = any(row.jurisdiction == "CN" and row.state == "rule" for row in found)
    return {
        row.jurisdiction: (row.state, views.state_text(row, national_rule=national))
        for row in found
    }


def matrix(site: Site, request: Request) -> Response:
    groups = views.by_jurisdiction(site.relevant())
    rows = []
    for code, (state, text) in sorted(_states(site).items(), key=lambda item: _order(item[0])):
        silence = views.MatrixCell(text=text, state=state)
        rows.append(views.matrix_row(code, groups.get(code, []), silence, fact_sentence))
    return site.page(request, "matrix.html", rows=rows, columns=views.MATRIX_COLUMNS)


def _order(code: str) -> tuple[bool, str]:
    """China first, then by code."""
    return code != "CN", code


def china_map(site: Site, request: Request) -> Response:
    """Tiles by activity, by honest state (implementation) or by source health."""
    by = request.query_params.get("by") or "activity"
    if by not in {"activity", "implementation", "health"}:
        raise HTTPException(400, "by: expected activity, implementation or health")
    if by == "activity":
        since = site.today - timedelta(days=365)
        levels = views.activity_levels(site.relevant(), since)
    elif by == "implementation":
        levels = _states(site)
    else:
        levels = views.health_levels(site.sources.values(), site.archive.health())
    language = "zh" if request.cookies.get("lang") == "zh" else "en"
    names = {code: site.jurisdiction_name(code, language) for code in geography.TILES}
    return site.page(
        request,
        "map.html",
        by=by,
        tiles=geography.tiles(names, levels),
        view_box=geography.view_box(),
    )


def deadlines(site: Site, request: Request) -> Response:
    entries = views.open_dates(site.relevant(), site.today)
    return site.page(request, "deadlines.html", entries=entries)


def sources(site: Site, request: Request) -> Response:
    health = {state.key: state for state in site.archive.health(history=5)}
    rows = [(source, health.get(source.key)) for source in site.sources.values()]
    rows.sort(key=lambda row: (row[1] is None, str(row[1].state) == "ok" if row[1] else True))
    return site.page(request, "sources.html", rows=rows)


def alerts(site: Site, request: Request) -> Response:
    items = site.archive.latest_messages(limit=200)
    return site.page(request, "alerts.html", items=items)


async def give_feedback(site: Site, request: Request) -> Response:
    """POST only, with the CSRF token of the page it was sent from."""
    form = dict(parse_qsl((await request.body())[:MAX_FORM_BYTES].decode("utf-8", "replace")))
    session = request.cookies.get("nw_session", "")
    if not site.guard.csrf_ok(session, form.get("csrf", "")):
        raise HTTPException(403, "this form is too old: open the notice again")
    verdict = form.get("verdict", "")
    if verdict not in {"relevant", "not_relevant", "wrong_topic"}:
        raise HTTPException(400, "verdict: expected relevant, not_relevant or wrong_topic")
    notice_id = int(request.path_params["id"])
    await run_in_threadpool(
        lambda: site.archive.add_feedback(
            notice_id,
            verdict,
            who=(form.get("who") or request.scope.get("user_name") or "web")[:80],
            topic=form.get("topic") or None,
            note=form.get("note", "")[:2000],
        )
    )
    return RedirectResponse(f"/notices/{notice_id}", status_code=303)


def evidence(site: Site, request: Request) -> Response:
    """The stored original, always as a download and never as a page."""
    sha256 = request.path_params["sha256"]
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise HTTPException(404, "no such evidence")
    try:
        body = site.archive.evidence(sha256)
    except ArchiveError:
        raise HTTPException(404, "no such evidence") from None
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="{sha256[:16]}.bin"',
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


def first_page(asked: Question, limit: int) -> Question:
    return replace(asked, limit=limit, cursor=None)
