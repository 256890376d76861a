"""Count facets; for many hits the counted columns are kept in memory as arrays."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from archive.backends.sqlite.json_pieces import SqliteDialect
from archive.ports import Counts
from archive.search.facet_table import (
    FacetTable,
    FacetTables,
    facets_of,
    listed_numbers,
    read_facet_columns,
)

if TYPE_CHECKING:
    import numpy as np

# Numbers are read as one text: a hundred thousand Python objects would take longer than the search.
_ROWS = (
    "SELECT group_concat(row), group_concat(notice_id)"
    " FROM (SELECT row, notice_id FROM search_rows ORDER BY row)"
)
_LABELS = "SELECT topic, group_concat(DISTINCT notice_id) FROM labels GROUP BY topic"
_STAMP = (
    "SELECT (SELECT max(rowid) FROM changes), (SELECT max(changed_at) FROM notices),"
    " (SELECT max(rowid) FROM labels), (SELECT count(*) FROM labels),"
    " (SELECT count(*) FROM search_rows)"
)
_tables = FacetTables()


def facet_counts(
    conn: sqlite3.Connection, expression: str | None, allowed: Collection[int] | None
) -> Counts:
    """Counts over what the index proposes for an expression; over everything for None."""
    table = _table(conn)
    return table.count(_proposed(conn, table, expression, allowed))


def facet_counts_of(conn: sqlite3.Connection, ids: Sequence[int]) -> Counts:
    """Counts over these notices."""
    return facets_of(ids, SqliteDialect.numbers, conn.execute)


def matching(
    conn: sqlite3.Connection, expression: str | None, allowed: Collection[int] | None
) -> int:
    """How many notices the index proposes, of allowed ones only."""
    return len(_proposed(conn, _table(conn), expression, allowed))


def _proposed(
    conn: sqlite3.Connection,
    table: FacetTable,
    expression: str | None,
    allowed: Collection[int] | None,
) -> np.ndarray:
    if expression is None:
        return table.places(None, allowed)
    sql = "SELECT group_concat(rowid) FROM notice_index WHERE notice_index MATCH ?"
    return table.places(listed_numbers(conn.execute(sql, (expression,)).fetchone()[0]), allowed)


def _table(conn: sqlite3.Connection) -> FacetTable:
    """Read anew only after notices or labels changed."""
    path = next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")
    stamp = tuple(conn.execute(_STAMP).fetchone())
    return _tables.table(
        None if conn.in_transaction else path or None, stamp, lambda: _read(conn, stamp)
    )


def _read(conn: sqlite3.Connection, stamp: tuple[Any, ...]) -> FacetTable:
    import numpy as np

    rows, notices = (listed_numbers(text) for text in conn.execute(_ROWS).fetchone())
    columns = read_facet_columns(notices, "group_concat(id)", conn.execute)
    topics = {
        topic: np.flatnonzero(np.isin(notices, listed_numbers(ids)))
        for topic, ids in conn.execute(_LABELS)
    }
    return FacetTable(stamp=stamp, rows=rows, notices=notices, columns=columns, topics=topics)
