"""Say in one sentence what the file system refuses."""

from __future__ import annotations

import errno

from archive.errors import ArchiveError


def explain_file_error(error: OSError, where: str) -> ArchiveError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ArchiveError(f"the disk of {where} is full; nothing was changed")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ArchiveError(f"{where} cannot be written: {error.strerror}")
    return ArchiveError(f"{where}: {error.strerror or error}")
