"""The binary .doc and .wps of Word 97 and its like."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from crawler.extract.dom import clean_text
from crawler.extract.formats.packed import (
    MAX_ROWS,
    Broken,
    Encrypted,
    Member,
    Read,
    Table,
    UnreadPart,
)
from crawler.extract.formats.word.binary_lists import BinaryLists
from crawler.extract.formats.word.binary_text import CELL_END, BinaryParagraph, BinaryText
from crawler.extract.formats.word.embedded_files import stored_objects
from crawler.extract.formats.word.word_streams import WordStreams
from domain.records.states import AttachmentStatus

_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649


def read_doc(body: bytes) -> Read:
    """The text and tables of a document; of an odd one the text alone, as far as it is found."""
    try:
        streams = WordStreams(body)
        read = _Document(streams).read()
    except Encrypted:
        raise
    except (Broken, OSError, ValueError, IndexError, struct.error, TypeError) as error:
        return _plain(body, error)
    objects = list(stored_objects(body, ("ObjectPool",)))
    return read._replace(
        unread=(*read.unread, *(each for each in objects if isinstance(each, UnreadPart))),
        members=[each for each in objects if isinstance(each, Member)],
    )


def _plain(body: bytes, error: Exception) -> Read:
    """What a second reader finds of the text."""
    from legacy_doc import LegacyDocError, extract_text

    try:
        return Read(extract_text(body).text)
    except LegacyDocError as failed:
        if "ncrypt" in str(failed):
            raise Encrypted from failed
        raise Broken from error


class _Document:
    """Puts the paragraphs of a document together to lines and tables."""

    def __init__(self, streams: WordStreams) -> None:
        self.streams = streams
        self.text = BinaryText(streams)
        self.lists = BinaryLists(streams)
        self.tables: list[Table] = []
        self.unread: list[UnreadPart] = []

    def read(self) -> Read:
        lines: list[str] = []
        for start, end in self._stories():
            lines += self._lines(self.text.paragraphs(start, end))
        return Read(
            "\n".join(line for line in lines if line), tuple(self.tables), tuple(self.unread)
        )

    def _stories(self) -> Iterator[tuple[int, int]]:
        """Where the body, the notes and the text boxes stand; headers and comments are no text."""
        sizes = self.streams.stories
        if sizes.main <= 0 or any(size < 0 for size in sizes):
            yield 0, self.streams.pieces[-1].end if self.streams.pieces else 0
            return
        start = 0
        for name, size in zip(sizes._fields, sizes, strict=True):
            if name in {"main", "footnotes", "endnotes", "boxes"} and size:
                yield start, start + size
            start += size

    def _lines(self, paragraphs: Iterable[BinaryParagraph]) -> Iterator[str]:
        rows: list[tuple[str, ...]] = []
        cells: list[str] = []
        begun: list[str] = []
        behind_cell = False
        for paragraph in paragraphs:
            inside, row_end = self._place(
                paragraph, bool(cells or begun), behind_cell and not begun
            )
            behind_cell = paragraph.mark == CELL_END and not row_end
            if row_end:
                rows += [tuple(cells)] if any(cells) else []
                cells, begun = [], []
            elif not inside:
                yield from self._table(rows, cells)
                rows, cells = [], []
                yield from map(clean_text, self._line(paragraph).split("\n"))
            else:
                begun.append(clean_text(self._line(paragraph)))
                if paragraph.mark == CELL_END:
                    cells.append(" ".join(line for line in begun if line))
                    begun = []
        yield from self._table(rows, [*cells, *begun])

    def _place(self, paragraph: BinaryParagraph, open_row: bool, behind: bool) -> tuple[bool, bool]:
        """Whether a paragraph stands in a table, and whether it only ends a row there."""
        if not self.text.has_properties:  # then an empty cell behind a cell is the row's end
            is_cell = paragraph.mark == CELL_END
            return is_cell or open_row, is_cell and behind and not paragraph.text.strip()
        inside = row_end = False
        for sprm in self.streams.sprms(paragraph.properties[2:]):
            inside = inside or (sprm.code == _IN_TABLE and sprm.number != 0)
            row_end = row_end or (sprm.code == _ROW_END and sprm.number != 0)
        return inside or row_end or paragraph.mark == CELL_END, row_end

    def _line(self, paragraph: BinaryParagraph) -> str:
        if paragraph.emptied:
            return ""
        return self.lists.label(paragraph.properties) + paragraph.text

    def _table(self, rows: list[tuple[str, ...]], cells: list[str]) -> Iterator[str]:
        rows = [*rows, tuple(cells)] if any(cells) else rows
        if not rows:
            return
        if max(map(len, rows)) <= 1:
            yield from (row[0] for row in rows)
            return
        if len(rows) > MAX_ROWS:
            name = f"表{len(self.tables) + 1}第{MAX_ROWS + 1}行起"
            self.unread.append(UnreadPart(name, AttachmentStatus.TOO_LARGE))
        self.tables.append(tuple(rows[:MAX_ROWS]))
        yield from ("\t".join(row) for row in rows[:MAX_ROWS])
