"""Messages on their way: pending, sending, sent, unknown, dead (DESIGN section 7, promise 2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from archive.backends.sqlite.connection import Connected, dumps, stamp
from archive.repositories.row_mappers import change_of, outbox_item_of
from domain.records.change import Change
from domain.records.message import NewOutboxItem, OutboxItem
from domain.records.states import OutboxState


class Outbox(Connected):
    # -- work for the notifier ------------------------------------------------------------
    def unselected_changes(self, limit: int = 1000) -> list[Change]:
        """Classified changes that the notifier has not looked at, oldest first."""
        rows = self._rows(
            "SELECT * FROM changes WHERE state = 'classified' ORDER BY id LIMIT ?", (limit,)
        )
        return [change_of(row) for row in rows]

    def mark_selected(self, change_ids: Sequence[int], items: Sequence[NewOutboxItem]) -> list[int]:
        """Enqueue messages (a known dedupe_key is skipped) and mark the changes looked at, in
        one transaction; ids of the queued items."""
        with self.write_tx():
            queued = self.enqueue(items)
            for change_id in change_ids:
                self._run(
                    "UPDATE changes SET state = 'selected' WHERE id = ? AND state = 'classified'",
                    (change_id,),
                )
            return queued

    def enqueue(self, items: Sequence[NewOutboxItem]) -> list[int]:
        """Queue messages; one whose dedupe_key is known is skipped. Ids of the new ones."""
        now = stamp(self.clock())
        queued = []
        with self.write_tx():
            for item in items:
                cursor = self._run(
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
                row = cursor.fetchone()
                if row is not None:
                    queued.append(int(row["id"]))
        return queued

    # -- the queue ------------------------------------------------------------------------
    def outbox(
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
        rows = self._rows(
            "SELECT * FROM outbox WHERE (? IS NULL OR channel = ?)"
            " AND (? IS NULL OR next_attempt <= ?)"
            " AND (? IS NULL OR state IN (SELECT value FROM json_each(?)))"
            " ORDER BY id LIMIT ?",
            (channel, channel, moment, moment, wanted, wanted, limit),
        )
        return [outbox_item_of(row) for row in rows]

    def undelivered_since(self) -> dict[str, datetime]:
        """By channel: since when the oldest message waits that was tried and did not arrive."""
        rows = self._rows(
            "SELECT channel, min(last_attempt) AS since FROM outbox"
            " WHERE state IN (?, ?, ?) AND last_attempt IS NOT NULL GROUP BY channel",
            (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN),
        )
        return {row["channel"]: datetime.fromisoformat(row["since"]) for row in rows}

    def outbox_item(self, item_id: int) -> OutboxItem | None:
        row = self._row("SELECT * FROM outbox WHERE id = ?", (item_id,))
        return None if row is None else outbox_item_of(row)

    def thread_root(self, channel: str, thread: str) -> OutboxItem | None:
        """The first sent item of a thread in a channel (its receipt holds Slack's ts); a
        reminder is never what a thread hangs on."""
        row = self._row(
            "SELECT * FROM outbox WHERE channel = ? AND thread = ? AND state = ? "
            "AND kind != 'reminder' ORDER BY sent, id LIMIT 1",
            (channel, thread, OutboxState.SENT),
        )
        return None if row is None else outbox_item_of(row)

    def notice_messages(self, notice_id: int) -> list[OutboxItem]:
        """Everything told or to be told about a notice, oldest first."""
        rows = self._rows("SELECT * FROM outbox WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [outbox_item_of(row) for row in rows]

    def mark_sending(self, item_id: int, at: datetime) -> bool:
        """Claim it; False when somebody else has it, or when it is sent or dead."""
        with self.write_tx():
            cursor = self._run(
                "UPDATE outbox SET state = ?, last_attempt = ? WHERE id = ? AND state IN (?, ?)",
                (
                    OutboxState.SENDING,
                    stamp(at),
                    item_id,
                    OutboxState.PENDING,
                    OutboxState.UNKNOWN,
                ),
            )
            return cursor.rowcount == 1

    def mark_sent(self, item_id: int, receipt: dict[str, Any], at: datetime) -> None:
        with self.write_tx():
            self._run(
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
        with self.write_tx():
            self._run(
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
        with self.write_tx():
            self._run(
                "UPDATE outbox SET state = ?, attempts = attempts + 1, error = ?"
                " WHERE id = ? AND state != ?",
                (OutboxState.DEAD, error, item_id, OutboxState.SENT),
            )

    def revive_dead(self, channel: str | None = None, *, item_id: int | None = None) -> int:
        """Queue dead letters again, all or one; how many. Their last attempt may have arrived
        after all (given up while the far side was silent), so they are looked up first."""
        with self.write_tx():
            cursor = self._run(
                "UPDATE outbox SET state = ?, attempts = 0, next_attempt = ?"
                " WHERE state = ? AND (? IS NULL OR channel = ?) AND (? IS NULL OR id = ?)",
                (
                    OutboxState.UNKNOWN,
                    stamp(self.clock()),
                    OutboxState.DEAD,
                    channel,
                    channel,
                    item_id,
                    item_id,
                ),
            )
            return cursor.rowcount

    def recover_sending(self, channel: str | None = None) -> int:
        """Rows left in ``sending`` by a dead process become ``unknown``; how many.

        The caller holds the channel's lock, so no live process is sending them.
        """
        with self.write_tx():
            cursor = self._run(
                "UPDATE outbox SET state = ?, error = 'interrupted while sending',"
                " next_attempt = ? WHERE state = ? AND (? IS NULL OR channel = ?)",
                (
                    OutboxState.UNKNOWN,
                    stamp(self.clock()),
                    OutboxState.SENDING,
                    channel,
                    channel,
                ),
            )
            return cursor.rowcount

    # -- state kept for the notifier ------------------------------------------------------
    def channel_state(self, channel: str) -> dict[str, Any]:
        """paused_until, reason … as kept by the notifier; empty when nothing was kept."""
        text = self._value("SELECT state FROM channel_state WHERE channel = ?", (channel,))
        return {} if text is None else dict(json.loads(text))

    def set_channel_state(self, channel: str, state: dict[str, Any]) -> None:
        with self.write_tx():
            self._run(
                "INSERT INTO channel_state VALUES (?, ?) "
                "ON CONFLICT (channel) DO UPDATE SET state = excluded.state",
                (channel, dumps(state)),
            )

    def subscription_state(self, key: str) -> dict[str, Any] | None:
        text = self._value("SELECT state FROM subscriptions WHERE key = ?", (key,))
        return None if text is None else dict(json.loads(text))

    def set_subscription_state(
        self, key: str, state: dict[str, Any], items: Sequence[NewOutboxItem] = ()
    ) -> None:
        """Keep the state and queue its messages, in one transaction."""
        with self.write_tx():
            self.enqueue(items)
            self._run(
                "INSERT INTO subscriptions VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET state = excluded.state",
                (key, dumps(state)),
            )
