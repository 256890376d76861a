"""OpenDocument text, sheets and slides as they are shown."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from crawler.extract.dom import clean_text
from crawler.extract.formats.embedded_objects import object_file, with_objects
from crawler.extract.formats.line_collector import LineCollector
from crawler.extract.formats.odf.odf_lists import OdfLists
from crawler.extract.formats.odf.odf_styles import TABLE, TEXT, OdfStyles
from crawler.extract.formats.packed import (
    BROKEN_PART,
    MAX_ROWS,
    Broken,
    Encrypted,
    Member,
    Read,
    UnreadPart,
    open_zip,
    parse_xml,
    read_member,
)
from crawler.extract.formats.picture import read_inner_picture, with_pictures
from crawler.extract.formats.picture_sizes import is_large
from crawler.extract.formats.raised_runs import join_raised
from crawler.extract.formats.sheets.sheet_grid import SheetGrid, sheets_read
from crawler.extract.layout.mathml import mathml_text
from domain.records.states import AttachmentStatus

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
# what the text of a paragraph does not show at its place
_APART = frozenset(
    (
        *(f"{TEXT}{name}" for name in ("note", "ruby-text", "tracked-changes", "p", "h", "list")),
        f"{_OFFICE}annotation", f"{_DRAW}frame", f"{TABLE}table", f"{_DRAW}custom-shape",
    )
)  # fmt: skip
_SKIPPED = frozenset(
    (
        f"{TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms",
        f"{TEXT}sequence-decls", f"{TEXT}note", f"{TEXT}variable-decls",
    )
)  # fmt: skip
_HIDDEN_ROWS = frozenset({"collapse", "filter"})
_WIDEST = 1024
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,6})?)(cm|mm|in|pt)")  # 16.002cm
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


def read_odf(body: bytes) -> Read:
    """The text and tables of a document; of a workbook its shown sheets."""
    archive = open_zip(body)
    names = set(archive.namelist())
    if "META-INF/manifest.xml" in names:
        manifest = parse_xml(read_member(archive, "META-INF/manifest.xml"))
        if next(manifest.iter("{*}encryption-data"), None) is not None:
            raise Encrypted
    return _OdfReader(archive, names).read()


class _OdfReader:
    """Walks the content of one document."""

    def __init__(self, archive: zipfile.ZipFile, names: set[str]) -> None:
        self._archive = archive
        self._names = names
        self._root = parse_xml(read_member(archive, "content.xml"))
        templates = [parse_xml(read_member(archive, "styles.xml"))] if "styles.xml" in names else []
        self._styles = OdfStyles(self._root, *templates)
        self._lists = OdfLists(self._styles)
        self._objects: list[Member | UnreadPart] = []
        self._pictures: list[Read] = []
        self._frames: set[Any] = set()  # those whose objects have been taken

    def read(self) -> Read:
        body = next(self._root.iter(f"{_OFFICE}body"), None)
        if body is None:
            raise Broken
        sheets = next(body.iter(f"{_OFFICE}spreadsheet"), None)
        if sheets is not None:
            shown = (t for t in sheets.iterchildren(f"{TABLE}table") if not self._is_hidden(t))
            read = sheets_read([self._sheet(table) for table in shown])
        else:
            collector = LineCollector()
            self._walk(body, collector)
            for note in body.iter(f"{TEXT}note-body"):
                self._walk(note, collector)
            read = collector.read()
        for frame in body.iter(f"{_DRAW}frame"):
            if frame not in self._frames:
                self._object(frame)
        return with_objects(with_pictures(read, self._pictures), self._objects)

    def _is_hidden(self, table: Any) -> bool:
        return self._styles.is_hidden_table(table.get(f"{TABLE}style-name") or "")

    def _walk(self, parent: Any, collector: LineCollector) -> None:
        """Paragraphs and tables in order; frames behind the paragraph that they hang on."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                continue
            if child.tag in _PARAGRAPHS:
                collector.paragraph(self._lists.label(child) + self._paragraph(child))
                for part in self._beside(child):
                    self._walk(part, collector)
            elif child.tag == f"{TABLE}table":
                self._table(child, collector)
            elif child.get(f"{TEXT}display") != "none":
                self._walk(child, collector)

    def _beside(self, paragraph: Any) -> Iterator[Any]:
        for frame in paragraph.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape"):
            if next(frame.iterancestors(*_PARAGRAPHS), None) is paragraph:
                yield frame

    # -------------------------------------------------------------- paragraphs

    def _paragraph(self, paragraph: Any) -> str:
        style = paragraph.get(f"{TEXT}style-name") or ""
        if self._styles.is_unseen("paragraph", style):
            return ""
        return join_raised(self._pieces(paragraph, raised=False))

    def _pieces(self, parent: Any, *, raised: bool) -> Iterator[tuple[str, bool]]:
        if parent.text:
            yield " ".join(parent.text.split("\n")), raised
        for child in parent:
            if isinstance(child.tag, str):
                yield from self._piece(child, raised=raised)
            if child.tail:
                yield " ".join(child.tail.split("\n")), raised

    def _piece(self, child: Any, *, raised: bool) -> Iterator[tuple[str, bool]]:
        name = child.tag.rsplit("}", 1)[-1]
        if name == "s":
            yield " ", raised
        elif name in {"tab", "line-break"}:
            yield {"tab": "\t"}.get(name, "\n"), raised
        elif child.tag == f"{_DRAW}frame":
            yield self._object(child), raised
        elif child.tag not in _APART and not self._is_unseen_span(child):
            style = child.get(f"{TEXT}style-name") or ""
            lifted = raised or self._styles.is_raised("text", style)
            yield from self._pieces(child, raised=lifted)

    def _is_unseen_span(self, element: Any) -> bool:
        if element.get(f"{TEXT}is-hidden") == "true":
            return True
        return self._styles.is_unseen("text", element.get(f"{TEXT}style-name") or "")

    def _object(self, frame: Any) -> str:
        """The text of a formula; other objects are kept as files to read, or told."""
        self._frames.add(frame)
        if _is_large_picture(frame):
            self._pictures.append(read_inner_picture(self._picture(frame)))
        for element in frame.iterchildren(f"{_DRAW}object", f"{_DRAW}object-ole"):
            path = (element.get(_HREF) or "").removeprefix("./")
            content = f"{path}/content.xml"
            if content in self._names:
                root = parse_xml(read_member(self._archive, content))
                if root.tag.endswith("}math"):
                    return mathml_text(root)
                self._objects.append(UnreadPart("嵌入对象", AttachmentStatus.UNSUPPORTED))
            elif path in self._names:
                data = read_member(self._archive, path)
                self._objects.append(object_file("", (path.rsplit("/", 1)[-1], data)))
        return ""

    def _picture(self, frame: Any) -> bytes | None:
        """The bytes of a frame's picture, where they lie in the package."""
        for image in frame.iterchildren(f"{_DRAW}image"):
            path = (image.get(_HREF) or "").removeprefix("./")
            if path in self._names:
                try:
                    return read_member(self._archive, path)
                except BROKEN_PART:
                    return None
        return None

    # -------------------------------------------------------------- tables

    def _table(self, table: Any, collector: LineCollector) -> None:
        grid = self._sheet(table)
        for row in grid.table():
            for cell in row:
                collector.cell_paragraph(cell)
                collector.end_cell()
            collector.end_row()
        self._objects += grid.losses()

    def _sheet(self, table: Any) -> SheetGrid:
        grid = SheetGrid(name=table.get(f"{TABLE}name") or "")
        grid.hidden_columns = set(_hidden_columns(table))
        number = 0
        for row in _rows(table):
            repeated = _count(row, "number-rows-repeated")
            if row.get(f"{TABLE}visibility") not in _HIDDEN_ROWS:
                cells = self._cells(row)
                for place in range(
                    number, number + min(repeated, MAX_ROWS + 1) if cells else number
                ):
                    for column, text in cells:
                        grid.put(place, column, text)
            number += repeated
        return grid

    def _cells(self, row: Any) -> list[tuple[int, str]]:
        """The columns and the texts of the cells of a row that say something."""
        found: list[tuple[int, str]] = []
        column = 0
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            repeated = _count(cell, "number-columns-repeated")
            text = "" if cell.tag.endswith("}covered-table-cell") else self._cell(cell)
            if text:
                places = range(column, column + min(repeated, _WIDEST))
                found += [(place, text) for place in places]
            column += repeated
        return found

    def _cell(self, cell: Any) -> str:
        style = cell.get(f"{TABLE}style-name") or ""
        if self._styles.is_unseen("table-cell", style):
            return ""
        inner = LineCollector()
        self._walk(cell, inner)
        return clean_text(inner.read().text.replace("\n", " ").replace("\t", " "))


