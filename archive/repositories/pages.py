"""Pages as last fetched: validators, hashes, and when each is due for another look."""

from __future__ import annotations

from datetime import datetime

from archive.column_values import stamp, stamp_or_none
from archive.ports import Database
from archive.row_mappers import page_of
from domain.records.source_run import PageState

# The looks of the posting count too: they move with ingest and gone() alone.
_PAGE = """SELECT coalesce(p.url, g.url) AS url, coalesce(g.source_key, p.source_key) AS source_key,
  coalesce(g.column_key, p.column_key) AS column_key, g.etag, g.last_modified, g.raw_sha256,
  g.checked_at, g.changed_at, g.next_check,
  CASE WHEN coalesce(p.gone_looks, 0) > coalesce(g.gone_looks, 0) THEN p.gone_looks
  ELSE coalesce(g.gone_looks, 0) END AS gone_looks """


class Pages:
    """What is remembered of each page."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, url: str) -> PageState | None:
        row = self._db.row(
            _PAGE + "FROM pages g LEFT JOIN postings p ON p.url = g.url WHERE g.url = ?", (url,)
        )
        return None if row is None else page_of(row)

    def save_page(self, page: PageState) -> None:
        with self._db.transaction():
            self._db.run(
                "INSERT INTO pages VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (url) DO UPDATE SET"
                " source_key=excluded.source_key, column_key=excluded.column_key,"
                " etag=excluded.etag, last_modified=excluded.last_modified,"
                " raw_sha256=excluded.raw_sha256, checked_at=excluded.checked_at,"
                " changed_at=excluded.changed_at, next_check=excluded.next_check,"
                " gone_looks=excluded.gone_looks",
                (
                    page.url,
                    page.source_key,
                    page.column_key,
                    page.etag,
                    page.last_modified,
                    page.raw_sha256,
                    stamp_or_none(page.checked_at),
                    stamp_or_none(page.changed_at),
                    stamp_or_none(page.next_check),
                    page.gone_looks,
                ),
            )

    def due_pages(
        self, source_key: str, now: datetime, *, everything: bool = False, limit: int = 200
    ) -> list[PageState]:
        """Known notice pages of a source whose re-check is due, longest waiting first.

        ``everything`` answers all of them, withdrawn ones too, whatever the limit.
        """
        due = "" if everything else "AND (g.next_check IS NULL OR g.next_check <= ?) "
        rows = self._db.rows(
            _PAGE + "FROM postings p LEFT JOIN pages g ON g.url = p.url "
            "WHERE p.source_key = ? AND p.url LIKE 'http%' "
            + due
            + "ORDER BY g.next_check NULLS FIRST, p.id"
            + ("" if everything else " LIMIT ?"),
            (source_key,) if everything else (source_key, stamp(now), limit),
        )
        return [page_of(row) for row in rows]

    def unread_pages(
        self, source_key: str, now: datetime, *, everything: bool = False, limit: int = 50
    ) -> list[PageState]:
        """Pages of listed notices that could not be read yet and have no posting, due ones
        first; ``everything``: due or not."""
        due = "" if everything else "AND g.next_check <= ? "
        rows = self._db.rows(
            _PAGE + "FROM pages g LEFT JOIN postings p ON p.url = g.url "
            "WHERE g.source_key = ? AND g.raw_sha256 IS NULL AND g.next_check IS NOT NULL "
            "AND p.url IS NULL " + due + "ORDER BY g.next_check LIMIT ?",
            (source_key, limit) if everything else (source_key, stamp(now), limit),
        )
        return [page_of(row) for row in rows]

    def known_urls(self, source_key: str, column_key: str | None = None) -> set[str]:
        """Addresses with a stored notice, of the source or of one column's list."""
        if column_key is None:
            rows = self._db.rows("SELECT url FROM postings WHERE source_key = ?", (source_key,))
        else:
            rows = self._db.rows(
                "SELECT url FROM postings WHERE source_key = ? AND column_key = ? UNION "
                "SELECT p.url FROM listings l JOIN postings p ON p.url = l.url "
                "WHERE l.source_key = ? AND l.column_key = ?",
                (source_key, column_key, source_key, column_key),
            )
        return {row["url"] for row in rows}
