"""Store who took an act on, and how far the work is."""

from __future__ import annotations

from typing import cast, get_args

from archive.column_values import parse_stamp, stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database
from archive.repositories.notices import require_notice
from domain.records.handling import Acknowledgement, AcknowledgementState, AcknowledgementStep


class Acknowledgements:
    """Who took an act on, and how far the work is."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def move(
        self,
        notice_id: int,
        state: AcknowledgementState,
        who: str,
        *,
        assignee: str | None = None,
        note: str = "",
    ) -> Acknowledgement:
        """Move a notice to a state of the workflow; the same state again changes nothing."""
        if state not in get_args(AcknowledgementState):
            raise ArchiveError(f"{state!r} is no state of an acknowledgement")
        with self._db.transaction():
            require_notice(self._db, notice_id)
            before = self.of_notice(notice_id)
            kept = None if state == "open" else before.assignee  # what is open is nobody's
            assignee = assignee or (who if state == "assigned" else kept)
            if (before.state, before.assignee) == (state, assignee) and not note:
                return before
            self._db.insert(
                "acknowledgements",
                {
                    "notice_id": notice_id,
                    "state": state,
                    "who": who,
                    "assignee": assignee,
                    "at": stamp(self._clock()),
                    "note": note,
                },
            )
            return self.of_notice(notice_id)

    def advance(
        self, notice_id: int, state: AcknowledgementState, who: str, *, assignee: str | None = None
    ) -> Acknowledgement:
        """Like :meth:`acknowledge`, but never back: a late click on an old message leaves an
        act that is already further where it is."""
        order = get_args(AcknowledgementState)
        with self._db.transaction():
            require_notice(self._db, notice_id)
            before = self.of_notice(notice_id)
            if order.index(before.state) > order.index(state):
                return before
            return self.move(notice_id, state, who, assignee=assignee)

    def assigned_to(self, who: str) -> list[int]:
        """The notices that somebody has in hand, as their last step says."""
        rows = self._db.rows(
            "SELECT notice_id FROM acknowledgements WHERE state = 'assigned' AND assignee = ?"
            " AND id IN (SELECT max(id) FROM acknowledgements GROUP BY notice_id)"
            " ORDER BY notice_id",
            (who,),
        )
        return [row["notice_id"] for row in rows]

    def of_notice(self, notice_id: int) -> Acknowledgement:
        """Where a notice stands; ``open`` when nobody has touched it."""
        rows = self._db.rows(
            "SELECT * FROM acknowledgements WHERE notice_id = ? ORDER BY id", (notice_id,)
        )
        steps = tuple(
            AcknowledgementStep(
                state=cast("AcknowledgementState", row["state"]),
                who=row["who"],
                at=parse_stamp(row["at"]),
                assignee=row["assignee"],
                note=row["note"],
            )
            for row in rows
        )
        if not steps:
            return Acknowledgement(notice_id=notice_id, state="open")
        last = steps[-1]
        return Acknowledgement(
            notice_id=notice_id, state=last.state, assignee=last.assignee, history=steps
        )
