"""Entries of a collector's log as rows, in the spool and in the inbox alike."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib

from archive.column_values import dumps, parse_stamp, stamp
from domain.records.remote.collected import EntryKind, SpoolEntry

BODIES = """
CREATE TABLE IF NOT EXISTS bodies (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
"""
ENTRY_COLUMNS = "seq, pass_id, kind, at, data, sha256"


def keep_body(db: sqlite3.Connection, body: bytes | None) -> str | None:
    """Keep the bytes once, packed; their sha256."""
    if body is None:
        return None
    sha256 = hashlib.sha256(body).hexdigest()
    known = db.execute("SELECT 1 FROM bodies WHERE sha256 = ?", (sha256,)).fetchone()
    if known is None:
        db.execute("INSERT INTO bodies VALUES (?, ?)", (sha256, zlib.compress(body, 6)))
    return sha256


def entry_values(entry: SpoolEntry, sha256: str | None) -> tuple[object, ...]:
    """The values of ENTRY_COLUMNS."""
    return (
        entry.seq, entry.pass_id, str(entry.kind), stamp(entry.at), dumps(dict(entry.data)), sha256,
    )  # fmt: skip


def entry_of(row: sqlite3.Row, packed: bytes | None = None) -> SpoolEntry:
    """A row of ENTRY_COLUMNS, with its body where that was read."""
    return SpoolEntry(
        seq=row["seq"],
        pass_id=row["pass_id"],
        kind=EntryKind(row["kind"]),
        at=parse_stamp(row["at"]),
        data=json.loads(row["data"]),
        body=None if packed is None else zlib.decompress(packed),
        sha256=row["sha256"],
    )
