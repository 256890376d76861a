"""The legal status of an act: what it is on a given day and what an effect makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.records.states import ActStatus

if TYPE_CHECKING:
    from domain.acts.references import Effect

NO_LONGER_BINDING: frozenset[ActStatus] = frozenset({"repealed", "expired"})
"""The statuses of acts that bind nobody any more; the one list of them."""

NO_LONGER_AHEAD: frozenset[ActStatus] = NO_LONGER_BINDING | {"withdrawn_page"}
"""The statuses of acts of which nothing is to be done: over, or without any page left."""

CHANGED_SINCE: frozenset[ActStatus] = frozenset({"amended", "partly_repealed"})
"""Still binding, but not as first issued."""

# A weaker effect never undoes a stronger one.
_STRENGTH: dict[str, int] = {"amended": 1, "partly_repealed": 2, "repealed": 3}

SET_BY_OTHERS = frozenset(_STRENGTH)
"""The statuses that an act has from another act, which its own text never takes back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedStatus:
    """What is recorded of an act's status, whatever the day."""

    status: ActStatus | None = None
    effective: date | None = None
    expires: date | None = None  # the last day on which the act is in force
    repealed_from: date | None = None  # the first day on which the repeal has effect
    changed_from: date | None = (
        None  # the first day on which an amendment or part repeal has effect
    )
    suspended_from: date | None = None  # the first day on which the act is not applied
    suspended_until: date | None = None  # the last such day; None until further notice
    every_page_withdrawn: bool = False


def status_today(stated: StatedStatus, today: date) -> ActStatus | None:
    """The status on a day; a deleted page is shown as such, never as a repeal."""
    if stated.status == "repealed":
        waits = stated.repealed_from is not None and stated.repealed_from > today
        return "in_force" if waits else "repealed"
    if stated.expires and stated.expires < today:
        return "expired"
    if stated.every_page_withdrawn:
        return "withdrawn_page"
    if _suspended(stated, today):
        return "suspended"
    status = stated.status
    if status in CHANGED_SINCE and stated.changed_from and stated.changed_from > today:
        status = "in_force"
    waits = stated.effective is not None and stated.effective > today
    if waits and status in {None, "in_force"}:
        return "not_yet"
    return status


def _suspended(stated: StatedStatus, today: date) -> bool:
    first, last = stated.suspended_from, stated.suspended_until
    return first is not None and first <= today and (last is None or today <= last)


def strength(status: str | None) -> int:
    """How far a status set by another act goes; 0 for one of an act's own."""
    return _STRENGTH.get(status or "", 0)


def changes_status(effect: Effect, status: ActStatus | None) -> bool:
    """Whether an effect changes an act of this status: it must be stronger than the last one."""
    return strength(status) < strength(effect)
