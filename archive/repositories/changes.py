"""Store what happened to postings, and how far each change has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive.column_values import dumps, stamp, stamp_or_none
from archive.ports import Clock, Database, Row
from archive.row_mappers import change_of
from domain.records.change import Change
from domain.records.reason import Reason
from domain.records.states import ChangeKind, ChangeState
from i18n.catalogue import english

_UNCLASSIFIED = {
    ChangeKind.NEW,
    ChangeKind.REVISED,
    ChangeKind.ATTACHMENT_REVISED,
    ChangeKind.ATTACHMENT_READ,
    ChangeKind.RETITLED,
    ChangeKind.RESTORED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NewChange:
    """Something that happened to a posting, before it is stored."""

    kind: ChangeKind
    at: datetime
    versions: tuple[int | None, int | None]  # numbers of the version before and after
    substantive: bool = True
    reason: Reason
    baseline: bool = False
    of_a_copy: bool = False  # kept, but neither classified nor told


class Changes:
    """What happened to postings, and how far each change has come."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def get(self, change_id: int) -> Change | None:
        row = self._db.row("SELECT * FROM changes WHERE id = ?", (change_id,))
        return None if row is None else change_of(row)

    def find(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        notice_id: int | None = None,
        kinds: Iterable[ChangeKind] | None = None,
    ) -> list[Change]:
        """Changes in the order in which they were found; since ≤ at < until."""
        given: dict[str, object] = {
            "at >= ?": stamp_or_none(since),
            "at < ?": stamp_or_none(until),
            "notice_id = ?": notice_id,
            f"kind IN ({self._db.dialect.texts})": None if kinds is None else dumps(list(kinds)),
        }
        # Only the conditions that are given: with all of them SQLite would use no index.
        used = {condition: value for condition, value in given.items() if value is not None}
        where = " AND ".join(used) or "1 = 1"
        rows = self._db.rows(
            f"SELECT * FROM changes WHERE {where} ORDER BY id",  # noqa: S608 (our own conditions)
            tuple(used.values()),
        )
        return [change_of(row) for row in rows]

    def add(self, posting: Row, change: NewChange) -> int:
        """Record a change; kinds that need no classifier take over the act's labels."""
        waits = change.kind in _UNCLASSIFIED and not change.of_a_copy
        notice = self._db.row(
            "SELECT severity, severity_rule, severity_rule_data FROM notices WHERE id = ?",
            (posting["notice_id"],),
        )
        assert notice is not None
        self._db.run(
            "UPDATE notices SET changed_at = ? WHERE id = ?",
            (stamp(self._clock()), posting["notice_id"]),
        )
        return self._db.insert(
            "changes",
            {
                "notice_id": posting["notice_id"],
                "posting_id": posting["id"],
                "kind": change.kind,
                "at": stamp(change.at),
                "posting_url": posting["url"],
                "from_version": change.versions[0],
                "to_version": change.versions[1],
                "substantive": int(change.substantive),
                "reason": english(change.reason),
                "reason_data": change.reason.dumps(),
                "baseline": int(change.baseline),
                "labels": "[]" if waits else dumps(self._topics(posting["notice_id"])),
                "severity": "grey" if waits else notice["severity"],
                "severity_rule": "" if waits else notice["severity_rule"],
                "severity_rule_data": None if waits else notice["severity_rule_data"],
                "state": ChangeState.UNCLASSIFIED if waits else ChangeState.CLASSIFIED,
            },
        )

    def _topics(self, notice_id: int) -> list[str]:
        rows = self._db.rows(
            "SELECT topic FROM labels WHERE notice_id = ? ORDER BY score DESC, id", (notice_id,)
        )
        return [row["topic"] for row in rows]

    def told_since(self, moment: datetime) -> dict[str, int]:
        """Changes of relevant acts that the notifier has looked at, by source; of baselines
        none."""
        rows = self._db.rows(
            "SELECT p.source_key, count(*) FROM changes c JOIN postings p ON p.id = c.posting_id"
            " JOIN notices n ON n.id = c.notice_id WHERE c.at >= ? AND c.state = ?"
            " AND c.baseline = 0 AND c.substantive = 1 AND c.kind != 'copied'"
            " AND n.relevant_because IS NOT NULL GROUP BY p.source_key",
            (stamp(moment), ChangeState.SELECTED),
        )
        return {row[0]: row[1] for row in rows}

    def sources_of(self, change_ids: Iterable[int]) -> dict[int, str]:
        """The source of each change's posting."""
        rows = self._db.rows(
            "SELECT c.id, p.source_key FROM changes c JOIN postings p ON p.id = c.posting_id"  # noqa: S608 (ours)
            f" WHERE c.id IN ({self._db.dialect.numbers})",
            (dumps(list(change_ids)),),
        )
        return {row[0]: row[1] for row in rows}

    def states(self, notice_id: int) -> dict[int, ChangeState]:
        """How far each change of an act has come."""
        rows = self._db.rows("SELECT id, state FROM changes WHERE notice_id = ?", (notice_id,))
        return {row["id"]: ChangeState(row["state"]) for row in rows}

    def tell(self, notice_id: int, silenced: str, why: Reason) -> None:
        """Let changes be classified and told that were silent for a reason (the end of its
        code), as the reason was none."""
        self._db.run(
            "UPDATE changes SET substantive = 1, told = 0, state = ?, reason = ?, reason_data = ?"  # noqa: S608 (ours)
            " WHERE notice_id = ? AND substantive = 0"
            f" AND {self._db.dialect.json_text('reason_data', 'code')} = ?",
            (
                ChangeState.UNCLASSIFIED,
                english(why),
                why.dumps(),
                notice_id,
                f"change.{silenced}",
            ),
        )

    def make_new(self, posting_id: int, why: Reason) -> None:
        """Make something new of the copy that a posting was taken for."""
        self._db.run(
            "UPDATE changes SET kind = 'new', substantive = 1, told = 0, state = ?, reason = ?,"
            " reason_data = ? WHERE id ="
            " (SELECT min(id) FROM changes WHERE posting_id = ? AND kind = 'copied')",
            (ChangeState.UNCLASSIFIED, english(why), why.dumps(), posting_id),
        )

    def reclassify(self, notice_id: int) -> None:
        """Let the classifier look at a notice again, as a text of it came late.

        What the notifier has looked at is not told again, unless the notice was irrelevant.
        """
        self._db.run(
            "UPDATE changes SET told = CASE WHEN state = ? AND EXISTS (SELECT 1 FROM notices"
            " WHERE id = changes.notice_id AND relevant_because IS NOT NULL) THEN 1 ELSE 0 END,"
            " state = ?"
            " WHERE id = (SELECT max(id) FROM changes WHERE notice_id = ?"
            " AND kind IN ('new', 'revised', 'attachment_revised', 'attachment_read', 'retitled',"
            " 'restored')"
            " AND posting_id NOT IN (SELECT id FROM postings WHERE standing = 'copy'))"
            " AND state != ?",
            (
                ChangeState.SELECTED,
                ChangeState.UNCLASSIFIED,
                notice_id,
                ChangeState.UNCLASSIFIED,
            ),
        )
