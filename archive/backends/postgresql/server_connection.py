"""One connection to a PostgreSQL server: plain helpers over rows, and the one transaction."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg import Connection

from archive.backends.file_errors import explain_file_error
from archive.backends.postgresql.server_address import ServerAddress
from archive.backends.postgresql.server_errors import (
    LOCK_SECONDS,
    explain_server_error,
    may_be_tried_again,
)
from archive.backends.postgresql.server_rows import ServerRow, adapt, server_rows
from archive.backends.postgresql.sql_dialect import PostgresDialect, with_driver_marks
from archive.backends.transactions import Transactions, explained_by, insert_statement
from archive.errors import TAKES_TOO_LONG, ArchiveError, SearchTooCostly
from archive.ports import Row

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
_WRITER = 0x6E777463  # the lock of the one writer: "nwtc"
_WAITS = (0.1, 0.3, 1.0, 3.0, 5.0)  # seconds before what was cut is tried again
_AT_ONCE = 1000  # rows of a stream
# How a search is best answered depends on the words that it asks for; compiling takes longer.
_PLANS = "-c plan_cache_mode=force_custom_plan -c jit=off"


class PostgresDatabase:
    """Reads at any time; writes in :meth:`transaction`, which has the archive's one writer wait
    for the one before. A connection that was cut is opened again where nothing is lost by it."""

    dialect = PostgresDialect()

    def __init__(self, address: ServerAddress, *, read_only: bool) -> None:
        self.address = address
        self.read_only = read_only
        self.deadline: float | None = None  # by time.monotonic, of a search
        self._transactions = Transactions(
            begin=lambda: self.again(_begin),
            commit=lambda: self._connection.execute("COMMIT"),
            roll_back=self._roll_back,
        )
        self._streams = 0
        self._numbered: frozenset[str] | None = None
        self._connection = self._connect()

    # -- the connection

    def _connect(self) -> Connection[ServerRow]:
        options = f"-c lock_timeout={LOCK_SECONDS}s -c client_min_messages=warning {_PLANS}"
        if self.read_only:
            options += " -c default_transaction_read_only=on"
        try:
            connection = psycopg.connect(
                self.address.conninfo,
                autocommit=True,
                options=options,
                row_factory=server_rows,
                application_name="noticewatch",
                connect_timeout=10,
            )
        except psycopg.Error as error:
            raise self._explained(error) from error
        adapt(connection)
        return connection

    def _explained(self, error: Exception) -> ArchiveError:
        return explain_server_error(error, str(self.address)) or ArchiveError(
            f"{self.address}: {type(error).__name__}"
        )

    def again(self, work: Callable[[Connection[ServerRow]], Answer]) -> Answer:
        """Do something that may be done twice; once more where the connection was cut."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise SearchTooCostly(TAKES_TOO_LONG)
        if self.in_transaction:
            return work(self._connection)
        for wait in (*_WAITS, None):
            try:
                if self._connection.closed or self._connection.broken:
                    self._connection = self._connect()
                return work(self._connection)
            except (psycopg.Error, ArchiveError) as error:
                cause = error.__cause__ if isinstance(error, ArchiveError) else error
                if wait is None or not isinstance(cause, psycopg.Error):
                    raise
                if not may_be_tried_again(cause):
                    raise
                log.warning("%s: tried again in %s s", self._explained(cause), wait)
                time.sleep(wait)
        raise AssertionError("the last try answers or raises")

    # -- transactions

    @property
    def in_transaction(self) -> bool:
        return bool(self._transactions.depth)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN, the writer's lock … COMMIT; nested calls join the outer transaction."""
        if self.read_only:
            raise ArchiveError(f"{self.address} was opened for reading only")
        with self.explained(), self._transactions.block():
            yield

    def explained(self) -> AbstractContextManager[None]:
        """Errors of file system and server become an ArchiveError's sentence."""
        return explained_by(self._explain, OSError, psycopg.Error)

    def _explain(self, error: Exception) -> ArchiveError | None:
        if isinstance(error, OSError):
            return explain_file_error(error, str(self.address))
        return explain_server_error(error, str(self.address))

    def _roll_back(self) -> None:
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")

    # -- statements

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self.explained():
            return list(self.again(lambda there: _execute(there, sql, parameters).fetchall()))

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        with self.explained():
            return self.again(lambda there: _execute(there, sql, parameters).fetchone())

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None when there is no row."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Rows as they are read, while other statements run beside."""
        self.again(lambda there: there.execute("SELECT 1"))  # a cut connection shows here
        self._streams += 1
        name = f"stream_{self._streams}"
        with (
            self.explained(),
            self._connection.cursor(name=name, withhold=not self.in_transaction) as cursor,
        ):
            cursor.itersize = _AT_ONCE
            text, values = marked(sql, parameters)
            cursor.execute(text.encode(), values)
            yield from cursor

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """One writing statement, only inside :meth:`transaction`; how many rows it touched."""
        assert self.in_transaction, "writes belong into a transaction"
        return _execute(self._connection, sql, parameters).rowcount

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert a row and answer its id; table and column names are our own constants."""
        assert self.in_transaction, "writes belong into a transaction"
        sql = insert_statement(table, row)
        if table not in self._numbered_tables():
            return _execute(self._connection, sql, tuple(row.values())).rowcount
        answer = _execute(self._connection, f"{sql} RETURNING id", tuple(row.values())).fetchone()
        assert answer is not None
        return int(answer[0])

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        assert self.in_transaction, "writes belong into a transaction"
        names = ", ".join(f'"{name}"' for name in columns)
        with self._connection.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def last_ids(self) -> dict[str, int]:
        """What its sequences have given; a rolled back one is not given again either."""
        found = {
            table: self.value(
                "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()"
                " AND sequencename = ?",
                (f"{table}_id_seq",),
            )
            for table in self._numbered_tables()
        }
        return {table: last for table, last in found.items() if last is not None}

    def set_last_ids(self, given: Mapping[str, int]) -> None:
        for table in self._numbered_tables():
            highest = self.value(f'SELECT max(id) FROM "{table}"')  # noqa: S608 (ours)
            last = max(given.get(table, 0), highest or 0)
            if last:
                self.row("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", (table, last))

    def _numbered_tables(self) -> frozenset[str]:
        if self._numbered is None:
            found = self._connection.execute(
                "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                " WHERE a.attidentity != '' AND pg_table_is_visible(c.oid)"
            )
            self._numbered = frozenset(row[0] for row in found)
        return self._numbered

    def revision(self) -> str:
        """What is committed and what is not, of the whole server."""
        return str(self.value("SELECT pg_current_snapshot()::text"))

    def close(self) -> None:
        self._connection.close()


def _begin(connection: Connection[ServerRow]) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
    except psycopg.Error:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        raise


def _execute(
    connection: Connection[ServerRow], sql: str, parameters: Sequence[Any]
) -> psycopg.Cursor[ServerRow]:
    text, values = marked(sql, parameters)
    return connection.execute(text.encode(), values)


def marked(sql: str, parameters: Sequence[Any]) -> tuple[str, list[Any]]:
    """A statement as the driver wants it. NULL stands in its text: as a parameter it would have
    no type."""
    absent = tuple(place for place, value in enumerate(parameters) if value is None)
    if not absent:
        return with_driver_marks(sql), list(parameters)
    return with_driver_marks(sql, absent), [value for value in parameters if value is not None]
