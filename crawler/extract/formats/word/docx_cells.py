"""The rows and cells of a table of a .docx, also those inside content controls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from crawler.extract.formats.word.word_styles import W, value_of

_OFF = frozenset({"0", "false", "off"})
_MOST_COLUMNS = 60
_NO_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("tblPr", "trPr", "tblGrid", "sdtPr", "tr", "tc", "tbl", "p")
)
_MERGES = (f"{W}vMerge", f"{W}hMerge")
_GONE = ("del", "moveFrom", "cellDel")


class TableCell(NamedTuple):
    """A place in a row; without an element where another cell reaches over it."""

    element: Any | None


def rows_of(table: Any) -> Iterator[Any]:
    """The rows that are shown."""
    for row in _wrapped(table, f"{W}tr"):
        hidden = row.find(f"{W}trPr/{W}hidden")
        if hidden is not None and (hidden.get(f"{W}val") or "1") not in _OFF:
            continue
        if not any(row.find(f"{W}trPr/{W}{name}") is not None for name in _GONE):
            yield row


def cells_of(row: Any) -> Iterator[TableCell]:
    """The cells of a row, one for each column of the table."""
    yield from _empty(_width(value_of(row, "trPr/gridBefore"), 0))
    for cell in _wrapped(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            continue
        yield TableCell(None if _continued(cell) else cell)
        yield from _empty(_width(value_of(cell, "tcPr/gridSpan"), 1) - 1)


def _continued(cell: Any) -> bool:
    """Whether a cell only lengthens the one above it or before it."""
    properties = cell.find(f"{W}tcPr")
    merges = () if properties is None else properties.iterchildren(*_MERGES)
    return any(merge.get(f"{W}val") != "restart" for merge in merges)


def _wrapped(parent: Any, tag: str) -> Iterator[Any]:
    """The children of a kind, through whatever is put around them: w:sdt, w:customXml, w:ins."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NO_WRAPPERS:
            yield from _wrapped(child, tag)


def _empty(count: int) -> Iterator[TableCell]:
    for _ in range(count):
        yield TableCell(None)


def _width(text: str | None, default: int) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
    return min(max(number, 0), _MOST_COLUMNS)
