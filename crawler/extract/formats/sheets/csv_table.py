"""Tables in plain text: CSV, with whatever stands between the cells."""

from __future__ import annotations

import csv
import io

from crawler.extract.dom import clean_text
from crawler.extract.encoding import decode
from crawler.extract.formats.packed import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Read,
    UnreadPart,
)
from domain.records.states import AttachmentStatus


def read_csv(body: bytes) -> Read:
    """The rows of a file; comma, semicolon or tab, whichever its first line has most of."""
    text = decode(body).replace("\x00", "")
    rows: list[tuple[str, ...]] = []
    unread: set[str] = set()
    csv.field_size_limit(MAX_TEXT)
    for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
        if not any(cell.strip() for cell in row):
            continue
        if len(rows) >= MAX_ROWS:
            unread.add(f"第{MAX_ROWS + 1}行起")
            break
        if len(row) > MAX_COLUMNS:
            unread.add(f"第{MAX_COLUMNS + 1}列起")
        rows.append(tuple(clean_text(cell) for cell in row[:MAX_COLUMNS]))
    lost = tuple(UnreadPart(name, AttachmentStatus.TOO_LARGE) for name in sorted(unread))
    return Read("\n".join("\t".join(row) for row in rows), (tuple(rows),), lost)


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)
