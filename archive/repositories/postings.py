"""The copies of acts at their addresses."""

from __future__ import annotations

from archive.errors import ArchiveError
from archive.ports import Database, Row
from archive.repositories.versions import Versions
from archive.row_mappers import posting_of
from domain.records.notice import Posting


class Postings:
    """The copies of acts at their addresses."""

    def __init__(self, db: Database, versions: Versions) -> None:
        self._db = db
        self._versions = versions

    def get(self, posting_id: int) -> Posting | None:
        """A copy with its versions."""
        row = self._db.row("SELECT * FROM postings WHERE id = ?", (posting_id,))
        return None if row is None else posting_of(row, self._versions.of_posting(row["id"]))

    def by_url(self, url: str) -> Posting | None:
        row = self._db.row("SELECT * FROM postings WHERE url = ?", (url,))
        return None if row is None else posting_of(row, self._versions.of_posting(row["id"]))

    def source_of(self, url: str) -> str | None:
        """The source that an address belongs to."""
        key: str | None = self._db.value("SELECT source_key FROM postings WHERE url = ?", (url,))
        return key

    def titled(self, source_key: str, title: str, *, limit: int = 5) -> tuple[str, ...]:
        """Addresses at which a source shows a notice of this very title."""
        rows = self._db.rows(
            "SELECT url FROM postings WHERE source_key = ? AND title = ? ORDER BY id LIMIT ?",
            (source_key, title, limit),
        )
        return tuple(row["url"] for row in rows)

    def of_notice(self, notice_id: int, *, versions: bool) -> tuple[Posting, ...]:
        rows = self._db.rows("SELECT * FROM postings WHERE notice_id = ? ORDER BY id", (notice_id,))
        return tuple(
            posting_of(row, self._versions.of_posting(row["id"]) if versions else ())
            for row in rows
        )

    def row(self, posting_id: int) -> Row:
        row = self._db.row("SELECT * FROM postings WHERE id = ?", (posting_id,))
        if row is None:
            raise ArchiveError(f"there is no posting {posting_id}")
        return row
