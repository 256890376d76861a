"""Copying, pruning and rebuilding an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from archive.classified import Classified
from archive.connection import DATABASE_NAME, ArchiveError, explain, stamp
from archive.evidence import EVIDENCE_FOLDER, EvidenceStore
from archive.proof import Proof
from archive.search_index import rebuild_index

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

    def is_empty(self) -> bool:
        """No notice has been stored yet."""
        return self._value("SELECT 1 FROM notices LIMIT 1") is None

    # -- copies ---------------------------------------------------------------------------
    def backup(self, dest: Path) -> int:
        """A consistent copy into a folder while others write; how many evidence files it has.

        Evidence already there is kept, so a second backup into the same folder is quick. The
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
            for sha256 in hashes:
                self._evidence.copy_to(EvidenceStore(dest / EVIDENCE_FOLDER), sha256)
            for companion in ("-wal", "-shm"):
                (dest / f"{DATABASE_NAME}{companion}").unlink(missing_ok=True)
            part.replace(dest / DATABASE_NAME)
        except (sqlite3.DatabaseError, OSError) as error:
            raise explain(error, dest) or ArchiveError(f"{dest}: {error}") from error
        return len(hashes)

    def prune_evidence(self, before: datetime) -> tuple[int, int]:
        """Delete the raw bytes of irrelevant notices fetched before a day; files and bytes.

        Texts, hashes and the chain stay. Evidence that a relevant, an unclassified or a later
        version names too is kept. What is deleted is written down first, so that
        :meth:`verify` knows a pruned file from a lost one.
        """
        moment = stamp(before)
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

    def rebuild_index(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the search index anew from the stored texts; the number of notices."""
        with self.write_tx():
            return rebuild_index(self._database, progress)
