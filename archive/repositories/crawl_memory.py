"""What the crawler remembers between passes, each kind in a table of its own.

A change of a memory is one transaction of reading and writing, so that two crawlers lose
nothing of each other's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from archive.column_values import (
    day,
    dumps,
    parse_day,
    parse_stamp_or_none,
    stamp,
    stamp_or_none,
)
from archive.ports import Database, Row
from domain.records.observation import RowHints
from domain.records.page_memory import BackfillCursor, ListMemory, PageHints


class CrawlMemory:
    """What the crawler remembers of pages, lists, sources and walks."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page_hints(self, url: str) -> PageHints:
        """What is remembered of a notice's page; empty hints for a page never listed."""
        row = self._db.row("SELECT * FROM page_hints WHERE url = ?", (url,))
        return PageHints() if row is None else _hints_of(row)

    def update_page_hints(self, url: str, change: Callable[[PageHints], PageHints]) -> PageHints:
        """Change what is remembered of a page, and answer what it is then."""
        with self._db.transaction():
            before = self.page_hints(url)
            after = change(before)
            if after != before:
                self._upsert("page_hints", {"url": url}, _hints_row(after))
        return after

    def list_memory(self, source_key: str, column_key: str) -> ListMemory:
        row = self._db.row(
            "SELECT * FROM list_memory WHERE source_key = ? AND column_key = ?",
            (source_key, column_key),
        )
        return ListMemory() if row is None else _memory_of(row)

    def update_list_memory(
        self, source_key: str, column_key: str, change: Callable[[ListMemory], ListMemory]
    ) -> ListMemory:
        """Change what is remembered of a column's list, and answer what it is then."""
        key = {"source_key": source_key, "column_key": column_key}
        with self._db.transaction():
            before = self.list_memory(source_key, column_key)
            after = change(before)
            if after != before:
                self._upsert("list_memory", key, _memory_row(after))
        return after

    def retry_after(self, source_key: str) -> datetime | None:
        """The moment before which a source asked not to be asked again."""
        return parse_stamp_or_none(
            self._db.value("SELECT not_before FROM retry_after WHERE source_key = ?", (source_key,))
        )

    def save_retry_after(self, source_key: str, not_before: datetime | None) -> None:
        with self._db.transaction():
            if not_before is None:
                self._db.run("DELETE FROM retry_after WHERE source_key = ?", (source_key,))
            else:
                values = {"not_before": stamp(not_before)}
                self._upsert("retry_after", {"source_key": source_key}, values)

    def backfill_cursor(self, source_key: str, column_key: str) -> BackfillCursor | None:
        """Where a walk back in time stopped, None when none was interrupted."""
        row = self._db.row(
            "SELECT * FROM backfill_cursors WHERE source_key = ? AND column_key = ?",
            (source_key, column_key),
        )
        return None if row is None else _cursor_of(row)

    def save_backfill_cursor(
        self, source_key: str, column_key: str, cursor: BackfillCursor | None
    ) -> None:
        key = {"source_key": source_key, "column_key": column_key}
        with self._db.transaction():
            if cursor is None:
                self._db.run(
                    "DELETE FROM backfill_cursors WHERE source_key = ? AND column_key = ?",
                    (source_key, column_key),
                )
            else:
                self._upsert("backfill_cursors", key, _cursor_row(cursor))

    def _upsert(self, table: str, key: dict[str, str], values: dict[str, Any]) -> None:
        """Insert or replace a row; table and column names are our own constants."""
        row = {**key, **values}
        columns, places = ", ".join(row), ", ".join("?" for _ in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in values)
        self._db.run(
            f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}",
            tuple(row.values()),
        )


def _hints_row(hints: PageHints) -> dict[str, Any]:
    row = hints.row
    return {
        "title": hints.title,
        "published": day(hints.published),
        "document_number": row.document_number,
        "index_number": row.index_number,
        "issuer": row.issuer,
        "category": row.category,
        "validity": row.validity,
        "comment_deadline": day(row.comment_deadline),
        "body": row.body,
        "attachments": dumps(row.attachments),
        "files": dumps(hints.files),
        "unread_files": dumps(hints.unread_files),
        "tries": hints.tries,
        "quiet": int(hints.quiet),
        "left_list": int(hints.left_list),
    }


def _hints_of(row: Row) -> PageHints:
    return PageHints(
        title=row["title"],
        published=parse_day(row["published"]),
        row=RowHints(
            document_number=row["document_number"],
            index_number=row["index_number"],
            issuer=row["issuer"],
            category=row["category"],
            validity=row["validity"],
            comment_deadline=parse_day(row["comment_deadline"]),
            body=row["body"],
            attachments=tuple(json.loads(row["attachments"])),
        ),
        files=tuple(json.loads(row["files"])),
        unread_files=tuple(json.loads(row["unread_files"])),
        tries=row["tries"],
        quiet=bool(row["quiet"]),
        left_list=bool(row["left_list"]),
    )


def _memory_row(memory: ListMemory) -> dict[str, Any]:
    return {
        "baseline_done": int(memory.baseline_done),
        "settled_url": memory.settled_url,
        "row_count": memory.row_count,
        "newest": day(memory.newest),
        "row_digests": dumps(memory.rows),
        "total": memory.total,
        "behind_digests": None if memory.behind is None else dumps(memory.behind),
        "behind_oldest": day(memory.behind_oldest),
        "behind_at": stamp_or_none(memory.behind_at),
    }


def _memory_of(row: Row) -> ListMemory:
    behind = row["behind_digests"]
    return ListMemory(
        baseline_done=bool(row["baseline_done"]),
        settled_url=row["settled_url"],
        row_count=row["row_count"],
        newest=parse_day(row["newest"]),
        rows=tuple(json.loads(row["row_digests"])),
        total=row["total"],
        behind=None if behind is None else tuple(json.loads(behind)),
        behind_oldest=parse_day(row["behind_oldest"]),
        behind_at=parse_stamp_or_none(row["behind_at"]),
    )


def _cursor_row(cursor: BackfillCursor) -> dict[str, Any]:
    return {
        "since": day(cursor.since),
        "url": cursor.url,
        "method": cursor.method,
        "stage": cursor.stage,
        "page": cursor.page,
        "form": dumps(cursor.form),
        "headers": dumps(cursor.headers),
        "data": dumps(dict(cursor.data)),
    }


def _cursor_of(row: Row) -> BackfillCursor:
    since = parse_day(row["since"])
    assert since is not None
    return BackfillCursor(
        since=since,
        url=row["url"],
        method=row["method"],
        stage=row["stage"],
        page=row["page"],
        form=tuple((key, value) for key, value in json.loads(row["form"])),
        headers=tuple((key, value) for key, value in json.loads(row["headers"])),
        data=json.loads(row["data"]),
    )
