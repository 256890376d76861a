"""Bring the obligations in step with the law: new rows, moved days, changed and ended duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.column_values import day as day_text
from archive.column_values import dumps
from archive.ports import Database
from archive.services.ours.obligation_book import ObligationBook
from domain.law.obligation_changes import law_moved, reopens
from domain.records.obligation import Obligation, OwedDuty


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationUpkeep:
    """Keeps the obligations what the law makes them."""

    db: Database
    book: ObligationBook

    def keep(self, owed: Iterable[OwedDuty], today: date) -> None:
        """These duties apply now, and no others. A row that somebody touched stays when its
        duty is over; one that nobody did goes."""
        with self.db.transaction():
            left = {(one.entity, one.duty_id): one for one in self.book.find()}
            for duty in owed:
                known = left.pop((duty.entity, duty.duty_id), None) or self._moved(duty, left)
                if known is None:
                    self.book.open_one(duty)
                else:
                    self._keep(known, duty, today)
            for known in left.values():
                self._end(known, today)

    def _moved(self, duty: OwedDuty, left: dict[tuple[str, str], Obligation]) -> Obligation | None:
        """The row of the same duty of an act that was merged with another one since."""
        key = duty.duty_id.partition("-")[2]
        for place, known in left.items():
            gone = not known.title
            if gone and known.entity == duty.entity and known.duty_id.partition("-")[2] == key:
                return left.pop(place)
        return None

    def _keep(self, known: Obligation, owed: OwedDuty, today: date) -> None:
        fields: dict[str, Any] = {}
        action = ""
        if (known.duty_id, known.notice_id) != (owed.duty_id, owed.notice_id):
            fields |= {"duty_id": owed.duty_id, "notice_id": owed.notice_id}
        if law_moved(known.duty, owed.duty):
            fields |= {"duty": dumps(owed.duty.to_json()), "law_changed_since": day_text(today)}
            action = "law_changed"
        if reopens(known, owed):
            state = "in_progress" if known.owner else "open"
            fields |= {"state": state, "reason": "", "asked_by": None}
            action = action or "due_again"
        if known.ended is not None:
            fields["ended"] = None
            action = action or "in_force_again"
        if owed.due is not None and (known.due is None or action):
            fields["due"] = day_text(owed.due)  # a day that somebody missed stays
        if fields:
            self.book.update(known, action, fields)

    def _end(self, known: Obligation, today: date) -> None:
        if known.ended is not None:
            return
        untouched = known.state == "open" and not (known.owner or known.proofs)
        if untouched:
            self.db.run("DELETE FROM obligations WHERE id = ?", (known.id,))
        else:
            self.book.update(known, "ended", {"ended": day_text(today)})
