"""Put paragraphs, cells and rows together to the lines and tables of a document."""

from __future__ import annotations

from crawler.extract.dom import clean_text
from crawler.extract.formats.packed import MAX_ROWS, Read, Table, UnreadPart
from domain.records.states import AttachmentStatus


class LineCollector:
    """Takes what a reader meets, in order; a table ends with the next paragraph outside it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._tables: list[Table] = []
        self._unread: list[UnreadPart] = []
        self._rows: list[tuple[str, ...]] = []
        self._cells: list[str] = []
        self._begun: list[str] = []

    @property
    def in_row(self) -> bool:
        """Whether a row has been begun and not been ended."""
        return bool(self._cells or self._begun)

    @property
    def in_cell(self) -> bool:
        return bool(self._begun)

    def paragraph(self, text: str) -> None:
        """A paragraph outside of tables."""
        self._end_table()
        self._lines += [line for part in text.split("\n") if (line := clean_text(part))]

    def cell_paragraph(self, text: str) -> None:
        self._begun.append(clean_text(text.replace("\n", " ")))

    def end_cell(self) -> None:
        self._cells.append(" ".join(line for line in self._begun if line))
        self._begun = []

    def end_row(self) -> None:
        if self._begun:
            self.end_cell()
        if any(self._cells):
            self._rows.append(tuple(self._cells))
        self._cells = []

    def read(self) -> Read:
        """All that was taken."""
        self._end_table()
        return Read("\n".join(self._lines), tuple(self._tables), tuple(self._unread))

    def _end_table(self) -> None:
        self.end_row()
        rows, self._rows = self._rows, []
        if max(map(len, rows), default=0) <= 1:
            self._lines += [row[0] for row in rows]  # a frame around text
            return
        if len(rows) > MAX_ROWS:
            name = f"表{len(self._tables) + 1}第{MAX_ROWS + 1}行起"
            self._unread.append(UnreadPart(name, AttachmentStatus.TOO_LARGE))
            rows = rows[:MAX_ROWS]
        self._tables.append(tuple(rows))
        self._lines += ["\t".join(row) for row in rows]
