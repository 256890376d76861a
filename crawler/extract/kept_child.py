"""A child process that is kept from one request to the next, asked against the clock."""

from __future__ import annotations

import subprocess
import threading
from types import TracebackType
from typing import Self

from crawler.extract.child import SIZE
from crawler.extract.child_pipe import end_child, read_exactly, start_child, write_all

_MOST_ANSWER = 64 * 1024 * 1024  # bytes


class KeptChild:
    """Base of those who let a child of ``module`` read for them, started at the first request.

    One request at a time: hold ``_lock`` around ``_ask`` and ``_end``.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; its owner may be used again afterwards."""
        with self._lock:
            self._end(kill=False)

    def _ask(self, request: bytes, deadline: float) -> bytes:
        """The child's answer; TimeoutError when it is late (``deadline`` by the monotonic
        clock, seconds), OSError when the child ended, ValueError when it says too much."""
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        write_all(child.stdin.fileno(), request, deadline)
        size = SIZE.unpack(read_exactly(child.stdout.fileno(), SIZE.size, deadline))[0]
        if size > _MOST_ANSWER:
            raise ValueError("the answer is too long")
        return read_exactly(child.stdout.fileno(), size, deadline)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end(kill=True)
            self._child = start_child(self._module)
        return self._child

    def _end(self, *, kill: bool) -> int | None:
        child, self._child = self._child, None
        return None if child is None else end_child(child, kill=kill)
