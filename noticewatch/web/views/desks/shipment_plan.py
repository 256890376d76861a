"""Plan a shipment: what has to be done before and after a day, counted from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.law.duties import Bound, Duty, Modality, duty_ids
from domain.law.duty_days import due_after
from domain.law.duty_state import current_duties
from domain.records.notice import Notice

# What happens to a consignment; a plan takes all of them to be on its day.
SHIPMENT_EVENTS = frozenset({
    "dispatch", "delivery", "bill_of_lading", "arrival", "import_declaration", "customs_release",
    "receipt",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class ShipmentStep:
    """A duty with its day for one shipment; ``provisional``: a year on the way has no announced
    holidays yet."""

    on: date
    duty: Duty
    duty_id: str
    notice: Notice
    provisional: bool


def shipment_steps(
    notices: Iterable[Notice], day: date, role: str | None = None
) -> list[ShipmentStep]:
    """The duties that hang on a shipment and bind on its day, the earliest first."""
    steps = []
    for notice in notices:
        numbered = zip(duty_ids(notice.duties, notice.id), current_duties(notice), strict=True)
        for number, duty in numbered:
            step = _step(notice, number, duty, day) if _asked(duty, day, role) else None
            if step is not None:
                steps.append(step)
    return sorted(steps, key=lambda step: (step.on, step.notice.jurisdiction, step.duty_id))


def _asked(duty: Duty, day: date, role: str | None) -> bool:
    when = duty.when
    if when is None or when.event not in SHIPMENT_EVENTS or duty.modality is Modality.MAY:
        return False
    if duty.who.kind is Bound.AUTHORITY or duty.state not in ("in_force", "future"):
        return False
    iso = day.isoformat()
    binds = (duty.since or iso) <= iso <= (duty.until or iso)
    return binds and (role is None or duty.who.role in (role, "any_company", None))


def _step(notice: Notice, number: str, duty: Duty, day: date) -> ShipmentStep | None:
    due = due_after(duty.when, day) if duty.when is not None else None
    if due is None:
        return None
    return ShipmentStep(
        on=due.day, duty=duty, duty_id=number, notice=notice, provisional=due.provisional
    )
