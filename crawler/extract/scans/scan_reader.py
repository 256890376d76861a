"""Scanned files read page by page in a child process of their own, when there is time."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Mapping
from typing import NamedTuple

from crawler.extract.child import HEADER
from crawler.extract.file_extractor import extracted_of
from crawler.extract.formats import Extracted
from crawler.extract.kept_child import KeptChild
from crawler.extract.scans.scan_child import KNOWN
from domain.records.states import AttachmentStatus

SECONDS = 180.0  # a page, on a busy machine

KnownPages = Mapping[int, str | None]


class ScanStep(NamedTuple):
    """The file with all pages that are known now, and those that were read just now."""

    file: Extracted
    pages: KnownPages

    @property
    def is_done(self) -> bool:
        return self.file.scans.waiting == 0


class ScanReader(KeptChild):
    """Asks its child for one page more of a file at a time."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        super().__init__("crawler.extract.scans.scan_child")
        self._seconds = seconds

    def next_page(self, name: str, body: bytes, known: KnownPages) -> ScanStep:
        """Read the first page that is not known. One that takes too much time or memory is
        known from then on as one that cannot be read."""
        label = name.encode("utf-8", "replace")[:1000]
        pages = json.dumps({str(number): page for number, page in known.items()}).encode()
        request = KNOWN.pack(len(pages)) + pages + body
        whole = HEADER.pack(len(label), len(request)) + label + request
        with self._lock:
            try:
                answer = json.loads(self._ask(whole, time.monotonic() + self._seconds))
                return _step(answer)
            except (TimeoutError, OSError, ValueError, KeyError, TypeError, struct.error):
                self._end(kill=True)
        number = next(n for n in range(len(known) + 1) if n not in known)
        return ScanStep(_WAITS, {number: None})


_WAITS = Extracted(AttachmentStatus.NO_TEXT)._replace(
    scans=Extracted(AttachmentStatus.NO_TEXT).scans._replace(waiting=1)
)


def _step(answer: Mapping[str, object]) -> ScanStep:
    pages = answer["pages"]
    assert isinstance(pages, dict)
    return ScanStep(extracted_of(answer), {int(number): page for number, page in pages.items()})
