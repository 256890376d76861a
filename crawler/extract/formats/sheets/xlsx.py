"""Excel's .xlsx, read for what its sheets show; odd styles and properties cost nothing."""

from __future__ import annotations

import io
import math
import posixpath
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from lxml import etree

from crawler.extract.dom import clean_text
from crawler.extract.formats.embedded_objects import object_file, with_objects
from crawler.extract.formats.packed import (
    BROKEN_PART,
    Encrypted,
    Member,
    Read,
    TooLarge,
    UnreadPart,
    open_zip,
)
from crawler.extract.formats.sheets.rich_text import rich_text, unescaped
from crawler.extract.formats.sheets.sheet_grid import Covered, SheetGrid, sheets_read
from crawler.extract.formats.sheets.shown_values import shown_number, shown_text
from crawler.extract.formats.sheets.workbook_parts import CellStyle, SheetPlace, WorkbookParts
from domain.records.states import AttachmentStatus

_YES = frozenset({"1", "true", "on"})
_WIDEST = 16_384
_PLAIN = CellStyle()
_Item = TypeVar("_Item")
_TAGS = tuple(f"{{*}}{name}" for name in ("col", "row", "mergeCell"))


def read_xlsx(body: bytes) -> Read:
    """The shown sheets of a workbook, and the files that are embedded in it."""
    archive = open_zip(body)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise Encrypted
    book = _Workbook(WorkbookParts(archive))
    places = book.parts.shown_sheets()
    read = sheets_read([book.grid(place) for place in places])
    read = read._replace(unread=(*book.unread, *read.unread))
    return with_objects(read, book.objects(places))


