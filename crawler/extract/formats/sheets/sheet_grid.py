"""The rows of a sheet while it is read: hidden ones left out, the limits kept and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.extract.dom import clean_text
from crawler.extract.formats.packed import MAX_COLUMNS, MAX_ROWS, Read, Table, UnreadPart
from domain.records.states import AttachmentStatus

Covered = tuple[int, int, int, int]  # first and last row, first and last column, from 0


@dataclass(kw_only=True, slots=True)
class SheetGrid:
    """The shown cells of one sheet by row and column."""

    name: str
    hidden_columns: set[int] = field(default_factory=set)
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    cut_rows: bool = False
    cut_columns: bool = False
    unread: list[UnreadPart] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # lines of text boxes

    def put(self, row: int, column: int, text: str) -> None:
        """Take a cell; empty ones and those of hidden columns need no place."""
        if not text or column in self.hidden_columns:
            return
        if column >= MAX_COLUMNS + len(self.hidden_columns):
            self.cut_columns = True
        elif row not in self.cells and len(self.cells) >= MAX_ROWS:
            self.cut_rows = True
        else:
            self.cells.setdefault(row, {})[column] = text

    def cover(self, areas: Iterable[Covered]) -> None:
        """Forget what stands in merged cells behind the first: it is not shown."""
        for top, bottom, left, right in areas:
            for row in range(top, min(bottom + 1, top + MAX_ROWS)):
                cells = self.cells.get(row, {})
                for column in [each for each in cells if left <= each <= right]:
                    if (row, column) != (top, left):
                        del cells[column]

    def table(self) -> Table:
        """The rows with something in them; their columns stay aligned."""
        last = max((column for cells in self.cells.values() for column in cells), default=-1)
        columns = [each for each in range(last + 1) if each not in self.hidden_columns]
        rows = (
            _trimmed([cells.get(column, "") for column in columns])
            for _, cells in sorted(self.cells.items())
        )
        return tuple(row for row in rows if row)

    def losses(self) -> list[UnreadPart]:
        """What of the sheet is not in its table."""
        found = list(self.unread)
        if self.cut_rows:
            found.append(self.lost(f"第{MAX_ROWS + 1}行起", AttachmentStatus.TOO_LARGE))
        if self.cut_columns:
            found.append(self.lost(f"第{MAX_COLUMNS + 1}列起", AttachmentStatus.TOO_LARGE))
        return found

    def lost(self, what: str, why: AttachmentStatus) -> UnreadPart:
        return UnreadPart(f"工作表“{self.name}”{what}", why)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])


def sheets_read(grids: Iterable[SheetGrid]) -> Read:
    """The text and tables of a workbook; its sheets are named if more than one has content."""
    tables: list[tuple[SheetGrid, Table]] = [(grid, grid.table()) for grid in grids]
    filled = [(grid, table) for grid, table in tables if table or grid.extra]
    lines: list[str] = []
    for grid, table in filled:
        if len(filled) > 1:
            lines.append(clean_text(grid.name))
        lines.extend("\t".join(row) for row in table)
        lines.extend(grid.extra)
    losses = tuple(loss for grid, _ in tables for loss in grid.losses())
    return Read("\n".join(lines), tuple(table for _, table in filled if table), losses)
