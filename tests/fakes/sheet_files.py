"""Workbooks of XML or of binary records, with formats and what is hidden in them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from tests.fakes.files import ole, zipped

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*entries: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in entries
    )
    return f"<Relationships>{inner}</Relationships>"


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(*cells: str, extra: str = "") -> str:
    return f"<row {extra}>{''.join(cells)}</row>"


def book(
    *sheets: tuple[str, str],
    formats: Sequence[str] = (),
    properties: str = "",
    parts: dict[str, bytes | str] | None = None,
) -> bytes:
    """An .xlsx of sheets: attributes beside the name, and what is inside ``worksheet``.

    The style of number n, from 1, has the n-th format.
    """
    codes = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(formats, 1)
    )
    styles = "".join(f'<xf numFmtId="{163 + n}"/>' for n in range(1, len(formats) + 1))
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/styles.xml": f"<styleSheet {_MAIN}><numFmts>{codes}</numFmts><cellXfs>"
        f'<xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{n}", "worksheet", f"worksheets/s{n}.xml") for n in range(1, len(sheets) + 1))
        ),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{properties}<sheets>'
        + "".join(
            f'<sheet {attributes} r:id="rId{n}"/>' for n, (attributes, _) in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
    }
    for number, (_, inner) in enumerate(sheets, 1):
        members[f"xl/worksheets/s{number}.xml"] = f"<worksheet {_MAIN}>{inner}</worksheet>"
    return zipped({**members, **(parts or {})})


def column_of(values: Sequence[tuple[str, str]], **settings: str) -> bytes:
    """A workbook of one column: numbers in their formats."""
    rows = "".join(
        row(f'<c r="A{n}" s="{n}"><v>{value}</v></c>') for n, (value, _) in enumerate(values, 1)
    )
    inner = f"<sheetData>{rows}</sheetData>"
    return book(('name="表"', inner), formats=[code for _, code in values], **settings)


def binary_book(
    cells: Sequence[tuple[int, int, float | str, str]],
    *,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    hidden: bool = False,
    struck: bool = False,
) -> bytes:
    """An .xls of one sheet: row, column, value and format of each cell."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    codes = list(dict.fromkeys(code for *_, code in cells))
    font = record(
        0x0031,
        struct.pack("<HHHHHBBBB", 200, 8 if struck else 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x01A",
    )
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    head += record(0x0042, struct.pack("<H", 936)) + font * 4
    for number, code in enumerate(codes):
        raw = code.encode("gbk")
        head += record(0x041E, struct.pack("<HB", 164 + number, len(raw)) + raw)
    for number in range(len(codes)):
        head += record(0x00E0, struct.pack("<HHHBBIi", 0, 164 + number, 1, 0, 0, 0, 0))
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for column in hidden_columns:
        sheet += record(0x007D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
    for number in hidden_rows:
        sheet += record(0x0208, struct.pack("<HHHHHHHH", number, 0, 9, 255, 0, 0, 0x20, 0))
    for y, x, value, code in cells:
        place = struct.pack("<HHH", y, x, codes.index(code))
        if isinstance(value, str):
            raw = value.encode("gbk")
            sheet += record(0x0204, place + struct.pack("<H", len(raw)) + raw)
        else:
            sheet += record(0x0203, place + struct.pack("<d", value))
    sheet += record(0x000A, b"")
    size = len(head) + 4 + 6 + 1 + 6 + 4
    head += record(0x0085, struct.pack("<IBB", size, int(hidden), 0) + b"\x06Sheet1") + record(
        0x000A, b""
    )
    return ole({"Book": head + sheet})
