"""Open an archive on a PostgreSQL server: make its tables, bring older ones forward, refuse what
is none of ours."""

from __future__ import annotations

import logging

from archive.backends.postgresql.server_address import ServerAddress
from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.backends.sqlite.tables import VERSION
from archive.errors import ArchiveError

log = logging.getLogger(__name__)

OLDEST_SERVER = 150_000  # as the server tells its version: 15.0
_APPLICATION = "noticewatch"
_TRIGGER = "vectors_changed"
_IDENTITY = "SELECT version FROM archive_identity WHERE application = ?"


def open_database(address: ServerAddress, *, create: bool, read_only: bool) -> PostgresDatabase:
    """Connect, and see to it that the tables are those of this program."""
    database = PostgresDatabase(address, read_only=read_only)
    try:
        _check_server(database)
        if not _has_identity(database):
            _make(database, create=create and not read_only)
        _bring_forward(database)
        _refuse_foreign_triggers(database)
    except BaseException:
        database.close()
        raise
    return database


def _check_server(database: PostgresDatabase) -> None:
    number = int(database.value("SELECT current_setting('server_version_num')"))
    encoding = database.value("SELECT current_setting('server_encoding')")
    if number < OLDEST_SERVER:
        raise ArchiveError(
            f"{database.address} runs PostgreSQL {number // 10_000}: 15 or newer is needed"
        )
    if encoding != "UTF8":
        raise ArchiveError(f"{database.address} stores text as {encoding}: UTF8 is needed")


def _has_identity(database: PostgresDatabase) -> bool:
    return database.value("SELECT to_regclass('archive_identity')::text") is not None


def _make(database: PostgresDatabase, *, create: bool) -> None:
    """All tables in one transaction; a second process that opens at once finds them made."""
    from archive.backends.postgresql.table_statements import IDENTITY_TABLE, schema_statements
    from archive.backends.shape_reader import schema_shape

    others = database.value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
    if others and not _has_identity(database):
        raise ArchiveError(f"{database.address} is another program's database, not an archive")
    if not create:
        raise ArchiveError(f"there is no archive in {database.address}")
    shape = schema_shape()
    with database.transaction():
        if _has_identity(database):
            return
        for statement in (*schema_statements(shape), IDENTITY_TABLE):
            database.run(statement)
        database.run("INSERT INTO archive_identity VALUES (?, ?)", (_APPLICATION, shape.version))


def _bring_forward(database: PostgresDatabase) -> None:
    found = database.value(_IDENTITY, (_APPLICATION,))
    if found is None:
        raise ArchiveError(f"{database.address} is another program's database, not an archive")
    if found > VERSION:
        raise ArchiveError(
            f"{database.address} has schema {found}, this program knows {VERSION}:"
            " upgrade noticewatch"
        )
    if found == VERSION:
        return
    if database.read_only:
        raise ArchiveError(
            f"{database.address} has an older schema; open it once for writing first"
        )
    with database.transaction():
        _take_steps(database, database.value(_IDENTITY, (_APPLICATION,)))


def _take_steps(database: PostgresDatabase, found: int) -> None:
    """What the versions since then have brought: tables, columns and indexes. A step that also
    moves data has to be carried out here by its number."""
    from archive.backends.postgresql.table_statements import step_statements
    from archive.backends.shape_reader import schema_shape

    log.warning("%s: its tables are brought from %d to %d", database.address, found, VERSION)
    for statement in step_statements(schema_shape(found), schema_shape(VERSION)):
        database.run(statement)
    database.run("UPDATE archive_identity SET version = ?", (VERSION,))


def _refuse_foreign_triggers(database: PostgresDatabase) -> None:
    foreign = database.value(
        "SELECT t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgname != ? LIMIT 1",
        (_TRIGGER,),
    )
    if foreign is not None:
        raise ArchiveError(
            f"{database.address} has a trigger that is none of ours ({foreign[:60]}): whoever put"
            " it there can change what is stored; restore a backup"
        )
