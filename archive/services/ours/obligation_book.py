"""Obligations: who does a duty of ours, by when, how far it is, and what shows that it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from archive.column_values import day as day_text
from archive.column_values import dumps, parse_day, parse_stamp, stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database, EvidenceStore, Row
from archive.repositories.audit_log import AuditLog
from config.time_zone import BEIJING
from domain.law.duties import Duty
from domain.records.handling import AuditEntry
from domain.records.obligation import (
    CLOSED,
    Obligation,
    ObligationState,
    OwedDuty,
    ProofOfDuty,
)

_SELECT = (
    "SELECT o.*, n.title, n.jurisdiction, n.severity, n.url FROM obligations o"
    " LEFT JOIN notices n ON n.id = o.notice_id"
)
_FIND = (
    f"{_SELECT} WHERE (? IS NULL OR o.entity = ?) AND (? IS NULL OR o.owner = ?)"
    " AND (? = '[]' OR o.state IN ({states}))"
    " ORDER BY o.due IS NULL, o.due, o.id"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationBook:
    """Obligations and their history, which stands in the audit log."""

    db: Database
    clock: Clock
    files: EvidenceStore
    audit_log: AuditLog

    def find(
        self,
        *,
        entity: str | None = None,
        states: Sequence[ObligationState] = (),
        owner: str | None = None,
    ) -> list[Obligation]:
        """Obligations, the nearest day first; those whose duty is over come with ``ended``."""
        rows = self.db.rows(
            _FIND.format(states=self.db.dialect.texts),
            (entity, entity, owner, owner, *(2 * (dumps(list(states)),))),
        )
        return [self._obligation(row) for row in rows]

    def of_notice(self, notice_id: int) -> list[Obligation]:
        """The obligations that rest on an act and are not over."""
        rows = self.db.rows(
            f"{_SELECT} WHERE o.notice_id = ? AND o.ended IS NULL ORDER BY o.id", (notice_id,)
        )
        return [self._obligation(row) for row in rows]

    def put_back(self, before: Mapping[str, Any], who: str) -> None:
        """As it was before a step that is undone; ``before`` is what :func:`as_it_is` gave."""
        known = self.get(int(before["id"]))
        fields = {name: before[name] for name in ("state", "owner", "due", "reason", "asked_by")}
        self._change(known, who, "undo", fields)

    def get(self, number: int) -> Obligation:
        """One obligation; ArchiveError where there is none."""
        row = self.db.row(f"{_SELECT} WHERE o.id = ?", (number,))
        if row is None:
            raise ArchiveError(f"there is no obligation {number}")
        return self._obligation(row)

    def history(self, number: int) -> list[AuditEntry]:
        """What was done with an obligation, oldest first."""
        return self.audit_log.of_subject(self.get(number).subject)

    def take(
        self, number: int, who: str, *, owner: str | None = None, due: date | None = None
    ) -> Obligation:
        """Somebody takes an obligation on, or gives it to an ``owner``."""
        known = self._open(number)
        fields: dict[str, Any] = {"state": "in_progress", "owner": owner or who}
        if due is not None:
            fields["due"] = day_text(due)
        return self._change(known, who, "take", fields)

    def done(
        self, number: int, who: str, *, note: str = "", second_person: bool = False
    ) -> Obligation:
        """It is done; where ``second_person``, once somebody else says so too."""
        known = self._open(number)
        fields = {"state": "done", "owner": known.owner or who, "reason": ""}
        return self._close(known, who, "done", fields, note, second_person)

    def not_for_us(
        self, number: int, who: str, reason: str, *, second_person: bool = False
    ) -> Obligation:
        """It is no concern of the company; the reason is kept."""
        if not reason.strip():
            raise ArchiveError("say why it is not for us: a reason is kept with it")
        known = self._open(number)
        fields = {"state": "not_for_us", "reason": reason.strip()}
        return self._close(known, who, "not_for_us", fields, reason.strip(), second_person)

    def reopen(self, number: int, who: str, *, note: str = "") -> Obligation:
        """What was closed, or waits for a second person, is open again."""
        known = self.get(number)
        if known.state not in CLOSED and known.asked_by is None:
            raise ArchiveError(f"obligation {number} is {known.state.replace('_', ' ')} already")
        state = "in_progress" if known.owner else "open"
        fields = {"state": state, "reason": "", "asked_by": None}
        return self._change(known, who, "reopen", fields, note=note)

    def add_file(self, number: int, who: str, name: str, content: bytes) -> Obligation:
        """Keep a file that shows that the duty is fulfilled, by its hash."""
        known = self.get(number)
        return self._add(known, who, "file", self.files.put(content), name)

    def add_link(self, number: int, who: str, address: str) -> Obligation:
        """Keep the address of what shows that the duty is fulfilled."""
        if not address.startswith(("https://", "http://")):
            raise ArchiveError(f"expected an http or https address, got {address!r}")
        return self._add(self.get(number), who, "link", address, address)

    def open_one(self, owed: OwedDuty) -> None:
        """A duty applies that has no row yet; inside a transaction."""
        now = stamp(self.clock())
        number = self.db.insert(
            "obligations",
            {
                "entity": owed.entity,
                "duty_id": owed.duty_id,
                "notice_id": owed.notice_id,
                "state": "open",
                "due": day_text(owed.due),
                "duty": dumps(owed.duty.to_json()),
                "created": now,
                "changed": now,
            },
        )
        self.audit_log.record("noticewatch", "obligation.open", f"obligation {number}")

    def update(self, known: Obligation, action: str, fields: dict[str, Any]) -> None:
        """What the law or the calendar changes; ``action`` '' is not worth a line of history."""
        if action:
            self._change(known, "noticewatch", action, fields)
        else:
            self._write(known.id, fields)

    def _open(self, number: int) -> Obligation:
        known = self.get(number)
        if known.state in CLOSED:
            raise ArchiveError(
                f"obligation {number} is {known.state.replace('_', ' ')}: reopen it first"
            )
        return known

    def _close(
        self, known: Obligation, who: str, action: str, fields: dict[str, Any], note: str,
        second_person: bool,
    ) -> Obligation:  # fmt: skip
        fields |= {"last_review": day_text(self._today()), "law_changed_since": None}
        if second_person and known.severity == "red":
            if known.asked_by is None:
                waiting = {"asked_by": who, "state": "in_progress"}
                return self._change(known, who, f"{action}_asked", waiting, note=note)
            if known.asked_by == who:
                raise ArchiveError(f"a RED duty is closed by a second person, not by {who} again")
        return self._change(known, who, action, {**fields, "asked_by": None}, note=note)

    def _add(self, known: Obligation, who: str, kind: str, value: str, name: str) -> Obligation:
        with self.db.transaction():
            self.db.insert(
                "obligation_evidence",
                {"obligation_id": known.id, "kind": kind, "value": value, "name": name,
                 "who": who, "at": stamp(self.clock())},
            )  # fmt: skip
            return self._change(known, who, f"evidence_{kind}", {}, note=f"{name} {value}")

    def _change(
        self, known: Obligation, who: str, action: str, fields: dict[str, Any], note: str = ""
    ) -> Obligation:
        """Write the fields, and into the history who did what."""
        with self.db.transaction():
            self._write(known.id, fields)
            told = {name: value for name, value in fields.items() if name != "duty"}
            detail = {**told, **({"note": note} if note else {})}
            self.audit_log.record(who, f"obligation.{action}", known.subject, detail)
        return self.get(known.id)

    def _write(self, number: int, fields: dict[str, Any]) -> None:
        values = {**fields, "changed": stamp(self.clock())}
        names = ", ".join(f"{name} = ?" for name in values)
        with self.db.transaction():
            self.db.run(
                f"UPDATE obligations SET {names} WHERE id = ?",  # noqa: S608 (our own names)
                (*values.values(), number),
            )

    def _today(self) -> date:
        return self.clock().astimezone(BEIJING).date()

    def _obligation(self, row: Row) -> Obligation:
        proofs = self.db.rows(
            "SELECT * FROM obligation_evidence WHERE obligation_id = ? ORDER BY id", (row["id"],)
        )
        return Obligation(
            id=row["id"],
            entity=row["entity"],
            duty_id=row["duty_id"],
            notice_id=row["notice_id"],
            state=cast("ObligationState", row["state"]),
            duty=Duty.from_json(json.loads(row["duty"])),
            owner=row["owner"],
            due=parse_day(row["due"]),
            reason=row["reason"],
            last_review=parse_day(row["last_review"]),
            law_changed_since=parse_day(row["law_changed_since"]),
            asked_by=row["asked_by"],
            ended=parse_day(row["ended"]),
            title=row["title"] or "",
            jurisdiction=row["jurisdiction"] or "",
            severity=row["severity"] or "grey",
            url=row["url"] or "",
            changed=parse_stamp(row["changed"]),
            proofs=tuple(_proof(proof) for proof in proofs),
        )


def as_it_is(known: Obligation) -> dict[str, Any]:
    """What a step changes, to be put back when it is undone."""
    return {
        "id": known.id, "state": known.state, "owner": known.owner, "due": day_text(known.due),
        "reason": known.reason, "asked_by": known.asked_by,
    }  # fmt: skip


def _proof(row: Row) -> ProofOfDuty:
    return ProofOfDuty(
        kind=row["kind"], value=row["value"], name=row["name"], who=row["who"],
        at=parse_stamp(row["at"]),
    )  # fmt: skip
