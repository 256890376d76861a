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

        A known notice whose row is gone from the stretch of time that the list still covers
        becomes ``unlisted``; one that is back becomes ``live``. Neither is a withdrawal.
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
            dated = [published for _, _, published in rows if published]
            if dated:
                # Pinned rows stand at the top: the last row says how far the list reaches.
                self._db.run(
                    "UPDATE postings SET state = ? WHERE state = ? AND url IN ("
                    " SELECT url FROM listings WHERE source_key = ? AND column_key = ?"
                    " AND last_listed < ? AND published > ?)",
                    (
                        PostingState.UNLISTED,
                        PostingState.LIVE,
                        source_key,
                        column_key,
                        stamp(at),
                        day(dated[-1]),
                    ),
                )

    def unlisted_urls(self, source_key: str, column_key: str | None = None) -> set[str]:
        """Known notices that left their list, not yet said to be gone."""
        rows = self._db.rows(
            "SELECT url FROM postings WHERE source_key = ? AND state = ? "
            "AND (? IS NULL OR column_key = ?)",
            (source_key, PostingState.UNLISTED, column_key, column_key),
        )
        return {row["url"] for row in rows}
