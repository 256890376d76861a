"""What the notifier keeps of channels and subscriptions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from archive.column_values import dumps
from archive.ports import Database
from archive.repositories.outbox import Outbox
from domain.records.message import NewOutboxItem


class NotifierState:
    """What the notifier keeps of channels and subscriptions."""

    def __init__(self, db: Database, outbox: Outbox) -> None:
        self._db = db
        self._outbox = outbox

    def channel(self, channel: str) -> dict[str, Any]:
        """paused_until, reason … as kept by the notifier; empty when nothing was kept."""
        text = self._db.value("SELECT state FROM channel_state WHERE channel = ?", (channel,))
        return {} if text is None else dict(json.loads(text))

    def set_channel(self, channel: str, state: dict[str, Any]) -> None:
        with self._db.transaction():
            self._db.run(
                "INSERT INTO channel_state VALUES (?, ?) "
                "ON CONFLICT (channel) DO UPDATE SET state = excluded.state",
                (channel, dumps(state)),
            )

    def subscription(self, key: str) -> dict[str, Any] | None:
        text = self._db.value("SELECT state FROM subscriptions WHERE key = ?", (key,))
        return None if text is None else dict(json.loads(text))

    def set_subscription(
        self, key: str, state: dict[str, Any], items: Sequence[NewOutboxItem] = ()
    ) -> None:
        """Keep the state and queue its messages, in one transaction."""
        with self._db.transaction():
            self._outbox.enqueue(items)
            self._db.run(
                "INSERT INTO subscriptions VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET state = excluded.state",
                (key, dumps(state)),
            )
