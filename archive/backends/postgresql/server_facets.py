"""Count facets of a PostgreSQL archive."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from archive.backends.postgresql.gram_hashes import gram_condition
from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.ports import Counts
from archive.search.facet_table import FacetTable, listed_numbers
from archive.search.query import Query

if TYPE_CHECKING:
    import numpy as np

_YEAR = "substr(coalesce(published, first_seen), 1, 4)"
_ROWS = "SELECT string_agg(notice_id::text, ',' ORDER BY notice_id) FROM search_rows"
_COLUMNS = {"jurisdiction": "jurisdiction", "year": _YEAR, "severity": "severity"}
_LABELS = "SELECT topic, string_agg(DISTINCT notice_id::text, ',') FROM labels GROUP BY topic"
_STAMP = (
    "SELECT (SELECT max(id) FROM changes), (SELECT max(changed_at) FROM notices),"
    " (SELECT max(id) FROM labels), (SELECT count(*) FROM labels),"
    " (SELECT count(*) FROM search_rows)"
)
_OF_SOME = {
    "topic": "SELECT topic, count(DISTINCT notice_id) c FROM labels "
    "WHERE notice_id IN ({}) GROUP BY topic ORDER BY c DESC, topic",
    "jurisdiction": "SELECT jurisdiction, count(*) c FROM notices WHERE id IN ({}) "
    "GROUP BY jurisdiction ORDER BY c DESC, jurisdiction",
    "year": "SELECT substr(coalesce(published, first_seen), 1, 4) y, count(*) FROM notices "
    "WHERE id IN ({}) GROUP BY y ORDER BY y DESC",
    "severity": "SELECT severity, count(*) c FROM notices WHERE id IN ({}) "
    "GROUP BY severity ORDER BY c DESC, severity",
}
_tables: dict[str, FacetTable] = {}
_lock = Lock()


def server_facets(
    database: PostgresDatabase, query: Query, allowed: Collection[int] | None
) -> Counts:
    """Counts over what the index proposes for a query."""
    table = _table(database)
    rows: np.ndarray | None = None
    groups = query.asked()
    if groups:
        condition, values = gram_condition(groups)
        sql = f"SELECT string_agg(notice_id::text, ',') FROM search_rows WHERE {condition}"  # noqa: S608 (ours)
        rows = listed_numbers(database.value(sql, values))
    return table.count(table.places(rows, allowed))


def server_facets_of(database: PostgresDatabase, ids: Sequence[int]) -> Counts:
    """Counts over these notices."""
    counts: Counts = {}
    for name, sql in _OF_SOME.items():
        found = database.rows(sql.format(database.dialect.numbers), (json.dumps(list(ids)),))
        counts[name] = {str(value): number for value, number in found if value}
    return counts


def _table(database: PostgresDatabase) -> FacetTable:
    """Read anew only after notices or labels changed."""
    row = database.row(_STAMP)
    stamp: tuple[Any, ...] = tuple(row or ())
    with _lock:
        known = _tables.get(database.address.conninfo)
        if known is not None and known.stamp == stamp and not database.in_transaction:
            return known
        table = _read(database, stamp)
        if not database.in_transaction:
            _tables[database.address.conninfo] = table
    return table


def _read(database: PostgresDatabase, stamp: tuple[Any, ...]) -> FacetTable:
    import numpy as np

    notices = listed_numbers(database.value(_ROWS))
    size = int(notices.max(initial=0)) + 1
    columns: dict[str, tuple[Sequence[str], np.ndarray]] = {}
    for name, column in _COLUMNS.items():
        values = [""]
        codes = np.zeros(size, dtype=np.int32)  # by notice id
        sql = f"SELECT {column}, string_agg(id::text, ',') FROM notices GROUP BY 1"  # noqa: S608 (ours)
        for value, ids in database.rows(sql):
            known = listed_numbers(ids)
            codes[known[known < size]] = len(values)
            values.append(str(value or ""))
        columns[name] = (values, codes[notices])
    topics = {
        topic: np.flatnonzero(np.isin(notices, listed_numbers(ids)))
        for topic, ids in database.rows(_LABELS)
    }
    return FacetTable(stamp=stamp, rows=notices, notices=notices, columns=columns, topics=topics)