def _is_large_picture(frame: Any) -> bool:
    """Whether a frame holds a picture that may be a page or a table."""
    inner = {each.tag for each in frame}
    if f"{_DRAW}image" not in inner or f"{_DRAW}object" in inner or f"{_DRAW}object-ole" in inner:
        return False
    sizes = [_LENGTH.fullmatch(frame.get(f"{_SVG}{name}") or "") for name in ("width", "height")]
    return is_large(*(float(m[1]) * _CENTIMETRES[m[2]] if m is not None else 0.0 for m in sizes))


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of a table, also those of its head and of groups."""
    for child in parent:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif (
            isinstance(child.tag, str)
            and child.tag.startswith(f"{TABLE}table-")
            and "row" in child.tag
        ):
            yield from _rows(child)


def _hidden_columns(table: Any) -> Iterator[int]:
    number = 0
    for column in table.iter(f"{TABLE}table-column"):
        if next(column.iterancestors(f"{TABLE}table"), None) is not table:
            continue
        repeated = _count(column, "number-columns-repeated")
        if column.get(f"{TABLE}visibility") in _HIDDEN_ROWS:
            yield from range(number, number + min(repeated, _WIDEST))
        number += repeated


def _count(element: Any, name: str) -> int:
    text = element.get(f"{TABLE}{name}") or "1"
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1
