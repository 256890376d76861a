"""Word: .docx, and the binary .doc and .wps."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from crawler.extract.dom import clean_text, squeeze
from crawler.extract.formats.packed import (
    MAX_ROWS,
    Broken,
    Encrypted,
    Read,
    Table,
    open_zip,
    parse_xml,
    read_member,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(body: bytes) -> Read:
    with open_zip(body) as archive:
        root = parse_xml(read_member(archive, "word/document.xml"))
        notes = ""
        if "word/footnotes.xml" in archive.namelist():
            notes = "\n".join(
                _docx_lines(parse_xml(read_member(archive, "word/footnotes.xml")), [])
            )
    tables: list[Table] = []
    lines = list(_docx_lines(root, tables))
    return Read("\n".join([*lines, notes]).strip(), tuple(tables))


def _docx_lines(element: Any, tables: list[Table]) -> Iterator[str]:
    """Paragraphs and table rows in order; text boxes where they are anchored."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag == f"{_W}p":
            if text := _docx_paragraph(child):
                yield text
            for box in child.iter(f"{_W}txbxContent"):
                if not any(up.tag.endswith("}Fallback") for up in box.iterancestors()):
                    yield from _docx_lines(box, tables)
        elif tag == f"{_W}tbl":
            table = _docx_table(child)
            if table:
                tables.append(table)
                yield from ("\t".join(row) for row in table)
        elif not tag.endswith(("}sectPr", "}Fallback")):
            yield from _docx_lines(child, tables)


def _docx_paragraph(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if _inside(node, paragraph, ("txbxContent", "Fallback", "del")):
            continue
        name = node.tag.rsplit("}", 1)[1]
        parts.append(
            node.text or "" if name == "t" else {"tab": " ", "noBreakHyphen": "-"}.get(name, "\n")
        )
    return "\n".join(line for part in "".join(parts).split("\n") if (line := clean_text(part)))


def _inside(node: Any, stop: Any, names: tuple[str, ...]) -> bool:
    up = node.getparent()
    while up is not None and up is not stop:
        if up.tag.rsplit("}", 1)[-1] in names:
            return True
        up = up.getparent()
    return False


def _docx_table(table: Any) -> Table:
    rows: list[tuple[str, ...]] = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if _inside(cell, row, ("tc",)):
                continue
            properties = cell.find(f"{_W}tcPr")
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            continued = merge is not None and merge.get(f"{_W}val") != "restart"
            lines = [_docx_paragraph(each) for each in cell.iter(f"{_W}p")]
            text = "" if continued else " ".join(" ".join(lines).split("\n")).strip()
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            width = (span.get(f"{_W}val") or "1") if span is not None else "1"
            extra = min(int(width), 60) - 1 if width.isdigit() else 0
            cells.extend([clean_text(text), *[""] * extra])
        if any(cells):
            rows.append(tuple(cells))
        if len(rows) >= MAX_ROWS:
            break
    return tuple(rows)


def read_doc(body: bytes) -> Read:
    from legacy_doc import LegacyDocError, extract_text

    text = ""
    failed: Exception | None = None
    try:
        text = extract_text(body).text
    except LegacyDocError as error:
        if "ncrypt" in str(error):
            raise Encrypted from error
        failed = error
    try:
        other, tables, _, _ = read_wps(body)
    except Broken:
        if failed is not None and "no text" not in str(failed):
            raise
        other, tables = "", ()
    return Read(text if len(squeeze(text)) >= 0.6 * len(squeeze(other)) else other, tables)


def read_wps(body: bytes) -> Read:
    """The second reader of Word's binary format; the one that knows tables."""
    from wps2md import Paragraph, WpsParseError, parse

    try:
        document = parse(body)
    except WpsParseError as error:
        if "ncrypt" in str(error):
            raise Encrypted from error
        raise Broken from error
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise Broken from error
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    for paragraph in [*document.paragraphs, Paragraph(istd=0, text="")]:
        if paragraph.is_row_end:
            if any(cells):
                rows.append(tuple(cells))
            cells = []
        elif paragraph.in_table:
            cells.append(clean_text(paragraph.text))
        elif rows:
            tables.append(tuple(rows))
            rows = []
    return Read(document.main_text, tuple(tables))
