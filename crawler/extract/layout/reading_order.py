"""The order in which a page's lines and tables are read: from the top, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from crawler.extract.layout.aligned_rows import Band, aligned_table
from crawler.extract.layout.page_blocks import WIDE, Block, PlacedTable, TextLine
from crawler.extract.layout.text_lines import LinePiece, Row, joined_pieces

_FEWEST_LINES = 3  # of a column of text
_FULLER = 0.8
_SET_APART = 1.8
_WIDE_BLANK = 1.6  # times the type's size: what stands behind 第一条
_FULL = 0.6  # of its column that a usual line of text fills
_NARROWEST = 8.0  # times the type's size: a column of text
_MOST_TRIED = 200_000
_MOST_GUTTERS = 40
_TO_THE_EDGE = 1.8
_FEW_LINES = 6
_SHARE_AT_EDGE = 0.15
_SAME_EDGE = 0.6
_LEAST_REACH = 0.75  # of the page's width that lines of text reach
_SHORTEST_LINE = 10.0  # times the type's size: a line that is as long as its column
_SHORTEST_IN_COLUMN = 5.0


def in_reading_order(
    rows: Sequence[Row], tables: Sequence[PlacedTable], width: float
) -> list[Block]:
    """Lines and tables of a page of that width as a person reads them."""
    bands: list[Band] = [*rows, *tables]
    return list(_ordered(sorted(bands, key=_top), _LEAST_REACH * width))


def _top(band: Band) -> float:
    return band.top if isinstance(band, PlacedTable) else min(piece.top for piece in band)


def _ordered(bands: Sequence[Band], reach: float) -> Iterator[Block]:
    found = _columns(bands)
    if found is None:
        yield from _flow(bands, reach)
        return
    start, end, gutter = found
    yield from _ordered(bands[:start], reach)
    yield from _fresh(_ordered(_side(bands[start:end], gutter, left=True), 0.0))
    yield from _ordered(_side(bands[start:end], gutter, left=False), 0.0)
    yield from _fresh(_ordered(bands[end:], reach))


def _fresh(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks whose first line goes on with no sentence."""
    for number, block in enumerate(blocks):
        if number == 0 and isinstance(block, TextLine):
            yield replace(block, fresh=True)
        else:
            yield block


def _side(bands: Sequence[Band], gutter: float, *, left: bool) -> list[Band]:
    found: list[Band] = []
    for band in bands:
        if isinstance(band, PlacedTable):
            if (band.right <= gutter) == left:
                found.append(band)
        elif kept := [piece for piece in band if (piece.right <= gutter) == left]:
            found.append(kept)
    return found


def _columns(bands: Sequence[Band]) -> tuple[int, int, float] | None:
    """The longest run of lines on both sides of a gutter, and where the gutter is."""
    best: tuple[int, int, float] | None = None
    gutters = _gutters(bands)
    if len(gutters) * sum(map(_pieces_of, bands)) > _MOST_TRIED:
        return None
    for gutter in gutters:
        for start, end in _runs(bands, gutter):
            longer = best is None or end - start > best[1] - best[0]
            if longer and _are_columns(bands[start:end], gutter):
                best = (start, end, gutter)
    return best


def _pieces_of(band: Band) -> int:
    return 1 if isinstance(band, PlacedTable) else len(band)


def _gutters(bands: Sequence[Band]) -> list[float]:
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


def _runs(bands: Sequence[Band], gutter: float) -> Iterator[tuple[int, int]]:
    start = 0
    for index, band in enumerate(bands):
        if _crosses(band, gutter):
            if index > start:
                yield start, index
            start = index + 1
    if len(bands) > start:
        yield start, len(bands)


def _are_columns(bands: Sequence[Band], gutter: float) -> bool:
    """Whether there is running text on both sides, and not the cells of a table."""
    if not _is_running_text(_side(bands, gutter, left=True), _FULL):
        return False
    right = _side(bands, gutter, left=False)
    return _is_running_text(right, _FULL) or _are_several(right)


def _are_several(bands: Sequence[Band]) -> bool:
    """Whether a side holds two columns of text itself, their lines full."""
    gutters = _gutters(bands)
    for gutter in gutters if len(gutters) <= _MOST_GUTTERS else ():
        sides = [_side(bands, gutter, left=left) for left in (True, False)]
        crossed = any(_crosses(band, gutter) for band in bands)
        if not crossed and all(_is_running_text(side, _FULLER) for side in sides):
            return True
    return False


def _is_running_text(bands: Sequence[Band], full: float) -> bool:
    """Whether the usual line fills that share of its column."""
    lines = [band for band in bands if not isinstance(band, PlacedTable)]
    pieces = [piece for line in lines for piece in joined_pieces(list(line), _WIDE_BLANK)]
    if len(pieces) < _FEWEST_LINES:
        return False
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    usual = median(piece.right - piece.left for piece in pieces)
    return width >= _NARROWEST * median(piece.size for piece in pieces) and usual >= full * width


def _crosses(band: Band, gutter: float) -> bool:
    pieces = [band] if isinstance(band, PlacedTable) else band
    return any(piece.left < gutter < piece.right for piece in pieces)


# ----------------------------------------------------------------------- within one column


def _flow(bands: Sequence[Band], reach: float) -> Iterator[Block]:
    """The lines and tables of one column; lines that stand in columns are a table too. The
    right edge of its text is at ``reach`` at the least."""
    lines = [band for band in bands if not isinstance(band, PlacedTable)]
    if not lines:
        yield from (band for band in bands if isinstance(band, PlacedTable))
        return
    size = median(row[0].size for row in lines)
    left = _edge([row[0].left for row in lines], size)
    right = max(reach, -_edge([-row[-1].right for row in lines], size))
    index = 0
    while index < len(bands):
        band = bands[index]
        if isinstance(band, PlacedTable):
            yield band
        elif table := aligned_table(bands, index):
            yield table[0]
            index = table[1]
            continue
        else:
            yield _line(band, (left, right), _SHORTEST_LINE if reach else _SHORTEST_IN_COLUMN)
        index += 1


def _edge(ends: Sequence[float], size: float) -> float:
    """The edge of a column: the outermost place where several of its lines end."""
    ends = sorted(ends)
    if len(ends) >= _FEW_LINES:
        several = max(2, round(_SHARE_AT_EDGE * len(ends)))
        for first, last in zip(ends, ends[several - 1 :], strict=False):
            if last - first <= _SAME_EDGE * size:
                return first
    return ends[0]


def _gap(row: Row, number: int) -> str:
    """What stands before a piece of a line: more than a blank if it is set apart."""
    if number == 0:
        return ""
    before = row[number - 1]
    apart = row[number].left - before.right >= _SET_APART * row[0].size
    return WIDE if apart and before.text[-1].isalnum() else " "


def _line(row: Row, edges: tuple[float, float], shortest: float) -> TextLine:
    left, right = edges
    size = row[0].size
    room = right - row[-1].right
    return TextLine(
        text="".join(_gap(row, number) + piece.text for number, piece in enumerate(row)),
        size=size,
        fills=room <= _TO_THE_EDGE * size and row[-1].right - row[0].left >= shortest * size,
        indent=row[0].left - left,
        room=room,
    )
