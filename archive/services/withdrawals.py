"""Record that known pages were seen again, left their list, are gone or are back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive.column_values import day, stamp
from archive.ports import Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.repositories.postings import Postings
from archive.row_mappers import change_of
from archive.services.act_summary import ActSummary
from archive.services.standing.act_effects import ActEffects
from domain.records.change import Change
from domain.records.observation import Observation
from domain.records.reason import Reason, reason
from domain.records.states import ChangeKind, PostingState


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawals:
    """Moves postings between live, unlisted and withdrawn.

    A page that left its list but still answers is ``unlisted``: kept and shown, no change, and
    no step towards a withdrawal. Only a page that is gone at two looks is ``withdrawn``.
    """

    db: Database
    postings: Postings
    changes: Changes
    summary: ActSummary
    effects: ActEffects

    def seen_unchanged(self, url: str, at: datetime) -> bool:
        """A 304 or the same bytes: only ``last_seen`` moves. False if the url is unknown.
        If the posting was withdrawn it becomes ``restored`` (a change)."""
        posting = self.db.row("SELECT * FROM postings WHERE url = ?", (url,))
        if posting is None:
            return False
        with self.db.transaction():
            posting = self.postings.row(posting["id"])
            number = self.db.value(
                "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
            )
            self.seen(posting, at, None)
            self.restore(posting, number, at)
        return True

    def seen(self, posting: Row, at: datetime, observation: Observation | None) -> None:
        self.db.run(
            "UPDATE postings SET last_seen = CASE WHEN last_seen > ? THEN last_seen ELSE ? END,"
            " gone_looks = 0,"
            " state = CASE state WHEN ? THEN ? ELSE state END WHERE id = ?",
            (*(2 * (stamp(at),)), PostingState.WITHDRAWN, PostingState.LIVE, posting["id"]),
        )
        self.db.run(
            "UPDATE pages SET gone_looks = 0 WHERE url = ? AND gone_looks != 0", (posting["url"],)
        )
        if observation is not None and posting["published"] is None:
            self.db.run(
                "UPDATE postings SET published = ? WHERE id = ?",
                (day(observation.parsed.dates.published), posting["id"]),
            )

    def restore(self, posting: Row, number: int, at: datetime) -> Change | None:
        """``posting`` as it was before it was seen now."""
        if posting["state"] != PostingState.WITHDRAWN:
            return None
        change_id = self.changes.add(
            posting,
            NewChange(
                kind=ChangeKind.RESTORED,
                at=at,
                versions=(number, number),
                reason=reason("change.restored"),
            ),
        )
        self._came_or_went(posting["notice_id"])
        return self.changes.get(change_id)

    def unlisted(self, urls: Iterable[str]) -> int:
        """Pages that left their list: how many were live and are ``unlisted`` now. Nobody is
        told; a page becomes live again when a list shows it."""
        with self.db.transaction():
            return sum(
                self.db.run(
                    "UPDATE postings SET state = ? WHERE url = ? AND state = ?",
                    (PostingState.UNLISTED, url, PostingState.LIVE),
                )
                for url in urls
            )

    def gone(self, url: str, why: Reason, at: datetime, *, confirmed: bool) -> Change | None:
        """The page says that it is gone (404, 410, removal text). The first look is remembered;
        a confirmed second one yields exactly one ``withdrawn`` change."""
        with self.db.transaction():
            posting = self.db.row("SELECT * FROM postings WHERE url = ?", (url,))
            if posting is None or posting["state"] == PostingState.WITHDRAWN:
                return None
            looks = max(
                posting["gone_looks"],
                self.db.value("SELECT gone_looks FROM pages WHERE url = ?", (url,)) or 0,
            )
            second = confirmed and looks >= 1
            self.db.run(
                "UPDATE postings SET gone_looks = ?, state = ? WHERE id = ?",
                (
                    looks + 1,
                    PostingState.WITHDRAWN if second else posting["state"],
                    posting["id"],
                ),
            )
            if not second:
                return None
            number = self.db.value(
                "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
            )
            change_id = self.changes.add(
                posting,
                NewChange(
                    kind=ChangeKind.WITHDRAWN,
                    at=at,
                    versions=(number, None),
                    reason=why,
                ),
            )
            self._came_or_went(posting["notice_id"])
            row = self.db.row("SELECT * FROM changes WHERE id = ?", (change_id,))
            assert row is not None
            return change_of(row)

    def _came_or_went(self, notice_id: int) -> None:
        """What an act does to others rests on a page that is there."""
        self.summary.refresh(notice_id)
        self.effects.restate_all(self.effects.targets(notice_id))
