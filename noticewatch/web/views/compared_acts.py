"""Two acts beside each other: their facts in pairs, and whether one follows the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.read_models.related_acts import Bond
from domain.diff.diff_model import Diff
from domain.records.fact import Fact
from domain.records.notice import Notice, Version
from i18n.fact_text import FactRow, changed_facts, paired_facts
from noticewatch.application import notice_views


@dataclass(frozen=True, kw_only=True)
class ActsCompared:
    """Two acts, the texts of theirs that are compared, and what one says of the other."""

    before: Notice
    after: Notice
    before_version: Version
    after_version: Version
    bond: Bond | None
    amended: bool = False  # the text after is the older act's, as the newer one amends it
    orders_left: tuple[str, ...] = ()  # of a decision: those that could not be carried out

    @property
    def forward(self) -> bool:
        """Whether the second act is the newer of the two."""
        return self.bond is None or self.bond.newer == self.after.id

    @property
    def succession(self) -> bool:
        """Whether before and after may be said. A decision's own words are no act's."""
        if self.bond is None or (self.bond.kind == "amends" and not self.amended):
            return False
        return self.bond.succession

    def facts(self, diff: Diff) -> Sequence[FactRow]:
        """Facts of both acts in pairs, those that differ first. Of a decision that amends
        only what it changes: it does not repeat the rest."""
        if self.amended:
            return self._amended_facts()
        places = {
            part.label_before: part.label_after
            for part in diff.parts
            if part.label_before and part.label_after
        }
        return paired_facts(_own(self.before.facts), _own(self.after.facts), places)

    def _amended_facts(self) -> list[FactRow]:
        """What the decision changed; of one that amends several acts, in this one."""
        changes = [change for change in self.after.changes if change.facts_before]
        rows = [
            row
            for change in changes[:1]
            for row in changed_facts(change.facts_before, change.facts_after)
        ]
        kinds = {(relation.kind, relation.target_id) for relation in self.after.relations}
        if sum(kind == "amends" for kind, _ in kinds) < 2:
            return rows
        return [
            row
            for row in rows
            if (row.before and row.before.quote in self.before_version.text)
            or (row.after and row.after.quote in self.after_version.text)
        ]


def _own(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind not in notice_views.REFERENCES]
