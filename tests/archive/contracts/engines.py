"""Open, damage and fill up an empty archive of each backend under contract.

Another backend joins the contracts with one class and one name in the fixture ``engine``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol, runtime_checkable

from archive.backends.factory import open_backend
from archive.ports import Backend
from tests.paths import ROOT

_OPENED = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from archive.backends.factory import open_backend
backend = open_backend(Path({folder!r}), create=True, read_only=False)
{statements}
"""


class Engine(Protocol):
    """One backend's archive in a folder: how tests open it and break it."""

    def open(self, *, read_only: bool = False) -> Backend:
        """One more connection, which :meth:`close` closes."""

    def in_another_process(self, statements: str) -> list[str]:
        """The command of a process in which these statements see ``backend``."""

    def fill_disk(self, backend: Backend) -> None:
        """From now on the database of this connection cannot grow."""

    def spoil_evidence(self, backend: Backend, sha256: str, content: bytes) -> None:
        """Replace the stored form of evidence by these bytes."""

    def close(self) -> None: ...

    def remove(self) -> None:
        """Close everything and forget what the test's folder does not take along."""


@runtime_checkable
class CopyingEngine(Engine, Protocol):
    """One whose backup and damage are the archive's own work, not the server's."""

    def open_copy(self, folder: Path) -> Backend: ...

    def spoil_table(self, table: str, *, wholly: bool) -> None:
        """Put two rows of a table out of order at rest, or overwrite it wholly; closes every
        connection."""


class SqliteEngine:
    """A folder with one SQLite file, and evidence as files beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: list[Backend] = []

    def open(self, *, read_only: bool = False) -> Backend:
        return self._open(self._folder, read_only=read_only)

    def open_copy(self, folder: Path) -> Backend:
        return self._open(folder, read_only=False)

    def _open(self, folder: Path, *, read_only: bool) -> Backend:
        backend = open_backend(folder, create=True, read_only=read_only)
        self._opened.append(backend)
        return backend

    def in_another_process(self, statements: str) -> list[str]:
        code = _OPENED.format(root=str(ROOT), folder=str(self._folder), statements=statements)
        return [sys.executable, "-c", code]

    def fill_disk(self, backend: Backend) -> None:
        pages = backend.database.value("PRAGMA page_count")
        backend.database.rows(f"PRAGMA max_page_count={pages}")

    def spoil_table(self, table: str, *, wholly: bool) -> None:
        backend = self.open()
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        root = backend.database.value(sql, (table,))
        size = backend.database.value("PRAGMA page_size")
        self.close()
        with backend.path.open("r+b") as file:
            # A leaf is a header of 8 bytes, then two bytes for each row: where it begins.
            file.seek((root - 1) * size + 8)
            first, second = file.read(2), file.read(2)
            file.seek((root - 1) * size + (0 if wholly else 8))
            file.write(b"\xff" * size if wholly else second + first)

    def spoil_evidence(self, backend: Backend, sha256: str, content: bytes) -> None:
        [path] = [path for path in backend.evidence.files() if path.stem == sha256]
        path.write_bytes(content)

    def close(self) -> None:
        while self._opened:
            self._opened.pop().database.close()

    def remove(self) -> None:
        self.close()
