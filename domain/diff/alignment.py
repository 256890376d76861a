"""Align two sequences of texts: equal, similar and moved ones, in bounded time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_EXACT_CELLS = 160_000  # above this many comparisons: anchors that occur once only
_PAIR_CELLS = 40_000  # above this many candidate pairs: neighbours only
_PAIR_WORK = 4_000_000_000  # characters times characters
_NEIGHBOURS = 12
_LONG = 20_000  # longer texts are compared by their word pairs
SIMILAR = 55.0
_SHORT = 16  # in a few characters one number is half of the text
SIMILAR_SHORT = 30.0
SIMILAR_ACROSS = 85.0  # what an article must share to count as moved


@dataclass(frozen=True, slots=True)
class Pair:
    """Item ``before`` of the old sequence became item ``after`` of the new one. ``kept`` pairs
    stand in the same order in both; the others have moved."""

    before: int
    after: int
    kept: bool


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pairs of items that are equal or similar (ratio of at least 55), in the new order; what is
    in no pair was removed or added."""
    equal = equal_pairs(before, after)
    pairs = list(equal)
    for old, new in _gaps(equal, len(before), len(after)):
        pairs += _similar_pairs(before, after, old, new, SIMILAR)
    pairs += _moved(before, after, pairs)
    pairs.sort(key=lambda pair: pair[1])
    kept = _increasing([old for old, _ in pairs])
    return [Pair(old, new, i in kept) for i, (old, new) in enumerate(pairs)]


