"""Take an act on, say that it is not for us, and undo the last step: act and duties together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from archive.column_values import day as day_text
from archive.column_values import parse_day
from archive.errors import ArchiveError
from archive.ports import Database
from archive.repositories.acknowledgements import Acknowledgements
from archive.repositories.audit_log import AuditLog
from archive.services.ours.obligation_book import ObligationBook, as_it_is
from domain.records.handling import AcknowledgementState, AuditEntry, HandlingState, NotForUs
from domain.records.obligation import CLOSED

_TAKE, _NOT_FOR_US, _UNDO = "handling.take", "handling.not_for_us", "handling.undo"
_MOST_SIMILAR = 50
# No topic of the one that the other has not.
_COVERED = (
    "NOT EXISTS (SELECT topic FROM labels WHERE notice_id = {}"
    " EXCEPT SELECT topic FROM labels WHERE notice_id = {})"
)
_SIMILAR = (
    "SELECT n.id FROM notices n JOIN notices o ON o.id = ? WHERE n.id != o.id"  # noqa: S608 (ours)
    " AND n.relevant_because IS NOT NULL AND n.severity != 'red'"
    " AND n.jurisdiction = o.jurisdiction"
    " AND EXISTS (SELECT 1 FROM labels WHERE notice_id = o.id)"
    f" AND {_COVERED.format('n.id', 'o.id')} AND {_COVERED.format('o.id', 'n.id')}"
    " AND NOT EXISTS (SELECT 1 FROM acknowledgements a WHERE a.notice_id = n.id AND a.id ="
    " (SELECT max(id) FROM acknowledgements WHERE notice_id = n.id) AND a.state != 'open')"
    " ORDER BY n.id DESC LIMIT ?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingDesk:
    """What people do with an act, step by step; the steps stand in the audit log, each with
    what it changed, so that the last one can be undone."""

    db: Database
    acknowledgements: Acknowledgements
    obligations: ObligationBook
    audit_log: AuditLog

    def take(
        self, notice_id: int, who: str, *, owner: str | None = None, due: date | None = None,
        note: str = "",
    ) -> HandlingState:  # fmt: skip
        """``owner`` (else ``who``) has the act in hand, and those of its duties that nobody has."""
        owner = owner or who
        with self.db.transaction():
            before, duties = self._before(notice_id)
            self.acknowledgements.move(notice_id, "assigned", who, assignee=owner, note=note)
            for one in duties:
                if one.state == "open" or (one.state == "in_progress" and one.owner is None):
                    self.obligations.take(one.id, who, owner=owner, due=due)
            told = {"owner": owner, "due": day_text(due), "note": note}
            self.audit_log.record(who, _TAKE, f"notice {notice_id}", {**told, "before": before})
            return self.state(notice_id)

    def not_for_us(
        self,
        notice_id: int,
        who: str,
        why: NotForUs,
        *,
        note: str = "",
        second_person: bool = False,
    ) -> HandlingState:
        """The act and its duties are no concern of ours; the reason is kept with each."""
        reason = " · ".join(part for part in (why, note) if part)
        with self.db.transaction():
            before, duties = self._before(notice_id)
            for one in duties:
                if one.state not in CLOSED:
                    self.obligations.not_for_us(one.id, who, reason, second_person=second_person)
            left = [o for o in self.obligations.of_notice(notice_id) if o.state not in CLOSED]
            state: AcknowledgementState = "acknowledged" if left else "closed"
            self.acknowledgements.move(notice_id, state, who, note=reason)
            told = {"why": why, "note": note, "before": before}
            self.audit_log.record(who, _NOT_FOR_US, f"notice {notice_id}", told)
            return self.state(notice_id)

    def undo(self, notice_id: int, who: str) -> HandlingState:
        """The last step is taken back; ArchiveError where there is none."""
        with self.db.transaction():
            steps = self._steps(notice_id)
            if not steps:
                raise ArchiveError("there is nothing to undo")
            last = steps[-1]
            before: Mapping[str, Any] = last.detail["before"]
            state = cast("AcknowledgementState", before["state"])
            self.acknowledgements.move(
                notice_id, state, who, assignee=before["owner"], note=f"undone: {last.action}"
            )
            known = {one.id for one in self.obligations.of_notice(notice_id)}
            for one in before["duties"]:
                if one["id"] in known and not self._moved_since(one["id"], last):
                    self.obligations.put_back(one, who)
            self.audit_log.record(who, _UNDO, f"notice {notice_id}", {"of": last.id})
            return self.state(notice_id)

    def state(self, notice_id: int) -> HandlingState:
        """Where an act stands. Its day is that of the last step while that step's owner has it."""
        known = self.acknowledgements.of_notice(notice_id)
        steps = self._steps(notice_id)
        last = steps[-1] if steps else None
        taken = last if last and last.action == _TAKE else None
        due = parse_day(taken.detail["due"]) if taken else None
        owner = None if known.state == "open" else known.assignee
        return HandlingState(
            notice_id=notice_id,
            state=known.state,
            owner=owner,
            due=due if taken and taken.detail["owner"] == owner else None,
            note=str(last.detail.get("note", "")) if last else "",
            by=known.history[-1].who if known.history else "",
            undoable="" if last is None else "take" if taken else "not_for_us",
        )

    def similar(self, notice_id: int) -> Sequence[int]:
        """Acts of the same place and topics that nobody has touched, none of them RED."""
        rows = self.db.rows(_SIMILAR, (notice_id, _MOST_SIMILAR))
        return [row["id"] for row in rows]

    def _moved_since(self, number: int, step: AuditEntry) -> bool:
        """Whether somebody, or the law, moved an obligation after a step."""
        later = (entry for entry in self.obligations.history(number) if entry.id > step.id)
        return any(entry.action != "obligation.undo" for entry in later)

    def _before(self, notice_id: int) -> tuple[dict[str, Any], list[Any]]:
        known = self.acknowledgements.of_notice(notice_id)
        duties = self.obligations.of_notice(notice_id)
        owner = None if known.state == "open" else known.assignee
        told = {"state": known.state, "owner": owner, "duties": [as_it_is(one) for one in duties]}
        return told, list(duties)

    def _steps(self, notice_id: int) -> list[AuditEntry]:
        """The steps that were not undone, oldest first; what somebody did otherwise since then
        (on the act's page, by a link) leaves nothing to undo."""
        steps: list[AuditEntry] = []
        for entry in self.audit_log.of_subject(f"notice {notice_id}"):
            if entry.action in (_TAKE, _NOT_FOR_US):
                steps.append(entry)
            elif entry.action == _UNDO and steps:
                steps.pop()
            elif entry.action == "acknowledge":
                steps.clear()
        return steps
