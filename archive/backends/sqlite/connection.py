"""Open the database file safely; transactions and plain helpers over rows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from archive.backends.file_errors import explain_file_error
from archive.backends.sqlite import tables as schema
from archive.backends.sqlite.json_pieces import SqliteDialect
from archive.backends.sqlite.triggers import foreign_triggers
from archive.backends.transactions import Transactions, explained_by, insert_statement
from archive.errors import ArchiveError
from archive.ports import Row

DATABASE_NAME = "archive.db"
RESTORING = "restoring"  # a copy that is being put in place
BUSY_SECONDS = 30


def explain(error: Exception, where: Path) -> ArchiveError | None:
    """The sentence for an error of the file system or of SQLite; None for other errors."""
    text = str(error).lower()
    if isinstance(error, OSError):
        return explain_file_error(error, str(where))
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


def file_errors_explained(path: Path) -> AbstractContextManager[None]:
    """Errors of file system and SQLite become an ArchiveError's sentence that names the file."""
    return explained_by(lambda error: explain(error, path), sqlite3.DatabaseError, OSError)


def file_transactions(connection: sqlite3.Connection) -> Transactions:
    """BEGIN IMMEDIATE … COMMIT of one connection."""

    def roll_back() -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")

    return Transactions(
        begin=lambda: connection.execute("BEGIN IMMEDIATE"),
        commit=lambda: connection.execute("COMMIT"),
        roll_back=roll_back,
    )


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


class SqliteDatabase:
    """One connection to the database file: plain helpers over rows, and the one transaction."""

    dialect = SqliteDialect()

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self._transactions = file_transactions(connection)

    @property
    def in_transaction(self) -> bool:
        return bool(self._transactions.depth)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; nested calls join the outer transaction."""
        if self.read_only:
            raise ArchiveError(f"{self.path} was opened for reading only")
        with self.explained(), self._transactions.block():
            yield

    def explained(self) -> AbstractContextManager[None]:
        """Errors of file system and SQLite become an ArchiveError's sentence."""
        return file_errors_explained(self.path)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self.explained():
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        with self.explained():
            row: Row | None = self.connection.execute(sql, parameters).fetchone()
            return row

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None when there is no row."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Rows as they are read."""
        return iter(self.connection.execute(sql, parameters))

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """One writing statement, only inside :meth:`transaction`; how many rows it touched."""
        return self._write(sql, parameters).rowcount

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert a row and answer its id; table and column names are our own constants."""
        identifier = self._write(insert_statement(table, row), tuple(row.values())).lastrowid
        assert identifier is not None
        return identifier

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        assert self.connection.in_transaction, "writes belong into a transaction"
        self.connection.executemany(insert_statement(table, columns), rows)

    def last_ids(self) -> dict[str, int]:
        """Those of tables whose ids never come back; of the others the highest tells it."""
        return {row["name"]: row["seq"] for row in self.rows("SELECT * FROM sqlite_sequence")}

    def set_last_ids(self, given: Mapping[str, int]) -> None:
        for table, last in given.items():
            touched = self.run(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)
            )
            counts = "SELECT 1 FROM sqlite_master WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'"
            if not touched and self.value(counts, (table,)):
                self.run("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last))

    def _write(self, sql: str, parameters: Sequence[Any]) -> sqlite3.Cursor:
        assert self.connection.in_transaction, "writes belong into a transaction"
        return self.connection.execute(sql, parameters)

    def revision(self) -> str:
        """Size and time of the database and its log: every commit changes one of them."""
        found: list[int] = []
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            with suppress(OSError):
                stat = path.stat()
                found += [stat.st_mtime_ns, stat.st_size]
        return " ".join(map(str, found))

    def close(self) -> None:
        self.connection.close()


def connect(data_dir: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """Open (and create) the database file with the settings every process uses."""
    path = data_dir / DATABASE_NAME
    try:
        if create and not read_only:
            data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists() and (read_only or not create):
            raise ArchiveError(f"there is no archive in {data_dir}")
        if not path.exists() and (data_dir / RESTORING / DATABASE_NAME).exists():
            raise ArchiveError(
                f"a restore into {data_dir} was interrupted: run `noticewatch restore` again"
            )
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
    if foreign := foreign_triggers(database):
        raise ArchiveError(
            f"{path} has a trigger that is none of ours ({foreign[0][:60]}): whoever put it there"
            " can change what is stored; restore a backup"
        )
