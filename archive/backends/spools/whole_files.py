"""Write files that are whole or not there, also after a loss of power."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from archive.backends.sqlite.connection import explain
from archive.errors import ArchiveError


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, force to the disk, rename; ArchiveError with one sentence when it fails."""
    try:
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
    except OSError as error:
        raise explain(error, path) or ArchiveError(f"{path}: {error}") from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
