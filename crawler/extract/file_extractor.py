"""Attachments to text, in a child process with limits that is kept for the whole crawl."""

from __future__ import annotations

import json
import signal
import struct
import time
from collections.abc import Mapping
from typing import Any

from crawler.extract.child import HEADER
from crawler.extract.formats import Extracted, ScanCount, extract_file
from crawler.extract.kept_child import KeptChild
from domain.records.states import AttachmentStatus

__all__ = ["Extracted", "FileExtractor", "extract_file"]

MAX_BYTES = 60 * 1024 * 1024
TIMEOUT = 40.0


class FileExtractor(KeptChild):
    """Reads files one at a time in a child process; safe to call from several threads.

    A file that takes the child's time or memory ends that child, not the crawl; the next
    file gets a new one.
    """

    def __init__(self, *, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> None:
        super().__init__("crawler.extract.child")
        self._timeout = timeout
        self._max_bytes = max_bytes

    def extract(self, name: str, body: bytes) -> Extracted:
        """The text and tables of a file; its name only helps to tell csv from txt."""
        if len(body) > self._max_bytes:
            return Extracted(AttachmentStatus.TOO_LARGE)
        with self._lock:
            kept = self._child is not None
            found = self._try(name, body)
            if found is None and kept:  # the kept child may have died before this file
                found = self._try(name, body)
        return found if found is not None else Extracted(AttachmentStatus.BROKEN)

    def _try(self, name: str, body: bytes) -> Extracted | None:
        """One attempt; None if the child ended without an answer and not for its limits."""
        try:
            return self._read(name, body)
        except TimeoutError:
            self._end(kill=True)
            return Extracted(AttachmentStatus.TOO_LARGE)
        except (OSError, ValueError, struct.error):
            if self._end(kill=True) == -signal.SIGXCPU:
                return Extracted(AttachmentStatus.TOO_LARGE)
            return None

    def _read(self, name: str, body: bytes) -> Extracted:
        label = name.encode("utf-8", "replace")[:1000]
        request = HEADER.pack(len(label), len(body)) + label + body
        answer = json.loads(self._ask(request, time.monotonic() + self._timeout))
        if not isinstance(answer, dict):
            raise ValueError("the answer is no object")
        return extracted_of(answer)


def extracted_of(answer: Mapping[str, Any]) -> Extracted:
    """What a child says of a file, from its JSON."""
    read, waiting, unsure = answer["scans"]
    return Extracted(
        AttachmentStatus(str(answer["status"])),
        str(answer["text"]),
        tuple(tuple(tuple(row) for row in table) for table in answer["tables"]),
        str(answer["media_type"]) or "application/octet-stream",
        scans=ScanCount(read, waiting, tuple((start, end) for start, end in unsure)),
    )
