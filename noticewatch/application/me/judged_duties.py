"""The duties of all relevant acts, judged for each company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from config.companies.entities import Entity
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.duty_verdicts import Applicability, DutyVerdict
from domain.law.applicability.judge import judge_all
from domain.law.duties import Duty
from domain.law.duty_days import next_day
from domain.records.notice import Notice
from noticewatch.application.law.duty_list import ListedDuty, numbered_duties

if TYPE_CHECKING:
    from archive.store import Archive

_ORDER = (DutyVerdict.APPLIES, DutyVerdict.MAY_APPLY, DutyVerdict.DOES_NOT)


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedDuty:
    """A duty, whether it applies to a company, and its next day."""

    listed: ListedDuty
    found: Applicability
    due: date | None

    @property
    def mine(self) -> bool:
        """Whether it applies or may apply."""
        return self.found.verdict is not DutyVerdict.DOES_NOT


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityDuties:
    """A company with its duties: those that apply first, the nearest day first."""

    entity: Entity
    duties: Sequence[JudgedDuty]


def duties_by_entity(
    archive: Archive, entities: Iterable[Entity], today: date, days: int | None = None
) -> list[EntityDuties]:
    """Every duty that is not over, judged for each company; ``days`` only those with a day
    within so many days."""
    notices = [notice for notice in archive.overview.relevant_notices() if notice.duties]
    scoped = [(notice, archive.reach.scope(notice)) for notice in notices]
    return [
        EntityDuties(
            entity=entity,
            duties=sorted(
                (
                    item
                    for notice, scope in scoped
                    for item in judged(notice, scope, entity, today)
                    if days is None or _within(item.due, today, days)
                ),
                key=_place,
            ),
        )
        for entity in entities
    ]


def judged(notice: Notice, scope: ActScope, entity: Entity, today: date) -> list[JudgedDuty]:
    """The duties of one act that are not over, judged for a company."""
    listed = list(numbered_duties(notice))
    found = judge_all([item.duty for item in listed], scope, entity)
    return [
        JudgedDuty(listed=item, found=one, due=next_day(item.duty, today))
        for item, one in zip(listed, found, strict=True)
        if not _is_over(item.duty, today)
    ]


def _is_over(duty: Duty, today: date) -> bool:
    """Whether a duty binds nobody any more: its act has ended, or its own last day is past."""
    past = duty.until is not None and duty.until < today.isoformat()
    return past or duty.state in ("ended", "superseded")


def _within(day: date | None, today: date, days: int) -> bool:
    return day is not None and today <= day <= today + timedelta(days=days)


def _place(item: JudgedDuty) -> tuple[int, date, str]:
    return (_ORDER.index(item.found.verdict), item.due or date.max, item.listed.id)
