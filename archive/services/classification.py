"""Hand out changes that wait for the classifier, and store its results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from archive.column_values import dumps, stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database, Row, SearchIndex
from archive.repositories.changes import Changes
from archive.repositories.embeddings import Embeddings
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.versions import Versions
from archive.row_mappers import encode_duties, encode_facts
from archive.services.act_relations import ActRelations
from archive.services.editions import Editions
from archive.services.ledger import Ledger
from archive.services.ours.corrections import Corrections
from archive.services.ours.name_reading import NameReading
from archive.services.severity_assessment import SeverityAssessment
from domain.facts.open_dates import first_date
from domain.law.classify_task import Classification, ClassifyTask, ComparedActs, EffectsKey
from domain.records.notice import Version
from domain.records.reason import loads_reason
from domain.records.states import ChangeKind, ChangeState, FactKind, Standing
from i18n.catalogue import english

# Alerts before baselines, central departments before provinces and these before what is below
# them, the newest act first; the changes of one act in the order in which they happened.
_FIRST = (
    "min(c.baseline) OVER act, min(length(p.jurisdiction)) OVER act, max(c.id) OVER act DESC, c.id"
)
# Written out, not a parameter: only so does SQLite use the index over the waiting changes.
_PENDING = (
    "SELECT c.*, n.jurisdiction, p.publisher FROM changes c"  # noqa: S608 (our own constant)
    " JOIN notices n ON n.id = c.notice_id JOIN postings p ON p.id = c.posting_id"
    f" WHERE c.state = '{ChangeState.UNCLASSIFIED}'"
)
_TARGETS_KEYS = (
    "SELECT effects_sha256 FROM notices WHERE id IN (SELECT target_id FROM relations"
    " WHERE notice_id = ? AND effect IS NOT NULL) ORDER BY id"
)
_WINDOW = " WINDOW act AS (PARTITION BY c.notice_id)"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassificationQueue:
    """Changes that wait for the classifier, and what comes back of them."""

    db: Database
    clock: Clock
    index: SearchIndex
    changes: Changes
    versions: Versions
    editions: Editions
    labels_and_facts: LabelsAndFacts
    embeddings: Embeddings
    relations: ActRelations
    severity: SeverityAssessment
    ledger: Ledger
    names: NameReading
    corrections: Corrections

    def pending(self, limit: int = 100, without: Collection[int] = ()) -> list[ClassifyTask]:
        """Changes that the classifier has not seen, those that matter most first; ``without``:
        acts whose changes are left out."""
        marks = ", ".join("?" for _ in without)
        left_out = f" AND c.notice_id NOT IN ({marks})" if without else ""
        rows = self.db.rows(
            f"{_PENDING}{left_out}{_WINDOW} ORDER BY {_FIRST} LIMIT ?",
            (*without, limit),
        )
        return [self._task(row) for row in rows]

    def _task(self, row: Row) -> ClassifyTask:
        version = self.versions.get(row["posting_id"], row["to_version"])
        assert version is not None
        before = None
        if row["from_version"] is not None and row["from_version"] != row["to_version"]:
            before = self.versions.get(row["posting_id"], row["from_version"])
        if row["kind"] == ChangeKind.ATTACHMENT_READ:
            before = _without_scan(version, row["reason_data"])
        new = row["kind"] == ChangeKind.NEW
        pairs = self.editions.act_pairs(row["notice_id"]) if new else []
        history = self.ledger.history(row["notice_id"])
        periods = self.ledger.periods(history, version) if history is not None else ()
        return ClassifyTask(
            change_id=row["id"],
            notice_id=row["notice_id"],
            kind=ChangeKind(row["kind"]),
            jurisdiction=row["jurisdiction"],
            publisher=row["publisher"],
            version=version,
            before=before,
            acts=tuple(
                ComparedActs(
                    before=pair.before, after=pair.after, events=pair.events, earlier=pair.earlier
                )
                for pair in pairs
            ),
            history=history if periods else None,
            periods=periods,
            effects_key=self._effects_key(row["notice_id"]),
        )

    def store(self, result: Classification) -> None:
        """Labels, facts, stage, relations, status and severity of the notice, labels and
        facts before/after of the change, and the work for the notifier: one transaction."""
        with self.db.transaction():
            change = self.db.row("SELECT * FROM changes WHERE id = ?", (result.change_id,))
            if change is None:
                raise ArchiveError(f"there is no change {result.change_id}")
            notice_id = change["notice_id"]
            if self._of_a_copy(change["posting_id"]):
                self._set_aside(change["id"])
                return
            read_with, now = result.effects_key, self._effects_key(notice_id)
            stale = read_with is not None and read_with.of_targets != now.of_targets
            self.labels_and_facts.save_labels(notice_id, result)
            self.labels_and_facts.save_facts(notice_id, result.facts)
            self.labels_and_facts.save_duties(notice_id, result.duties, result.duty_periods)
            self._store_notice(notice_id, result)
            self.corrections.apply(notice_id)
            self.names.read_if_told(notice_id)
            self.embeddings.save(notice_id, result.vectors_encoder or result.model, result.vectors)
            self.relations.relate(notice_id)
            self.index.put_card(notice_id)
            self._store_change(change, result)
            # Storing it may show what others do to it, and what it does to its own targets.
            stale = stale or (read_with is not None and read_with.own != self._own_key(notice_id))
            if stale:
                self.changes.reclassify(notice_id)

    def _effects_key(self, notice_id: int) -> EffectsKey:
        rows = self.db.rows(_TARGETS_KEYS, (notice_id,))
        of_targets = tuple(row["effects_sha256"] for row in rows)
        return EffectsKey(own=self._own_key(notice_id), of_targets=of_targets)

    def _own_key(self, notice_id: int) -> str:
        return str(self.db.value("SELECT effects_sha256 FROM notices WHERE id = ?", (notice_id,)))

    def _of_a_copy(self, posting_id: int) -> bool:
        """Whether the page became a copy while its change waited: it says nothing of the act."""
        standing = self.db.value("SELECT standing FROM postings WHERE id = ?", (posting_id,))
        return bool(standing == Standing.COPY)

    def _set_aside(self, change_id: int) -> None:
        self.db.run(
            "UPDATE changes SET substantive = 0, state = ? WHERE id = ?",
            (ChangeState.CLASSIFIED, change_id),
        )

    def _store_notice(self, notice_id: int, result: Classification) -> None:
        self.db.run(
            "UPDATE notices SET stage = ?, relevant_because = ?, model = ?,"
            " title_en = coalesce(?, title_en), effective = ?, expires = ?, changed_at = ?,"
            " severity_rule_data = ? WHERE id = ?",
            (
                result.stage,
                result.relevant_because,
                result.model,
                result.title_en,
                _iso(first_date(result.facts, FactKind.EFFECTIVE_DATE)),
                _iso(first_date(result.facts, FactKind.EXPIRY_DATE)),
                stamp(self.clock()),
                None if result.near is None else result.near.dumps(),
                notice_id,
            ),
        )

    def _store_change(self, change: Row, result: Classification) -> None:
        notice = self.db.row("SELECT * FROM notices WHERE id = ?", (change["notice_id"],))
        assert notice is not None
        act = self.severity.reassess_notice(notice["id"])
        topics = result.change_topics or tuple(label.topic for label in result.labels)
        changed = self.severity.assess(
            notice,
            result.facts,
            ChangeKind(change["kind"]),
            result.facts_before,
            result.facts_after,
        )
        self.db.run(
            "UPDATE changes SET labels = ?, facts_before = ?, facts_after = ?,"
            " duties_before = ?, duties_after = ?, severity = ?, severity_rule = ?,"
            " severity_rule_data = ?, state = CASE WHEN told = 1 THEN ?"
            " WHEN state = ? THEN ? ELSE state END WHERE id = ?",
            (
                dumps(list(topics)),
                encode_facts(result.facts_before),
                encode_facts(result.facts_after),
                encode_duties(result.duties_before),
                encode_duties(result.duties_after),
                changed.severity,
                english(changed.rule),
                changed.rule.dumps(),
                ChangeState.SELECTED,
                ChangeState.UNCLASSIFIED,
                ChangeState.CLASSIFIED,
                change["id"],
            ),
        )
        # A withdrawal found before its notice was classified learns its topics now.
        self.db.run(
            "UPDATE changes SET labels = ?, severity = ?, severity_rule = ?,"
            " severity_rule_data = ? WHERE notice_id = ?"
            " AND state = ? AND kind IN ('withdrawn', 'copied', 'status')",
            (
                dumps([label.topic for label in result.labels]),
                act.severity,
                english(act.rule),
                act.rule.dumps(),
                notice["id"],
                ChangeState.CLASSIFIED,
            ),
        )


def _without_scan(version: Version, reason_data: str | None) -> Version:
    """The version as it could be read before a scan of it was."""
    why = loads_reason(reason_data)
    sha256 = why.parameters.get("sha256") if why else None
    files = (
        replace(file, text="", unsure=()) if file.sha256 == sha256 else file
        for file in version.attachments
    )
    return replace(version, attachments=tuple(files))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
