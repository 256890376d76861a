"""Passes over a source, the source's state, and what is remembered of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.records.reason import Reason, StoredReason
from domain.records.states import SourceState


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceError:
    """What went wrong at one address in a pass."""

    kind: str
    message: str
    url: str
    reason_data: Reason | None = None  # None in rows of earlier releases

    @property
    def why(self) -> StoredReason:
        """The message, to be rendered in a language."""
        return StoredReason(self.message, self.reason_data)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRun:
    """One pass over one source, as ``poll --json`` shows it."""

    key: str
    started: datetime
    finished: datetime
    state: SourceState
    reason: str = ""
    rows: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    requests: int = 0
    not_modified: int = 0
    errors: tuple[SourceError, ...] = ()
    newest: date | None = None
    robots: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    reason_data: Reason | None = None  # None for a sound source and in rows of earlier releases
    bytes: int = 0  # of all answers
    fresh_rows: int = 0  # rows of lists that were not known before

    @property
    def why(self) -> StoredReason:
        """The reason, to be rendered in a language."""
        return StoredReason(self.reason, self.reason_data)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceUse:
    """What a source has cost and brought since a moment."""

    requests: int = 0
    bytes: int = 0
    rows: int = 0
    changes: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceHealth:
    """What the archive knows of a source's state."""

    key: str
    state: SourceState
    since: datetime
    reason: str
    last_polled: datetime | None
    last_ok: datetime | None
    newest: date | None
    rows: int
    baseline_done: bool
    robots: str = ""
    history: tuple[SourceRun, ...] = ()
    reason_data: Reason | None = None  # None for a sound source and in rows of earlier releases

    @property
    def why(self) -> StoredReason:
        """The reason, to be rendered in a language."""
        return StoredReason(self.reason, self.reason_data)


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthEvent:
    """A change of a source's state, told to the operators once."""

    id: int
    source_key: str
    before: SourceState | None
    after: SourceState
    at: datetime
    reason: str
    reason_data: Reason | None = None  # None on recovery and in rows of earlier releases

    @property
    def why(self) -> StoredReason:
        """The reason, to be rendered in a language."""
        return StoredReason(self.reason, self.reason_data)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageState:
    """What is remembered of one address for conditional requests and re-checks."""

    url: str
    source_key: str
    column_key: str
    etag: str | None
    last_modified: str | None
    raw_sha256: str | None
    checked_at: datetime | None
    changed_at: datetime | None
    next_check: datetime | None
    gone_looks: int = 0  # how often in a row the page said that it is gone
