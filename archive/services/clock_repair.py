"""What a wrong clock left behind: moments in the future that would hold work back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from archive.backends.sqlite.connection import Connected, stamp
from domain.records.states import OutboxState

LONGEST_WAIT = timedelta(hours=24)  # nothing is put off longer than this from now


class Clockwork(Connected):
    def mend_clock(self, now: datetime) -> int:
        """Make due what was put off by a clock that ran ahead; how many records.

        A page looked at or a message tried "later than now" is proof of such a clock. Times of
        observation stay as they were written: they are evidence, also of the wrong clock.
        """
        moment, far = stamp(now), stamp(now + LONGEST_WAIT)
        with self.write_tx():
            pages = self._run(
                "UPDATE pages SET next_check = ? WHERE checked_at > ? AND next_check > ?",
                (moment, moment, moment),
            ).rowcount
            messages = self._run(
                "UPDATE outbox SET next_attempt = ? WHERE state IN (?, ?) AND next_attempt > ?"
                " AND (created > ? OR last_attempt > ?)",
                (moment, OutboxState.PENDING, OutboxState.UNKNOWN, moment, moment, moment),
            ).rowcount
            return pages + messages + self._mend_channels(far)

    def _mend_channels(self, far: str) -> int:
        mended = 0
        for row in self._rows("SELECT channel, state FROM channel_state"):
            state = json.loads(row["state"])
            until = state.get("paused_until")
            if until and stamp(datetime.fromisoformat(until)) > far:
                self._run("DELETE FROM channel_state WHERE channel = ?", (row["channel"],))
                mended += 1
        return mended
