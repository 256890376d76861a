"""Make due what a clock that ran ahead has put off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.column_values import stamp
from archive.ports import Database
from domain.records.states import OutboxState

LONGEST_WAIT = timedelta(hours=24)  # nothing is put off longer than this from now


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockRepair:
    """Make due what a clock that ran ahead has put off."""

    db: Database

    def mend(self, now: datetime) -> int:
        """Make due what was put off by a clock that ran ahead; how many records.

        A page looked at or a message tried "later than now" is proof of such a clock. Times of
        observation stay as they were written: they are evidence, also of the wrong clock.
        """
        moment, far = stamp(now), stamp(now + LONGEST_WAIT)
        with self.db.transaction():
            pages = self.db.run(
                "UPDATE pages SET next_check = ? WHERE checked_at > ? AND next_check > ?",
                (moment, moment, moment),
            )
            messages = self.db.run(
                "UPDATE outbox SET next_attempt = ? WHERE state IN (?, ?) AND next_attempt > ?"
                " AND (created > ? OR last_attempt > ?)",
                (moment, OutboxState.PENDING, OutboxState.UNKNOWN, moment, moment, moment),
            )
            return pages + messages + self._mend_channels(far)

    def _mend_channels(self, far: str) -> int:
        mended = 0
        for row in self.db.rows("SELECT channel, state FROM channel_state"):
            state = json.loads(row["state"])
            until = state.get("paused_until")
            if until and stamp(datetime.fromisoformat(until)) > far:
                self.db.run("DELETE FROM channel_state WHERE channel = ?", (row["channel"],))
                mended += 1
        return mended
