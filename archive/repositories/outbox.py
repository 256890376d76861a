"""Messages to channels: pending, sending, sent, unknown, dead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from archive.column_values import dumps, stamp
from archive.ports import Clock, Database
from archive.row_mappers import change_of, outbox_item_of
from domain.records.change import Change
from domain.records.message import NewOutboxItem, OutboxItem
from domain.records.states import ChangeState, OutboxState

# Written out, not a parameter: only so does SQLite use the index over the waiting changes.
_UNSELECTED = f"state = '{ChangeState.CLASSIFIED}'"


class Outbox:
    """Messages to channels: pending, sending, sent, unknown, dead."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def unselected_changes(self, limit: int = 1000) -> list[Change]:
        """Classified changes that the notifier has not looked at, oldest first."""
        rows = self._db.rows(
            f"SELECT * FROM changes WHERE {_UNSELECTED} ORDER BY id LIMIT ?",  # noqa: S608
            (limit,),
        )
        return [change_of(row) for row in rows]

    def mark_selected(self, change_ids: Sequence[int], items: Sequence[NewOutboxItem]) -> list[int]:
        """Enqueue messages (a known dedupe_key is skipped) and mark the changes looked at, in
        one transaction; ids of the queued items."""
        with self._db.transaction():
            queued = self.enqueue(items)
            for change_id in change_ids:
                self._db.run(
                    "UPDATE changes SET state = ? WHERE id = ? AND state = ?",
                    (ChangeState.SELECTED, change_id, ChangeState.CLASSIFIED),
                )
            return queued

    def enqueue(self, items: Sequence[NewOutboxItem]) -> list[int]:
        """Queue messages; one whose dedupe_key is known is skipped. Ids of the new ones."""
        now = stamp(self._clock())
        queued = []
        with self._db.transaction():
            for item in items:
                row = self._db.row(
                    "INSERT INTO outbox (channel, dedupe_key, kind, notice_id, change_ids, thread,"
                    " payload, state, next_attempt, created) VALUES (?,?,?,?,?,?,?,?,?,?)"
                    " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
                    (
                        item.channel,
                        item.dedupe_key,
                        item.kind,
                        item.notice_id,
                        dumps(list(item.change_ids)),
                        item.thread,
                        dumps(dict(item.payload)),
                        OutboxState.PENDING,
                        now if item.not_before is None else stamp(item.not_before),
                        now,
                    ),
                )
                if row is not None:
                    queued.append(int(row["id"]))
        return queued

    def find(
        self,
        *,
        channel: str | None = None,
        states: Iterable[str] | None = None,
        due: datetime | None = None,
        limit: int = 1000,
    ) -> list[OutboxItem]:
        """Messages, oldest first; ``due``: only those whose next attempt is not later."""
        wanted = None if states is None else dumps(list(states))
        moment = None if due is None else stamp(due)
        rows = self._db.rows(
            "SELECT * FROM outbox WHERE (? IS NULL OR channel = ?)"  # noqa: S608 (ours)
            " AND (? IS NULL OR next_attempt <= ?)"
            f" AND (? IS NULL OR state IN ({self._db.dialect.texts}))"
            " ORDER BY id LIMIT ?",
            (channel, channel, moment, moment, wanted, wanted, limit),
        )
        return [outbox_item_of(row) for row in rows]

    def undelivered_since(self) -> dict[str, datetime]:
        """By channel: since when the oldest message waits that was tried and did not arrive."""
        rows = self._db.rows(
            "SELECT channel, min(last_attempt) AS since FROM outbox"
            " WHERE state IN (?, ?, ?) AND last_attempt IS NOT NULL GROUP BY channel",
            (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN),
        )
        return {row["channel"]: datetime.fromisoformat(row["since"]) for row in rows}

    def get(self, item_id: int) -> OutboxItem | None:
        row = self._db.row("SELECT * FROM outbox WHERE id = ?", (item_id,))
        return None if row is None else outbox_item_of(row)

    def thread_root(self, channel: str, thread: str) -> OutboxItem | None:
        """The first sent item of a thread in a channel (its receipt holds Slack's ts); a
        reminder is never what a thread hangs on."""
        row = self._db.row(
            "SELECT * FROM outbox WHERE channel = ? AND thread = ? AND state = ? "
            "AND kind != 'reminder' ORDER BY sent, id LIMIT 1",
            (channel, thread, OutboxState.SENT),
        )
        return None if row is None else outbox_item_of(row)

    def of_notice(self, notice_id: int) -> list[OutboxItem]:
        """Everything told or to be told about a notice, oldest first."""
        rows = self._db.rows("SELECT * FROM outbox WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [outbox_item_of(row) for row in rows]

    def mark_sending(self, item_id: int, at: datetime) -> bool:
        """Claim it; False when somebody else has it, or when it is sent or dead."""
        with self._db.transaction():
            taken = self._db.run(
                "UPDATE outbox SET state = ?, last_attempt = ? WHERE id = ? AND state IN (?, ?)",
                (
                    OutboxState.SENDING,
                    stamp(at),
                    item_id,
                    OutboxState.PENDING,
                    OutboxState.UNKNOWN,
                ),
            )
            return taken == 1

    def mark_sent(self, item_id: int, receipt: dict[str, Any], at: datetime) -> None:
        with self._db.transaction():
            self._db.run(
                "UPDATE outbox SET state = ?, attempts = attempts + 1, sent = ?, receipt = ?,"
                " error = '' WHERE id = ? AND state != ?",
                (OutboxState.SENT, stamp(at), dumps(receipt), item_id, OutboxState.SENT),
            )

    def mark_retry(
        self,
        item_id: int,
        error: str,
        next_attempt: datetime,
        *,
        unknown: bool = False,
        count_attempt: bool = True,
    ) -> None:
        """Not sent this time; ``unknown``: perhaps sent, to be looked up before the next try."""
        with self._db.transaction():
            self._db.run(
                "UPDATE outbox SET state = ?, attempts = attempts + ?, error = ?,"
                " next_attempt = ? WHERE id = ? AND state NOT IN (?, ?)",
                (
                    OutboxState.UNKNOWN if unknown else OutboxState.PENDING,
                    int(count_attempt),
                    error,
                    stamp(next_attempt),
                    item_id,
                    OutboxState.SENT,
                    OutboxState.DEAD,
                ),
            )

    def mark_dead(self, item_id: int, error: str) -> None:
        with self._db.transaction():
            self._db.run(
                "UPDATE outbox SET state = ?, attempts = attempts + 1, error = ?"
                " WHERE id = ? AND state != ?",
                (OutboxState.DEAD, error, item_id, OutboxState.SENT),
            )

    def revive_dead(self, channel: str | None = None, *, item_id: int | None = None) -> int:
        """Queue dead letters again, all or one; how many. Their last attempt may have arrived
        after all (given up while the far side was silent), so they are looked up first."""
        with self._db.transaction():
            return self._db.run(
                "UPDATE outbox SET state = ?, attempts = 0, next_attempt = ?"
                " WHERE state = ? AND (? IS NULL OR channel = ?) AND (? IS NULL OR id = ?)",
                (
                    OutboxState.UNKNOWN,
                    stamp(self._clock()),
                    OutboxState.DEAD,
                    channel,
                    channel,
                    item_id,
                    item_id,
                ),
            )

    def recover_sending(self, channel: str | None = None) -> int:
        """Rows left in ``sending`` by a dead process become ``unknown``; how many.

        The caller holds the channel's lock, so no live process is sending them.
        """
        with self._db.transaction():
            return self._db.run(
                "UPDATE outbox SET state = ?, error = 'interrupted while sending',"
                " next_attempt = ? WHERE state = ? AND (? IS NULL OR channel = ?)",
                (
                    OutboxState.UNKNOWN,
                    stamp(self._clock()),
                    OutboxState.SENDING,
                    channel,
                    channel,
                ),
            )

    def latest(
        self,
        *,
        limit: int,
        channel: str | None = None,
        state: str | None = None,
        before: int | None = None,
    ) -> list[OutboxItem]:
        """What was sent or is to be sent, newest first; ``before``: only ids smaller than it."""
        rows = self._db.rows(
            "SELECT * FROM outbox WHERE (? IS NULL OR channel = ?) AND (? IS NULL OR state = ?)"
            " AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
            (channel, channel, state, state, before, before, limit),
        )
        return [outbox_item_of(row) for row in rows]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many messages there are of each channel and state."""
        rows = self._db.rows("SELECT channel, state, count(*) AS n FROM outbox GROUP BY 1, 2")
        return {(row["channel"], row["state"]): row["n"] for row in rows}
