"""What a page is read as: its lines and its tables."""

from __future__ import annotations

from dataclasses import dataclass

WIDE = "\u2001"  # between pieces of a line that are set apart: a blank that is not repaired


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
    indent: float  # points from the left edge of its column to its beginning
    room: float  # points left between its end and the edge
    note: bool = False  # it stands below the text of its page
    fresh: bool = False  # text in another number of columns begins with it


Block = TextLine | PlacedTable
