"""Judge a source after a pass: its findings to one state with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.model import Expect
from domain.records.reason import Reason, reason
from domain.records.source_run import SourceError
from domain.records.states import FailureKind, SourceState
from i18n.catalogue import english

_BLOCKED = {
    FailureKind.FORBIDDEN,
    FailureKind.CHALLENGE,
    FailureKind.RATE_LIMITED,
    FailureKind.ROBOTS,
}
_LAYOUT = {
    FailureKind.NO_ROWS,
    FailureKind.NO_DATES,
    FailureKind.EMPTY_UNIT,
    FailureKind.MALFORMED_UNIT,
    FailureKind.BACKWARDS,
    FailureKind.FALLBACK,
    FailureKind.DRIFT,
    FailureKind.FEW_ROWS,
}
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

    kind: FailureKind
    reason: Reason
    url: str
    source: bool = False

    def as_error(self) -> SourceError:
        return SourceError(
            kind=self.kind, message=english(self.reason), url=self.url, reason_data=self.reason
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceVerdict:
    """A state, and why; a sound source needs no reason."""

    state: SourceState
    reason: Reason | None = None


def state_of(kind: FailureKind) -> SourceState:
    """The state that a finding of this kind puts a source in."""
    if kind in _BLOCKED:
        return SourceState.BLOCKED
    if kind in _LAYOUT:
        return SourceState.LAYOUT_CHANGED
    return SourceState.SILENT if kind == FailureKind.SILENT else SourceState.FAILING


def judge_source(findings: Iterable[PassFinding]) -> SourceVerdict:
    """The worst state among the findings that concern the source, with its reason."""
    serious = [finding for finding in findings if finding.source]
    if not serious:
        return SourceVerdict(state=SourceState.OK)
    worst = min(serious, key=lambda finding: _RANK[state_of(finding.kind)])
    return SourceVerdict(state=state_of(worst.kind), reason=worst.reason)


def status_finding(status: int, url: str) -> tuple[FailureKind, Reason] | None:
    """Kind and reason for an HTTP status that is no content, or None."""
    if status in {401, 403}:
        return FailureKind.FORBIDDEN, reason("source.refuses", status=status)
    if status in {412, 521}:
        return FailureKind.CHALLENGE, reason("source.script_challenge", status=status)
    if status == 429:
        return FailureKind.RATE_LIMITED, reason("source.slow_down", status=status)
    if status >= 500:
        return FailureKind.SERVER_ERROR, reason("source.server_fails", status=status)
    if status in {404, 410}:
        return FailureKind.NOT_FOUND, reason("source.not_found", status=status)
    if status >= 400 or status not in {200, 203, 206, 304}:
        return FailureKind.BAD_STATUS, reason("source.unexpected_status", status=status, url=url)
    return None


def check_expectations(
    expect: Expect, *, rows: int, newest: date | None, today: date, url: str
) -> list[PassFinding]:
    """Too few rows or nothing new for too long, by what the source file expects."""
    found = []
    if rows and rows < expect.min_rows:
        why = reason("source.few_rows", rows=rows, least=expect.min_rows)
        found.append(PassFinding(kind=FailureKind.FEW_ROWS, reason=why, url=url, source=True))
    if newest and today - newest > timedelta(days=expect.max_silence_days):
        why = reason("source.silent", newest=newest.isoformat(), days=expect.max_silence_days)
        found.append(PassFinding(kind=FailureKind.SILENT, reason=why, url=url, source=True))
    return found


def errors_of(findings: Sequence[PassFinding], limit: int = 50) -> tuple[SourceError, ...]:
    """The findings as errors, each once, the first ``limit`` of them."""
    unique = dict.fromkeys(finding.as_error() for finding in findings)
    return tuple(unique)[:limit]
