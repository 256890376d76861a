"""Passes over sources, their states, and one event for each change of state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from archive.column_values import day, dumps, parse_day, parse_stamp, parse_stamp_or_none, stamp
from archive.ports import Clock, Database
from archive.repositories.outbox import Outbox
from archive.row_mappers import health_event_of, run_of
from domain.records.message import NewOutboxItem
from domain.records.reason import Reason, loads_reason
from domain.records.source_run import HealthEvent, SourceError, SourceHealth, SourceRun, SourceUse
from domain.records.states import SourceState

KEEP_RUNS = timedelta(days=180)


class SourceStates:
    """Passes over sources, their states, and one event for each change of state."""

    def __init__(self, db: Database, clock: Clock, outbox: Outbox) -> None:
        self._db = db
        self._clock = clock
        self._outbox = outbox

    def record_run(self, run: SourceRun) -> HealthEvent | None:
        """Keep a pass; a change of state (recovery included) becomes one health event.

        A source never polled counts as ok.
        """
        with self._db.transaction():
            self._insert_run(run)
            known = self._db.row("SELECT state, since FROM sources WHERE key = ?", (run.key,))
            before = None if known is None else SourceState(known["state"])
            changed = run.state != (before or SourceState.OK)
            self._save_source(run, since=stamp(run.finished) if known is None or changed else None)
            if not changed:
                return None
            event_id = self._db.insert(
                "health_events",
                {
                    "source_key": run.key,
                    "before": before,
                    "after": run.state,
                    "at": stamp(run.finished),
                    "reason": run.reason,
                    "reason_data": _dumped(run.reason_data),
                },
            )
            row = self._db.row("SELECT * FROM health_events WHERE id = ?", (event_id,))
            assert row is not None
            return health_event_of(row)

    def tell(self, source_key: str, why: Reason) -> None:
        """Something for the operators that leaves the source's state as it is."""
        from i18n.catalogue import english

        state = self.state_of(source_key)
        with self._db.transaction():
            self._db.insert(
                "health_events",
                {
                    "source_key": source_key,
                    "before": state,
                    "after": state,
                    "at": stamp(self._clock()),
                    "reason": english(why),
                    "reason_data": why.dumps(),
                },
            )

    def _insert_run(self, run: SourceRun) -> None:
        self._db.insert(
            "source_runs",
            {
                "source_key": run.key,
                "started": stamp(run.started),
                "finished": stamp(run.finished),
                "state": run.state,
                "reason": run.reason,
                "reason_data": _dumped(run.reason_data),
                "rows": run.rows,
                "new": run.new,
                "revised": run.revised,
                "withdrawn": run.withdrawn,
                "requests": run.requests,
                "not_modified": run.not_modified,
                "errors": dumps([_error_json(error) for error in run.errors]),
                "newest": day(run.newest),
                "robots": run.robots,
                "parameters": dumps(dict(run.parameters)),
                "bytes": run.bytes,
                "fresh_rows": run.fresh_rows,
            },
        )
        self._db.run(
            "DELETE FROM source_runs WHERE source_key = ? AND finished < ?",
            (run.key, stamp(run.finished - KEEP_RUNS)),
        )

    def used_since(self, key: str, moment: datetime) -> SourceUse:
        """What a source's passes have cost since a moment, and how many changes they brought
        beside its baselines."""
        cost = self._db.row(
            "SELECT coalesce(sum(requests), 0), coalesce(sum(bytes), 0),"
            " coalesce(sum(fresh_rows), 0) FROM source_runs"
            " WHERE source_key = ? AND finished >= ?",
            (key, stamp(moment)),
        )
        assert cost is not None
        changes = self._db.value(
            "SELECT count(*) FROM changes c JOIN postings p ON p.id = c.posting_id"
            " WHERE c.at >= ? AND p.source_key = ? AND c.baseline = 0 AND c.kind != 'status'",
            (stamp(moment), key),
        )
        return SourceUse(requests=cost[0], bytes=cost[1], rows=cost[2], changes=changes)

    def _save_source(self, run: SourceRun, *, since: str | None) -> None:
        finished = stamp(run.finished)
        well = run.state == SourceState.OK
        self._db.run(
            "INSERT INTO sources (key, state, since, reason, last_polled, last_ok, newest, rows,"
            " baseline_done, robots, reason_data) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT (key) DO UPDATE SET state = excluded.state,"
            " since = coalesce(?, sources.since), reason = excluded.reason,"
            " last_polled = excluded.last_polled,"
            " last_ok = coalesce(excluded.last_ok, sources.last_ok),"
            " newest = CASE WHEN excluded.newest IS NULL OR excluded.newest < sources.newest"
            "   THEN sources.newest ELSE excluded.newest END,"
            " rows = excluded.rows, baseline_done = CASE WHEN sources.baseline_done = 1 THEN 1"
            "   ELSE excluded.baseline_done END,"
            " robots = excluded.robots, reason_data = excluded.reason_data",
            (
                run.key,
                run.state,
                since or finished,
                run.reason,
                finished,
                finished if well else None,
                day(run.newest),
                run.rows,
                int(well),
                run.robots,
                _dumped(run.reason_data),
                since,
            ),
        )

    def all(self, key: str | None = None, *, history: int = 0) -> list[SourceHealth]:
        """State of one or of all polled sources; ``history``: that many passes, newest first."""
        rows = self._db.rows(
            "SELECT * FROM sources WHERE ? IS NULL OR key = ? ORDER BY key", (key, key)
        )
        return [
            SourceHealth(
                key=row["key"],
                state=SourceState(row["state"]),
                since=parse_stamp(row["since"]),
                reason=row["reason"],
                last_polled=parse_stamp_or_none(row["last_polled"]),
                last_ok=parse_stamp_or_none(row["last_ok"]),
                newest=parse_day(row["newest"]),
                rows=row["rows"],
                baseline_done=bool(row["baseline_done"]),
                robots=row["robots"],
                history=self._history(row["key"], history),
                reason_data=loads_reason(row["reason_data"]),
            )
            for row in rows
        ]

    def _history(self, key: str, count: int) -> tuple[SourceRun, ...]:
        if not count:
            return ()
        rows = self._db.rows(
            "SELECT * FROM source_runs WHERE source_key = ? ORDER BY id DESC LIMIT ?", (key, count)
        )
        return tuple(run_of(row) for row in rows)

    def state_of(self, key: str) -> SourceState:
        """The state of the last pass; never polled counts as ok."""
        state = self._db.value("SELECT state FROM sources WHERE key = ?", (key,))
        return SourceState.OK if state is None else SourceState(state)

    def untold_events(self) -> list[HealthEvent]:
        """Changes of state that no operator was told of, oldest first."""
        rows = self._db.rows("SELECT * FROM health_events WHERE told_at IS NULL ORDER BY id")
        return [health_event_of(row) for row in rows]

    def events(self, key: str | None = None, *, limit: int = 100) -> list[HealthEvent]:
        """Changes of state, newest first."""
        rows = self._db.rows(
            "SELECT * FROM health_events WHERE ? IS NULL OR source_key = ? "
            "ORDER BY id DESC LIMIT ?",
            (key, key, limit),
        )
        return [health_event_of(row) for row in rows]

    def mark_told(self, event_ids: Sequence[int], items: Sequence[NewOutboxItem]) -> None:
        """Enqueue the messages and mark the events told, in one transaction."""
        with self._db.transaction():
            self._outbox.enqueue(items)
            for event_id in event_ids:
                self._db.run(
                    "UPDATE health_events SET told_at = ? WHERE id = ? AND told_at IS NULL",
                    (stamp(self._clock()), event_id),
                )


def _dumped(why: Reason | None) -> str | None:
    return why.dumps() if why else None


def _error_json(error: SourceError) -> dict[str, Any]:
    kept = {"kind": error.kind, "message": error.message, "url": error.url}
    if error.reason_data is None:
        return kept
    return {**kept, "reason_data": error.reason_data.to_json()}
