"""Facet counts. For many hits the columns that are counted are kept in memory as arrays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from archive.ports import Counts

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


@dataclass(frozen=True, slots=True)
class FacetTable:
    """What is counted, a place for each row of the search index; ``rows`` ascending."""

    stamp: tuple[Any, ...]
    rows: np.ndarray
    notices: np.ndarray
    columns: dict[str, tuple[Sequence[str], np.ndarray]]  # names, and each row's place in them
    topics: dict[str, np.ndarray]  # places in ``rows``

    def count(self, places: np.ndarray) -> Counts:
        """Values by facet over some places, the most frequent first; years newest first."""
        import numpy as np

        chosen = np.zeros(len(self.rows), dtype=bool)
        chosen[places] = True
        counts: Counts = {"topic": _ordered({
            topic: int(chosen[where].sum()) for topic, where in self.topics.items()
        })}  # fmt: skip
        for name, (values, codes) in self.columns.items():
            found = np.bincount(codes[places], minlength=len(values))
            counted = {value: int(found[code]) for code, value in enumerate(values) if value}
            counts[name] = _ordered(counted)
        counts["year"] = dict(sorted(counts["year"].items(), reverse=True))
        return counts

    def places(self, rows: np.ndarray | None, allowed: Collection[int] | None) -> np.ndarray:
        """Where the index's rows stand (all of them for None), of allowed notices only."""
        import numpy as np

        if rows is None:
            places = np.arange(len(self.rows))
        else:
            places = np.searchsorted(self.rows, rows)
            places = places[places < len(self.rows)]
            places = places[np.isin(self.rows[places], rows)]
        if allowed is not None:
            wanted = np.fromiter(allowed, dtype=np.int64, count=len(allowed))
            places = places[np.isin(self.notices[places], wanted)]
        return places


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
    return table.places(_numbers(conn.execute(sql, (expression,)).fetchone()[0]), allowed)


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

    rows, notices = (_numbers(text) for text in conn.execute(_ROWS).fetchone())
    size = int(notices.max(initial=0)) + 1
    columns: dict[str, tuple[Sequence[str], np.ndarray]] = {}
    for name, column in _COLUMNS.items():
        values = [""]
        codes = np.zeros(size, dtype=np.int32)  # by notice id
        sql = f"SELECT {column}, group_concat(id) FROM notices GROUP BY 1"  # noqa: S608 our own
        for value, ids in conn.execute(sql):
            known = _numbers(ids)
            codes[known[known < size]] = len(values)
            values.append(str(value or ""))
        columns[name] = (values, codes[notices])
    topics = {
        topic: np.flatnonzero(np.isin(notices, _numbers(ids)))
        for topic, ids in conn.execute(_LABELS)
    }
    return FacetTable(stamp=stamp, rows=rows, notices=notices, columns=columns, topics=topics)


def _numbers(text: str | None) -> np.ndarray:
    """What group_concat made of whole numbers."""
    import numpy as np

    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _ordered(counted: dict[str, int]) -> dict[str, int]:
    found = [(value, count) for value, count in counted.items() if count]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
