"""Step of the schema: what the crawler remembers, from one table of JSON into four."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

TABLES = """
CREATE TABLE page_hints (
  url TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', published TEXT,
  document_number TEXT NOT NULL DEFAULT '', index_number TEXT NOT NULL DEFAULT '',
  issuer TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '',
  validity TEXT NOT NULL DEFAULT '', comment_deadline TEXT, body TEXT NOT NULL DEFAULT '',
  attachments TEXT NOT NULL DEFAULT '[]', files TEXT NOT NULL DEFAULT '[]',
  unread_files TEXT NOT NULL DEFAULT '[]', tries INTEGER NOT NULL DEFAULT 0,
  quiet INTEGER NOT NULL DEFAULT 0, left_list INTEGER NOT NULL DEFAULT 0);
CREATE TABLE list_memory (
  source_key TEXT NOT NULL, column_key TEXT NOT NULL,
  baseline_done INTEGER NOT NULL DEFAULT 0, settled_url TEXT NOT NULL DEFAULT '',
  row_count INTEGER NOT NULL DEFAULT 0, newest TEXT, row_digests TEXT NOT NULL DEFAULT '[]',
  total INTEGER, behind_digests TEXT, behind_oldest TEXT, behind_at TEXT,
  PRIMARY KEY (source_key, column_key)) WITHOUT ROWID;
CREATE TABLE retry_after (source_key TEXT PRIMARY KEY, not_before TEXT NOT NULL);
CREATE TABLE backfill_cursors (
  source_key TEXT NOT NULL, column_key TEXT NOT NULL, since TEXT NOT NULL,
  url TEXT NOT NULL, method TEXT NOT NULL, stage TEXT NOT NULL, page INTEGER NOT NULL,
  form TEXT NOT NULL, headers TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (source_key, column_key)) WITHOUT ROWID;
"""


def carry_over(database: sqlite3.Connection) -> None:
    """Every row of ``page_params`` goes into the table of its kind; then that table goes.

    Its addresses were those of pages, or ``column:SOURCE/COLUMN``, ``retry:SOURCE``,
    ``backfill:SOURCE/COLUMN``.
    """
    for address, text in database.execute("SELECT url, params FROM page_params").fetchall():
        kind, _, key = address.partition(":")
        source, _, column = key.partition("/")
        kept: dict[str, str] = json.loads(text)
        if kind == "column":
            row = {"source_key": source, "column_key": column, **_list_memory(kept)}
            _insert(database, "list_memory", row)
        elif kind == "retry":
            if kept.get("not_before"):
                row = {"source_key": source, "not_before": kept["not_before"]}
                _insert(database, "retry_after", row)
        elif kind == "backfill":
            if kept.get("ask"):
                row = {"source_key": source, "column_key": column, **_cursor(kept)}
                _insert(database, "backfill_cursors", row)
        else:
            _insert(database, "page_hints", {"url": address, **_page_hints(kept)})
    database.execute("DROP TABLE page_params")


def _list_memory(kept: dict[str, str]) -> dict[str, Any]:
    return {
        "baseline_done": int(kept.get("baseline") == "done"),
        "settled_url": kept.get("settled", ""),
        "row_count": int(kept.get("rows") or 0),
        "newest": kept.get("newest") or None,
        "row_digests": kept.get("urls") or "[]",
        "total": int(kept["total"]) if kept.get("total") else None,
        "behind_digests": kept.get("behind"),
        "behind_oldest": kept.get("behind_oldest") or None,
        "behind_at": kept.get("behind_at"),
    }


def _cursor(kept: dict[str, str]) -> dict[str, Any]:
    request = json.loads(kept["ask"])
    return {
        "since": kept["since"],
        **{name: request[name] for name in ("url", "method", "stage", "page")},
        **{name: _json(request[name]) for name in ("form", "headers", "data")},
    }


def _page_hints(kept: dict[str, str]) -> dict[str, Any]:
    named = ("title", "document_number", "index_number", "issuer", "validity", "body")
    return {
        **{name: kept.get(name, "") for name in named},
        "published": kept.get("published") or None,
        "category": kept.get("type", ""),
        "comment_deadline": kept.get("comment_deadline", "")[:10] or None,
        "attachments": _lines(kept, "attachments"),
        "files": _lines(kept, "files"),
        "unread_files": _lines(kept, "unread"),
        "tries": int(kept.get("tries") or 0),
        "quiet": int(kept.get("quiet") == "yes"),
        "left_list": int(kept.get("gone") == "left its list"),
    }


def _lines(kept: dict[str, str], name: str) -> str:
    return _json([line for line in kept.get(name, "").split("\n") if line])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _insert(database: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    database.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)  # noqa: S608
