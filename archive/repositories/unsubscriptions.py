"""Recipients that left a channel."""

from __future__ import annotations

from archive.column_values import stamp
from archive.ports import Clock, Database


class Unsubscriptions:
    """Recipients that left a channel."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def add(self, channel: str, recipient: str) -> None:
        """A recipient gets nothing more from a channel; again changes nothing."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO unsubscribed VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (channel, recipient.casefold(), stamp(self._clock())),
            )

    def remove(self, channel: str, recipient: str) -> None:
        """A recipient that left is served as before."""
        with self._db.transaction():
            self._db.run(
                "DELETE FROM unsubscribed WHERE channel = ? AND recipient = ?",
                (channel, recipient.casefold()),
            )

    def has(self, channel: str, recipient: str) -> bool:
        """Whether a recipient left a channel; the case of an address does not count."""
        found = self._db.value(
            "SELECT 1 FROM unsubscribed WHERE channel = ? AND recipient = ?",
            (channel, recipient.casefold()),
        )
        return found is not None
