"""The binary .doc and .wps of Word 97 and its like."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from crawler.extract.formats.embedded_objects import stored_objects, with_objects
from crawler.extract.formats.line_collector import LineCollector
from crawler.extract.formats.packed import Broken, Encrypted, Read
from crawler.extract.formats.picture import read_inner_picture, with_pictures
from crawler.extract.formats.word.binary_lists import BinaryLists
from crawler.extract.formats.word.binary_pictures import stored_picture
from crawler.extract.formats.word.binary_text import CELL_END, BinaryParagraph, BinaryText
from crawler.extract.formats.word.word_streams import WordStreams

_IN_TABLE, _ROW_END = 0x2416, 0x2417


def read_doc(body: bytes) -> Read:
    """The text and tables of a document; of an odd one the text alone, as far as it is found."""
    try:
        streams = WordStreams(body)
        read = _Document(streams).read()
    except Encrypted:
        raise
    except (Broken, OSError, ValueError, IndexError, struct.error, TypeError) as error:
        return _plain(body, error)
    return with_objects(read, stored_objects(body))


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

    def read(self) -> Read:
        collector = LineCollector()
        for start, end in self._stories():
            self._take(collector, self.text.paragraphs(start, end))
        inner = [
            read_inner_picture(stored_picture(self.streams.data, place))
            for place in self.text.pictures
        ]
        return with_pictures(collector.read(), inner)

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

    def _take(self, collector: LineCollector, paragraphs: Iterable[BinaryParagraph]) -> None:
        behind_cell = False
        for paragraph in paragraphs:
            inside, row_end = self._place(
                paragraph, collector.in_row, behind_cell and not collector.in_cell
            )
            is_cell = paragraph.mark == CELL_END and not row_end
            if row_end:
                collector.end_row()
            elif inside:
                collector.cell_paragraph(self._line(paragraph))
                if is_cell:
                    collector.end_cell()
            else:
                collector.paragraph(self._line(paragraph))
            behind_cell = is_cell

    def _place(self, paragraph: BinaryParagraph, in_row: bool, behind: bool) -> tuple[bool, bool]:
        """Whether a paragraph stands in a table, and whether it only ends a row there."""
        if not self.text.has_properties:  # then an empty cell behind a cell is the row's end
            is_cell = paragraph.mark == CELL_END
            return is_cell or in_row, is_cell and behind and not paragraph.text.strip()
        inside = row_end = False
        for sprm in self.streams.sprms(paragraph.properties[2:]):
            inside = inside or (sprm.code == _IN_TABLE and sprm.number != 0)
            row_end = row_end or (sprm.code == _ROW_END and sprm.number != 0)
        return inside or row_end or paragraph.mark == CELL_END, row_end

    def _line(self, paragraph: BinaryParagraph) -> str:
        if paragraph.emptied:
            return ""
        return self.lists.label(paragraph.properties) + paragraph.text
