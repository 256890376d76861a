"""Keep what a hub received from its collectors until it is in the archive: one SQLite file."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.backends.spools.entry_rows import (
    BODIES,
    ENTRY_COLUMNS,
    entry_of,
    entry_values,
    keep_body,
)
from archive.backends.spools.spool_connection import SpoolConnection
from archive.column_values import parse_stamp, stamp
from domain.records.remote.collected import BorderTrouble, DeliveredBundle, SpoolEntry, WantedPage

INBOX_NAME = "inbox.db"
_IDENTITY = 0x6E777269
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS collectors (
  collector TEXT PRIMARY KEY, chain TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
  made TEXT NOT NULL, received TEXT NOT NULL, replayed_seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
  collector TEXT NOT NULL, seq INTEGER NOT NULL, pass_id INTEGER NOT NULL, kind TEXT NOT NULL,
  at TEXT NOT NULL, data TEXT NOT NULL, sha256 TEXT, PRIMARY KEY (collector, seq)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_sha256 ON entries (sha256);
CREATE INDEX IF NOT EXISTS entries_pass ON entries (collector, pass_id);
{BODIES}
CREATE TABLE IF NOT EXISTS troubles (
  collector TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, sentence TEXT NOT NULL,
  since TEXT NOT NULL, PRIMARY KEY (collector, kind, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wanted (
  collector TEXT NOT NULL, source_key TEXT NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (collector, source_key, url)) WITHOUT ROWID;
"""
_INSERT = f"INSERT INTO entries (collector, {ENTRY_COLUMNS}) VALUES (?,?,?,?,?,?,?)"  # noqa: S608
_PASS = f"""SELECT {ENTRY_COLUMNS} FROM entries
  WHERE collector = ? AND pass_id = ? ORDER BY seq"""  # noqa: S608 (our own constants)
_MOST_WANTED = 2000


