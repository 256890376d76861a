"""Attachments to text, in a child process with limits that is kept for the whole crawl."""

from __future__ import annotations

import json
import signal
import struct
import subprocess
import threading
import time
from types import TracebackType

from crawler.extract.child import HEADER
from crawler.extract.child_pipe import end_child, read_exactly, start_child, write_all
from crawler.extract.formats import Extracted, extract_file
from domain.records.states import AttachmentStatus

__all__ = ["Extracted", "FileExtractor", "extract_file"]

MAX_BYTES = 60 * 1024 * 1024
TIMEOUT = 40.0
_MAX_ANSWER = 64 * 1024 * 1024


class FileExtractor:
    """Reads files one at a time in a child process; safe to call from several threads.

    A file that takes the child's time or memory ends that child, not the crawl; the next
    file gets a new one.
    """

    def __init__(self, *, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> None:
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> FileExtractor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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
            return _extracted(self._ask(self._running(), name, body))
        except TimeoutError:
            self._end(kill=True)
            return Extracted(AttachmentStatus.TOO_LARGE)
        except (OSError, ValueError, struct.error):
            if self._end(kill=True) == -signal.SIGXCPU:
                return Extracted(AttachmentStatus.TOO_LARGE)
            return None

    def close(self) -> None:
        """End the child; the extractor may be used again afterwards."""
        with self._lock:
            self._end(kill=False)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end(kill=True)
        self._child = start_child("crawler.extract.child")
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], name: str, body: bytes) -> dict[str, object]:
        assert child.stdin is not None
        assert child.stdout is not None
        label = name.encode("utf-8", "replace")[:1000]
        deadline = time.monotonic() + self._timeout
        write_all(child.stdin.fileno(), HEADER.pack(len(label), len(body)) + label + body, deadline)
        size = struct.unpack(">I", read_exactly(child.stdout.fileno(), 4, deadline))[0]
        if size > _MAX_ANSWER:
            raise ValueError("the answer is too long")
        answer = json.loads(read_exactly(child.stdout.fileno(), size, deadline))
        if not isinstance(answer, dict):
            raise ValueError("the answer is no object")
        return answer

    def _end(self, *, kill: bool) -> int | None:
        child, self._child = self._child, None
        return None if child is None else end_child(child, kill=kill)


def _extracted(answer: dict[str, object]) -> Extracted:
    tables = answer["tables"]
    assert isinstance(tables, list)
    return Extracted(
        AttachmentStatus(str(answer["status"])),
        str(answer["text"]),
        tuple(tuple(tuple(row) for row in table) for table in tables),
        str(answer["media_type"]) or "application/octet-stream",
    )
