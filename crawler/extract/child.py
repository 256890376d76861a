"""``python -m crawler.extract.child``: reads files for :class:`.file_extractor.FileExtractor`.

Takes requests on standard input, answers on standard output, and ends when its input ends,
so that no orphan outlives a killed parent. Limits are set here, before the first file.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import BinaryIO

MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 20
FILE_BYTES = 0  # nothing is ever written
OPEN_FILES = 64
HEADER = struct.Struct(">II")  # of a request: how long its name and its body are
SIZE = struct.Struct(">Q")  # of an answer


def main() -> int:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not reach the answers
    _limit_process()
    requests = sys.stdin.buffer
    while True:
        head = _read(requests, HEADER.size)
        if head is None:
            return 0
        name_size, body_size = HEADER.unpack(head)
        name, body = _read(requests, name_size), _read(requests, body_size)
        if name is None or body is None:
            return 0
        _limit_cpu()
        answer, go_on = _answer(name.decode("utf-8", "replace"), body)
        data = json.dumps(answer, ensure_ascii=True).encode()
        answers.write(SIZE.pack(len(data)) + data)
        answers.flush()
        if not go_on:
            return 0


def _answer(name: str, body: bytes) -> tuple[dict[str, object], bool]:
    from crawler.extract.formats import extract_file

    try:
        found = extract_file(name, body)
    except (MemoryError, RecursionError):
        return {"status": "too_large", "text": "", "tables": [], "media_type": ""}, False
    return {
        "status": str(found.status),
        "text": found.text,
        "tables": found.tables,
        "media_type": found.media_type,
    }, True


def _read(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if len(data) == size else None


def _limit_process() -> None:
    import resource

    _set(resource.RLIMIT_AS, MEMORY)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, 0)
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _set(resource.RLIMIT_FSIZE, FILE_BYTES)


def _limit_cpu() -> None:
    """Processor time is counted for the whole process: each file gets its share on top."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _set(kind: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (ceiling, hard))


if __name__ == "__main__":
    sys.exit(main())
