"""Write files that are whole or not there, also after a loss of power."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write beside, force to the disk, rename; OSError as the system raises it."""
    fresh = not path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync(path.parent)
    if fresh:
        _sync(path.parent.parent)


def _sync(folder: Path) -> None:
    """A name is durable when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
