"""How many wrong passwords and tokens each client has left, whichever process it asks."""

from __future__ import annotations

from datetime import timedelta

from archive.column_values import parse_stamp, stamp
from archive.ports import Clock, Database

BURST = 10.0  # wrong guesses at once,
EACH = timedelta(seconds=6)  # and one more each so often


class GuessCounts:
    """A bucket for each client that has guessed wrong lately."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def exhausted(self, client: str) -> bool:
        """Whether a client may not guess now."""
        return self._left(client) < 1

    def wrong(self, client: str) -> None:
        """A client has guessed wrong."""
        now = self._clock()
        with self._db.transaction():
            left = max(0.0, self._left(client) - 1)
            self._db.run("DELETE FROM guesses WHERE at < ?", (stamp(now - BURST * EACH),))
            self._db.run(
                "INSERT INTO guesses (client, left_over, at) VALUES (?, ?, ?)"
                " ON CONFLICT (client) DO UPDATE SET left_over = excluded.left_over,"
                " at = excluded.at",
                (client, left, stamp(now)),
            )

    def _left(self, client: str) -> float:
        row = self._db.row("SELECT left_over, at FROM guesses WHERE client = ?", (client,))
        if row is None:
            return BURST
        gone = max(timedelta(0), self._clock() - parse_stamp(row["at"]))
        return float(min(BURST, row["left_over"] + gone / EACH))
