"""Align the facts of two texts: which fact of the new text answers which of the old one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from domain.records.fact import Fact
from domain.records.fact_values import (
    DataFieldValue,
    FineValue,
    ObjectValue,
    ReferenceValue,
)
from domain.records.states import FactKind

Pair = tuple[Fact | None, Fact | None]

_NUMBERS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两.,，、%％]+")
_SINGLE = {FactKind.EFFECTIVE_DATE, FactKind.EXPIRY_DATE, FactKind.COMMENT_DEADLINE}
_ENOUGH = 55.0  # similarity (0 to 100) from which two facts are about the same thing
_MOST_PAIRS = 250_000  # beyond this, only facts at the same place are compared


def core_value(fact: Fact) -> Any:
    """The part of a fact's value whose change is a change of the fact."""
    value = fact.value
    if not isinstance(value, ObjectValue):
        return _hashable(value.to_json())
    return tuple((name, _hashable(getattr(value, name))) for name in value.SHAPE.core)


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
    old, new = left.value, right.value
    if isinstance(old, ObjectValue) and isinstance(new, ObjectValue):
        subjects = [(getattr(old, name), getattr(new, name)) for name in old.SHAPE.subject]
        if isinstance(old, DataFieldValue):
            same_table = _table_of(left) == _table_of(right)
            return 0.9 * _same_subject(subjects) + 10 * same_table
        if isinstance(old, ReferenceValue):
            return _same_subject(subjects)
        if _basis(old) != _basis(new) or _other_payer(old, new):
            return 0.6 * _words(left, right)
        stated = [(str(a), str(b)) for a, b in subjects if a and b]
        if stated:
            subject = max(_alike(a, b) for a, b in stated)
            return 0.5 * subject + 0.4 * _words(left, right) + 10 * (left.where == right.where)
    return 0.9 * _words(left, right) + 10 * (left.where == right.where)


def _same_subject(subjects: list[tuple[Any, Any]]) -> float:
    return 100.0 if any(a and a == b for a, b in subjects) else 0.0


def _basis(value: ObjectValue) -> str | None:
    return value.basis if isinstance(value, FineValue) else None


def _other_payer(old: ObjectValue, new: ObjectValue) -> bool:
    """Whether two fines are those of different parties: 对单位, 对个人."""
    if not isinstance(old, FineValue) or not isinstance(new, FineValue):
        return False
    return bool(old.who and new.who and old.who != new.who)


def _table_of(fact: Fact) -> str:
    return re.sub(r"行\d+$", "", fact.where)


def _words(left: Fact, right: Fact) -> float:
    return _alike(_without_numbers(left.quote), _without_numbers(right.quote))


def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # only where texts are compared: other commands start without it

    return fuzz.ratio(one, other)


@lru_cache(maxsize=8192)
def _without_numbers(quote: str) -> str:
    return _NUMBERS.sub("#", quote)
