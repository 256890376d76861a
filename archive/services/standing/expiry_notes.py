"""Tell ahead that an act's term ends: 180 and 60 days before, and on its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from archive.column_values import parse_day
from archive.ports import Clock, Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.services.act_summary import ActSummary
from config.time_zone import BEIJING
from domain.records.reason import reason
from domain.records.states import ChangeKind

AHEAD = (180, 60, 0)
"""Days before the last day of an act on which its end is told."""

_LATE = timedelta(days=14)  # what is found later is not told any more: the next day will be
_MOST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpiryNotes:
    """Tells ahead that an act's term ends; each day once, also after an extension."""

    db: Database
    clock: Clock
    summary: ActSummary
    changes: Changes

    def tell(self) -> int:
        """Record what is to be told today; how many acts that concerns."""
        today = self.clock().astimezone(BEIJING).date()
        last = today + timedelta(days=max(AHEAD))
        rows = self.db.rows(
            "SELECT * FROM notices WHERE expires BETWEEN ? AND ? AND relevant_because IS NOT NULL"
            " AND coalesce(status, '') != 'repealed' AND coalesce(stage, '') != 'draft'"
            " ORDER BY id LIMIT ?",
            (today.isoformat(), last.isoformat(), _MOST),
        )
        with self.db.transaction():
            return sum(self._note(row, today) for row in rows)

    def _note(self, notice: Row, today: date) -> bool:
        expires = parse_day(notice["expires"])
        assert expires is not None
        passed = [ahead for ahead in AHEAD if expires - timedelta(days=ahead) <= today]
        ahead = min(passed, default=None)
        if ahead is None or today - (expires - timedelta(days=ahead)) > _LATE:
            return False
        why = reason("act.term_ends", day=expires.isoformat(), ahead=ahead)
        if self._told(notice["id"], why.dumps()):
            return False
        leads = self.summary.leads(notice["id"])
        if not leads:
            return False
        number = leads[0].version.number
        self.changes.add(
            leads[0].row,
            NewChange(
                kind=ChangeKind.STATUS, at=self.clock(), versions=(number, number), reason=why,
                baseline=False,
            ),
        )  # fmt: skip
        return True

    def _told(self, notice_id: int, why: str) -> bool:
        found = self.db.value(
            "SELECT 1 FROM changes WHERE notice_id = ? AND kind = 'status' AND reason_data = ?",
            (notice_id, why),
        )
        return found is not None
