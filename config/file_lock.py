"""Hold a file as a lock between processes: ``flock``, so that a killed process leaves none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class LockHeld(Exception):
    """Somebody else holds the lock; the message names it."""


@contextmanager
def file_lock(
    path: Path,
    *,
    wait: bool = True,
    on_wait: Callable[[], None] | None = None,
    shared: bool = False,
) -> Iterator[None]:
    """Hold ``path`` exclusively, or ``shared`` with others who do. With ``wait`` False raise
    :class:`LockHeld` at once; otherwise call ``on_wait`` once and wait until it is free."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise LockHeld(f"{path} is held by another noticewatch process") from None
            if on_wait:
                on_wait()
            fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
