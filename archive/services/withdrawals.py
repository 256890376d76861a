"""Pages seen again, gone, and back: withdrawals and restorations."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from archive.backends.sqlite.connection import day, stamp
from archive.repositories.row_mappers import change_of
from archive.repositories.versions import Versions
from domain.records.change import Change
from domain.records.observation import Observation
from domain.records.reason import Reason, reason
from domain.records.states import ChangeKind, PostingState


class Presence(Versions):
    def seen_unchanged(self, url: str, at: datetime) -> bool:
        """A 304 or the same bytes: only ``last_seen`` moves. False if the url is unknown.
        If the posting was withdrawn it becomes ``restored`` (a change)."""
        posting = self._row("SELECT * FROM postings WHERE url = ?", (url,))
        if posting is None:
            return False
        with self.write_tx():
            posting = self._posting_row(posting["id"])
            number = self._value(
                "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
            )
            self._seen(posting, at, None)
            self._restore(posting, number, at)
        return True

    def _seen(self, posting: sqlite3.Row, at: datetime, observation: Observation | None) -> None:
        self._run(
            "UPDATE postings SET last_seen = max(last_seen, ?), gone_looks = 0, state = ?"
            " WHERE id = ?",
            (stamp(at), PostingState.LIVE, posting["id"]),
        )
        self._run("UPDATE pages SET gone_looks = 0 WHERE url = ? AND gone_looks", (posting["url"],))
        if observation is not None and posting["published"] is None:
            self._run(
                "UPDATE postings SET published = ? WHERE id = ?",
                (day(observation.parsed.dates.published), posting["id"]),
            )

    def _restore(self, posting: sqlite3.Row, number: int, at: datetime) -> Change | None:
        """``posting`` as it was before it was seen now."""
        if posting["state"] != PostingState.WITHDRAWN:
            return None
        change_id = self._add_change(
            posting,
            ChangeKind.RESTORED,
            at,
            versions=(number, number),
            reason=reason("change.restored"),
        )
        self._refresh_notice(posting["notice_id"])
        return self.change(change_id)

    def gone(self, url: str, why: Reason, at: datetime, *, confirmed: bool) -> Change | None:
        """The page says that it is gone (404, 410, removal text) or left a list whose window
        covers its date. The first look is remembered; a confirmed second one yields exactly
        one ``withdrawn`` change."""
        with self.write_tx():
            posting = self._row("SELECT * FROM postings WHERE url = ?", (url,))
            if posting is None or posting["state"] == PostingState.WITHDRAWN:
                return None
            looks = max(
                posting["gone_looks"],
                self._value("SELECT gone_looks FROM pages WHERE url = ?", (url,)) or 0,
            )
            second = confirmed and looks >= 1
            self._run(
                "UPDATE postings SET gone_looks = ?, state = ? WHERE id = ?",
                (
                    looks + 1,
                    PostingState.WITHDRAWN if second else PostingState.UNLISTED,
                    posting["id"],
                ),
            )
            if not second:
                return None
            number = self._value(
                "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
            )
            change_id = self._add_change(
                posting, ChangeKind.WITHDRAWN, at, versions=(number, None), reason=why
            )
            self._refresh_notice(posting["notice_id"])
            row = self._row("SELECT * FROM changes WHERE id = ?", (change_id,))
            assert row is not None
            return change_of(row)
