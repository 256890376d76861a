"""``python -m crawler.extract.child``: reads files for :class:`.file_extractor.FileExtractor`.

Takes requests on standard input, answers on standard output, and ends when its input ends,
so that no orphan outlives a killed parent. Limits are set here, before the first file.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from crawler.extract.formats import Extracted

MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 20
FILE_BYTES = 0  # nothing is ever written
OPEN_FILES = 64
HEADER = struct.Struct(">II")  # of a request: how long its name and its body are
SIZE = struct.Struct(">Q")  # of an answer


Answer = Callable[[str, bytes], tuple[dict[str, object], bool]]


def main() -> int:
    return serve(_answer, memory=MEMORY, cpu_seconds=CPU_SECONDS)


def serve(answer: Answer, *, memory: int, cpu_seconds: int) -> int:
    """Answer requests until the input ends, or until an answer says that it is the last."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not reach the answers
    _limit_process(memory)
    requests = sys.stdin.buffer
    while True:
        head = _read(requests, HEADER.size)
        if head is None:
            return 0
        name_size, body_size = HEADER.unpack(head)
        name, body = _read(requests, name_size), _read(requests, body_size)
        if name is None or body is None:
            return 0
        _limit_cpu(cpu_seconds)
        said, go_on = answer(name.decode("utf-8", "replace"), body)
        data = json.dumps(said, ensure_ascii=True).encode()
        answers.write(SIZE.pack(len(data)) + data)
        answers.flush()
        if not go_on:
            return 0


def _answer(name: str, body: bytes) -> tuple[dict[str, object], bool]:
    from crawler.extract.formats import extract_file, extract_scans
    from crawler.extract.scans.scan_engine import is_available
    from crawler.extract.scans.scan_session import ScanSession

    try:
        found = (
            extract_scans(name, body, ScanSession()) if is_available() else extract_file(name, body)
        )
    except (MemoryError, RecursionError):
        return TOO_LARGE, False
    return answer_of(found), True


TOO_LARGE: dict[str, object] = {
    "status": "too_large", "text": "", "tables": [], "media_type": "", "scans": (0, 0, ()),
}  # fmt: skip


def answer_of(found: Extracted) -> dict[str, object]:
    """What a child says of a file."""
    return {
        "status": str(found.status),
        "text": found.text,
        "tables": found.tables,
        "media_type": found.media_type,
        "scans": found.scans,
    }


def _read(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if len(data) == size else None


def _limit_process(memory: int) -> None:
    import resource

    _set(resource.RLIMIT_AS, memory)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, 0)
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _set(resource.RLIMIT_FSIZE, FILE_BYTES)


def _limit_cpu(cpu_seconds: int) -> None:
    """Processor time is counted for the whole process: each file gets its share on top."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + cpu_seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _set(kind: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (ceiling, hard))


if __name__ == "__main__":
    sys.exit(main())
