"""Topics, facts, duties and names of companies of acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from archive.column_values import dumps
from archive.ports import Database
from archive.row_mappers import duty_of, encode_evidence, fact_of, mention_of
from domain.law.classify_task import Classification, DutyPeriod
from domain.law.duties import Duty
from domain.names.mention import NameMention
from domain.records.fact import Fact

LAST_DAY = "9999-12-31"
"""The last day of duties that nothing known ends."""


class LabelsAndFacts:
    """Topics, facts, duties and names of companies of acts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def facts_of(self, notice_id: int) -> list[Fact]:
        rows = self._db.rows("SELECT * FROM facts WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [fact_of(row) for row in rows]

    def duties_of(self, notice_id: int, today: date) -> list[Duty]:
        """The duties of an act as they are on a day."""
        rows = self._db.rows(
            "SELECT * FROM duties WHERE notice_id = ? AND ? BETWEEN since AND until ORDER BY id",
            (notice_id, today.isoformat()),
        )
        return [duty_of(row) for row in rows]

    def names_of(self, notice_id: int) -> list[NameMention]:
        rows = self._db.rows("SELECT * FROM names WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [mention_of(row) for row in rows]

    def save_names(self, notice_id: int, names: Sequence[NameMention]) -> None:
        self._db.run("DELETE FROM names WHERE notice_id = ?", (notice_id,))
        for one in names:
            self._db.insert(
                "names",
                {
                    "notice_id": notice_id,
                    "entity": one.entity,
                    "supplier": one.supplier,
                    "name": one.name,
                    "kind": one.kind,
                    "quote": one.quote,
                    "place": one.where,
                },
            )

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

    def save_duties(
        self, notice_id: int, duties: Sequence[Duty], periods: Sequence[DutyPeriod] = ()
    ) -> None:
        """Keep the duties of an act: one list, or one for each time in which they are the same."""
        self._db.run("DELETE FROM duties WHERE notice_id = ?", (notice_id,))
        periods = periods or (DutyPeriod(since=None, duties=tuple(duties)),)
        nexts = [period.since for period in periods[1:]]
        for period, following in zip(periods, [*nexts, None], strict=True):
            since = "" if period.since is None else period.since.isoformat()
            until = LAST_DAY if following is None else _day_before(following)
            self._save_period(notice_id, period.duties, since, until)

    def _save_period(self, notice_id: int, duties: Sequence[Duty], since: str, until: str) -> None:
        for duty in duties:
            self._db.insert(
                "duties",
                {
                    "notice_id": notice_id,
                    "since": since,
                    "until": until,
                    "duty_key": duty.key,
                    "role": duty.who.role,
                    "kind": duty.who.kind,
                    "modality": duty.modality,
                    "act": duty.act,
                    "value": dumps(duty.to_json()),
                },
            )


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()
