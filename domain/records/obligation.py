"""A duty that applies to a company of ours, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.law.duties import Duty

ObligationState = Literal["open", "in_progress", "done", "not_for_us"]
CLOSED: frozenset[ObligationState] = frozenset({"done", "not_for_us"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofOfDuty:
    """What shows that a duty is fulfilled: a file by its hash, or a link."""

    kind: Literal["file", "link"]
    value: str  # sha256 or address
    name: str
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Obligation:
    """A duty that a company has: whose it is, by when, and how far it is.

    ``reason`` says why it is not for us; ``law_changed_since`` the day since which its law reads
    otherwise than when it was last looked at; ``asked_by`` who closed it where a second person
    must confirm; ``ended`` the day since which the duty applies no more.
    """

    id: int
    entity: str
    duty_id: str
    notice_id: int
    state: ObligationState
    duty: Duty
    owner: str | None = None
    due: date | None = None
    reason: str = ""
    last_review: date | None = None
    law_changed_since: date | None = None
    asked_by: str | None = None
    ended: date | None = None
    title: str = ""
    jurisdiction: str = ""
    severity: str = "grey"
    url: str = ""
    changed: datetime | None = None
    proofs: tuple[ProofOfDuty, ...] = ()

    @property
    def subject(self) -> str:
        """Its name in the audit log."""
        return f"obligation {self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedDuty:
    """A duty that applies to a company now, with its next day."""

    entity: str
    duty_id: str
    notice_id: int
    duty: Duty
    due: date | None
