"""Count facets; for many hits the counted columns are kept in memory as arrays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from archive.ports import Counts
from archive.search.facet_table import FacetTable, listed_numbers

if TYPE_CHECKING:
    import numpy as np

# Numbers are read as one text: a hundred thousand Python objects would take longer than the search.
_ROWS = (
    "SELECT group_concat(row), group_concat(notice_id)"
    " FROM (SELECT row, notice_id FROM search_rows ORDER BY row)"
)
_COLUMNS = {
    "jurisdiction": "jurisdiction",
    "year": "substr(coalesce(published, first_seen), 1, 4)",
    "severity": "severity",
}
_LABELS = "SELECT topic, group_concat(DISTINCT notice_id) FROM labels GROUP BY topic"
_STAMP = (
    "SELECT (SELECT max(rowid) FROM changes), (SELECT max(changed_at) FROM notices),"
    " (SELECT max(rowid) FROM labels), (SELECT count(*) FROM labels),"
    " (SELECT count(*) FROM search_rows)"
)
_OF_SOME = {
    "topic": "SELECT topic, count(DISTINCT notice_id) c FROM labels "
    "WHERE notice_id IN (SELECT value FROM json_each(?)) GROUP BY topic ORDER BY c DESC, topic",
    "jurisdiction": "SELECT jurisdiction, count(*) c FROM notices WHERE id IN "
    "(SELECT value FROM json_each(?)) GROUP BY jurisdiction ORDER BY c DESC, jurisdiction",
    "year": "SELECT substr(coalesce(published, first_seen), 1, 4) y, count(*) FROM notices "
    "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY y ORDER BY y DESC",
    "severity": "SELECT severity, count(*) c FROM notices WHERE id IN "
    "(SELECT value FROM json_each(?)) GROUP BY severity ORDER BY c DESC, severity",
}
_tables: dict[str, FacetTable] = {}
_lock = Lock()


def facet_counts(
    conn: sqlite3.Connection, expression: str | None, allowed: Collection[int] | None
) -> Counts:
    """Counts over what the index proposes for an expression; over everything for None."""
    table = _table(conn)
    return table.count(_proposed(conn, table, expression, allowed))


def facet_counts_of(conn: sqlite3.Connection, ids: Sequence[int]) -> Counts:
    """Counts over these notices."""
    counts: Counts = {}
    for name, sql in _OF_SOME.items():
        found = conn.execute(sql, (json.dumps(list(ids)),))
        counts[name] = {str(value): number for value, number in found if value}
    return counts


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
    with _lock:
        known = _tables.get(path)
        if known is not None and known.stamp == stamp and path and not conn.in_transaction:
            return known
        table = _read(conn, stamp)
        if path and not conn.in_transaction:
            _tables[path] = table
    return table


def _read(conn: sqlite3.Connection, stamp: tuple[Any, ...]) -> FacetTable:
    import numpy as np

    rows, notices = (listed_numbers(text) for text in conn.execute(_ROWS).fetchone())
    size = int(notices.max(initial=0)) + 1
    columns: dict[str, tuple[Sequence[str], np.ndarray]] = {}
    for name, column in _COLUMNS.items():
        values = [""]
        codes = np.zeros(size, dtype=np.int32)  # by notice id
        sql = f"SELECT {column}, group_concat(id) FROM notices GROUP BY 1"  # noqa: S608 our own
        for value, ids in conn.execute(sql):
            known = listed_numbers(ids)
            codes[known[known < size]] = len(values)
            values.append(str(value or ""))
        columns[name] = (values, codes[notices])
    topics = {
        topic: np.flatnonzero(np.isin(notices, listed_numbers(ids)))
        for topic, ids in conn.execute(_LABELS)
    }
    return FacetTable(stamp=stamp, rows=rows, notices=notices, columns=columns, topics=topics)
