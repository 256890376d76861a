"""One event in the life of a posting, with facts and duties before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.law.duties import Duty
from domain.records.fact import Fact
from domain.records.reason import Reason, StoredReason
from domain.records.states import ChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something that happened to a posting; of facts and duties those that differ."""

    id: int
    notice_id: int
    posting_id: int
    kind: ChangeKind
    at: datetime
    posting_url: str
    from_version: int | None  # version numbers of that posting
    to_version: int | None
    substantive: bool
    reason: str
    baseline: bool
    labels: tuple[str, ...] = ()  # topics of what changed
    facts_before: tuple[Fact, ...] = ()
    facts_after: tuple[Fact, ...] = ()
    duties_before: tuple[Duty, ...] = ()
    duties_after: tuple[Duty, ...] = ()
    severity: str = "grey"
    severity_rule: str = ""
    reason_data: Reason | None = None  # None in rows of earlier releases
    severity_rule_data: Reason | None = None

    @property
    def why(self) -> StoredReason:
        """The reason, to be rendered in a language."""
        return StoredReason(self.reason, self.reason_data)

    @property
    def rule(self) -> StoredReason:
        """The severity rule that fired, to be rendered in a language."""
        return StoredReason(self.severity_rule, self.severity_rule_data)
