"""The rows of the lists, and which known notices stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from archive.backends.sqlite.connection import Connected, day, stamp
from domain.records.states import PostingState


class Listings(Connected):
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
        with self.write_tx():
            for url, title, published in rows:
                self._run(
                    "INSERT INTO listings VALUES (?,?,?,?,?,?,?) "
                    "ON CONFLICT (source_key, column_key, url) DO UPDATE SET "
                    "title=excluded.title, published=excluded.published, "
                    "last_listed=excluded.last_listed",
                    (source_key, column_key, url, title, day(published), stamp(at), stamp(at)),
                )
                self._run(
                    "UPDATE postings SET state = ? WHERE url = ? AND state = ?",
                    (PostingState.LIVE, url, PostingState.UNLISTED),
                )
            dated = [published for _, _, published in rows if published]
            if dated:
                # Pinned rows stand at the top: the last row says how far the list reaches.
                self._run(
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
        rows = self._rows(
            "SELECT url FROM postings WHERE source_key = ? AND state = ? "
            "AND (? IS NULL OR column_key = ?)",
            (source_key, PostingState.UNLISTED, column_key, column_key),
        )
        return {row["url"] for row in rows}

    def known_urls(self, source_key: str, column_key: str | None = None) -> set[str]:
        """Addresses with a stored notice, of the source or of one column's list."""
        if column_key is None:
            rows = self._rows("SELECT url FROM postings WHERE source_key = ?", (source_key,))
        else:
            rows = self._rows(
                "SELECT url FROM postings WHERE source_key = ? AND column_key = ? UNION "
                "SELECT p.url FROM listings l JOIN postings p ON p.url = l.url "
                "WHERE l.source_key = ? AND l.column_key = ?",
                (source_key, column_key, source_key, column_key),
            )
        return {row["url"] for row in rows}
