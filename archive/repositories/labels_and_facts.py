"""Topics, facts and duties of acts."""

from __future__ import annotations

from collections.abc import Sequence

from archive.column_values import dumps
from archive.ports import Database
from archive.row_mappers import duty_of, encode_evidence, fact_of
from domain.law.duties import Duty
from domain.records.classify_task import Classification
from domain.records.fact import Fact


class LabelsAndFacts:
    """Topics, facts and duties of acts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def facts_of(self, notice_id: int) -> list[Fact]:
        rows = self._db.rows("SELECT * FROM facts WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [fact_of(row) for row in rows]

    def duties_of(self, notice_id: int) -> list[Duty]:
        rows = self._db.rows("SELECT * FROM duties WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [duty_of(row) for row in rows]

    def save_labels(self, notice_id: int, result: Classification) -> None:
        self._db.run("DELETE FROM labels WHERE notice_id = ?", (notice_id,))
        for label in result.labels:
            self._db.insert(
                "labels",
                {
                    "notice_id": notice_id,
                    "topic": label.topic,
                    "score": float(label.score),
                    "evidence": encode_evidence(label.evidence),
                    "model": label.model,
                },
            )

    def save_facts(self, notice_id: int, facts: Sequence[Fact]) -> None:
        self._db.run("DELETE FROM facts WHERE notice_id = ?", (notice_id,))
        for fact in facts:
            self._db.insert(
                "facts",
                {
                    "notice_id": notice_id,
                    "kind": fact.kind,
                    "value": dumps(fact.value.to_json()),
                    "quote": fact.quote,
                    "place": fact.where,
                    "certainty": fact.certainty,
                },
            )

    def save_duties(self, notice_id: int, duties: Sequence[Duty]) -> None:
        self._db.run("DELETE FROM duties WHERE notice_id = ?", (notice_id,))
        for duty in duties:
            self._db.insert(
                "duties",
                {
                    "notice_id": notice_id,
                    "duty_key": duty.key,
                    "role": duty.who.role,
                    "kind": duty.who.kind,
                    "modality": duty.modality,
                    "act": duty.act,
                    "value": dumps(duty.to_json()),
                },
            )
