"""Searches that people keep."""

from __future__ import annotations

from archive.column_values import parse_stamp, stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database, Row
from domain.records.handling import SavedSearch


class SavedSearches:
    """Searches that people keep."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def save(
        self,
        name: str,
        query: str,
        who: str,
        *,
        channel: str | None = None,
        when: str | None = None,
    ) -> int:
        """Keep a search; one of the same name is replaced."""
        if not name:
            raise ArchiveError("a saved search needs a name")
        with self._db.transaction():
            self._db.run("DELETE FROM saved_searches WHERE name = ?", (name,))
            return self._db.insert(
                "saved_searches",
                {
                    "name": name,
                    "query": query,
                    "who": who,
                    "created": stamp(self._clock()),
                    "channel": channel,
                    "rhythm": when,
                },
            )

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        rows = self._db.rows("SELECT * FROM saved_searches ORDER BY lower(name), id")
        return [_saved(row) for row in rows]

    def remove(self, search_id: int) -> SavedSearch | None:
        """Forget a saved search; None when there was none."""
        with self._db.transaction():
            row = self._db.row("SELECT * FROM saved_searches WHERE id = ?", (search_id,))
            self._db.run("DELETE FROM saved_searches WHERE id = ?", (search_id,))
        return None if row is None else _saved(row)


def _saved(row: Row) -> SavedSearch:
    return SavedSearch(
        id=row["id"],
        name=row["name"],
        query=row["query"],
        who=row["who"],
        created=parse_stamp(row["created"]),
        channel=row["channel"],
        when=row["rhythm"],
    )
