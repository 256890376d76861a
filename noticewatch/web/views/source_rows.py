"""Each source with its health and the last check that somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from domain.records.handling import AuditEntry
from domain.records.source_run import SourceHealth

if TYPE_CHECKING:
    from config.model import Source

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


@dataclass(frozen=True, kw_only=True)
class SourcesKnown:
    """Health by source, checks asked for by the subject of the record, and the time it is."""

    health: Mapping[str, SourceHealth]
    asked: Mapping[str, AuditEntry]
    now: datetime

    def row(self, source: Source) -> SourceRow:
        return SourceRow(
            source=source,
            health=self.health.get(source.key),
            asked=self.asked.get(check_subject(source.key)),
            now=self.now,
        )


def check_subject(key: str) -> str:
    """How a check of a source is named on the record."""
    return f"source {key}"


def source_rows(sources: Iterable[Source], known: SourcesKnown) -> list[SourceRow]:
    """Every source; those that need a look first, then by jurisdiction."""
    rows = [known.row(source) for source in sources]
    order = {NEVER: 2, "ok": 1}
    rows.sort(key=lambda row: (order.get(row.state, 0), row.source.jurisdiction, row.source.key))
    return rows
