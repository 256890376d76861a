"""What can be said of a duty and a company, and on which words it rests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.records.reason import Reason


class DutyVerdict(StrEnum):
    """Whether a duty applies to a company. ``does_not`` is said only where words say so."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    DOES_NOT = "does_not"


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicability:
    """A verdict, the words of the text that it rests on, and why in a coded reason."""

    verdict: DutyVerdict
    quote: str
    because: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class SideMatch:
    """How far one side of a duty fits a company: its role, or its place."""

    verdict: DutyVerdict
    because: Reason
    quote: str = ""
