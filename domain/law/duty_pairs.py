"""Pair the duties of two versions of an act, and say what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.law.duties import Duty


@dataclass(frozen=True, slots=True)
class DutyPair:
    """A duty before and after; one side is None where it is new or gone."""

    before: Duty | None
    after: Duty | None

    @property
    def shown(self) -> Duty:
        """The duty as it is now, or as it was."""
        duty = self.after or self.before
        assert duty is not None
        return duty


def changed_duties(
    before: Sequence[Duty], after: Sequence[Duty]
) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
    """The duties that differ, those before and those after, unchanged ones left out."""
    pairs = [pair for pair in pair_duties(before, after) if not _equal(pair)]
    return (
        tuple(pair.before for pair in pairs if pair.before is not None),
        tuple(pair.after for pair in pairs if pair.after is not None),
    )


def pair_duties(before: Sequence[Duty], after: Sequence[Duty]) -> list[DutyPair]:
    """Each duty with its counterpart, the most alike first, in the order of the new text."""
    scored = sorted(
        (
            (-likeness, i, j)
            for i, old in enumerate(before)
            for j, new in enumerate(after)
            if (likeness := duty_likeness(old, new)) >= _ALIKE
        )
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    pairs = [
        DutyPair(before[partner[j]] if j in partner else None, new) for j, new in enumerate(after)
    ]
    return pairs + [DutyPair(old, None) for i, old in enumerate(before) if i not in taken]


_ALIKE = 2.5


def duty_likeness(old: Duty, new: Duty) -> float:
    """How much two duties ask the same of the same: 0 for another act or modality, else up to
    5: act 1, role 1, article 1, object 2."""
    if old.act != new.act or old.modality != new.modality:
        return 0.0
    role = 1.0 if old.who.role == new.who.role else 0.0
    article = 1.0 if old.article == new.article else 0.0
    return 1.0 + role + article + 2.0 * _shared(old.object, new.object)


def _shared(one: str, other: str) -> float:
    """The share of two-character pieces that two texts have in common (Dice)."""
    if one == other:
        return 1.0
    left = Counter(one[i : i + 2] for i in range(len(one) - 1))
    right = Counter(other[i : i + 2] for i in range(len(other) - 1))
    total = sum(left.values()) + sum(right.values())
    return 2.0 * sum((left & right).values()) / total if total else 0.0


def _equal(pair: DutyPair) -> bool:
    """Whether nothing changed that a reader acts on: subject, time, place, limit, sanctions."""
    one, other = pair.before, pair.after
    if one is None or other is None:
        return False
    return _core(one) == _core(other)


def _core(duty: Duty) -> tuple[object, ...]:
    sanctions = tuple((s.kinds, s.min, s.max, s.basis) for s in duty.sanctions)
    when = duty.when
    time = None
    if when is not None:
        time = (when.relation, when.duration, when.working_days, when.date, when.recurs, when.event)
    where = None if duty.where is None else (duty.where.name, duty.where.url)
    limit = None
    if duty.limit is not None:
        limit = (duty.limit.comparator, duty.limit.value, duty.limit.unit)
    return (duty.who.role, duty.modality, duty.act, time, where, limit, sanctions)
