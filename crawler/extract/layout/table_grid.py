"""Ruled tables: the grid that drawn lines make, and which cell a point stands in.

Cells that no line separates are one merged cell; its text stands in its upper left place. A
table may be open at its sides: its level lines then end where its outer columns do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.extract.layout.page_content import Rule

_NEAR = 3.0  # points: lines this near are one
_SHORTEST = 5.0
_MOST_CROSSINGS = 400_000
_MOST_CELLS = 40_000
_REACH = 0.9  # of a cell's side that a line must cover to bound it

Span = tuple[float, float]
Place = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's lines and, for each smallest cell, the upper left cell it is merged into."""

    xs: Sequence[float]
    ys: Sequence[float]
    merged: Sequence[Sequence[Place]]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def place(self, x: float, y: float) -> Place | None:
        """The row and column that a point stands in, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < self.columns and 0 <= row < self.rows:
            return self.merged[row][column]
        return None

    def width_of(self, place: Place) -> float:
        """How wide the cell is that is merged from this place on."""
        row, column = place
        end = column
        while end < self.columns and self.merged[row][end] == place:
            end += 1
        return self.xs[end] - self.xs[column]


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables of a page, the smallest first: two columns and two rows, or three columns."""
    level, upright = _lines(rules)
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []  # a drawing
    found = [_grid(*group) for group in _connected(level, upright)]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: grid.area)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A straight line: its fixed coordinate and where it starts and ends along the other."""

    at: float
    start: float
    end: float


def _lines(rules: Iterable[Rule]) -> tuple[list[_Stroke], list[_Stroke]]:
    level: list[_Stroke] = []
    upright: list[_Stroke] = []
    for rule in rules:
        if rule.is_level:
            level.append(_Stroke((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            upright.append(_Stroke((rule.left + rule.right) / 2, rule.top, rule.bottom))
    return _joined(level), _joined(upright)


def _joined(lines: Sequence[_Stroke]) -> list[_Stroke]:
    """Pieces of one line, drawn cell by cell, dashed or doubled, put together."""
    found: list[_Stroke] = []
    for group in _grouped(lines):
        start, end = group[0].start, group[0].end
        for line in group[1:]:
            if line.start <= end + _NEAR:
                end = max(end, line.end)
            else:
                found.append(_Stroke(group[0].at, start, end))
                start, end = line.start, line.end
        found.append(_Stroke(group[0].at, start, end))
    return [line for line in found if line.end - line.start >= _SHORTEST]


def _grouped(lines: Sequence[_Stroke]) -> list[list[_Stroke]]:
    """Lines of nearly one coordinate, each group by where its lines start."""
    groups: list[list[_Stroke]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if groups and line.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.start) for group in groups]


def _connected(
    level: Sequence[_Stroke], upright: Sequence[_Stroke]
) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """Groups of lines that touch each other, directly or by others."""
    leader = list(range(len(level) + len(upright)))
    for number, line in enumerate(level):
        for other, cross in enumerate(upright, len(level)):
            if _touch(line, cross):
                leader[_leader(leader, other)] = _leader(leader, number)
    groups: dict[int, tuple[list[_Stroke], list[_Stroke]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate([*level, *upright]):
        groups[_leader(leader, number)][number >= len(level)].append(line)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _touch(level: _Stroke, upright: _Stroke) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _leader(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _grid(level: Sequence[_Stroke], upright: Sequence[_Stroke]) -> Grid | None:
    ends = (min(line.start for line in level), max(line.end for line in level))
    xs = _distinct([*(line.at for line in upright), *ends])
    ys = _distinct(line.at for line in level)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or (rows < 2 and columns < 3) or rows * columns > _MOST_CELLS:
        return None
    return Grid(xs=xs, ys=ys, merged=_merged(xs, ys, level, upright))


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _merged(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[_Stroke], upright: Sequence[_Stroke]
) -> list[list[Place]]:
    """For each smallest cell the upper left one of those it is open to."""
    beside = _Bounds(upright, ys)
    below = _Bounds(level, xs)
    columns = len(xs) - 1
    leader = list(range(columns * (len(ys) - 1)))
    for row in range(len(ys) - 1):
        for column in range(columns):
            cell = row * columns + column
            if column and not beside.between(xs[column], row):
                _unite(leader, cell - 1, cell)
            if row and not below.between(ys[row], column):
                _unite(leader, cell - columns, cell)
    places = [divmod(_leader(leader, cell), columns) for cell in range(len(leader))]
    return [places[start : start + columns] for start in range(0, len(places), columns)]


def _unite(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_leader(leader, one), _leader(leader, other)))
    leader[second] = first


class _Bounds:
    """Which stretches between neighbouring crossings the lines of one direction cover."""

    def __init__(self, lines: Sequence[_Stroke], crossings: Sequence[float]) -> None:
        self._covered: dict[float, set[int]] = defaultdict(set)
        self._at = _distinct(line.at for line in lines)
        for line in lines:
            covered = self._covered[self._near(line.at)]
            for number, (start, end) in enumerate(pairwise(crossings)):
                shared = min(end, line.end + _NEAR) - max(start, line.start - _NEAR)
                if shared >= _REACH * (end - start):
                    covered.add(number)

    def between(self, at: float, stretch: int) -> bool:
        """Whether a line at this coordinate bounds the stretch."""
        near = self._near(at)
        return abs(near - at) <= _NEAR and stretch in self._covered[near]

    def _near(self, at: float) -> float:
        index = bisect_right(self._at, at)
        nearest = self._at[max(0, index - 1) : index + 1]
        return min(nearest, key=lambda value: abs(value - at))
