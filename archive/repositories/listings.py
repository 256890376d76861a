"""The rows of the lists, and which known notices stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from archive.column_values import day, stamp
from archive.ports import Database
from domain.records.states import PostingState


class Listings:
    """Rows of the lists, and the notices that stand in them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def listed(
        self,
        source_key: str,
        column_key: str,
        rows: Sequence[tuple[str, str, date | None]],
        at: datetime,
    ) -> None:
        """Rows (url, title, date) present in a column's list now.

        An ``unlisted`` notice whose row is back becomes ``live``.
        """
        with self._db.transaction():
            for url, title, published in rows:
                self._db.run(
                    "INSERT INTO listings VALUES (?,?,?,?,?,?,?) "
                    "ON CONFLICT (source_key, column_key, url) DO UPDATE SET "
                    "title=excluded.title, published=excluded.published, "
                    "last_listed=excluded.last_listed",
                    (source_key, column_key, url, title, day(published), stamp(at), stamp(at)),
                )
                self._db.run(
                    "UPDATE postings SET state = ? WHERE url = ? AND state = ?",
                    (PostingState.LIVE, url, PostingState.UNLISTED),
                )

    def listed_before(self, source_key: str, column_key: str, at: datetime) -> dict[str, date]:
        """Live notices with the date of their row, which a column's list showed before ``at``
        and not since; rows without a date are left out."""
        rows = self._db.rows(
            "SELECT l.url, l.published FROM listings l JOIN postings p ON p.url = l.url"
            " WHERE l.source_key = ? AND l.column_key = ? AND l.last_listed < ?"
            " AND l.published IS NOT NULL AND p.state = ?",
            (source_key, column_key, stamp(at), PostingState.LIVE),
        )
        return {row["url"]: date.fromisoformat(row["published"]) for row in rows}

    def unlisted_urls(self, source_key: str, column_key: str | None = None) -> set[str]:
        """Known notices that left their list, not yet said to be gone."""
        rows = self._db.rows(
            "SELECT url FROM postings WHERE source_key = ? AND state = ? "
            "AND (? IS NULL OR column_key = ?)",
            (source_key, PostingState.UNLISTED, column_key, column_key),
        )
        return {row["url"] for row in rows}
