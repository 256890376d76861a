"""Word and Excel as one XML file: of 2003, and the packages of later years written flat."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from crawler.extract.dom import clean_text
from crawler.extract.formats.packed import MAX_XML, Broken, Read, TooLarge, parse_xml
from crawler.extract.formats.sheets.format_codes import BUILT_IN
from crawler.extract.formats.sheets.sheet_grid import SheetGrid, sheets_read
from crawler.extract.formats.sheets.shown_values import shown_number, shown_text
from crawler.extract.formats.word.docx import read_docx
from domain.text.raised_marks import raised

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# the names that stand for formats in Excel 2003
_NAMED = {
    "General": "General", "General Number": "General", "Percent": "0.00%", "Fixed": "0.00",
    "Standard": "#,##0.00", "Scientific": "0.00E+00", "Short Date": BUILT_IN[14],
    "Long Date": BUILT_IN[31], "General Date": BUILT_IN[22], "Medium Date": "d-mmm-yy",
    "Short Time": "h:mm", "Medium Time": "h:mm AM/PM", "Long Time": "h:mm:ss",
    "Currency": "¥#,##0.00", "Euro Currency": "€#,##0.00", "Yes/No": '"是";"是";"否"',
    "True/False": '"TRUE";"TRUE";"FALSE"', "On/Off": '"开";"开";"关"',
}  # fmt: skip
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)


def read_office_xml(body: bytes) -> Read:
    """The document or workbook; any other XML as its text."""
    if len(body) > MAX_XML:
        raise TooLarge
    if _WORD_2003 in body[:4096]:
        return _word(body.replace(_WORD_2003, _WORD))
    root = parse_xml(body)
    if root.tag == f"{_PACKAGE}package":
        return read_docx(_zipped(root))
    if root.tag == f"{_SHEET}Workbook":
        return _workbook(root)
    return Read("\n".join(line for piece in root.itertext() if (line := clean_text(piece))))


def _word(body: bytes) -> Read:
    """A Word 2003 document is the main part of a later one, with its lists inside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
    return read_docx(buffer.getvalue())


def _zipped(package: Any) -> bytes:
    """The parts of a flat package as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in package.iterchildren(f"{_PACKAGE}part"):
            name = (part.get(f"{_PACKAGE}name") or "").lstrip("/")
            xml, binary = part.find(f"{_PACKAGE}xmlData"), part.find(f"{_PACKAGE}binaryData")
            if name and xml is not None and len(xml):
                archive.writestr(name, etree.tostring(xml[0], encoding="utf-8"))
            elif name and binary is not None:
                archive.writestr(name, _decoded(binary.text or ""))
    return buffer.getvalue()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


# ------------------------------------------------------------------ Excel 2003


def _workbook(root: Any) -> Read:
    formats = dict(_formats(root))
    grids = [
        _grid(sheet, formats)
        for sheet in root.iterchildren(f"{_SHEET}Worksheet")
        if not _is_hidden_sheet(sheet)
    ]
    if not grids:
        raise Broken
    return sheets_read(grids)


def _formats(root: Any) -> Iterator[tuple[str, str]]:
    for style in root.iter(f"{_SHEET}Style"):
        found = style.find(f"{_SHEET}NumberFormat")
        code = "General" if found is None else found.get(f"{_SHEET}Format") or "General"
        yield style.get(f"{_SHEET}ID") or "", _NAMED.get(code, code)


def _is_hidden_sheet(sheet: Any) -> bool:
    return any((each.text or "") != "SheetVisible" for each in sheet.iter("{*}Visible"))


def _grid(sheet: Any, formats: dict[str, str]) -> SheetGrid:
    grid = SheetGrid(name=sheet.get(f"{_SHEET}Name") or "Sheet")
    column = -1
    for each in sheet.iter(f"{_SHEET}Column"):
        column = _index(each, column)
        span = _number(each, "Span")
        if each.get(f"{_SHEET}Hidden") == "1":
            grid.hidden_columns |= set(range(column, column + min(span, 500) + 1))
        column += span
    number = -1
    for row in sheet.iter(f"{_SHEET}Row"):
        number = _index(row, number)
        if row.get(f"{_SHEET}Hidden") != "1":
            _put_row(grid, number, row, formats)
        number += _number(row, "Span")
    return grid


def _put_row(grid: SheetGrid, number: int, row: Any, formats: dict[str, str]) -> None:
    column = -1
    for cell in row.iterchildren(f"{_SHEET}Cell"):
        column = _index(cell, column)
        data = cell.find(f"{_SHEET}Data")
        if data is not None:
            code = formats.get(cell.get(f"{_SHEET}StyleID") or "", "General")
            grid.put(number, column, clean_text(_shown(data, code)))
        column += _number(cell, "MergeAcross")


def _shown(data: Any, code: str) -> str:
    kind = data.get(f"{_SHEET}Type") or "String"
    text = "".join(_pieces(data))
    try:
        if kind == "Number":
            return shown_number(float(text), code)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.partition(".")[0]).replace(tzinfo=UTC)
            return shown_number((moment - _FIRST_DAY).total_seconds() / 86_400, code)
    except (ValueError, TypeError, OverflowError):
        return text
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    return shown_text(text, code)


def _pieces(data: Any) -> Iterator[str]:
    """The text of a cell with HTML in it: struck words left out, exponents raised."""
    yield data.text or ""
    for child in data:
        name = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        inner = "" if name == "S" else "".join(_pieces(child))
        yield raised(inner) if name == "Sup" else inner
        yield child.tail or ""


def _index(element: Any, before: int) -> int:
    own = _number(element, "Index")
    return own - 1 if own else before + 1


def _number(element: Any, name: str) -> int:
    text = element.get(f"{_SHEET}{name}") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
