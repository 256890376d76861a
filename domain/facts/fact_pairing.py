"""Pair facts of the old and new text, and tell which is stricter.

Used by the severity rule, by the English sentences and by the classifier's comparison.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz

from domain.facts.due_days import duration_parts
from domain.records.fact import Fact
from domain.records.states import FactKind

Pair = tuple[Fact | None, Fact | None]
Direction = Literal["tighter", "looser", "same", "mixed", "unclear"]

_NUMBERS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两.,，、%％]+")
_CORE: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.FINE: ("min", "max", "basis", "on", "currency"),
    FactKind.DEADLINE: ("duration", "working_days", "date", "yearly"),
}
_SUBJECT: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.FINE: ("offence", "on"),
    FactKind.DEADLINE: ("trigger", "who"),
    FactKind.THRESHOLD: ("parameter", "unit"),
    FactKind.DATA_FIELD: ("name",),
    FactKind.PORTAL: ("name",),
    FactKind.CODE_FORMAT: ("standard",),
    FactKind.REPEALS: ("title", "document_number"),
    FactKind.CITES: ("title", "document_number"),
    FactKind.IMPLEMENTS: ("title", "document_number"),
}
_SINGLE = {FactKind.EFFECTIVE_DATE, FactKind.EXPIRY_DATE, FactKind.COMMENT_DEADLINE}
_ENOUGH = 55.0  # similarity (0 to 100) from which two facts are about the same thing
_MOST_PAIRS = 250_000  # beyond this, only facts at the same place are compared


def core_value(fact: Fact) -> Any:
    """The part of a fact's value whose change is a change of the fact."""
    if not isinstance(fact.value, Mapping):
        return fact.value
    names = _CORE.get(fact.kind) or tuple(sorted(fact.value))
    return tuple((name, _hashable(fact.value.get(name))) for name in names)


