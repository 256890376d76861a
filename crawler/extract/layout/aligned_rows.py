"""Tables without lines: rows whose cells stand in columns of blank paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.layout.page_blocks import PlacedTable
from crawler.extract.layout.text_lines import LinePiece, Row, joined_pieces

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_MOST_ROWS = 300
_ROW_DISTANCE = 3.5  # times the type's size, from base line to base line
_WRAP_DISTANCE = 1.7
_CELL_GAP = 1.5

Band = Row | PlacedTable  # what stands on one level of a page
Span = tuple[float, float]


def aligned_table(bands: Sequence[Band], start: int) -> tuple[PlacedTable, int] | None:
    """A table that only its columns of blank paper make, from this line on, and the index
    behind it."""
    rows = _candidates(bands, start)
    columns = _columns(rows)
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


def _candidates(bands: Sequence[Band], start: int) -> list[Row]:
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
    columns = _spans([each for row in rows for each in row])
    return any(
        left - piece.size <= piece.left and piece.right <= right + piece.size
        for left, right in columns[1:]
    )


def _columns(rows: Sequence[Row]) -> list[Span]:
    """From where to where each column reaches: by the rows that have all columns, if these are
    usual, as their heads may stand in the middle and their cells at the left."""
    most = max((len(row) for row in rows), default=0)
    full = [row for row in rows if len(row) == most]
    if len(full) >= _FEWEST_ROWS:
        found = [
            (min(piece.left for piece in column), max(piece.right for piece in column))
            for column in zip(*full, strict=True)
        ]
        if all(left[1] < right[0] for left, right in pairwise(found)):
            return found
    return _spans([piece for row in rows for piece in row])


def _spans(pieces: Sequence[LinePiece]) -> list[Span]:
    """Stretches of a line that some piece covers."""
    spans: list[Span] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if spans and piece.left <= spans[-1][1] + 0.3 * piece.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    return spans


def _in_columns(row: Row, columns: Sequence[Span]) -> list[str]:
    if len(row) == len(columns):
        return [piece.text for piece in row]
    cells = [""] * len(columns)
    for piece in row:
        number = min(range(len(columns)), key=lambda n: _apart(piece, columns[n]))
        cells[number] = f"{cells[number]} {piece.text}".strip()
    return cells


def _wraps(before: Row, row: Row, cells: Sequence[str], columns: int) -> bool:
    """Whether a line holds only the second lines of some cells of the row above it."""
    close = row[0].base - before[0].base <= _WRAP_DISTANCE * row[0].size
    return close and not cells[0] and len(row) < columns - 1


def _apart(piece: LinePiece, column: Span) -> float:
    """How far a piece is from a column; less than nothing if they overlap."""
    return max(piece.left, column[0]) - min(piece.right, column[1])
