"""The order in which a page's lines and tables are read: from the top, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from crawler.extract.layout.text_lines import LinePiece, Row, joined_pieces

_FEWEST_LINES = 3  # of a column of text
_FEWEST_ROWS = 3  # of a table without lines
_FEWEST_COLUMNS = 3
_FULL = 0.6  # of its column that a usual line of text fills
_NARROWEST = 8.0  # times the type's size: a column of text
_ROW_DISTANCE = 3.5
_CELL_GAP = 1.5
_MOST_TRIED = 300_000
_MOST_ROWS = 300  # of a table without lines
_WRAP_DISTANCE = 1.7
_TO_THE_EDGE = 1.8
_INDENT = 1.2
_LEAST_REACH = 0.75  # of the page's width that lines of text reach
_SHORTEST_FULL_LINE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTable:
    """A table, where it stands on its page, where its columns begin, and in which of them the
    last row ends at the edge of its cell, so that the text may go on over the page."""

    cells: tuple[tuple[str, ...], ...]
    left: float
    right: float
    top: float
    bottom: float
    columns: tuple[float, ...] = ()
    open_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line in reading order, and whether its sentence may go on in the next one."""

    text: str
    size: float
    fills: bool  # it reaches the right edge of its column
    indented: bool  # it begins behind the left edge of its column
    room: float  # points left between its end and the edge


Block = TextLine | PlacedTable
_Band = Row | PlacedTable  # what stands on one level


def in_reading_order(
    rows: Sequence[Row], tables: Sequence[PlacedTable], width: float
) -> list[Block]:
    """Lines and tables of a page of that width as a person reads them."""
    bands: list[_Band] = [*rows, *tables]
    return list(_ordered(sorted(bands, key=_top), _LEAST_REACH * width))


def _top(band: _Band) -> float:
    return band.top if isinstance(band, PlacedTable) else min(piece.top for piece in band)


def _ordered(bands: Sequence[_Band], reach: float) -> Iterator[Block]:
    found = _columns(bands)
    if found is None:
        yield from _flow(bands, reach)
        return
    start, end, gutter = found
    yield from _ordered(bands[:start], reach)
    for left in (True, False):
        yield from _ordered(_side(bands[start:end], gutter, left), 0.0)
    yield from _ordered(bands[end:], reach)


def _side(bands: Sequence[_Band], gutter: float, left: bool) -> list[_Band]:
    found: list[_Band] = []
    for band in bands:
        if isinstance(band, PlacedTable):
            if (band.right <= gutter) == left:
                found.append(band)
        elif kept := [piece for piece in band if (piece.right <= gutter) == left]:
            found.append(kept)
    return found


def _columns(bands: Sequence[_Band]) -> tuple[int, int, float] | None:
    """The longest run of lines on both sides of a gutter, and where the gutter is."""
    best: tuple[int, int, float] | None = None
    gutters = _gutters(bands)
    if len(gutters) * len(bands) > _MOST_TRIED:
        return None
    for gutter in gutters:
        for start, end in _runs(bands, gutter):
            longer = best is None or end - start > best[1] - best[0]
            if longer and _are_columns(bands[start:end], gutter):
                best = (start, end, gutter)
    return best


def _gutters(bands: Sequence[_Band]) -> list[float]:
    """Between which lines of a level, or of neighbouring levels, a gutter could run."""
    found: set[float] = set()
    before: Sequence[LinePiece] = ()
    for band in bands:
        if isinstance(band, PlacedTable):
            continue
        near = [*before, *band]
        ends = sorted(piece.right for piece in near)
        for piece in near:
            left = [end for end in ends if end < piece.left - 0.5 * piece.size]
            if left:
                found.add(round((left[-1] + piece.left) / 2 / 4) * 4.0)
        before = band
    return sorted(found)


def _runs(bands: Sequence[_Band], gutter: float) -> Iterator[tuple[int, int]]:
    start = 0
    for index, band in enumerate(bands):
        pieces = [band] if isinstance(band, PlacedTable) else band
        if any(piece.left < gutter < piece.right for piece in pieces):
            if index > start:
                yield start, index
            start = index + 1
    if len(bands) > start:
        yield start, len(bands)


def _are_columns(bands: Sequence[_Band], gutter: float) -> bool:
    """Whether there is running text on both sides, and not the cells of a table."""
    sides: list[list[LinePiece]] = [[], []]
    for band in bands:
        if not isinstance(band, PlacedTable):
            for piece in band:
                sides[piece.left > gutter].append(piece)
    return all(_is_running_text(side) for side in sides)


