"""Copying, pruning and rebuilding an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.backends.sqlite.connection import DATABASE_NAME, ArchiveError, explain, stamp
from archive.backends.sqlite.search_index import rebuild_index
from archive.evidence.local_folder import EVIDENCE_FOLDER, EvidenceStore
from archive.repositories.classification_queue import Classified
from archive.services.integrity import Proof

_NAMED_WITH_NOTICE = """
  SELECT v.raw_sha256 AS sha256, v.fetched_at, p.notice_id
    FROM versions v JOIN postings p ON p.id = v.posting_id
  UNION ALL SELECT a.sha256, v.fetched_at, p.notice_id
    FROM attachments a JOIN versions v ON v.id = a.version_id
    JOIN postings p ON p.id = v.posting_id WHERE a.sha256 NOT NULL"""
_PRUNABLE = f"""
WITH named AS ({_NAMED_WITH_NOTICE}), kept_notices AS (
  SELECT id FROM notices WHERE relevant_because NOT NULL
  UNION SELECT notice_id FROM changes WHERE state = 'unclassified')
SELECT DISTINCT sha256 FROM named WHERE fetched_at < ?
  AND sha256 NOT IN (SELECT sha256 FROM pruned_evidence)
  AND sha256 NOT IN (SELECT sha256 FROM named
    WHERE fetched_at >= ? OR notice_id IN (SELECT id FROM kept_notices))"""  # noqa: S608
_EVIDENCE_NAMED = (
    "SELECT raw_sha256 FROM versions UNION SELECT sha256 FROM attachments WHERE sha256 NOT NULL"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """Bytes on disk."""

    database_bytes: int
    free_bytes: int  # pages of the database that hold nothing
    evidence_bytes: int
    evidence_files: int
    tables: dict[str, int]  # with their indexes, the largest ones

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Maintenance(Classified, Proof):
    def archive_state(self, key: str) -> str | None:
        """A mark kept over restarts, such as an unfinished first import."""
        value = self._value("SELECT value FROM archive_state WHERE key = ?", (key,))
        return None if value is None else str(value)

    def set_archive_state(self, key: str, value: str | None) -> None:
        """Keep a mark; None removes it."""
        with self.write_tx():
            self._run("DELETE FROM archive_state WHERE key = ?", (key,))
            if value is not None:
                self._run("INSERT INTO archive_state VALUES (?, ?)", (key, value))

    def archive_states(self, prefix: str) -> dict[str, str]:
        """All marks whose key begins with ``prefix``."""
        rows = self._rows(
            "SELECT key, value FROM archive_state WHERE substr(key, 1, ?) = ? ORDER BY key",
            (len(prefix), prefix),
        )
        return {row["key"]: row["value"] for row in rows}

    def is_empty(self) -> bool:
        """No notice has been stored yet."""
        return self._value("SELECT 1 FROM notices LIMIT 1") is None

    # -- copies ---------------------------------------------------------------------------
    def backup(self, dest: Path, *, lender: Path | None = None) -> int:
        """A consistent copy into a folder while others write; how many evidence files it has.

        Evidence already there is kept, so a second backup into the same folder is quick; what
        an older copy (``lender``) has on the same disk is linked instead of copied. The
        database is copied first: every file that it names existed before it did.
        """
        dest = dest.absolute()
        if dest == self.data_dir.absolute():
            raise ArchiveError(f"{dest} is the archive itself; give another folder")
        if self._depth:
            raise ArchiveError("a backup cannot be made inside a transaction")
        try:
            dest.mkdir(parents=True, exist_ok=True)
            part = dest / f"{DATABASE_NAME}.part"
            part.unlink(missing_ok=True)
            copy = sqlite3.connect(part)
            try:
                self._database.backup(copy)
                # One file without companions, complete by itself.
                copy.execute("PRAGMA journal_mode=DELETE")
                pruned = {row[0] for row in copy.execute("SELECT sha256 FROM pruned_evidence")}
                named = {row[0] for row in copy.execute(_EVIDENCE_NAMED)}
            finally:
                copy.close()
            hashes = sorted(named - pruned)
            older = None if lender is None else EvidenceStore(lender / EVIDENCE_FOLDER)
            for sha256 in hashes:
                store = EvidenceStore(dest / EVIDENCE_FOLDER)
                if older is None or not store.link_from(older, sha256):
                    self._evidence.copy_to(store, sha256)
            for companion in ("-wal", "-shm"):
                (dest / f"{DATABASE_NAME}{companion}").unlink(missing_ok=True)
            part.replace(dest / DATABASE_NAME)
        except (sqlite3.DatabaseError, OSError) as error:
            raise explain(error, dest) or ArchiveError(f"{dest}: {error}") from error
        return len(hashes)

    def prune_evidence(self, before: datetime, *, dry_run: bool = False) -> tuple[int, int]:
        """Delete the raw bytes of irrelevant notices fetched before a day; files and bytes.

        Texts, hashes and the chain stay. Evidence that a relevant, an unclassified or a later
        version names too is kept. What is deleted is written down first, so that
        :meth:`verify` knows a pruned file from a lost one.
        """
        moment = stamp(before)
        if dry_run:
            found = [row["sha256"] for row in self._rows(_PRUNABLE, (moment, moment))]
            return len(found), sum(self._evidence.size(sha256) for sha256 in found)
        with self.write_tx():
            hashes = [row["sha256"] for row in self._rows(_PRUNABLE, (moment, moment))]
            for sha256 in hashes:
                self._run(
                    "INSERT INTO pruned_evidence VALUES (?, ?)", (sha256, stamp(self.clock()))
                )
        # Under the lock, as a writer may just be keeping the same bytes anew.
        with self.write_tx():
            pruned = self._rows("SELECT sha256 FROM pruned_evidence")
            freed = sum(self._evidence.remove(row["sha256"]) for row in pruned)
        return len(hashes), freed

    def pruned_count(self) -> int:
        """Originals that were deleted by age."""
        return int(self._value("SELECT count(*) FROM pruned_evidence"))

    def size(self) -> Size:
        """What takes space: database, its free pages, evidence; tables by bytes if SQLite
        was built to tell."""
        page = self._value("PRAGMA page_size")
        sizes = [path.stat().st_size for path in self._evidence.files()]
        return Size(
            database_bytes=self._value("PRAGMA page_count") * page,
            free_bytes=self._value("PRAGMA freelist_count") * page,
            evidence_bytes=sum(sizes),
            evidence_files=len(sizes),
            tables=self._table_sizes(),
        )

    def _table_sizes(self) -> dict[str, int]:
        try:
            rows = self._rows(
                "SELECT m.tbl_name AS name, sum(s.pgsize) AS bytes FROM dbstat s"
                " JOIN sqlite_master m ON m.name = s.name GROUP BY m.tbl_name"
                " ORDER BY bytes DESC LIMIT 8"
            )
        except sqlite3.OperationalError:  # no dbstat in this SQLite
            return {}
        return {row["name"]: row["bytes"] for row in rows}

    def vacuum(self) -> None:
        """Rewrite the file without its free pages; needs as much room again for a moment."""
        try:
            self._database.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            raise explain(error, self.path) or ArchiveError(f"{self.path}: {error}") from error
        self.optimize()

    def optimize(self) -> None:
        """Fresh statistics for the query planner, and the journal's space given back."""
        self._database.execute("PRAGMA optimize")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rebuild_index(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the search index anew from the stored texts; the number of notices."""
        with self.write_tx():
            return rebuild_index(self._database, progress)
