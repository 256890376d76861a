"""Compare a stored text with two looks at its page: what is an edit, and what only moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.diff.alignment import equal_pairs
from domain.records.notice import Version
from domain.text.boilerplate import without_furniture
from domain.text.normalization import normalise
from domain.text.volatile_lines import (
    is_volatile,
    line_shape,
    may_change,
    shapes_of,
    without_volatile,
)

_MOST = 3000  # lines of a text that are compared


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondLook:
    """What two looks, one after the other, say of a text. ``changed``: both show the same new
    words in some place. ``moving``: shapes of lines that differed between the two, and of the
    stored ones in whose place they stood."""

    changed: bool
    moving: frozenset[str] = frozenset()


def quiet(version: Version, shapes: Collection[str]) -> Version:
    """The version without the lines of these shapes, for comparing it."""
    if not shapes:
        return version
    kept = (b for b in version.blocks if b.rows or not is_volatile(b.text, shapes))
    return replace(version, text=without_volatile(version.text, shapes), blocks=tuple(kept))


def differing_lines(before: str, after: str, volatile: Collection[str] = ()) -> list[str]:
    """The lines that stand in one of two texts only, those of the earlier one first."""
    old, new = counted_lines(before, volatile), counted_lines(after, volatile)
    return [line for gone, came, _ in _hunks(old, new) for line in (*gone, *came)]


def second_look(before: str, first: str, second: str, volatile: Collection[str] = ()) -> SecondLook:
    """What both looks say against the stored text, and what moved between them."""
    moving = shapes_of(differing_lines(first, second, volatile))
    old = [line for line in counted_lines(before, volatile) if line_shape(line) not in moving]
    new, gaps = _settled(counted_lines(second, volatile), moving)
    both = {normalise(line) for line in counted_lines(first, volatile)}
    edits = [(_is_edit(gone, came, both, gaps[at]), gone) for gone, came, at in _hunks(old, new)]
    turned = shapes_of(line for is_edit, gone in edits if not is_edit for line in gone)
    return SecondLook(changed=any(is_edit for is_edit, _ in edits), moving=moving | turned)


def counted_lines(text: str, volatile: Collection[str] = ()) -> list[str]:
    """The lines that count in a comparison."""
    lines = without_volatile(without_furniture(text), volatile).split("\n")
    return [line for line in lines if line.strip()][:_MOST]


def _settled(lines: Sequence[str], moving: Collection[str]) -> tuple[list[str], list[int]]:
    """The lines that did not move, and how many moving ones stand before each and at the end."""
    kept: list[str] = []
    gaps = [0]
    for line in lines:
        if is_volatile(line, moving):
            gaps[-1] += 1
        else:
            kept.append(line)
            gaps.append(0)
    return kept, gaps


def _is_edit(gone: Sequence[str], came: Sequence[str], both: Collection[str], moved: int) -> bool:
    """Whether lines that went and came are an edit: what came stood in both looks, and what
    went is no earlier turn of a block that moves."""
    if came:
        return all(normalise(line) in both for line in came)
    return len(gone) > moved or not all(may_change(line) for line in gone)


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str], int]]:
    """Runs of lines that differ: what went, what came, and where in the new text."""
    pairs = equal_pairs([normalise(line) for line in old], [normalise(line) for line in new])
    i = j = 0
    for x, y in [*pairs, (len(old), len(new))]:
        if i < x or j < y:
            yield list(old[i:x]), list(new[j:y]), j
        i, j = x + 1, y + 1
