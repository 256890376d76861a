"""Put a topic or a fact of an act right: at once, and again whenever the act is read anew.

A correction stands in the audit log. What it was made of is recognised by kind, value and the
words it rests on, so that a later reading of the same words does not bring the error back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.column_values import dumps
from archive.errors import ArchiveError
from archive.ports import Database, SearchIndex
from archive.repositories.audit_log import AuditLog
from archive.repositories.feedback import FeedbackLog
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.marks import Marks
from archive.services.severity_assessment import SeverityAssessment
from domain.records.fact import Fact
from domain.records.fact_values import OtherValue, fact_value
from domain.records.handling import Correction
from domain.records.states import FactKind

_ACTION = "correct"
_TOPIC = "topic"
# Facts of these kinds also stand in a column of the act.
_COLUMNS = {FactKind.EFFECTIVE_DATE: "effective", FactKind.EXPIRY_DATE: "expires"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrections:
    """Corrections of topics and facts."""

    db: Database
    marks: Marks
    audit_log: AuditLog
    feedback: FeedbackLog
    labels_and_facts: LabelsAndFacts
    severity: SeverityAssessment
    index: SearchIndex

    def of_notice(self, notice_id: int) -> list[Correction]:
        """What was put right, oldest first."""
        entries = self.audit_log.of_subject(f"notice {notice_id}")
        return [
            Correction(
                kind=str(entry.detail["kind"]), was=entry.detail["was"], now=entry.detail["now"],
                quote=str(entry.detail.get("quote", "")), who=entry.who, at=entry.at,
            )
            for entry in entries
            if entry.action == _ACTION
        ]  # fmt: skip

    def topic(self, notice_id: int, who: str, *, was: str, now: str | None, note: str = "") -> None:
        """The act is not on a topic (``was``), and on another instead where ``now`` names one."""
        if not self._has_topic(notice_id, was):
            raise ArchiveError(f"this act is not on the topic {was}")
        with self.db.transaction():
            self.feedback.add(notice_id, "wrong_topic", who, topic=was, note=note, confirmed=True)
            self._settle(notice_id, who, {"kind": _TOPIC, "was": was, "now": now, "note": note})

    def fact(
        self, notice_id: int, who: str, fact: Fact, *, now: Any | None, note: str = ""
    ) -> None:
        """A fact of the act has another value (as its stored JSON), or is none (None)."""
        if fact not in self.labels_and_facts.facts_of(notice_id):
            raise ArchiveError("the act does not state this any more: open the form again")
        if now is not None and isinstance(fact_value(fact.kind, now), OtherValue):
            raise ArchiveError(f"{now!r} is no value of {fact.kind.value}")
        with self.db.transaction():
            told = {"kind": fact.kind.value, "was": fact.value.to_json(), "quote": fact.quote}
            self._settle(notice_id, who, {**told, "now": now, "note": note})

    def apply(self, notice_id: int) -> None:
        """Put right again what a new reading has brought back; inside a transaction. A mark
        spares acts that were never corrected a walk through the audit log."""
        if self.marks.get(f"corrected:{notice_id}") is None:
            return
        for one in self.of_notice(notice_id):
            if one.kind == _TOPIC:
                self._apply_topic(notice_id, one)
            else:
                self._apply_fact(notice_id, one)

    def _settle(self, notice_id: int, who: str, told: Mapping[str, Any]) -> None:
        self.audit_log.record(who, _ACTION, f"notice {notice_id}", told)
        self.marks.set(f"corrected:{notice_id}", "1")
        self.apply(notice_id)
        self.severity.reassess_notice(notice_id)
        self.index.put_card(notice_id)

    def _has_topic(self, notice_id: int, topic: str) -> bool:
        return bool(
            self.db.value(
                "SELECT 1 FROM labels WHERE notice_id = ? AND topic = ?", (notice_id, topic)
            )
        )

    def _apply_topic(self, notice_id: int, one: Correction) -> None:
        named = (notice_id, one.was)
        self.db.run("DELETE FROM labels WHERE notice_id = ? AND topic = ?", named)
        if one.now and not self._has_topic(notice_id, one.now):
            label = {"notice_id": notice_id, "topic": one.now, "score": 1.0, "evidence": "[]"}
            self.db.insert("labels", {**label, "model": f"by {one.who}"})

    def _apply_fact(self, notice_id: int, one: Correction) -> None:
        """The row of the same kind, words and value becomes what was said to be right."""
        place = (notice_id, one.kind, one.quote, dumps(one.was))
        same = "notice_id = ? AND kind = ? AND quote = ? AND value = ?"
        if one.now is None:
            self.db.run(f"DELETE FROM facts WHERE {same}", place)  # noqa: S608 (our own words)
        else:
            new = dumps(one.now)
            self.db.run(f"UPDATE facts SET value = ? WHERE {same}", (new, *place))  # noqa: S608
        column = _COLUMNS.get(FactKind(one.kind))
        if column is not None:
            self.db.run(
                f"UPDATE notices SET {column} = ? WHERE id = ? AND {column} = ?",  # noqa: S608
                (one.now, notice_id, one.was),
            )