def _is_running_text(pieces: Sequence[LinePiece]) -> bool:
    if len(pieces) < _FEWEST_LINES:
        return False
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    usual = median(piece.right - piece.left for piece in pieces)
    return width >= _NARROWEST * median(piece.size for piece in pieces) and usual >= _FULL * width


# ----------------------------------------------------------------------- within one column


def _flow(bands: Sequence[_Band], reach: float) -> Iterator[Block]:
    """The lines and tables of one column; lines that stand in columns are a table too. The
    right edge of its text is at ``reach`` at the least."""
    lines = [band for band in bands if not isinstance(band, PlacedTable)]
    if not lines:
        yield from (band for band in bands if isinstance(band, PlacedTable))
        return
    left = min(piece.left for row in lines for piece in row)
    right = max(reach, *(piece.right for row in lines for piece in row))
    index = 0
    while index < len(bands):
        band = bands[index]
        if isinstance(band, PlacedTable):
            yield band
        elif table := _unruled(bands, index):
            yield table[0]
            index = table[1]
            continue
        else:
            yield _line(band, left, right)
        index += 1


def _line(row: Row, left: float, right: float) -> TextLine:
    size = row[0].size
    room = right - row[-1].right
    return TextLine(
        text=" ".join(piece.text for piece in row),
        size=size,
        fills=room <= _TO_THE_EDGE * size
        and row[-1].right - row[0].left >= _SHORTEST_FULL_LINE * size,
        indented=row[0].left - left >= _INDENT * size,
        room=room,
    )


def _unruled(bands: Sequence[_Band], start: int) -> tuple[PlacedTable, int] | None:
    """A table that only its columns of blank paper make, and the index behind it."""
    rows = _candidates(bands, start)
    columns = _column_spans([piece for row in rows for piece in row]) if rows else []
    full = sum(len(row) >= _FEWEST_COLUMNS for row in rows)
    if len(columns) < _FEWEST_COLUMNS or full < _FEWEST_ROWS:
        return None
    cells: list[list[str]] = []
    before: Row | None = None
    for row in rows:
        found = _in_columns(row, columns)
        if before is not None and _wraps(before, row, found, len(columns)):
            cells[-1] = [one + other for one, other in zip(cells[-1], found, strict=True)]
        else:
            cells.append(found)
        before = row
    pieces = [piece for row in rows for piece in row]
    table = PlacedTable(
        cells=tuple(map(tuple, cells)),
        left=columns[0][0], right=columns[-1][1],
        top=min(piece.top for piece in pieces), bottom=max(piece.bottom for piece in pieces),
        columns=tuple(column[0] for column in columns),
    )  # fmt: skip
    return table, start + len(rows)


def _candidates(bands: Sequence[_Band], start: int) -> list[Row]:
    """Lines below each other, each of several pieces or a short one between such."""
    rows: list[Row] = []
    for band in bands[start:]:
        if isinstance(band, PlacedTable) or len(rows) >= _MOST_ROWS:
            break
        row = joined_pieces(band, _CELL_GAP)
        if rows and row[0].base - rows[-1][0].base > _ROW_DISTANCE * row[0].size:
            break
        if len(row) < 2 and (not rows or not _stands_in_columns(row[0], rows)):
            break
        rows.append(row)
    while rows and len(rows[-1]) < 2 and not _is_close(rows):
        rows.pop()
    return rows


def _is_close(rows: Sequence[Row]) -> bool:
    return (
        len(rows) > 1 and rows[-1][0].base - rows[-2][0].base <= _WRAP_DISTANCE * rows[-1][0].size
    )


def _stands_in_columns(piece: LinePiece, rows: Sequence[Row]) -> bool:
    """A lone piece that goes on below a cell which is not the first of its row."""
    columns = _column_spans([each for row in rows for each in row])
    return any(
        left - piece.size <= piece.left and piece.right <= right + piece.size
        for left, right in columns[1:]
    )


def _column_spans(pieces: Sequence[LinePiece]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if spans and piece.left <= spans[-1][1] + 0.3 * piece.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    return spans


def _in_columns(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    cells = [""] * len(columns)
    for piece in row:
        number = next(n for n, (_, right) in enumerate(columns) if piece.left <= right)
        cells[number] = f"{cells[number]} {piece.text}".strip()
    return cells


def _wraps(before: Row, row: Row, cells: Sequence[str], columns: int) -> bool:
    """Whether a line holds only the second lines of some cells of the row above it."""
    close = row[0].base - before[0].base <= _WRAP_DISTANCE * row[0].size
    return close and not cells[0] and len(row) < columns - 1
