"""``python -m crawler.extract.scans.scan_child``: reads scanned pages, one a request.

Like :mod:`crawler.extract.child` it takes requests on standard input and ends when that ends.
Before a file's bytes stand the pages of it that are known, so that they are not read again.
"""

from __future__ import annotations

import json
import os
import struct
import sys

from crawler.extract.child import TOO_LARGE, answer_of, serve
from crawler.extract.formats import extract_scans
from crawler.extract.scans.scan_engine import ScanEngine
from crawler.extract.scans.scan_session import ScanSession
from crawler.extract.scans.scanned_page import ScannedPage

MEMORY = 3 * 1024 * 1024 * 1024  # of addresses; a page takes a quarter of it in memory
CPU_SECONDS = 90  # a page
KNOWN = struct.Struct(">I")  # how long the known pages are, before them and the file
_NICE = 10  # whoever answers alerts comes first; on a busy machine a page still gets its turn

_engine = ScanEngine()


def main() -> int:
    os.nice(_NICE)
    return serve(_answer, memory=MEMORY, cpu_seconds=CPU_SECONDS)


def _answer(name: str, body: bytes) -> tuple[dict[str, object], bool]:
    (size,) = KNOWN.unpack_from(body)
    start = KNOWN.size + size
    known = json.loads(body[KNOWN.size : start])
    session = ScanSession(known=_pages(known), engine=_engine, room=1)
    try:
        found = extract_scans(name, body[start:], session)
    except (MemoryError, RecursionError):
        return {**TOO_LARGE, "pages": {}}, False
    new = {number: None if page is None else page.dumps() for number, page in session.new.items()}
    return {**answer_of(found), "pages": new}, True


def _pages(known: dict[str, str | None]) -> dict[int, ScannedPage | None]:
    return {
        int(number): None if text is None else ScannedPage.loads(text)
        for number, text in known.items()
    }


if __name__ == "__main__":
    sys.exit(main())
