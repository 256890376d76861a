"""What becomes of an obligation when its law or its day moves."""

from __future__ import annotations

from datetime import date

from domain.law.duties import Duty
from domain.records.obligation import CLOSED, Obligation, OwedDuty

# What is not the duty itself: where it stands, and how its act is today.
_NOT_COMPARED = ("place", "state", "from", "until", "changed_by", "quote", "article")


def law_moved(before: Duty, after: Duty) -> bool:
    """Whether a duty asks for something else than before; a renumbered article does not."""
    old, new = before.to_json(), after.to_json()
    return any(old[name] != new[name] for name in old if name not in _NOT_COMPARED)


def is_due_again(known: Obligation, owed: OwedDuty) -> bool:
    """Whether a recurring duty that was done has its next day."""
    when = owed.duty.when
    recurs = when is not None and when.recurs is not None
    return recurs and known.state == "done" and _later(known.due, owed.due)


def reopens(known: Obligation, owed: OwedDuty) -> bool:
    """Whether a closed obligation is open again: its law reads otherwise, or it recurs. What is
    not for us comes back only with another law."""
    moved = law_moved(known.duty, owed.duty)
    return known.state in CLOSED and (moved or is_due_again(known, owed))


def _later(before: date | None, after: date | None) -> bool:
    return before is not None and after is not None and after > before
