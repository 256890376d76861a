"""Count facets of a PostgreSQL archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from archive.backends.postgresql.gram_hashes import gram_condition
from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.ports import Counts
from archive.search.facet_table import (
    FacetTable,
    FacetTables,
    facets_of,
    listed_numbers,
    read_facet_columns,
)
from archive.search.query import Query

if TYPE_CHECKING:
    import numpy as np

_ROWS = "SELECT string_agg(notice_id::text, ',' ORDER BY notice_id) FROM search_rows"
_LABELS = "SELECT topic, string_agg(DISTINCT notice_id::text, ',') FROM labels GROUP BY topic"
_STAMP = (
    "SELECT (SELECT max(id) FROM changes), (SELECT max(changed_at) FROM notices),"
    " (SELECT max(id) FROM labels), (SELECT count(*) FROM labels),"
    " (SELECT count(*) FROM search_rows)"
)
_tables = FacetTables()


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
    return facets_of(ids, database.dialect.numbers, database.rows)


def _table(database: PostgresDatabase) -> FacetTable:
    """Read anew only after notices or labels changed."""
    row = database.row(_STAMP)
    stamp: tuple[Any, ...] = tuple(row or ())
    place = None if database.in_transaction else database.address.conninfo
    return _tables.table(place, stamp, lambda: _read(database, stamp))


def _read(database: PostgresDatabase, stamp: tuple[Any, ...]) -> FacetTable:
    import numpy as np

    notices = listed_numbers(database.value(_ROWS))
    columns = read_facet_columns(notices, "string_agg(id::text, ',')", database.rows)
    topics = {
        topic: np.flatnonzero(np.isin(notices, listed_numbers(ids)))
        for topic, ids in database.rows(_LABELS)
    }
    return FacetTable(stamp=stamp, rows=notices, notices=notices, columns=columns, topics=topics)
