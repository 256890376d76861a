"""Select candidate notices: what the full-text index proposes and the filters let through.

The index holds pairs of characters and no positions, so a candidate is only that; the exact
check over the stored text decides (:mod:`archive.search.engine`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.backends.sqlite.search_facets import matching
from archive.backends.sqlite.search_index import CHUNK, query_expression, words_expression
from archive.ports import Place
from archive.search.filters import Where
from archive.search.notice_text import batches
from archive.search.query import Query

_SMALL = 1000  # so many candidates are sorted at once; more are read month by month
_DIRECT = 300  # so few notices are read without asking the index
_STALE = "SELECT value FROM search_state WHERE key = 'stale'"


@dataclass
class SqliteCandidates:
    """The candidates of one search over one connection."""

    conn: sqlite3.Connection
    query: Query
    where: Where
    _allowed: set[int] | None = None
    _counted: int | None = None

    def allowed(self) -> set[int] | None:
        """The notices that the filters let through; None for all."""
        if not self.where:
            return None
        if self._allowed is None:
            sql = f"SELECT n.id FROM notices n WHERE {self.where.sql}"  # noqa: S608 placeholders
            self._allowed = {row[0] for row in self.conn.execute(sql, self.where.values)}
        return self._allowed

    def newest_first(self, after: Place | None) -> tuple[Iterator[Place], int]:
        """Notices that may fit, newest first, and how many."""
        allowed = self.allowed()
        expression = query_expression(self.query)
        if allowed is not None and len(allowed) <= _DIRECT:
            places = self._places(sorted(allowed), "notice_id")
            return iter(sorted(places, reverse=True)), len(places)
        if expression is None:
            return self.everything(after), self.count_everything()
        most = -1 if expression.endswith("*)") else _SMALL + 1  # a prefix is costly to ask twice
        rows = [
            row[0]
            for row in self.conn.execute(
                "SELECT rowid FROM notice_index WHERE notice_index MATCH ? LIMIT ?",
                (expression, most),
            )
        ]
        if len(rows) <= _SMALL:
            places = [p for p in self._places(rows, "row") if allowed is None or p[1] in allowed]
            return iter(sorted(places, reverse=True)), len(places)
        if most < 0:
            return self._sorted_by_month(rows), self._standing(rows)
        return self._by_month(expression, after), self._count(expression)

    def _places(self, keys: Sequence[int], column: str) -> list[Place]:
        places: list[Place] = []
        for some in batches(keys, 500):
            marks = ",".join("?" * len(some))
            sql = f"SELECT published, notice_id FROM search_rows WHERE {column} IN ({marks})"  # noqa: S608
            places += [(row[0], row[1]) for row in self.conn.execute(sql, some)]
        return places

    def _by_month(self, expression: str, after: Place | None) -> Iterator[Place]:
        """Candidates of a common query: one month after the other, the newest first."""
        allowed = self.allowed()
        last = min(self.where.last_month, after[0][:7] if after else "9999")
        chunks = self.conn.execute(
            "SELECT month, chunk FROM search_chunks WHERE month BETWEEN ? AND ? "
            "ORDER BY month DESC, chunk",
            (self.where.first_month, last),
        ).fetchall()
        months: dict[str, list[int]] = {}
        for month, chunk in chunks:
            months.setdefault(month, []).append(chunk)
        for ranges in months.values():
            places: list[Place] = []
            for chunk in ranges:
                rows = self.conn.execute(
                    "SELECT r.published, r.notice_id FROM notice_index f "
                    "JOIN search_rows r ON r.row = f.rowid "
                    "WHERE f.notice_index MATCH ? AND f.rowid BETWEEN ? AND ?",
                    (expression, chunk * CHUNK, chunk * CHUNK + CHUNK - 1),
                )
                places += [(row[0], row[1]) for row in rows]
            for place in sorted(places, reverse=True):
                if allowed is None or place[1] in allowed:
                    yield place

    def _sorted_by_month(self, rows: Sequence[int]) -> Iterator[Place]:
        """All rows of a query, read month by month, the newest first."""
        allowed = self.allowed()
        months = dict(self.conn.execute("SELECT chunk, month FROM search_chunks").fetchall())
        by_month: dict[str, list[int]] = {}
        for row in rows:
            by_month.setdefault(months[row // CHUNK], []).append(row)
        for month in sorted(by_month, reverse=True):
            for place in sorted(self._places(by_month[month], "row"), reverse=True):
                if allowed is None or place[1] in allowed:
                    yield place

    def _standing(self, rows: Sequence[int]) -> int:
        """How many of the index's rows still belong to a notice that the filters let through."""
        stale = self.conn.execute(_STALE).fetchone()[0]
        if not stale and not self.where:
            return len(rows)
        allowed = self.allowed()
        return sum(allowed is None or p[1] in allowed for p in self._places(rows, "row"))

    def everything(self, after: Place | None) -> Iterator[Place]:
        allowed = self.allowed()
        rows = self.conn.execute(
            "SELECT published, notice_id FROM search_rows WHERE (published, notice_id) < (?, ?) "
            "ORDER BY published DESC, notice_id DESC",
            after or ("9999", 0),
        )
        for published, notice in rows:
            if allowed is None or notice in allowed:
                yield published, notice

    def count_everything(self) -> int:
        allowed = self.allowed()
        if allowed is not None:
            return len(allowed)
        return int(self.conn.execute("SELECT count(*) FROM search_rows").fetchone()[0])

    def _count(self, expression: str) -> int:
        """How many notices the index proposes that the filters let through."""
        if self._counted is None:
            self._counted = self._counted_anew(expression)
        return self._counted

    def _counted_anew(self, expression: str) -> int:
        if self.where:
            return matching(self.conn, expression, self.allowed())
        stale = self.conn.execute(_STALE).fetchone()[0]
        sql = "SELECT count(*) FROM notice_index f "
        if stale:
            sql += "JOIN search_rows r ON r.row = f.rowid "
        sql += "WHERE f.notice_index MATCH ?"
        return int(self.conn.execute(sql, (expression,)).fetchone()[0])


def with_words(conn: sqlite3.Connection, keys: Sequence[str], most: int) -> list[int]:
    """Notices that the index proposes for any of some search keys, at most so many."""
    asked = words_expression(keys)
    if asked is None:
        return []
    rows = conn.execute(
        "SELECT r.notice_id FROM notice_index f JOIN search_rows r ON r.row = f.rowid"
        " WHERE f.notice_index MATCH ? LIMIT ?",
        (asked, most),
    )
    return [row[0] for row in rows]
