"""What people say and do: feedback, acknowledgements, the audit log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast, get_args

from archive.backends.sqlite.connection import ArchiveError, Connected, dumps, parse_stamp, stamp

Verdict = Literal["relevant", "not_relevant", "wrong_topic"]
AcknowledgementState = Literal["open", "acknowledged", "assigned", "assessed", "closed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What a reader said of a notice's labels; an editor's confirmation makes it count."""

    id: int
    notice_id: int
    verdict: Verdict
    who: str
    at: datetime
    topic: str | None = None
    note: str = ""
    text_sha256: str = ""  # of the text that was judged
    confirmed_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AcknowledgementStep:
    state: AcknowledgementState
    who: str
    at: datetime
    assignee: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledgement:
    """Where the handling of a notice stands; ``history`` oldest first."""

    notice_id: int
    state: AcknowledgementState
    assignee: str | None = None
    history: tuple[AcknowledgementStep, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    id: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class Staff(Connected):
    # -- feedback -------------------------------------------------------------------------
    def add_feedback(
        self,
        notice_id: int,
        verdict: Verdict,
        who: str,
        *,
        topic: str | None = None,
        note: str = "",
        confirmed: bool = False,
    ) -> int:
        """Keep a reader's verdict; ``confirmed`` when an editor gives it."""
        if verdict not in get_args(Verdict):
            raise ArchiveError(f"feedback is {', '.join(get_args(Verdict))}, not {verdict!r}")
        now = stamp(self.clock())
        with self.write_tx():
            self._known_notice(notice_id)
            text = self._value(
                "SELECT v.text_sha256 FROM versions v JOIN postings p ON p.id = v.posting_id"
                " WHERE p.notice_id = ? ORDER BY v.id DESC LIMIT 1",
                (notice_id,),
            )
            return self._insert(
                "feedback",
                {
                    "notice_id": notice_id,
                    "verdict": verdict,
                    "topic": topic,
                    "who": who,
                    "at": now,
                    "note": note,
                    "text_sha256": text or "",
                    "confirmed_by": who if confirmed else None,
                    "confirmed_at": now if confirmed else None,
                },
            )

    def feedback(self, notice_id: int | None = None) -> list[Feedback]:
        """Verdicts, oldest first."""
        rows = self._rows(
            "SELECT * FROM feedback WHERE ? IS NULL OR notice_id = ? ORDER BY id",
            (notice_id, notice_id),
        )
        return [
            Feedback(
                id=row["id"],
                notice_id=row["notice_id"],
                verdict=cast("Verdict", row["verdict"]),
                who=row["who"],
                at=parse_stamp(row["at"]),
                topic=row["topic"],
                note=row["note"],
                text_sha256=row["text_sha256"],
                confirmed_by=row["confirmed_by"],
            )
            for row in rows
        ]

    # -- acknowledgement ------------------------------------------------------------------
    def acknowledge(
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
        with self.write_tx():
            self._known_notice(notice_id)
            before = self.acknowledgement(notice_id)
            assignee = assignee or (who if state == "assigned" else before.assignee)
            if (before.state, before.assignee) == (state, assignee) and not note:
                return before
            self._insert(
                "acknowledgements",
                {
                    "notice_id": notice_id,
                    "state": state,
                    "who": who,
                    "assignee": assignee,
                    "at": stamp(self.clock()),
                    "note": note,
                },
            )
            return self.acknowledgement(notice_id)

    def advance(
        self, notice_id: int, state: AcknowledgementState, who: str, *, assignee: str | None = None
    ) -> Acknowledgement:
        """Like :meth:`acknowledge`, but never back: a late click on an old message leaves an
        act that is already further where it is."""
        order = get_args(AcknowledgementState)
        with self.write_tx():
            self._known_notice(notice_id)
            before = self.acknowledgement(notice_id)
            if order.index(before.state) > order.index(state):
                return before
            return self.acknowledge(notice_id, state, who, assignee=assignee)

    def acknowledgement(self, notice_id: int) -> Acknowledgement:
        """Where a notice stands; ``open`` when nobody has touched it."""
        rows = self._rows(
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

    def _known_notice(self, notice_id: int) -> None:
        if self._value("SELECT 1 FROM notices WHERE id = ?", (notice_id,)) is None:
            raise ArchiveError(f"there is no notice {notice_id}")

    # -- audit ----------------------------------------------------------------------------
    def audit(
        self, who: str, action: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Write down who did what."""
        with self.write_tx():
            self._insert(
                "audit",
                {
                    "at": stamp(self.clock()),
                    "who": who,
                    "action": action,
                    "subject": subject,
                    "detail": dumps(dict(detail or {})),
                },
            )

    def audit_log(self, limit: int = 100) -> list[AuditEntry]:
        """The latest entries, newest first."""
        rows = self._rows("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,))
        return [_audit_entry(row) for row in rows]

    def last_of_each(self, action: str) -> dict[str, AuditEntry]:
        """The newest entry of an action for each of its subjects."""
        rows = self._rows(
            "SELECT * FROM audit WHERE id IN"
            " (SELECT max(id) FROM audit WHERE action = ? GROUP BY subject)",
            (action,),
        )
        return {row["subject"]: _audit_entry(row) for row in rows}


def _audit_entry(row: sqlite3.Row) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=parse_stamp(row["at"]),
        who=row["who"],
        action=row["action"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
    )
