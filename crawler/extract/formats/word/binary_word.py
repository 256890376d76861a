"""The binary .doc and .wps of Word 97 and its like."""

from __future__ import annotations

import struct

from crawler.extract.dom import clean_text, squeeze
from crawler.extract.formats.packed import Broken, Encrypted, Read, Table


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
