"""Ruled tables on a PDF page: their text in reading order with the cells between tabs.

A PDF holds no tables, only lines and characters. Where lines make a grid of at least three
columns, each character belongs to the cell that it stands in; the rest of the page stays as
it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

Row = tuple[str, ...]
Table = tuple[Row, ...]
Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

_THIN = 2.5  # points: a rectangle this thin is a line
_NEAR = 2.0  # points: lines this near are one
_MOST_PATHS = 6000
_MOST_CHARACTERS = 20_000
_FEWEST_COLUMNS = 3
_LOWEST_ROW = 6.0


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a grid: its lower and upper edge and the upright lines through it."""

    bottom: float
    top: float
    edges: tuple[float, ...]

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def column(self, x: float) -> int | None:
        index = bisect_right(self.edges, x) - 1
        return index if 0 <= index < self.columns else None


def page_text(page: Any, textpage: Any, plain: str) -> tuple[str, list[Table]]:
    """The page's text with its ruled tables as lines of cells; ``plain`` if it has none."""
    bands = _bands(_paths(page))
    count = textpage.count_chars()
    if not bands or count > _MOST_CHARACTERS or len(plain) != count:
        return plain, []
    places = _filled([_place(bands, _centre(textpage, index)) for index in range(count)])
    cells: dict[int, list[str]] = {}
    for char, place in zip(plain, places, strict=True):
        if place is not None:
            band, column = place
            row = cells.setdefault(band, [""] * bands[band].columns)
            row[column] += char
    rows = {band: tuple(" ".join(cell.split()) for cell in row) for band, row in cells.items()}
    return _woven(plain, places, rows), _tables(bands, rows)


def _filled(places: Sequence[tuple[int, int] | None]) -> list[tuple[int, int] | None]:
    """Blanks and line breaks stand nowhere; between two characters of a cell they are its own."""
    found = list(places)
    last: int | None = None
    for index, place in enumerate(places):
        if place is None:
            continue
        if last is not None and places[last] == place:
            found[last + 1 : index] = [place] * (index - last - 1)
        last = index
    return found


def _woven(plain: str, places: Sequence[tuple[int, int] | None], rows: dict[int, Row]) -> str:
    """The text outside tables, with each row where its first character stood."""
    out: list[str] = []
    told: set[int] = set()
    for char, place in zip(plain, places, strict=True):
        if place is None:
            out.append(char)
        elif place[0] not in told:
            told.add(place[0])
            out.append("\n" + "\t".join(rows[place[0]]) + "\n")
    lines = "".join(out).replace("\r", "\n").split("\n")
    return "\n".join(line for line in lines if line.strip(" \u00a0\u3000"))


def _tables(bands: Sequence[Band], rows: dict[int, Row]) -> list[Table]:
    """Rows that touch each other and have as many columns are one table."""
    runs: list[list[Row]] = []
    below: Band | None = None
    for number, band in enumerate(bands):
        row = rows.get(number)
        if row is None:
            continue
        if below is not None and abs(below.bottom - band.top) < _NEAR:
            runs[-1].append(row)
        else:
            runs.append([row])
        below = band
    return [tuple(run) for run in runs if len(run) >= 2]


def _place(bands: Sequence[Band], point: tuple[float, float] | None) -> tuple[int, int] | None:
    """Which row and column a point stands in; rows run from the top of the page down."""
    if point is None:
        return None
    x, y = point
    low, high = 0, len(bands)
    while low < high:
        middle = (low + high) // 2
        if bands[middle].bottom > y:
            low = middle + 1
        else:
            high = middle
    if low == len(bands) or not bands[low].bottom <= y <= bands[low].top:
        return None
    column = bands[low].column(x)
    return None if column is None else (low, column)


def _centre(textpage: Any, index: int) -> tuple[float, float] | None:
    left, bottom, right, top = textpage.get_charbox(index)
    if right <= left and top <= bottom:
        return None  # a line break that stands nowhere
    return (left + right) / 2, (bottom + top) / 2


# ------------------------------------------------------------------------------ the grid


def _paths(page: Any) -> list[Box]:
    import pypdfium2.raw as pdfium

    boxes: list[Box] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        boxes.append(item.get_bounds())
        if len(boxes) > _MOST_PATHS:
            return []  # a drawing
    return boxes


def _bands(boxes: Iterable[Box]) -> list[Band]:
    """Rows between neighbouring level lines that three or more columns run through."""
    level: list[tuple[float, float, float]] = []  # y, from x, to x
    upright: list[tuple[float, float, float]] = []  # x, from y, to y
    for left, bottom, right, top in boxes:
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            level.append(((bottom + top) / 2, left, right))
        elif wide <= _THIN < high:
            upright.append(((left + right) / 2, bottom, top))
        elif wide > _THIN and high > _THIN:  # a drawn rectangle has four sides
            level += [(bottom, left, right), (top, left, right)]
            upright += [(left, bottom, top), (right, bottom, top)]
    heights = _merged(y for y, _, _ in level)
    found: list[Band] = []
    for bottom, top in pairwise(heights):
        if top - bottom < _LOWEST_ROW:
            continue
        middle = (bottom + top) / 2
        edges = _merged(x for x, low, high in upright if low - _NEAR <= middle <= high + _NEAR)
        if len(edges) > _FEWEST_COLUMNS:
            found.append(Band(bottom, top, tuple(edges)))
    return found[::-1]


def _merged(values: Iterable[float]) -> list[float]:
    """Sorted, with those that are nearly the same taken as one."""
    kept: list[float] = []
    for value, _ in groupby(sorted(values)):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept
