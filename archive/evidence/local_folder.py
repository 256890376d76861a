"""Raw bytes as received in a local folder, compressed and named by their sha256."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archive.durable_files import write_durably
from archive.errors import EvidenceDamaged, EvidenceMissing
from archive.evidence.chain import sha256_of
from archive.evidence.timestamp_files import TIMESTAMP_FOLDER, TimestampFiles

EVIDENCE_FOLDER = "evidence"
MOST_BYTES = 128 * 1024 * 1024  # unpacked; what is fetched has 60 MiB at most
_HASH = re.compile(r"[0-9a-f]{64}")


class LocalEvidence:
    """A folder of ``ab/<sha256>.gz`` files. Files are complete or absent, never half there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.timestamps = TimestampFiles(folder / TIMESTAMP_FOLDER)

    def path(self, sha256: str) -> Path:
        """Where a file is kept; EvidenceMissing for what is no hash, and so no name of ours."""
        if not _HASH.fullmatch(sha256):
            raise EvidenceMissing(sha256)
        return self.folder / sha256[:2] / f"{sha256}.gz"

    def put(self, content: bytes) -> str:
        """Keep the bytes durably before anything names them; known bytes cost nothing."""
        sha256 = sha256_of(content)
        target = self.path(sha256)
        if not target.exists():
            write_durably(target, gzip.compress(content, 6, mtime=0))
        return sha256

    def copy_to(self, other: LocalEvidence, sha256: str) -> None:
        """Put the packed file into another store, if it is not there yet."""
        if not other.path(sha256).exists():
            other.keep_packed(sha256, self.path(sha256).read_bytes())

    def keep_packed(self, sha256: str, packed: bytes) -> None:
        """Keep what another store has packed, if it is not here yet."""
        target = self.path(sha256)
        if not target.exists():
            write_durably(target, packed)

    def link_from(self, other: LocalEvidence, sha256: str) -> bool:
        """Share another store's file; False when it has none or stands on another disk."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            if not target.exists():
                os.link(other.path(sha256), target)
            return True
        return False

    def get(self, sha256: str) -> bytes:
        """The bytes; EvidenceMissing or EvidenceDamaged when they cannot be vouched for."""
        path = self.path(sha256)
        if not path.exists():
            raise EvidenceMissing(sha256)
        # A pipe or a device would never end, a bomb would fill the memory.
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise EvidenceDamaged(sha256)
        content = unpacked(path.read_bytes())
        if content is None or sha256_of(content) != sha256:
            raise EvidenceDamaged(sha256)
        return content

    def size(self, sha256: str) -> int:
        """Bytes of a file on disk, 0 when there is none."""
        try:
            return self.path(sha256).stat().st_size
        except (FileNotFoundError, EvidenceMissing):
            return 0

    def remove(self, sha256: str) -> int:
        """Delete a file; the bytes that it freed."""
        try:
            path = self.path(sha256)
            size = path.stat().st_size
            path.unlink()
        except (FileNotFoundError, EvidenceMissing):
            return 0
        return size

    def files(self) -> Iterator[Path]:
        """Every kept file, left-overs of killed writers excluded."""
        if self.folder.is_dir():
            yield from sorted(self.folder.glob("??/*.gz"))

    def usage(self) -> tuple[int, int]:
        """How much is kept: files, and their bytes."""
        sizes = [path.stat().st_size for path in self.files()]
        return len(sizes), sum(sizes)


def is_hash(sha256: str) -> bool:
    """Whether a text can name evidence."""
    return _HASH.fullmatch(sha256) is not None


def unpacked(packed: bytes) -> bytes | None:
    """The bytes of a gzip file; None when it is damaged or would be too large."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = reader.decompress(packed, MOST_BYTES)
    except zlib.error:
        return None
    return content if reader.eof and not reader.unused_data else None
