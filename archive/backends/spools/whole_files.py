"""Write files that are whole or not there, and say in one sentence why one was not written."""

from __future__ import annotations

from pathlib import Path

from archive.backends.file_errors import explain_file_error
from archive.durable_files import write_durably


def write_whole(path: Path, content: bytes) -> None:
    """Write a file durably; ArchiveError with one sentence when it fails."""
    try:
        write_durably(path, content)
    except OSError as error:
        raise explain_file_error(error, str(path)) from error
