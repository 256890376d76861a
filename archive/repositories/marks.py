"""Marks kept over restarts, such as an unfinished first import."""

from __future__ import annotations

from archive.ports import Database


class Marks:
    """Marks kept over restarts, such as an unfinished first import."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> str | None:
        """A mark kept over restarts, such as an unfinished first import."""
        value = self._db.value("SELECT value FROM archive_state WHERE key = ?", (key,))
        return None if value is None else str(value)

    def set(self, key: str, value: str | None) -> None:
        """Keep a mark; None removes it."""
        with self._db.transaction():
            self._db.run("DELETE FROM archive_state WHERE key = ?", (key,))
            if value is not None:
                self._db.run("INSERT INTO archive_state VALUES (?, ?)", (key, value))

    def starting_with(self, prefix: str) -> dict[str, str]:
        """All marks whose key begins with ``prefix``."""
        rows = self._db.rows(
            "SELECT key, value FROM archive_state WHERE substr(key, 1, ?) = ? ORDER BY key",
            (len(prefix), prefix),
        )
        return {row["key"]: row["value"] for row in rows}