class ReceiverInbox:
    """Entries in order, gaps and refusals of every collector of a hub."""

    def __init__(self, folder: Path) -> None:
        self._db = SpoolConnection(folder / INBOX_NAME, _SCHEMA, _IDENTITY)

    # ------------------------------------------------------------------ bundles

    def delivered(self, collector: str) -> DeliveredBundle | None:
        """The last bundle of a collector that was taken in order."""
        row = self._db.row("SELECT * FROM collectors WHERE collector = ?", collector)
        if row is None:
            return None
        known = dict(row)
        return DeliveredBundle(
            **{**known, "made": parse_stamp(row["made"]), "received": parse_stamp(row["received"])}
        )

    def take(self, bundle: DeliveredBundle, entries: Sequence[SpoolEntry]) -> None:
        """A bundle and that it was received, as one step."""
        before = self.delivered(bundle.collector)
        replayed = before.replayed_seq if before and before.chain == bundle.chain else 0
        values = (
            bundle.collector, bundle.chain, bundle.number, bundle.id, stamp(bundle.made),
            stamp(bundle.received), replayed,
        )  # fmt: skip
        with self._db.transaction() as db:
            for entry in entries:
                sha256 = keep_body(db, entry.body)
                db.execute(_INSERT, (bundle.collector, *entry_values(entry, sha256)))
            db.execute("INSERT OR REPLACE INTO collectors VALUES (?,?,?,?,?,?,?)", values)

    def forget(self, collector: str) -> None:
        """A collector begins anew: what was not replayed of its old log is dropped."""
        with self._db.transaction() as db:
            for table in ("collectors", "entries", "troubles", "wanted"):
                db.execute(f"DELETE FROM {table} WHERE collector = ?", (collector,))  # noqa: S608
            _drop_bodies(db)

    # ------------------------------------------------------------------ passes to be replayed

    def ended_passes(self, collector: str) -> list[tuple[int, int]]:
        """Passes that are here from begin to end: number, and the entry of the end, in the
        order in which they ended."""
        rows = self._db.rows(
            "SELECT pass_id, seq FROM entries WHERE collector = ? AND kind IN ('end', 'cut') "
            "ORDER BY seq",
            collector,
        )
        return [(row["pass_id"], row["seq"]) for row in rows]

    def pass_entries(self, collector: str, pass_id: int) -> list[SpoolEntry]:
        """What a collector logged of one pass; bodies, which may be many, are read one by one."""
        return [entry_of(row) for row in self._db.rows(_PASS, collector, pass_id)]

    def body(self, sha256: str) -> bytes:
        """A body that an entry names."""
        packed = self._db.value("SELECT content FROM bodies WHERE sha256 = ?", sha256)
        assert isinstance(packed, bytes), "bodies are kept with their entries"
        return zlib.decompress(packed)

    def replayed(self, collector: str, pass_id: int, end_seq: int) -> None:
        """A pass is in the archive: its entries are not needed any more."""
        with self._db.transaction() as db:
            db.execute(
                "DELETE FROM entries WHERE collector = ? AND pass_id = ?", (collector, pass_id)
            )
            db.execute(
                "UPDATE collectors SET replayed_seq = max(replayed_seq, ?) WHERE collector = ?",
                (end_seq, collector),
            )
            _drop_bodies(db)

    # ------------------------------------------------------------------ troubles, what is wanted

    def note_trouble(self, trouble: BorderTrouble) -> bool:
        """Keep a trouble; False when it is known already."""
        with self._db.transaction() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO troubles VALUES (?,?,?,?,?)",
                (
                    trouble.collector, trouble.kind, trouble.number, trouble.sentence,
                    stamp(trouble.since),
                ),
            )  # fmt: skip
            return added.rowcount > 0

    def clear_troubles(self, collector: str, kind: str, up_to: int) -> None:
        """Troubles of a kind are over, up to a bundle."""
        with self._db.transaction() as db:
            db.execute(
                "DELETE FROM troubles WHERE collector = ? AND kind = ? AND number <= ?",
                (collector, kind, up_to),
            )

    def troubles(self, collector: str) -> list[BorderTrouble]:
        """What lasts, oldest first."""
        rows = self._db.rows(
            "SELECT * FROM troubles WHERE collector = ? ORDER BY since, kind, number", collector
        )
        return [BorderTrouble(**{**dict(row), "since": parse_stamp(row["since"])}) for row in rows]

    def want(self, collector: str, source_key: str, urls: Iterable[str]) -> None:
        """Pages that a collector is to bring whole."""
        with self._db.transaction() as db:
            for url in urls:
                db.execute(
                    "INSERT OR IGNORE INTO wanted SELECT ?,?,? WHERE "
                    "(SELECT count(*) FROM wanted WHERE collector = ?) < ?",
                    (collector, source_key, url, collector, _MOST_WANTED),
                )

    def got(self, collector: str, urls: Iterable[str]) -> None:
        """Pages that have been brought."""
        with self._db.transaction() as db:
            for url in urls:
                db.execute("DELETE FROM wanted WHERE collector = ? AND url = ?", (collector, url))

    def wanted(self, collector: str) -> list[WantedPage]:
        """The pages that a collector is to bring whole."""
        rows = self._db.rows(
            "SELECT source_key, url FROM wanted WHERE collector = ? ORDER BY source_key, url",
            collector,
        )
        return [WantedPage(**dict(row)) for row in rows]

    def waiting_entries(self, collector: str) -> int:
        """Entries that wait for the rest of their pass."""
        count = self._db.value("SELECT count(*) FROM entries WHERE collector = ?", collector)
        return int(str(count))

    def close(self) -> None:
        self._db.close()


def _drop_bodies(db: sqlite3.Connection) -> None:
    db.execute(
        "DELETE FROM bodies WHERE sha256 NOT IN (SELECT sha256 FROM entries WHERE sha256 NOT NULL)"
    )
