"""Versions of postings, with their blocks and attachments."""

from __future__ import annotations

from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.ports import Database, Row
from archive.row_mappers import attachment_of, version_of
from domain.records.notice import Attachment, Version

_ATTACHMENTS = (
    "SELECT a.*, f.bytes, f.text, f.media_type, f.unsure, s.engine,"
    " s.sha256 IS NOT NULL AND s.done_at IS NULL AS waits FROM attachments a"
    " LEFT JOIN files f ON f.sha256 = a.sha256 LEFT JOIN scans s ON s.sha256 = a.sha256"
    " WHERE a.version_id = ? ORDER BY a.position"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """Where the bytes of a version really came from."""

    url: str
    status: int


class Versions:
    """Versions of postings, with their blocks and attachments."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, posting_id: int, number: int) -> Version | None:
        row = self._db.row(
            "SELECT * FROM versions WHERE posting_id = ? AND number = ?", (posting_id, number)
        )
        return None if row is None else self._read(row)

    def latest(self, posting_id: int) -> Version | None:
        row = self._db.row(
            "SELECT * FROM versions WHERE posting_id = ? ORDER BY number DESC LIMIT 1",
            (posting_id,),
        )
        return None if row is None else self._read(row)

    def response_of(self, version_id: int) -> Response:
        """Address (after redirects) and status of a version's response."""
        row = self._db.row("SELECT url, http_status FROM versions WHERE id = ?", (version_id,))
        if row is None:
            raise ArchiveError(f"there is no version {version_id}")
        return Response(url=row["url"], status=row["http_status"])

    def of_posting(self, posting_id: int) -> tuple[Version, ...]:
        rows = self._db.rows(
            "SELECT * FROM versions WHERE posting_id = ? ORDER BY number", (posting_id,)
        )
        return tuple(self._read(row) for row in rows)

    def _read(self, row: Row) -> Version:
        return version_of(row, self._attachments(row["id"]))

    def _attachments(self, version_id: int) -> tuple[Attachment, ...]:
        rows = self._db.rows(_ATTACHMENTS, (version_id,))
        return tuple(attachment_of(row) for row in rows)

    def latest_at(self, url: str) -> tuple[Row, Version] | None:
        posting = self._db.row("SELECT * FROM postings WHERE url = ?", (url,))
        if posting is None:
            return None
        version = self.latest(posting["id"])
        assert version is not None, "a posting is stored together with its first version"
        return posting, version
