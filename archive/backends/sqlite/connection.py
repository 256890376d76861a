"""The open database file: opening it safely, transactions, and plain helpers over rows."""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive.backends.sqlite import tables as schema
from archive.evidence.local_folder import EvidenceStore

DATABASE_NAME = "archive.db"
BUSY_SECONDS = 30


class ArchiveError(Exception):
    """Something is wrong with the archive; the message is one sentence for the operator."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A UTC time as text of fixed width, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("times in the archive carry a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def parse_stamp(text: str) -> datetime:
    """The moment of a stored ISO 8601 stamp, with its zone."""
    return datetime.fromisoformat(text)


def parse_stamp_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def dumps(value: Any) -> str:
    """JSON as it is stored: compact, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def explain(error: Exception, where: Path) -> ArchiveError | None:
    """The sentence for an error of the file system or of SQLite; None for other errors."""
    text = str(error).lower()
    if isinstance(error, OSError):
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return ArchiveError(f"the disk of {where} is full; nothing was changed")
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return ArchiveError(f"{where} cannot be written: {error.strerror}")
        return ArchiveError(f"{where}: {error.strerror or error}")
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    known = {
        "full": f"the disk of {where} is full; nothing was changed",
        "readonly": f"{where} cannot be written: it is read-only",
        "unable to open": f"{where} cannot be opened: check that the folder exists and is writable",
        "not a database": f"{where} is not an archive database; move it away or restore a backup",
        "malformed": f"{where} is damaged or cut short; restore it from a backup",
        "disk i/o error": f"{where} cannot be read or written: disk I/O error",
        "locked": f"{where} stayed locked by another process for {BUSY_SECONDS} seconds",
    }
    for mark, sentence in known.items():
        if mark in text:
            return ArchiveError(sentence)
    return None


def sqlite_features() -> tuple[str, list[str]]:
    """SQLite's version and what it lacks of what the archive needs."""
    missing = []
    with sqlite3.connect(":memory:") as database:
        for name, statement in (
            ("FTS5", "CREATE VIRTUAL TABLE t USING fts5(a, content='')"),
            ("RETURNING", "CREATE TABLE r (a); INSERT INTO r VALUES (1) RETURNING a"),
        ):
            try:
                database.executescript(statement)
            except sqlite3.OperationalError:
                missing.append(name)
    database.close()
    return sqlite3.sqlite_version, missing


class Connected:
    """What every part of the archive shares: the connection, the clock and the evidence."""

    def __init__(
        self,
        database: sqlite3.Connection,
        path: Path,
        evidence: EvidenceStore,
        clock: Callable[[], datetime],
        *,
        read_only: bool,
    ) -> None:
        self._database = database
        self._evidence = evidence
        self._depth = 0
        self.path = path
        self.clock = clock
        self.read_only = read_only

    @property
    def data_dir(self) -> Path:
        return self.path.parent

    @contextmanager
    def write_tx(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; nested calls join the outer transaction.

        Everything is rolled back when the outermost block ends with an exception.
        """
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        if self.read_only:
            raise ArchiveError(f"{self.path} was opened for reading only")
        with self._explained():
            self._database.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            with self._explained():
                yield
                self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            explained = explain(error, self.path)
            if explained is None:
                raise
            raise explained from error

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._explained():
            return self._database.execute(sql, parameters).fetchall()

    def _row(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        with self._explained():
            row: sqlite3.Row | None = self._database.execute(sql, parameters).fetchone()
            return row

    def _value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None when there is no row."""
        row = self._row(sql, parameters)
        return None if row is None else row[0]

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """One writing statement; only inside :meth:`write_tx`."""
        assert self._database.in_transaction, "writes belong into write_tx"
        return self._database.execute(sql, parameters)

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert a row and answer its id; table and column names are our own constants."""
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608
        identifier = self._run(sql, tuple(row.values())).lastrowid
        assert identifier is not None
        return identifier

    def close(self) -> None:
        self._database.close()


def connect(data_dir: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """Open (and create) the database file with the settings every process uses."""
    path = data_dir / DATABASE_NAME
    try:
        if create and not read_only:
            data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists() and (read_only or not create):
            raise ArchiveError(f"there is no archive in {data_dir}")
        database = _connect_file(path, read_only=read_only)
        try:
            _prepare_patiently(database, path, read_only=read_only)
        except BaseException:
            database.close()
            raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise explain(error, path) or ArchiveError(f"{path}: {error}") from error
    return database


def _connect_file(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    database.row_factory = sqlite3.Row
    return database


def _prepare_patiently(database: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Two processes may open a new archive at once, and the switch to WAL does not wait."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _prepare(database, path, read_only=read_only)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _prepare(database: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    # SQLite itself refuses a file cut short. The file is never opened in any other way: closing
    # it would drop the locks of every connection of this process, and with them the archive.
    found = database.execute("PRAGMA user_version").fetchone()[0]
    _check_ours(database, path, found)
    database.execute("PRAGMA foreign_keys=ON")
    if read_only:
        if found < schema.VERSION:
            raise ArchiveError(f"{path} has an older schema; open it once for writing first")
        return
    # The size of the journal left behind is bounded, so that a long pass keeps no large file.
    database.execute("PRAGMA journal_size_limit=67108864")
    if database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    if found < schema.VERSION:
        schema.migrate(database)
    else:
        # The first write shows a folder that cannot be written before any work is done.
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")


def _check_ours(database: sqlite3.Connection, path: Path, found: int) -> None:
    if found > schema.VERSION:
        raise ArchiveError(
            f"{path} has schema {found}, this program knows {schema.VERSION}: upgrade noticewatch"
        )
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return
    identity = database.execute("PRAGMA application_id").fetchone()[0]
    if identity != schema.APPLICATION_ID and not schema.half_made(tables):
        raise ArchiveError(f"{path} is another program's database, not an archive")
