"""Searches that people keep, and the subscriptions that some of them become."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from archive.backends.sqlite.connection import ArchiveError, Connected, parse_stamp, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedSearch:
    """A search by its address; with ``channel`` and ``when`` it is a subscription too."""

    id: int
    name: str
    query: str  # the parameters of /search, url-encoded
    who: str
    created: datetime
    channel: str | None = None
    when: str | None = None  # immediately | daily HH:MM | weekly mon HH:MM


class SavedSearches(Connected):
    def save_search(
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
        with self.write_tx():
            self._run("DELETE FROM saved_searches WHERE name = ?", (name,))
            return self._insert(
                "saved_searches",
                {
                    "name": name,
                    "query": query,
                    "who": who,
                    "created": stamp(self.clock()),
                    "channel": channel,
                    "rhythm": when,
                },
            )

    def saved_searches(self) -> list[SavedSearch]:
        """All of them, by name."""
        rows = self._rows("SELECT * FROM saved_searches ORDER BY name COLLATE NOCASE, id")
        return [_saved(row) for row in rows]

    def remove_search(self, search_id: int) -> SavedSearch | None:
        """Forget a saved search; None when there was none."""
        with self.write_tx():
            row = self._row("SELECT * FROM saved_searches WHERE id = ?", (search_id,))
            self._run("DELETE FROM saved_searches WHERE id = ?", (search_id,))
        return None if row is None else _saved(row)


def _saved(row: sqlite3.Row) -> SavedSearch:
    return SavedSearch(
        id=row["id"],
        name=row["name"],
        query=row["query"],
        who=row["who"],
        created=parse_stamp(row["created"]),
        channel=row["channel"],
        when=row["rhythm"],
    )