def equal_pairs(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of equal items in ascending order on both sides."""
    pairs: list[tuple[int, int]] = []
    stack = [(0, len(before), 0, len(after))]
    while stack:
        a, a_end, b, b_end = stack.pop()
        while a < a_end and b < b_end and before[a] == after[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and before[a_end - 1] == after[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            pairs.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        if (a_end - a) * (b_end - b) <= _EXACT_CELLS:
            pairs += _matched(before, after, (a, a_end), (b, b_end))
            continue
        anchors = _anchors(before, after, (a, a_end), (b, b_end))
        if not anchors:
            pairs += _by_occurrence(before, after, (a, a_end), (b, b_end))
            continue
        pairs += anchors
        for a_stop, b_stop in [*anchors, (a_end, b_end)]:
            stack.append((a, a_stop, b, b_stop))
            a, b = a_stop + 1, b_stop + 1
    return sorted(pairs)


def _matched(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    old: tuple[int, int],
    new: tuple[int, int],
) -> list[tuple[int, int]]:
    matcher = SequenceMatcher(None, before[old[0] : old[1]], after[new[0] : new[1]], autojunk=False)
    return [
        (old[0] + block.a + i, new[0] + block.b + i)
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]


def _anchors(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    old: tuple[int, int],
    new: tuple[int, int],
) -> list[tuple[int, int]]:
    """Items that occur once on either side, in the longest common order."""
    counts = Counter(before[old[0] : old[1]])
    places = {}
    twice = set()
    for j in range(*new):
        if after[j] in places:
            twice.add(after[j])
        places[after[j]] = j
    pairs = [
        (i, places[before[i]])
        for i in range(*old)
        if counts[before[i]] == 1 and before[i] in places and before[i] not in twice
    ]
    kept = _increasing([j for _, j in pairs])
    return [pair for n, pair in enumerate(pairs) if n in kept]


def _by_occurrence(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    old: tuple[int, int],
    new: tuple[int, int],
) -> list[tuple[int, int]]:
    """Thousands of items, none of them unique: the n-th of a kind goes with the n-th."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(range(*new)):
        places[after[j]].append(j)
    pairs = [(i, places[before[i]].pop()) for i in range(*old) if places.get(before[i])]
    kept = _increasing([j for _, j in pairs])
    return [pair for n, pair in enumerate(pairs) if n in kept]


def _increasing(values: Sequence[int]) -> set[int]:
    """Indexes of a longest increasing subsequence."""
    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for index, value in enumerate(values):
        slot = bisect_left(tails, value)
        back.append(at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(value)
            at.append(index)
        else:
            tails[slot], at[slot] = value, index
    chosen: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        chosen.add(index)
        index = back[index]
    return chosen


def _gaps(
    pairs: Sequence[tuple[int, int]], old_size: int, new_size: int
) -> list[tuple[range, range]]:
    gaps = []
    a = b = 0
    for old, new in [*pairs, (old_size, new_size)]:
        if old > a and new > b:
            gaps.append((range(a, old), range(b, new)))
        a, b = old + 1, new + 1
    return gaps


def _similar_pairs(
    before: Sequence[str],
    after: Sequence[str],
    old: Sequence[int],
    new: Sequence[int],
    floor: float,
) -> list[tuple[int, int]]:
    """The most similar ones first; a pair that crosses another needs far more in common."""
    scored = _scores(before, after, old, new, floor)
    scored.sort(key=lambda s: (-s[0], abs((s[1] - old[0]) - (s[2] - new[0]))))
    used_old: set[int] = set()
    used_new: set[int] = set()
    chosen: list[tuple[int, int]] = []
    for score, i, j in scored:
        if i in used_old or j in used_new:
            continue
        crosses = score < SIMILAR_ACROSS and any((i < a) != (j < b) for a, b in chosen)
        if not crosses:
            used_old.add(i)
            used_new.add(j)
            chosen.append((i, j))
    return chosen


def _scores(
    before: Sequence[str],
    after: Sequence[str],
    old: Sequence[int],
    new: Sequence[int],
    floor: float,
) -> list[tuple[float, int, int]]:
    from rapidfuzz import fuzz

    work = sum(len(before[i]) for i in old) * sum(len(after[j]) for j in new)
    everything = len(old) * len(new) <= _PAIR_CELLS and work <= _PAIR_WORK
    scored = []
    for place, i in enumerate(old):
        if everything:
            candidates: Sequence[int] = new
        else:
            middle = place * len(new) // len(old)
            candidates = new[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS + 1]
        for j in candidates:
            longest = max(len(before[i]), len(after[j]))
            least = min(floor, SIMILAR_SHORT) if longest < _SHORT else floor
            if longest > _LONG:
                score = _rough_ratio(before[i], after[j])
            else:
                score = fuzz.ratio(before[i], after[j], score_cutoff=least)
            if score >= least:
                scored.append((score, i, j))
    return scored


def _rough_ratio(before: str, after: str) -> float:
    """What two long texts share of their runs of four characters, times 100; of very long ones
    an eighth of the runs, chosen by their first character."""
    every = 8 if len(before) + len(after) > 200_000 else 1
    old, new = _runs(before, every), _runs(after, every)
    shared = sum((old & new).values())
    return 200.0 * shared / max(1, old.total() + new.total())


def _runs(text: str, every: int) -> Counter[str]:
    return Counter(text[i : i + 4] for i, c in enumerate(text[:-3]) if ord(c) % every == 0)


def _moved(
    before: Sequence[str], after: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What is left over on both sides and the same, or nearly, elsewhere."""
    paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
    old = [i for i in range(len(before)) if i not in paired_old]
    new = [j for j in range(len(after)) if j not in paired_new]
    if not old or not new:
        return []
    places = defaultdict(list)
    for j in reversed(new):
        places[after[j]].append(j)
    found = [(i, places[before[i]].pop()) for i in old if places.get(before[i])]
    taken_old, taken_new = {i for i, _ in found}, {j for _, j in found}
    old = [i for i in old if i not in taken_old and len(before[i]) >= 8]
    new = [j for j in new if j not in taken_new and len(after[j]) >= 8]
    if old and new:
        found += _similar_pairs(before, after, old, new, SIMILAR_ACROSS)
    return found
