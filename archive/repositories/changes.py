"""Changes written down, with the severity that the printed rule gives them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from archive.backends.sqlite.connection import dumps, parse_day, stamp
from archive.repositories.notices import BEIJING, Read
from archive.repositories.row_mappers import fact_of
from domain.acts.severity import NOT_RELEVANT, ActState, SeverityVerdict, assess_severity
from domain.records.fact import Fact
from domain.records.reason import Reason
from domain.records.states import ChangeKind
from i18n.catalogue import english

_UNCLASSIFIED = {
    ChangeKind.NEW,
    ChangeKind.REVISED,
    ChangeKind.ATTACHMENT_REVISED,
    ChangeKind.RETITLED,
    ChangeKind.RESTORED,
}


class Changes(Read):
    def _add_change(
        self,
        posting: sqlite3.Row,
        kind: ChangeKind,
        at: datetime,
        *,
        versions: tuple[int | None, int | None],
        substantive: bool = True,
        reason: Reason,
        baseline: bool = False,
    ) -> int:
        """Record a change; kinds that need no classifier take over the act's labels."""
        waits = kind in _UNCLASSIFIED
        notice = self._row(
            "SELECT severity, severity_rule, severity_rule_data FROM notices WHERE id = ?",
            (posting["notice_id"],),
        )
        assert notice is not None
        self._run(
            "UPDATE notices SET changed_at = ? WHERE id = ?",
            (stamp(self.clock()), posting["notice_id"]),
        )
        return self._insert(
            "changes",
            {
                "notice_id": posting["notice_id"],
                "posting_id": posting["id"],
                "kind": kind,
                "at": stamp(at),
                "posting_url": posting["url"],
                "from_version": versions[0],
                "to_version": versions[1],
                "substantive": int(substantive),
                "reason": english(reason),
                "reason_data": reason.dumps(),
                "baseline": int(baseline),
                "labels": "[]" if waits else dumps(self._topics(posting["notice_id"])),
                "severity": "grey" if waits else notice["severity"],
                "severity_rule": "" if waits else notice["severity_rule"],
                "severity_rule_data": None if waits else notice["severity_rule_data"],
                "state": "unclassified" if waits else "classified",
            },
        )

    def _topics(self, notice_id: int) -> list[str]:
        rows = self._rows(
            "SELECT topic FROM labels WHERE notice_id = ? ORDER BY score DESC, id", (notice_id,)
        )
        return [row["topic"] for row in rows]

    def _assess(
        self,
        notice: sqlite3.Row,
        facts: Sequence[Fact],
        kind: ChangeKind | None,
        before: Sequence[Fact],
        after: Sequence[Fact],
    ) -> SeverityVerdict:
        """Severity of an act or of a change, by the printed rule; what is not relevant is
        grey, whatever it binds others to."""
        if notice["relevant_because"] is None:
            return SeverityVerdict("grey", NOT_RELEVANT)
        expires = parse_day(notice["expires"])
        act = ActState(
            stage=notice["stage"],
            authority=notice["authority"],
            status="expired" if expires and expires < self.today() else notice["status"],
            repealed_from=parse_day(notice["repealed_from"]),
            facts=facts,
            facts_before=before,
            facts_after=after,
            effective=parse_day(notice["effective"]),
            comment_deadline=self._comment_deadline(notice["id"]),
            kind=kind,
        )
        return assess_severity(act, self.today())

    def _reclassify(self, notice_id: int) -> None:
        """Let the classifier look at a notice again, as a text of it came late.

        What the notifier has looked at is not told again, unless the notice was irrelevant.
        """
        self._run(
            "UPDATE changes SET told = (state = 'selected' AND EXISTS (SELECT 1 FROM notices"
            " WHERE id = changes.notice_id AND relevant_because NOT NULL)), state = 'unclassified'"
            " WHERE id = (SELECT max(id) FROM changes WHERE notice_id = ?"
            " AND kind IN ('new', 'revised', 'attachment_revised', 'retitled', 'restored'))"
            " AND state != 'unclassified'",
            (notice_id,),
        )

    def _facts(self, notice_id: int) -> list[Fact]:
        rows = self._rows("SELECT * FROM facts WHERE notice_id = ? ORDER BY id", (notice_id,))
        return [fact_of(row) for row in rows]

    def _reassess(self, notice_id: int) -> SeverityVerdict:
        """Severity of the act as it stands now, stored and answered."""
        notice = self._row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        assert notice is not None
        verdict = self._assess(notice, self._facts(notice_id), None, (), ())
        self._run(
            "UPDATE notices SET severity = ?, severity_rule = ?, severity_rule_data = ?"
            " WHERE id = ?",
            (verdict.severity, english(verdict.rule), verdict.rule.dumps(), notice_id),
        )
        return verdict

    def reassess(self) -> int:
        """Severity of every relevant act as of today, as rules speak of days to come; how many
        differ from what was stored. Nobody is told."""
        with self.write_tx():
            rows = self._rows(
                "SELECT id, severity, severity_rule FROM notices WHERE relevant_because IS NOT NULL"
            )
            return sum(_differs(self._reassess(row["id"]), row) for row in rows)

    def _comment_deadline(self, notice_id: int) -> date | None:
        """The last day for comments that a page's own data states, not its text."""
        return parse_day(
            self._value(
                "SELECT max(v.comment_deadline) FROM versions v"
                " JOIN postings p ON p.id = v.posting_id WHERE p.notice_id = ?",
                (notice_id,),
            )
        )

    def today(self) -> date:
        """The Beijing calendar day."""
        return self.clock().astimezone(BEIJING).date()


def _differs(verdict: SeverityVerdict, row: sqlite3.Row) -> bool:
    return (verdict.severity, english(verdict.rule)) != (row["severity"], row["severity_rule"])
