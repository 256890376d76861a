"""Tell the shape of the tables at a version of the schema: other backends are built from it."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from archive.backends.sqlite import tables
from archive.backends.table_shapes import (
    ColumnShape,
    ForeignKey,
    IndexShape,
    SchemaShape,
    TableShape,
)

# Tables of the engine, of the migrations and of the search index.
_ENGINES_OWN = ("sqlite_", "_sqlite_", "notice_index", "search_")


@cache
def schema_shape(version: int = tables.VERSION) -> SchemaShape:
    """The shape after all steps up to ``version``, read from an empty database in memory."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        tables.migrate(database, version)
        return SchemaShape(
            version=version,
            tables=tuple(_table(database, name) for name in _names(database)),
            indexes=tuple(_indexes(database)),
        )
    finally:
        database.close()


def _names(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [row[0] for row in rows if not row[0].startswith(_ENGINES_OWN)]


def _table(database: sqlite3.Connection, name: str) -> TableShape:
    rows = _pragma(database, "table_info", name)
    key = [row for row in sorted(rows, key=lambda row: row[5]) if row[5]]
    return TableShape(
        name=name,
        columns=tuple(
            ColumnShape(name=row[1], kind=row[2], required=bool(row[3]), default=row[4])
            for row in rows
        ),
        primary_key=tuple(row[1] for row in key),
        numbered=[row[1:3] for row in key] == [("id", "INTEGER")],
        unique=tuple(_unique(database, name)),
        foreign_keys=tuple(
            ForeignKey(column=row[3], table=row[2], target=row[4])
            for row in _pragma(database, "foreign_key_list", name)
        ),
    )


def _unique(database: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    """The columns of each UNIQUE of a table."""
    found = [row[1] for row in _pragma(database, "index_list", table) if row[3] == "u"]
    return [tuple(row[2] for row in _pragma(database, "index_info", name)) for name in found]


def _indexes(database: sqlite3.Connection) -> list[IndexShape]:
    rows = database.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master"
        " WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
    )
    return [
        IndexShape(name=name, table=table, sql=" ".join(sql.split()))
        for name, table, sql in rows
        if not table.startswith(_ENGINES_OWN)
    ]


def _pragma(database: sqlite3.Connection, pragma: str, name: str) -> list[tuple[Any, ...]]:
    return database.execute(f'PRAGMA {pragma}("{name}")').fetchall()