def _hashable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _hashable(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(_hashable(item) for item in value)
    return value


def pair_facts(before: Sequence[Fact], after: Sequence[Fact]) -> list[Pair]:
    """Align the facts of two texts: every fact of both stands in exactly one pair.

    Facts of one kind pair up when what they are about (offence, trigger, field name, the
    words around the number) is alike; a fact without partner pairs with None.
    """
    pairs: list[Pair] = []
    for kind in FactKind:
        old = [fact for fact in before if fact.kind is kind]
        new = [fact for fact in after if fact.kind is kind]
        if old or new:
            pairs.extend(_pair_kind(kind, old, new))
    return pairs


def _pair_kind(kind: FactKind, old: list[Fact], new: list[Fact]) -> list[Pair]:
    exact = _pair_equal(old, new)
    pairs: list[Pair] = [(old[i], new[j]) for i, j in exact]
    rest_old = [i for i in range(len(old)) if i not in {pair[0] for pair in exact}]
    rest_new = [j for j in range(len(new)) if j not in {pair[1] for pair in exact}]
    narrow = len(rest_old) * len(rest_new) > _MOST_PAIRS
    scored = [
        (score, -i, -j)
        for i in rest_old
        for j in rest_new
        if not narrow or old[i].where == new[j].where
        if (score := _similarity(old[i], new[j])) >= _ENOUGH
    ]
    for _, minus_i, minus_j in sorted(scored, reverse=True):
        if -minus_i in rest_old and -minus_j in rest_new:
            pairs.append((old[-minus_i], new[-minus_j]))
            rest_old.remove(-minus_i)
            rest_new.remove(-minus_j)
    if kind in _SINGLE and len(rest_old) == len(rest_new) == 1:
        return [*pairs, (old[rest_old[0]], new[rest_new[0]])]
    pairs.extend((old[i], None) for i in rest_old)
    pairs.extend((None, new[j]) for j in rest_new)
    return pairs


def _pair_equal(old: list[Fact], new: list[Fact]) -> list[tuple[int, int]]:
    """Facts with the same core value about the same thing, most alike first."""
    by_value: dict[Any, list[int]] = {}
    for j, fact in enumerate(new):
        by_value.setdefault(core_value(fact), []).append(j)
    found: list[tuple[int, int]] = []
    for i, fact in enumerate(old):
        candidates = by_value.get(core_value(fact), [])
        if not candidates:
            continue
        best = max(candidates[:40], key=lambda j, fact=fact: _similarity(fact, new[j]))  # type: ignore[misc]
        enough = 100.0 if fact.kind is FactKind.DATA_FIELD else _ENOUGH  # of the same table
        if fact.kind in _SINGLE or _similarity(fact, new[best]) >= enough:
            candidates.remove(best)
            found.append((i, best))
    return found


def _similarity(left: Fact, right: Fact) -> float:
    """How surely two facts of one kind speak of the same thing, 0 to 100."""
    names = _SUBJECT.get(left.kind, ())
    if isinstance(left.value, Mapping) and isinstance(right.value, Mapping):
        subjects = [(left.value.get(name), right.value.get(name)) for name in names]
        if left.kind is FactKind.DATA_FIELD:
            same_table = _table_of(left) == _table_of(right)
            return 0.9 * _reference_similarity(subjects) + 10 * same_table
        if left.kind in (FactKind.REPEALS, FactKind.CITES):
            return _reference_similarity(subjects)
        if left.value.get("basis") != right.value.get("basis"):
            return 0.6 * _words(left, right)
        stated = [(str(a), str(b)) for a, b in subjects if a and b]
        if stated:
            subject = max(fuzz.ratio(a, b) for a, b in stated)
            return 0.5 * subject + 0.4 * _words(left, right) + 10 * (left.where == right.where)
    return 0.9 * _words(left, right) + 10 * (left.where == right.where)


def _reference_similarity(subjects: list[tuple[Any, Any]]) -> float:
    return 100.0 if any(a and a == b for a, b in subjects) else 0.0


def _table_of(fact: Fact) -> str:
    return re.sub(r"行\d+$", "", fact.where)


def _words(left: Fact, right: Fact) -> float:
    return fuzz.ratio(_without_numbers(left.quote), _without_numbers(right.quote))


@lru_cache(maxsize=8192)
def _without_numbers(quote: str) -> str:
    return _NUMBERS.sub("#", quote)


# ------------------------------------------------------------------- stricter or not


def direction(before: Fact, after: Fact) -> Direction:
    """Whether the new fact is stricter for those it obliges; honest when it cannot tell."""
    if before.kind is FactKind.FINE:
        return _fine_direction(before.value, after.value)
    if before.kind is FactKind.DEADLINE:
        return _deadline_direction(before.value, after.value)
    if before.kind is FactKind.THRESHOLD:
        return _threshold_direction(before.value, after.value)
    if before.kind is FactKind.DATA_FIELD:
        return _field_direction(before.value, after.value)
    if before.kind in _SINGLE:
        return _earlier(str(before.value), str(after.value))
    return "same" if before.value == after.value else "unclear"


def _fine_direction(before: Mapping[str, Any], after: Mapping[str, Any]) -> Direction:
    if any(before.get(key) != after.get(key) for key in ("basis", "on")):
        return "unclear"
    (low, high), (new_low, new_high) = _range(before), _range(after)
    steps = {_sign(new_low, low), _sign(new_high, high)} - {0}
    if steps == {1}:
        return "tighter"
    if steps == {-1}:
        return "looser"
    return "mixed" if steps else "same"


def _range(fine: Mapping[str, Any]) -> tuple[Any, Any]:
    """Least and most; 五万元以上 has no upper bound, a fine without any amount has neither."""
    low, high = fine.get("min"), fine.get("max")
    return low, math.inf if high is None and low is not None else high


def _sign(new: Any, old: Any) -> int:
    if new is None or old is None or new == old:
        return 0
    return 1 if new > old else -1


def _earlier(before: str, after: str) -> Direction:
    if before == after:
        return "same"
    return "tighter" if after < before else "looser"


def _deadline_direction(before: Mapping[str, Any], after: Mapping[str, Any]) -> Direction:
    if "date" in before and "date" in after:
        if before.get("yearly") != after.get("yearly"):
            return "unclear"
        return _earlier(str(before["date"]), str(after["date"]))
    old, new = duration_hours(before), duration_hours(after)
    if old is None or new is None:
        return "unclear"
    if before.get("duration") == after.get("duration"):
        if before.get("working_days") == after.get("working_days"):
            return "same"
        return "tighter" if before.get("working_days") else "looser"
    if new[1] < old[0]:
        return "tighter"
    if new[0] > old[1]:
        return "looser"
    if before.get("working_days") != after.get("working_days"):
        return "unclear"
    # One month and thirty days: each may be the longer.
    steps = {_sign(new[0], old[0]), _sign(new[1], old[1])} - {0}
    if not steps:
        return "same"
    if len(steps) > 1:
        return "unclear"
    return "looser" if steps == {1} else "tighter"


def duration_hours(value: Mapping[str, Any]) -> tuple[int, int] | None:
    """The fewest and most hours a deadline's duration can last; None for a date.

    A working day is one of five in a week at best; public holidays (at most eight days in
    a row and a few more) lengthen it, so working days give a range.
    """
    parts = duration_parts(str(value.get("duration") or ""))
    if parts is None:
        return None
    years, months = divmod(12 * parts.get("y", 0) + parts.get("mo", 0), 12)
    weeks, days = parts.get("w", 0), parts.get("d", 0)
    rest = parts.get("h", 0) + (1 if parts.get("mi") else 0)
    if value.get("working_days") and not (years or months or weeks):
        longest = days + 2 * ((days + 4) // 5) + 8 * (1 + days // 40)
        return (days + 2 * (max(days - 1, 0) // 5)) * 24 + rest, longest * 24 + rest
    least = years * 365 + months * 30 - (2 if months == 1 else months // 6) + weeks * 7 + days
    most = years * 366 + months * 31 - months // 3 + weeks * 7 + days
    return least * 24 + rest, most * 24 + rest


def _field_direction(before: Mapping[str, Any], after: Mapping[str, Any]) -> Direction:
    if before == after:
        return "same"
    old, new = before.get("mandatory"), after.get("mandatory")
    if old != new and new is not None:
        return "tighter" if new else "looser"
    return "unclear"


def _threshold_direction(before: Mapping[str, Any], after: Mapping[str, Any]) -> Direction:
    same = all(before.get(key) == after.get(key) for key in ("comparator", "unit"))
    step = _sign(after.get("value"), before.get("value"))
    if not same:
        return "unclear"
    if step == 0:
        return "same"
    floor = str(before.get("comparator")) in (">", ">=")
    return "tighter" if (step > 0) == floor else "looser"
