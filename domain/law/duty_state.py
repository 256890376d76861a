"""The state of a duty as its act stands: draft, future, in force or ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.acts.status import NO_LONGER_BINDING
from domain.law.duties import Duty, TimeRelation
from domain.records.notice import Notice

_ENDED = frozenset({*NO_LONGER_BINDING, "withdrawn_page"})


def current_duties(notice: Notice) -> tuple[Duty, ...]:
    """The duties of an act with their state (suspended where it or their article is), first and
    last day (inclusive) as far as the act states them."""
    return tuple(_current(duty, notice) for duty in notice.duties)


def in_force_on(duty: Duty, day: date) -> bool:
    """Whether a current duty binds on a day: its act is in force, and its own days say no other."""
    iso = day.isoformat()
    begun = duty.since is None or duty.since <= iso
    return duty.state == "in_force" and begun and (duty.until is None or duty.until >= iso)


def _current(duty: Duty, notice: Notice) -> Duty:
    since = notice.effective.isoformat() if notice.effective else None
    until = notice.expires.isoformat() if notice.expires else None
    when = duty.when
    if when is not None and when.date is not None:
        since = when.date if when.relation is TimeRelation.FROM else since
        until = when.date if when.relation is TimeRelation.UNTIL else until
    state = _state(notice)
    if duty.state == "suspended" and state == "in_force":
        state = "suspended"
    return replace(duty, state=state, since=since, until=until)


def _state(notice: Notice) -> str:
    if notice.stage == "draft" or notice.status == "draft":
        return "draft"
    if notice.status in _ENDED:
        return "ended"
    if notice.status == "suspended":
        return "suspended"
    return "future" if notice.status == "not_yet" else "in_force"
