"""Remember addresses that answer with no notice, and attachments that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.column_values import parse_stamp, stamp
from archive.ports import Database, Row
from domain.records.page_memory import FaultyPage, FileWait
from domain.records.reason import Reason, loads_reason

_FIRST_WAIT = timedelta(hours=1)
_DOUBLED = 9  # times: up to three weeks


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLooks:
    """What the last looks at a page or a file brought instead of it."""

    db: Database

    # ------------------------------------------------------------------ pages

    def faulty(self, url: str) -> FaultyPage | None:
        row = self.db.row("SELECT * FROM faulty_pages WHERE url = ?", (url,))
        return None if row is None else _faulty_of(row)

    def faulty_pages(self, source_key: str) -> tuple[FaultyPage, ...]:
        """Pages of a source that answered with no notice at their last look, oldest first."""
        rows = self.db.rows(
            "SELECT * FROM faulty_pages WHERE source_key = ? ORDER BY since, url", (source_key,)
        )
        return tuple(_faulty_of(row) for row in rows)

    def note_faulty(self, url: str, source_key: str, why: Reason, at: datetime) -> FaultyPage:
        """One more look at a page that brought no notice."""
        with self.db.transaction():
            self.db.run(
                "INSERT INTO faulty_pages VALUES (?,?,?,?,1,NULL) ON CONFLICT (url) DO UPDATE SET"
                " reason_data = excluded.reason_data, looks = faulty_pages.looks + 1",
                (url, source_key, why.dumps(), stamp(at)),
            )
            noted = self.faulty(url)
        assert noted is not None
        return noted

    def sound(self, url: str) -> None:
        """The page is its notice again."""
        if self.faulty(url) is not None:
            with self.db.transaction():
                self.db.run("DELETE FROM faulty_pages WHERE url = ?", (url,))

    def told(self, url: str, at: datetime) -> None:
        with self.db.transaction():
            self.db.run("UPDATE faulty_pages SET told_at = ? WHERE url = ?", (stamp(at), url))

    # ------------------------------------------------------------------ files

    def file_wait(self, url: str) -> FileWait:
        row = self.db.row("SELECT * FROM file_waits WHERE url = ?", (url,))
        if row is None:
            return FileWait()
        return FileWait(tries=row["tries"], not_before=parse_stamp(row["not_before"]))

    def file_failed(self, url: str, at: datetime) -> None:
        """A file could not be read: it is asked for once more at the next look, then after an
        hour, and each time after twice as long."""
        tries = self.file_wait(url).tries
        wait = _FIRST_WAIT * 2 ** min(tries - 1, _DOUBLED) if tries else timedelta(0)
        with self.db.transaction():
            self.db.run(
                "INSERT INTO file_waits VALUES (?,?,?) ON CONFLICT (url)"
                " DO UPDATE SET tries = excluded.tries, not_before = excluded.not_before",
                (url, tries + 1, stamp(at + wait)),
            )

    def file_read(self, url: str) -> None:
        if self.file_wait(url).tries:
            with self.db.transaction():
                self.db.run("DELETE FROM file_waits WHERE url = ?", (url,))


def _faulty_of(row: Row) -> FaultyPage:
    return FaultyPage(
        url=row["url"],
        source_key=row["source_key"],
        why=_reason_of(row["reason_data"]),
        since=parse_stamp(row["since"]),
        looks=row["looks"],
        told=row["told_at"] is not None,
    )


def _reason_of(text: str) -> Reason:
    why = loads_reason(text)
    assert why is not None, "the column is not null"
    return why
