"""Raw bytes as received in an S3-compatible store, by the names of the local folder.

What lies in the folder already stays readable there; new bytes go to the store alone.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import from_url

from archive.errors import ArchiveError, EvidenceDamaged, EvidenceMissing
from archive.evidence.chain import sha256_of
from archive.evidence.local_folder import MOST_BYTES, LocalEvidence, is_hash, unpacked

_PATIENCE = "20s"  # for one request
_RETRIES = 3


class ObjectEvidence:
    """A bucket of ``ab/<sha256>.gz`` objects. An object is put whole and never over another."""

    def __init__(self, url: str, local: LocalEvidence) -> None:
        self.url = url
        self.local = local
        self.timestamps = local.timestamps
        with self._explained():
            self._store = from_url(
                url,
                client_options={"timeout": _PATIENCE, "allow_http": _is_plain()},
                retry_config={"max_retries": _RETRIES},
            )

    def put(self, content: bytes) -> str:
        """Keep the bytes durably before anything names them; known bytes are not sent."""
        sha256 = sha256_of(content)
        if self.size(sha256):
            return sha256
        with self._explained():
            try:
                packed = gzip.compress(content, 6, mtime=0)
                obstore.put(self._store, _key(sha256), packed, mode="create")
            except AlreadyExistsError:
                pass  # another process was quicker, with the same bytes
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes; EvidenceMissing or EvidenceDamaged when they cannot be vouched for."""
        size = self._object_size(sha256)
        if not size and self.local.size(sha256):
            return self.local.get(sha256)
        if size is None:
            raise EvidenceMissing(sha256)
        if size > MOST_BYTES:
            raise EvidenceDamaged(sha256)
        content = unpacked(self._packed(sha256))
        if content is None or sha256_of(content) != sha256:
            raise EvidenceDamaged(sha256)
        return content

    def copy_to(self, other: LocalEvidence, sha256: str) -> None:
        """Put the packed bytes into a folder, as a backup does."""
        if self._object_size(sha256) is None:
            self.local.copy_to(other, sha256)
        else:
            other.keep_packed(sha256, self._packed(sha256))

    def size(self, sha256: str) -> int:
        """Bytes used, 0 when there is nothing."""
        return self._object_size(sha256) or self.local.size(sha256)

    def remove(self, sha256: str) -> int:
        """Delete; the bytes that it freed."""
        size = self._object_size(sha256)
        if size is not None:
            with self._explained():
                obstore.delete(self._store, _key(sha256))
        return (size or 0) + self.local.remove(sha256)

    def files(self) -> Iterator[Path]:
        """The files that lie in the folder still."""
        return self.local.files()

    def usage(self) -> tuple[int, int]:
        """How much is kept: files or objects, and their bytes."""
        count, size = self.local.usage()
        with self._explained():
            for batch in obstore.list(self._store):
                count += len(batch)
                size += sum(int(item["size"]) for item in batch)
        return count, size

    # ------------------------------------------------------------------ the store

    def _packed(self, sha256: str) -> bytes:
        with self._explained():
            try:
                return bytes(obstore.get(self._store, _key(sha256)).bytes())
            except FileNotFoundError:
                raise EvidenceMissing(sha256) from None

    def _object_size(self, sha256: str) -> int | None:
        """Bytes of an object; None when there is none."""
        if not is_hash(sha256):
            return None
        with self._explained():
            try:
                return int(obstore.head(self._store, _key(sha256))["size"])
            except FileNotFoundError:
                return None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Errors of the store and of the way to it become an ArchiveError's sentence."""
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            why = " ".join(str(error).split())[:160]
            raise ArchiveError(f"the evidence store {self.url} does not answer: {why}") from error


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}.gz"


def _is_plain() -> bool:
    """Whether the store is reached without TLS, as one on this machine may be."""
    return os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
