"""The classifier's queue: changes waiting, and what comes back of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from archive.backends.sqlite.connection import ArchiveError, dumps, parse_day, stamp
from archive.repositories.embeddings import Embeddings
from archive.repositories.row_mappers import encode_evidence, encode_facts
from archive.services.ingest import Ingest
from domain.records.classify_task import Classification, ClassifyTask
from domain.records.fact import Fact
from domain.records.states import ChangeKind, FactKind
from i18n.catalogue import english


class Classified(Ingest, Embeddings):
    def unclassified(self, limit: int = 100) -> list[ClassifyTask]:
        """Changes that the classifier has not seen, oldest first."""
        rows = self._rows(
            "SELECT c.*, n.jurisdiction, p.publisher FROM changes c"
            " JOIN notices n ON n.id = c.notice_id JOIN postings p ON p.id = c.posting_id"
            " WHERE c.state = 'unclassified' ORDER BY c.id LIMIT ?",
            (limit,),
        )
        return [self._task(row) for row in rows]

    def change_states(self, notice_id: int) -> dict[int, str]:
        """How far each change of an act has come: unclassified, classified or selected."""
        rows = self._rows("SELECT id, state FROM changes WHERE notice_id = ?", (notice_id,))
        return {row["id"]: row["state"] for row in rows}

    def _task(self, row: sqlite3.Row) -> ClassifyTask:
        version = self.version(row["posting_id"], row["to_version"])
        assert version is not None
        before = None
        if row["from_version"] is not None and row["from_version"] != row["to_version"]:
            before = self.version(row["posting_id"], row["from_version"])
        new = row["kind"] == ChangeKind.NEW
        pairs = self.act_pairs(row["notice_id"]) if new else []
        return ClassifyTask(
            change_id=row["id"],
            notice_id=row["notice_id"],
            kind=ChangeKind(row["kind"]),
            jurisdiction=row["jurisdiction"],
            publisher=row["publisher"],
            version=version,
            before=before,
            acts=tuple((pair.before, pair.after) for pair in pairs),
        )

    def store_classification(self, result: Classification) -> None:
        """Labels, facts, stage, relations, status and severity of the notice, labels and
        facts before/after of the change, and the work for the notifier: one transaction."""
        with self.write_tx():
            change = self._row("SELECT * FROM changes WHERE id = ?", (result.change_id,))
            if change is None:
                raise ArchiveError(f"there is no change {result.change_id}")
            notice_id = change["notice_id"]
            self._store_labels(notice_id, result)
            self._store_facts(notice_id, result.facts)
            self._store_notice(notice_id, result)
            self.save_vectors(notice_id, result.vectors_encoder or result.model, result.vectors)
            self._relate(notice_id)
            self._store_change(change, result)

    def _store_labels(self, notice_id: int, result: Classification) -> None:
        self._run("DELETE FROM labels WHERE notice_id = ?", (notice_id,))
        for label in result.labels:
            self._insert(
                "labels",
                {
                    "notice_id": notice_id,
                    "topic": label.topic,
                    "score": float(label.score),
                    "evidence": encode_evidence(label.evidence),
                    "model": label.model,
                },
            )

    def _store_facts(self, notice_id: int, facts: Sequence[Fact]) -> None:
        self._run("DELETE FROM facts WHERE notice_id = ?", (notice_id,))
        for fact in facts:
            self._insert(
                "facts",
                {
                    "notice_id": notice_id,
                    "kind": fact.kind,
                    "value": dumps(fact.value),
                    "quote": fact.quote,
                    "place": fact.where,
                },
            )

    def _store_notice(self, notice_id: int, result: Classification) -> None:
        self._run(
            "UPDATE notices SET stage = ?, relevant_because = ?, model = ?,"
            " title_en = coalesce(?, title_en), effective = ?, expires = ?, changed_at = ?"
            " WHERE id = ?",
            (
                result.stage,
                result.relevant_because,
                result.model,
                result.title_en,
                first_date(result.facts, FactKind.EFFECTIVE_DATE),
                first_date(result.facts, FactKind.EXPIRY_DATE),
                stamp(self.clock()),
                notice_id,
            ),
        )

    def _store_change(self, change: sqlite3.Row, result: Classification) -> None:
        notice = self._row("SELECT * FROM notices WHERE id = ?", (change["notice_id"],))
        assert notice is not None
        act = self._reassess(notice["id"])
        topics = result.change_topics or tuple(label.topic for label in result.labels)
        changed = self._assess(
            notice,
            result.facts,
            ChangeKind(change["kind"]),
            result.facts_before,
            result.facts_after,
        )
        self._run(
            "UPDATE changes SET labels = ?, facts_before = ?, facts_after = ?, severity = ?,"
            " severity_rule = ?, severity_rule_data = ?, state = CASE WHEN told THEN 'selected'"
            " WHEN state = 'unclassified' THEN 'classified' ELSE state END WHERE id = ?",
            (
                dumps(list(topics)),
                encode_facts(result.facts_before),
                encode_facts(result.facts_after),
                changed.severity,
                english(changed.rule),
                changed.rule.dumps(),
                change["id"],
            ),
        )
        # A withdrawal found before its notice was classified learns its topics now.
        self._run(
            "UPDATE changes SET labels = ?, severity = ?, severity_rule = ?,"
            " severity_rule_data = ? WHERE notice_id = ?"
            " AND state = 'classified' AND kind IN ('withdrawn', 'copied', 'status')",
            (
                dumps([label.topic for label in result.labels]),
                act.severity,
                english(act.rule),
                act.rule.dumps(),
                notice["id"],
            ),
        )


def first_date(facts: Sequence[Fact], kind: FactKind) -> str | None:
    """The first stated date of a kind, as ISO text."""
    for fact in facts:
        if fact.kind == kind and isinstance(fact.value, str):
            found = parse_day(fact.value)
            return None if found is None else found.isoformat()
    return None
