"""``python -m crawler.passes.page_child``: reads heavy pages for :class:`.page_reader.PageReader`.

Takes jobs on standard input and answers on standard output, as :mod:`crawler.extract.child` does
for files; a page that takes more than its time or memory ends this process and nothing else.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import BinaryIO

from crawler.adapters.adapter import ListProblem
from crawler.extract.child import SIZE
from crawler.passes.page_jobs import (
    ListPage,
    ListRead,
    NotAList,
    NoticePage,
    NotUnderstood,
    PageDoubt,
    PageJob,
)
from domain.records.observation import ParsedNotice
from domain.records.reason import Reason

MEMORY = 300 * 1024 * 1024  # on top of what the process has before its first page
CPU_SECONDS = 8


def main() -> int:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not reach the answers
    _limit_memory()
    while (job := _next_job(sys.stdin.buffer)) is not None:
        _limit_cpu()
        data = pickle.dumps(_answer(job))
        answers.write(SIZE.pack(len(data)) + data)
        answers.flush()
    return 0


def _answer(job: PageJob) -> ParsedNotice | Reason | ListRead | NotAList | NotUnderstood | None:
    try:
        return job.read()
    except ListProblem as problem:
        return NotAList(kind=problem.kind, reason=problem.reason)
    except (MemoryError, RecursionError):
        raise  # ends the process: the page is too heavy
    except Exception as error:  # the parent says it of this one page
        return NotUnderstood(error=f"{type(error).__name__}: {error}"[:200])


def _next_job(stream: BinaryIO) -> PageJob | None:
    head = stream.read(SIZE.size)
    if len(head) < SIZE.size:
        return None
    job = pickle.loads(stream.read(SIZE.unpack(head)[0]))  # noqa: S301 (our own parent's words)
    assert isinstance(job, NoticePage | PageDoubt | ListPage)
    return job


def _limit_memory() -> None:
    import resource

    counts = Path("/proc/self/statm")
    if not counts.exists():  # not Linux: time alone is limited
        return
    held = int(counts.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _limit(resource.RLIMIT_AS, held + MEMORY)
    _limit(resource.RLIMIT_CORE, 0)


def _limit_cpu() -> None:
    """Processor time is counted for the whole process: each page gets its share on top."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1)


def _limit(kind: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
