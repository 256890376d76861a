"""Select candidate notices: what the hashes propose and the filters let through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.backends.postgresql.gram_hashes import gram_condition
from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.ports import Place
from archive.search.filters import Where
from archive.search.query import Query

_DIRECT = 300  # so few notices are read without asking the index
_PAGE = 250  # so many places are read at once
_END: Place = ("9999", 0)
_ORDER = "ORDER BY published DESC, notice_id DESC LIMIT ?"
_PLACES = "SELECT published, notice_id FROM search_rows WHERE"
_SORTED = f"{_PLACES} {{condition}}(published, notice_id) < (?, ?) {_ORDER}"
# The planner does not know how frequent a word is: of what it cannot look into it expects half.
_BY_DATE = (
    f"{_PLACES} coalesce(({{condition}}true), false) AND (published, notice_id) < (?, ?) {_ORDER}"
)
# To look at a row of a page's 250 costs as much as to sort 120.
_WALK_COST = 250 * 120


@dataclass
class ServerCandidates:
    """The candidates of one search over one connection."""

    database: PostgresDatabase
    query: Query
    where: Where
    _allowed: set[int] | None = None

    def allowed(self) -> set[int] | None:
        """The notices that the filters let through; None for all."""
        if not self.where:
            return None
        if self._allowed is None:
            self._allowed = set(self._let_through())
        return self._allowed

    def newest_first(self, after: Place | None) -> tuple[Iterator[Place], int]:
        """Notices that may fit, newest first, and how many."""
        few = self._few()
        if few is not None:
            sql = "SELECT published, notice_id FROM search_rows WHERE notice_id = ANY (?)"
            places = [(row[0], row[1]) for row in self.database.rows(sql, (few,))]
            return iter(sorted(places, reverse=True)), len(places)
        groups = self.query.asked()
        if not groups:
            return self.everything(after), self.count_everything()
        condition, values = self._standing(*gram_condition(groups))
        return self._found(condition, values, after)

    def everything(self, after: Place | None) -> Iterator[Place]:
        """All notices that the filters let through, newest first."""
        condition, values = self._standing("", [])
        place = after or _END
        while True:
            sql = (
                "SELECT published, notice_id FROM search_rows"  # noqa: S608 (ours)
                f" WHERE {condition}(published, notice_id) < (?, ?) {_ORDER}"
            )
            rows = self.database.rows(sql, (*values, *place, _PAGE))
            yield from ((row[0], row[1]) for row in rows)
            if len(rows) < _PAGE:
                return
            place = (rows[-1][0], rows[-1][1])

    def count_everything(self) -> int:
        allowed = self.allowed()
        if allowed is not None:
            return len(allowed)
        return int(self.database.value("SELECT count(*) FROM search_rows"))

    def _few(self) -> list[int] | None:
        """What the filters let through, where that is little."""
        if not self.where:
            return None
        if self._allowed is None:
            some = self._let_through(most=_DIRECT + 1)
            if len(some) > _DIRECT:
                return None
            self._allowed = set(some)
        return sorted(self._allowed) if len(self._allowed) <= _DIRECT else None

    def _let_through(self, most: int | None = None) -> list[int]:
        sql = f"SELECT n.id FROM notices n WHERE {self.where.sql}"  # noqa: S608 placeholders
        values: tuple[Any, ...] = self.where.values
        if most is not None:
            sql, values = f"{sql} LIMIT ?", (*values, most)
        return [row[0] for row in self.database.rows(sql, values)]

    def _standing(self, condition: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """A condition with that of the filters, to go before another one."""
        parts = [condition] if condition else []
        if self.where:
            parts.append(f"notice_id IN (SELECT n.id FROM notices n WHERE {self.where.sql})")  # noqa: S608 (ours)
        return "".join(f"{part} AND " for part in parts), [*values, *self.where.values]

    def _found(
        self, condition: str, values: Sequence[Any], after: Place | None
    ) -> tuple[Iterator[Place], int]:
        """How many there are, and the places page by page: of very many those by their dates until
        a page is full, of fewer all of them sorted."""
        sql = (
            "SELECT count(*), (SELECT greatest(reltuples, 0)::bigint FROM pg_class"  # noqa: S608 (ours)
            f" WHERE oid = 'search_rows'::regclass) FROM search_rows WHERE {condition}true"
        )
        counted = self.database.row(sql, values)
        assert counted is not None
        count, rows = counted
        found = _BY_DATE if count * count > _WALK_COST * rows else _SORTED
        sql = found.format(condition=condition)

        def page(place: Place) -> list[Place]:
            return [(row[0], row[1]) for row in self.database.rows(sql, (*values, *place, _PAGE))]

        first = page(after or _END) if count else []

        def places() -> Iterator[Place]:
            some = first
            while some:
                yield from some
                some = page(some[-1]) if len(some) == _PAGE else []

        return places(), count
