"""The duties of all relevant acts, filtered; and the last day of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.law.duties import Bound, Duty, duty_ids
from domain.law.duty_days import DueDay, due_after, next_day
from domain.law.duty_state import current_duties
from domain.records.notice import Notice
from noticewatch.application.law.sanctions_across import sanctions_across, with_sanctions
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyFilter:
    """Which duties are asked for; ``days`` only those with a day within so many days. Of an
    act that is over none are listed, of a draft only where ``drafts``."""

    jurisdiction: str | None = None
    role: str | None = None
    topic: str | None = None
    days: int | None = None
    drafts: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedDuty:
    """A duty with its id and its act."""

    id: str
    duty: Duty
    notice: Notice


def listed_duties(notices: Iterable[Notice], asked: DutyFilter, today: date) -> list[ListedDuty]:
    """The duties that are asked for, newest acts first, authorities' last; with what other acts
    punish of them."""
    acts = list(notices)
    across = sanctions_across(acts)
    found = [
        replace(item, duty=with_sanctions(item.duty, across.get(notice.id, ())))
        for notice in acts
        if _wanted(notice, asked)
        for item in numbered_duties(notice)
        if _asked(item.duty, asked, today)
    ]
    return sorted(found, key=lambda item: item.duty.who.kind is Bound.AUTHORITY)


def numbered_duties(notice: Notice) -> Iterator[ListedDuty]:
    """The duties of one act with their ids, as its state is today."""
    numbers = duty_ids(notice.duties, notice.id)
    for number, duty in zip(numbers, current_duties(notice), strict=True):
        yield ListedDuty(id=number, duty=duty, notice=notice)


def _wanted(notice: Notice, asked: DutyFilter) -> bool:
    place = asked.jurisdiction is None or notice.jurisdiction == asked.jurisdiction
    topic = asked.topic is None or any(label.topic == asked.topic for label in notice.labels)
    return place and topic


def _asked(duty: Duty, asked: DutyFilter, today: date) -> bool:
    if duty.state == "ended" or (duty.state == "draft" and not asked.drafts):
        return False
    if asked.role is not None and duty.who.role not in (asked.role, "any_company", None):
        return False
    if asked.days is None:
        return True
    day = next_day(duty, today)
    return day is not None and today <= day <= today + timedelta(days=asked.days)


def due_of(archive: Archive, duty_id: str, event: date) -> tuple[ListedDuty, DueDay]:
    """The last day for a duty after an event; NoticewatchError where there is no such duty or
    its text states no day."""
    number = duty_id.partition("-")[0]
    notice = archive.notices.get(int(number), versions=False) if number.isdigit() else None
    listed = numbered_duties(notice) if notice is not None else iter(())
    found = next((item for item in listed if item.id == duty_id), None)
    if found is None:
        raise NoticewatchError(f"there is no duty {duty_id} (the command duties lists them)")
    day = due_after(found.duty.when, event) if found.duty.when is not None else None
    if day is None:
        raise NoticewatchError(f"the text states no day for duty {duty_id}")
    return found, day
