"""Open a small SQLite database of its own, durable at each commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from archive.backends.sqlite.connection import (
    BUSY_SECONDS,
    file_errors_explained,
    file_transactions,
)


class SpoolConnection:
    """One connection to one file; errors of file system and SQLite become sentences."""

    def __init__(self, path: Path, schema: str, identity: int) -> None:
        self.path = path
        with self.explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._prepare(schema, identity)
        self._transactions = file_transactions(self._db)

    def _prepare(self, schema: str, identity: int) -> None:
        found = self._db.execute("PRAGMA application_id").fetchone()[0]
        if found not in {0, identity}:
            raise sqlite3.DatabaseError("file is not a database")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(schema)
        if not found:
            self._db.execute(f"PRAGMA application_id={identity}")

    def explained(self) -> AbstractContextManager[None]:
        """An ArchiveError with one sentence for what the disk or SQLite says."""
        return file_errors_explained(self.path)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE … COMMIT; all or nothing."""
        with self.explained(), self._transactions.block():
            yield self._db

    def rows(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        with self.explained():
            return self._db.execute(sql, parameters).fetchall()

    def row(self, sql: str, *parameters: object) -> sqlite3.Row | None:
        with self.explained():
            found: sqlite3.Row | None = self._db.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, *parameters: object) -> object:
        """The first column of the first row, None when there is no row."""
        found = self.row(sql, *parameters)
        return None if found is None else found[0]

    def close(self) -> None:
        self._db.close()
