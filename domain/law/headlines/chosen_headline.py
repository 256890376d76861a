"""What a first line says: which kind of line, of which duty, with which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.law.duties import Subject
from domain.law.duty_pairs import DutyPair


class Lead(StrEnum):
    """What the first line is about."""

    CHANGED_DUTY = "changed_duty"
    EXTENDED = "extended"
    PUT_OFF = "put_off"
    TERM_MOVED = "term_moved"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    PENALTIES = "penalties"
    PORTAL = "portal"
    DATED = "dated"
    PERIOD = "period"
    PROHIBITION = "prohibition"
    LIMIT = "limit"
    DUTY = "duty"
    NAMED = "named"
    DELISTED = "delisted"
    LISTED = "listed"
    CAMPAIGN = "campaign"
    REPEAL = "repeal"
    TASKS = "tasks"
    AUTHORITY = "authority"
    ACT = "act"


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectedWords:
    """The words that an act puts right, as they were and as they are, and the act by its year
    and number, where all that is said: 2026年第31号公告 … “15日”应为“15个工作日”."""

    old: str = ""
    new: str = ""
    year: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """What the first line says: the duty before and after, or how many companies a list names,
    or the first and last day of a campaign or of a term, with the last day as it was."""

    lead: Lead
    pair: DutyPair | None = None
    companies: int = 0
    starts: date | None = None
    ends: date | None = None
    targets: tuple[str, ...] = ()  # the roles that a campaign looks at
    ended: date | None = None  # the last day before the act put it off
    fines: tuple[int, int] | None = None  # over all tiers, in yuan
    removed: bool = False  # the duty is gone
    proposed: bool = False  # 拟取消: those who object may still say so
    repealed: tuple[str, ...] = ()  # titles or numbers of the acts that it ends
    also: tuple[Subject, ...] = ()  # the others whom the very words of the duty bind
    named: bool = False  # the duty is that of companies that the text names
    codes: bool = False  # what companies lose are codes, no place on a list
    corrected: CorrectedWords | None = None