class _Workbook:
    """What all sheets of a workbook share."""

    def __init__(self, parts: WorkbookParts) -> None:
        self.parts = parts
        self.unread: list[UnreadPart] = []
        self.texts: list[str] = self._kept("文字", parts.shared_texts)
        self.styles: list[CellStyle] = self._kept("数字格式", parts.styles)

    def _kept(self, name: str, read: Callable[[], list[_Item]]) -> list[_Item]:
        """What a part beside the sheets holds; a broken one is told."""
        try:
            return read()
        except BROKEN_PART:
            self.unread.append(UnreadPart(name, AttachmentStatus.BROKEN))
            return []

    def grid(self, place: SheetPlace) -> SheetGrid:
        """The cells of one sheet; what cannot be read of it is told, and costs no other."""
        grid = SheetGrid(name=place.name)
        try:
            self._fill(grid, self.parts.read(place.part))
        except TooLarge:
            grid.unread.append(grid.lost("", AttachmentStatus.TOO_LARGE))
        except BROKEN_PART:
            grid.unread.append(grid.lost("", AttachmentStatus.BROKEN))
        try:
            grid.extra += self._boxes(place)
        except BROKEN_PART:
            grid.unread.append(grid.lost("的文本框", AttachmentStatus.BROKEN))
        return grid

    def _fill(self, grid: SheetGrid, data: bytes) -> None:
        merged: list[Covered] = []
        row_number = -1
        uncounted = 0
        for _, element in etree.iterparse(
            io.BytesIO(data), tag=_TAGS, recover=True, resolve_entities=False,
            no_network=True, load_dtd=False,
        ):  # fmt: skip
            name = element.tag.rsplit("}", 1)[-1]
            if name == "col":
                grid.hidden_columns |= _hidden_columns(element)
            elif name == "mergeCell":
                merged += _area(element.get("ref") or "")
            else:
                row_number = _index(element.get("r"), row_number + 1)
                if not _is_hidden(element, "ht"):
                    uncounted += self._put_row(grid, row_number, element)
                _free(element)
        grid.cover(merged)
        if uncounted:
            what = f"{uncounted}个公式的值"
            grid.unread.append(grid.lost(what, AttachmentStatus.UNSUPPORTED))

    def _put_row(self, grid: SheetGrid, row: int, element: Any) -> int:
        """Take the cells of a row; how many formulas in it have no value."""
        column = -1
        uncounted = 0
        for cell in element.iterchildren("{*}c"):
            column = _column(cell.get("r") or "", column + 1)
            text = self._shown(cell)
            if text is None:
                uncounted += 1
            else:
                grid.put(row, column, clean_text(text))
        return uncounted

    def _shown(self, cell: Any) -> str | None:
        """The text of a cell; None for a formula that nobody has counted yet."""
        number = _number(cell.get("s"))
        style = self.styles[number] if number in range(len(self.styles)) else _PLAIN
        if style.struck:
            return ""
        parts = {child.tag.rsplit("}", 1)[-1]: child for child in cell}
        if "is" in parts:
            return shown_text(rich_text(parts["is"]), style.code)
        if "v" in parts:
            return self._value(cell.get("t") or "n", parts["v"].text or "", style)
        return None if "f" in parts else ""

    def _value(self, kind: str, text: str, style: CellStyle) -> str:
        if kind == "s":
            number = _number(text)
            found = self.texts[number] if number in range(len(self.texts)) else ""
            return shown_text(found, style.code)
        if kind == "n":
            return self._number(text, style)
        if kind == "b":
            return "TRUE" if text in _YES else "FALSE"
        if kind == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        return shown_text(unescaped(text), style.code)

    def _number(self, text: str, style: CellStyle) -> str:
        try:
            value = float(text)
        except ValueError:
            return text
        if not math.isfinite(value):
            return text
        return shown_number(value, style.code, from_1904=self.parts.from_1904)

    def _boxes(self, place: SheetPlace) -> Iterator[str]:
        """The text boxes that lie on a sheet."""
        for relation in self.parts.relations(place.part):
            if relation.kind == "drawing" and self.parts.has(relation.target):
                for body in self.parts.parsed(relation.target).iter("{*}txBody"):
                    for paragraph in body.iter("{*}p"):
                        text = "".join(node.text or "" for node in paragraph.iter("{*}t"))
                        if line := clean_text(text):
                            yield line

    def objects(self, places: list[SheetPlace]) -> Iterator[Member | UnreadPart]:
        """The files that lie on the shown sheets as objects."""
        for place in places:
            for each in self.parts.relations(place.part):
                if each.kind in {"package", "oleObject"} and self.parts.has(each.target):
                    name = posixpath.basename(each.target)
                    yield object_file("", (name, self.parts.read(each.target)))


def _hidden_columns(element: Any) -> set[int]:
    if not _is_hidden(element, "width"):
        return set()
    first, last = _index(element.get("min"), 0), _index(element.get("max"), 0)
    return set(range(first, min(last, _WIDEST) + 1))


def _is_hidden(element: Any, size: str) -> bool:
    return (element.get("hidden") or "") in _YES or element.get(size) in {"0", "0.0"}


def _area(reference: str) -> list[Covered]:
    """B2:D3 as its first and last row and column."""
    first, _, last = reference.partition(":")
    rows = [_index(each.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), -1) for each in (first, last)]
    columns = [_column(each, -1) for each in (first, last)]
    return [] if -1 in (*rows, *columns) else [(rows[0], rows[1], columns[0], columns[1])]


def _number(text: str | None) -> int:
    """A number counted from 0; -1 for none."""
    return _index(text, -2) + 1


def _index(text: str | None, default: int) -> int:
    """A number counted from 1 in the file as counted from 0."""
    return (
        int(text) - 1 if text and text.isascii() and text.isdigit() and len(text) < 9 else default
    )


def _column(reference: str, default: int) -> int:
    """The column of AB12 is 27."""
    number = 0
    letters = 0
    for char in reference.lstrip("$"):
        if not "A" <= char <= "Z" or letters > 3:
            break
        number, letters = number * 26 + ord(char) - 64, letters + 1
    return number - 1 if letters else default


def _free(element: Any) -> None:
    """Give back the memory of what was read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
