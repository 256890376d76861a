"""Reduce the findings of a pass to the source's state and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.model import Expect
from domain.records.source_run import SourceError
from domain.records.states import SourceState

_BLOCKED = {"forbidden", "challenge", "rate_limited", "robots"}
_LAYOUT = {
    "no_rows", "no_dates", "empty_unit", "malformed_unit", "backwards", "fallback", "drift",
    "few_rows",
}  # fmt: skip
# What speaks first when several things are wrong at once.
_RANK = {
    SourceState.BLOCKED: 0,
    SourceState.FAILING: 1,
    SourceState.LAYOUT_CHANGED: 2,
    SourceState.SILENT: 3,
    SourceState.OK: 4,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PassFinding:
    """Something that is not as it should be. ``source`` findings decide the state; the others
    (one notice, one attachment) are only listed."""

    kind: str
    message: str
    url: str
    source: bool = False

    def as_error(self) -> SourceError:
        return SourceError(kind=self.kind, message=self.message, url=self.url)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceVerdict:
    """A state, and in one sentence why."""

    state: SourceState
    reason: str = ""


def state_of(kind: str) -> SourceState:
    """The state that a finding of this kind puts a source in."""
    if kind in _BLOCKED:
        return SourceState.BLOCKED
    if kind in _LAYOUT:
        return SourceState.LAYOUT_CHANGED
    return SourceState.SILENT if kind == "silent" else SourceState.FAILING


def judge_source(findings: Iterable[PassFinding]) -> SourceVerdict:
    """The worst state among the findings that concern the source, with its reason."""
    serious = [finding for finding in findings if finding.source]
    if not serious:
        return SourceVerdict(state=SourceState.OK)
    worst = min(serious, key=lambda finding: _RANK[state_of(finding.kind)])
    return SourceVerdict(state=state_of(worst.kind), reason=worst.message)


def status_finding(status: int, url: str) -> tuple[str, str] | None:
    """Kind and message for an HTTP status that is no content, or None."""
    if status in {401, 403}:
        return "forbidden", f"the site refuses the request (HTTP {status})"
    if status in {412, 521}:
        return "challenge", f"the site answers with a script challenge (HTTP {status})"
    if status == 429:
        return "rate_limited", "the site asks to slow down (HTTP 429)"
    if status >= 500:
        return "server_error", f"the server fails (HTTP {status})"
    if status in {404, 410}:
        return "not_found", f"the address does not exist (HTTP {status})"
    if status >= 400 or status not in {200, 203, 206, 304}:
        return "bad_status", f"an unexpected answer (HTTP {status}) from {url}"
    return None


def check_expectations(
    expect: Expect, *, rows: int, newest: date | None, today: date, url: str
) -> list[PassFinding]:
    """Too few rows or nothing new for too long, by what the source file expects."""
    found = []
    if rows and rows < expect.min_rows:
        counted = "1 row" if rows == 1 else f"{rows} rows"
        message = f"{counted} in the list where at least {expect.min_rows} are expected"
        found.append(PassFinding(kind="few_rows", message=message, url=url, source=True))
    if newest and today - newest > timedelta(days=expect.max_silence_days):
        message = f"the newest notice is of {newest}, older than {expect.max_silence_days} days"
        found.append(PassFinding(kind="silent", message=message, url=url, source=True))
    return found


def errors_of(findings: Sequence[PassFinding], limit: int = 50) -> tuple[SourceError, ...]:
    """The findings as errors, each once, the first ``limit`` of them."""
    unique = dict.fromkeys(finding.as_error() for finding in findings)
    return tuple(unique)[:limit]
