"""Start a child process that answers on its pipes, and talk to it against the clock."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time

from config.paths import bare_environment


def start_child(module: str) -> subprocess.Popen[bytes]:
    """A Python process of ``module`` that reads requests and writes answers."""
    return subprocess.Popen(  # noqa: S603 (our own module by our own interpreter)
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=bare_environment(
            LC_ALL="C.UTF-8", OPENBLAS_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1"
        ),
        start_new_session=True,
    )


def end_child(child: subprocess.Popen[bytes], *, kill: bool) -> int | None:
    """Close its pipes and wait; its exit code, None where it had to be killed."""
    code = child.poll()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # a full pipe to a dead child
                stream.close()
    if code is not None:
        return code
    try:
        return child.wait(timeout=0.2 if kill else 2.0)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return None


def write_all(pipe: int, data: bytes, deadline: float) -> None:
    """Write the whole of it; TimeoutError when the child does not take it in time."""
    view = memoryview(data)
    os.set_blocking(pipe, False)
    while view:
        _, ready, _ = select.select([], [pipe], [], _left(deadline))
        if not ready:
            raise TimeoutError
        view = view[os.write(pipe, view[: 1 << 20]) :]


def read_exactly(pipe: int, size: int, deadline: float) -> bytes:
    """So many bytes; TimeoutError when they are late, OSError when the child ended."""
    parts: list[bytes] = []
    missing = size
    while missing:
        ready, _, _ = select.select([pipe], [], [], _left(deadline))
        if not ready:
            raise TimeoutError
        part = os.read(pipe, min(missing, 1 << 20))
        if not part:
            raise OSError("the child ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())
