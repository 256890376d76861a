"""One event in the life of a posting, with the facts before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.records.fact import Fact
from domain.records.states import ChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something that happened to a posting, with facts before and after."""

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
    severity: str = "grey"
    severity_rule: str = ""
