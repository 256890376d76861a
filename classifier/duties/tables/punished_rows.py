"""Give the duties of a text the sanctions of the table rows that punish their very breach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifier.duties.sanctions.punished_conduct import same_thing
from classifier.duties.sanctions.sanction_binding import Placed
from domain.law.duties import Bound, Duty, Modality

_TABLE = "表"


def with_punished_rows(placed: Sequence[Placed]) -> list[Placed]:
    """The duties of text and tables; 泄漏未在2小时内报告 of a table of fines is no duty beside the
    one duty of the text that it breaks, but what its breach costs."""
    found = list(placed)
    for row in [item for item in placed if _is_offence(item)]:
        broken = [i for i, item in enumerate(found) if _breaks(row.duty, item)]
        if len(broken) != 1:
            continue
        duty = found[broken[0]].duty
        sanctions = tuple(dict.fromkeys((*duty.sanctions, *row.duty.sanctions)))
        found[broken[0]] = replace(found[broken[0]], duty=replace(duty, sanctions=sanctions))
        found = [item for item in found if item is not row]
    return found


def _is_offence(item: Placed) -> bool:
    return _TABLE in item.duty.place and bool(item.duty.sanctions)


def _breaks(row: Duty, item: Placed) -> bool:
    """Whether a row breaks a duty of the text: the same act on the same thing, by the same role."""
    duty = item.duty
    ours = _TABLE not in duty.place and duty.who.kind is not Bound.AUTHORITY
    same = row.act == duty.act != "other" and row.modality is duty.modality
    role = row.who.role is None or row.who.role == duty.who.role
    lasting = duty.modality is not Modality.MAY
    return ours and same and role and lasting and same_thing(row.object, duty.object)
