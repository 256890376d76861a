"""Keep what a collector fetched until its hub has acknowledged it: one SQLite file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.backends.spools.entry_rows import (
    BODIES,
    ENTRY_COLUMNS,
    entry_of,
    entry_values,
    keep_body,
)
from archive.backends.spools.spool_connection import SpoolConnection
from domain.records.remote.collected import EntryKind, KeptBundle, SpoolEntry

SPOOL_NAME = "spool.db"
_IDENTITY = 0x6E776373
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, pass_id INTEGER NOT NULL, kind TEXT NOT NULL,
  at TEXT NOT NULL, data TEXT NOT NULL, sha256 TEXT, bytes INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entries_sha256 ON entries (sha256);
{BODIES}
CREATE TABLE IF NOT EXISTS open_passes (pass_id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS bundles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_ENDS = {EntryKind.END, EntryKind.CUT}
_ENTRIES = f"""SELECT {ENTRY_COLUMNS.replace("sha256", "e.sha256")}, b.content
  FROM entries e LEFT JOIN bodies b ON b.sha256 = e.sha256 WHERE seq <= ? ORDER BY seq"""  # noqa: S608 (our own constants)
_LINE_BYTES = 400  # of an entry beside its body, for the size of a bundle


class CollectorSpool:
    """The log of one collector; every entry is on the disk before the answer is used."""

    def __init__(self, folder: Path) -> None:
        self._db = SpoolConnection(folder / SPOOL_NAME, _SCHEMA, _IDENTITY)

    # ------------------------------------------------------------------ the log

    def begin(self, at: datetime, data: Mapping[str, Any]) -> int:
        """A pass begins; its number."""
        with self._db.transaction() as db:
            highest = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entries'")
            pass_id = (highest.fetchone() or (0,))[0] + 1
            entry = SpoolEntry(seq=pass_id, pass_id=pass_id, kind=EntryKind.BEGIN, at=at, data=data)
            db.execute(_INSERT, (*entry_values(entry, None), _LINE_BYTES))
            db.execute("INSERT INTO open_passes VALUES (?)", (pass_id,))
        return pass_id

    def add(
        self,
        pass_id: int,
        kind: EntryKind,
        at: datetime,
        data: Mapping[str, Any],
        body: bytes | None = None,
    ) -> None:
        """One entry more of a pass, durable when this returns."""
        entry = SpoolEntry(seq=0, pass_id=pass_id, kind=kind, at=at, data=data)
        with self._db.transaction() as db:
            values = entry_values(entry, keep_body(db, body))
            size = _LINE_BYTES + len(str(values[4])) + len(body or b"")
            db.execute(_INSERT, (None, *values[1:], size))
            if kind in _ENDS:
                db.execute("DELETE FROM open_passes WHERE pass_id = ?", (pass_id,))

    def close_open_passes(self, at: datetime) -> int:
        """Passes of a collector that was stopped in the middle are cut; how many."""
        found = self._db.rows("SELECT pass_id FROM open_passes ORDER BY pass_id")
        for row in found:
            self.add(row["pass_id"], EntryKind.CUT, at, {})
        return len(found)

    # ------------------------------------------------------------------ bundles

    def unbundled(self, most_bytes: int) -> list[SpoolEntry]:
        """The next entries that stand in no bundle, up to a size but one at least."""
        last, size = 0, 0
        for row in self._db.rows("SELECT seq, bytes FROM entries ORDER BY seq"):
            size += row["bytes"]
            if last and size > most_bytes:
                break
            last = row["seq"]
        return [entry_of(row, row["content"]) for row in self._db.rows(_ENTRIES, last)]

    def bundled(self, bundle: KeptBundle) -> None:
        """A bundle stands on the disk: its entries are kept in its file from now on."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO bundles VALUES (?,?,?)", (bundle.number, bundle.id, bundle.size)
            )
            db.execute("INSERT OR REPLACE INTO state VALUES ('number', ?)", (str(bundle.number),))
            db.execute("INSERT OR REPLACE INTO state VALUES ('previous', ?)", (bundle.id,))
            db.execute("DELETE FROM entries WHERE seq <= ?", (bundle.last_seq,))
            db.execute("DELETE FROM bodies WHERE sha256 NOT IN (SELECT sha256 FROM entries "
                       "WHERE sha256 NOT NULL)")  # fmt: skip

    def waiting(self) -> list[tuple[int, int]]:
        """Number and size of the bundles that were not acknowledged, in order."""
        rows = self._db.rows("SELECT number, size FROM bundles ORDER BY number")
        return [(row["number"], row["size"]) for row in rows]

    def last_bundle(self) -> tuple[int, str]:
        """Number and id of the newest bundle ever made; 0 and nothing before the first."""
        return int(self.state("number") or 0), self.state("previous") or ""

    def acknowledge(self, number: int) -> None:
        """The hub has all bundles up to this number: they need not be kept."""
        with self._db.transaction() as db:
            db.execute("DELETE FROM bundles WHERE number <= ?", (number,))

    def bytes_kept(self) -> int:
        """The size of what waits to be acknowledged."""
        size = self._db.value(
            "SELECT (SELECT coalesce(sum(bytes), 0) FROM entries)"
            " + (SELECT coalesce(sum(size), 0) FROM bundles)"
        )
        return int(str(size))

    # ------------------------------------------------------------------ what else is remembered

    def state(self, key: str) -> str | None:
        """Something remembered over restarts."""
        value = self._db.value("SELECT value FROM state WHERE key = ?", key)
        return None if value is None else str(value)

    def remember(self, key: str, value: str) -> None:
        """Remember something over restarts."""
        with self._db.transaction() as db:
            db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def close(self) -> None:
        self._db.close()


_INSERT = f"INSERT INTO entries ({ENTRY_COLUMNS}, bytes) VALUES (?,?,?,?,?,?,?)"  # noqa: S608
