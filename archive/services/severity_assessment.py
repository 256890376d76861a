"""The severity of acts and changes, by the printed rule, as of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.column_values import parse_day
from archive.ports import Clock, Database, Row
from archive.repositories.labels_and_facts import LabelsAndFacts
from config.time_zone import BEIJING
from domain.acts.near_line import is_near_line
from domain.acts.severity import (
    NOT_RELEVANT,
    ActState,
    SeverityVerdict,
    assess_severity,
    harm_of,
)
from domain.records.fact import Fact
from domain.records.reason import loads_reason
from domain.records.states import ChangeKind, Standing
from i18n.catalogue import english


@dataclass(frozen=True, kw_only=True, slots=True)
class SeverityAssessment:
    """The severity of acts and changes, by the printed rule, as of today."""

    db: Database
    clock: Clock
    labels_and_facts: LabelsAndFacts

    def assess(
        self,
        notice: Row,
        facts: Sequence[Fact],
        kind: ChangeKind | None,
        before: Sequence[Fact],
        after: Sequence[Fact],
    ) -> SeverityVerdict:
        """Severity of an act or of a change, by the printed rule; what is not relevant is
        grey, whatever it binds others to, and says so if it came near the line; RED is what
        harms a company of ours, relevant or not."""
        names = self.labels_and_facts.names_of(notice["id"])
        if notice["relevant_because"] is None:
            if harm := harm_of(notice["stage"], notice["title"], names):
                return harm
            known = loads_reason(notice["severity_rule_data"])
            near = known is not None and is_near_line(known)
            return SeverityVerdict("grey", known if known and near else NOT_RELEVANT)
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
            duties=self.labels_and_facts.duties_of(notice["id"], self.today()),
            title=notice["title"],
            names=names,
        )
        return assess_severity(act, self.today())

    def reassess_notice(self, notice_id: int) -> SeverityVerdict:
        """Severity of the act as it stands now, stored and answered."""
        notice = self.db.row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        assert notice is not None
        verdict = self.assess(notice, self.labels_and_facts.facts_of(notice_id), None, (), ())
        self.db.run(
            "UPDATE notices SET severity = ?, severity_rule = ?, severity_rule_data = ?"
            " WHERE id = ?",
            (verdict.severity, english(verdict.rule), verdict.rule.dumps(), notice_id),
        )
        return verdict

    def reassess_all(self) -> int:
        """Severity of every relevant act as of today, as rules speak of days to come; how many
        differ from what was stored. Nobody is told."""
        with self.db.transaction():
            rows = self.db.rows(
                "SELECT id, severity, severity_rule FROM notices WHERE relevant_because IS NOT NULL"
            )
            return sum(_differs(self.reassess_notice(row["id"]), row) for row in rows)

    def _comment_deadline(self, notice_id: int) -> date | None:
        """The last day for comments that a page's own data states, not its text; a copy's does
        not count."""
        return parse_day(
            self.db.value(
                "SELECT max(v.comment_deadline) FROM versions v"
                " JOIN postings p ON p.id = v.posting_id WHERE p.notice_id = ?"
                " AND coalesce(p.standing, '') != ?",
                (notice_id, Standing.COPY),
            )
        )

    def today(self) -> date:
        """The Beijing calendar day."""
        return self.clock().astimezone(BEIJING).date()


def _differs(verdict: SeverityVerdict, row: Row) -> bool:
    return (verdict.severity, english(verdict.rule)) != (row["severity"], row["severity_rule"])
