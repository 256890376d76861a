"""The sources: how each one is, its history, and a check at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.repositories.feedback import AuditEntry
from domain.records.source_run import SourceHealth
from noticewatch.web.context import WebContext
from noticewatch.web.request_params import actor, must_edit, read_form

if TYPE_CHECKING:
    from config.model import Source

RUNS_SHOWN = 40
CHECK_ACTION = "check"
CHECK_PATIENCE = timedelta(minutes=5)  # a pass holds a source for two; another may go first
NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A source with what is known of it; ``health`` is None before its first pass."""

    source: Source
    health: SourceHealth | None
    asked: AuditEntry | None  # the last check that somebody asked for
    now: datetime

    @property
    def state(self) -> str:
        """The state's name, or ``never`` (polled)."""
        if self.health is None or self.health.last_polled is None:
            return NEVER
        return str(self.health.state)

    @property
    def check(self) -> Literal["", "running", "late"]:
        """Of the last check: still to come, overdue, or nothing to say."""
        if self.asked is None:
            return ""
        polled = self.health.last_polled if self.health else None
        if polled is not None and polled >= self.asked.at:
            return ""
        return "running" if self.now - self.asked.at < CHECK_PATIENCE else "late"

    @property
    def silent_days(self) -> int | None:
        """Days since the newest notice where they are more than expected."""
        newest = self.health.newest if self.health else None
        days = (self.now.date() - newest).days if newest else 0
        return days if days > self.source.expect.max_silence_days else None


def source_rows(site: WebContext, *, history: int = 0) -> list[SourceRow]:
    """Every source; those that need a look first, then by jurisdiction."""
    health = {state.key: state for state in site.archive.sources.all(history=history)}
    asked = site.archive.audit_log.last_of_each(CHECK_ACTION)
    rows = [_row(site, source, health, asked) for source in site.sources.values()]
    order = {NEVER: 2, "ok": 1}
    rows.sort(key=lambda row: (order.get(row.state, 0), row.source.jurisdiction, row.source.key))
    return rows


def _row(
    site: WebContext,
    source: Source,
    health: Mapping[str, SourceHealth],
    asked: Mapping[str, AuditEntry],
) -> SourceRow:
    return SourceRow(
        source=source,
        health=health.get(source.key),
        asked=asked.get(_subject(source.key)),
        now=site.clock(),
    )


def _subject(key: str) -> str:
    return f"source {key}"


def sources(site: WebContext, request: Request) -> Response:
    rows = source_rows(site)
    counts = Counter(row.state for row in rows)
    state = request.query_params.get("state") or ""
    return site.form_page(
        request,
        "sources.html",
        rows=[row for row in rows if state in ("", row.state)],
        counts=counts.most_common(),
        total=len(rows),
        state=state,
        can_check=site.check is not None,
    )


def source(site: WebContext, request: Request) -> Response:
    """One source with its columns and its latest passes."""
    found = _known(site, request)
    health = {state.key: state for state in site.archive.sources.all(found.key, history=RUNS_SHOWN)}
    row = _row(site, found, health, site.archive.audit_log.last_of_each(CHECK_ACTION))
    return site.form_page(request, "source.html", row=row, can_check=site.check is not None)


async def check(site: WebContext, request: Request) -> Response:
    """Look at a source now, by a pass of its own beside the schedule; editors only."""
    found = _known(site, request)
    form = await read_form(site, request)
    must_edit(request, "only editors may ask for a check")
    start = site.check
    if start is None:
        raise HTTPException(404, "this archive is served without its sources")
    who = actor(request, form)

    def ask() -> bool:
        """Whether no check of this source is under way; it is on the record from now on."""
        with site.archive.transaction():
            health = {state.key: state for state in site.archive.sources.all(found.key)}
            row = _row(site, found, health, site.archive.audit_log.last_of_each(CHECK_ACTION))
            if row.check == "running":
                return False
            site.archive.audit_log.record(who, CHECK_ACTION, _subject(found.key))
            return True

    if await run_in_threadpool(ask):
        start(found.key)
    return RedirectResponse(f"/sources/{found.key}", status_code=303)


def _known(site: WebContext, request: Request) -> Source:
    found = site.sources.get(request.path_params["key"])
    if found is None:
        raise HTTPException(404, "no such source")
    return found
