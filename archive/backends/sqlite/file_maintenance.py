"""Copy, measure and compact the database file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive.backends.sqlite.connection import DATABASE_NAME, SqliteDatabase, explain
from archive.engine_state import EngineState
from archive.errors import ArchiveError
from archive.evidence.local_folder import EVIDENCE_FOLDER, LocalEvidence
from archive.ports import EvidenceStore, Size

_EVIDENCE_NAMED = (
    "SELECT raw_sha256 FROM versions UNION SELECT sha256 FROM attachments WHERE sha256 NOT NULL"
    " UNION SELECT value FROM obligation_evidence WHERE kind = 'file'"
)


class SqliteMaintenance:
    """What an operator does with the file as a whole."""

    def __init__(self, database: SqliteDatabase, evidence: EvidenceStore) -> None:
        self._database = database
        self._evidence = evidence

    def damage(self) -> list[str]:
        """What SQLite's own quick check finds, at most five things."""
        found = [row[0] for row in self._database.rows("PRAGMA quick_check(5)")]
        return [text for text in found if text != "ok"]

    def state(self) -> EngineState:
        return EngineState(
            name="SQLite",
            version=sqlite3.sqlite_version,
            role="file",
            place=str(self._database.path),
        )

    def loose_references(self) -> int:
        return int(self._database.value("SELECT count(*) FROM pragma_foreign_key_check"))

    def backup(self, dest: Path, *, lender: Path | None = None) -> int:
        """A consistent copy into a folder while others write; how many evidence files it has.

        Evidence already there is kept, so a second backup into the same folder is quick; what
        an older copy (``lender``) has on the same disk is linked instead of copied. The
        database is copied first: every file that it names existed before it did.
        """
        dest = dest.absolute()
        if dest == self._database.path.parent.absolute():
            raise ArchiveError(f"{dest} is the archive itself; give another folder")
        if self._database.in_transaction:
            raise ArchiveError("a backup cannot be made inside a transaction")
        try:
            dest.mkdir(parents=True, exist_ok=True)
            part = dest / f"{DATABASE_NAME}.part"
            hashes = self._copy_database(part)
            self._copy_evidence(hashes, dest, lender)
            for companion in ("-wal", "-shm"):
                (dest / f"{DATABASE_NAME}{companion}").unlink(missing_ok=True)
            part.replace(dest / DATABASE_NAME)
        except (sqlite3.DatabaseError, OSError) as error:
            raise explain(error, dest) or ArchiveError(f"{dest}: {error}") from error
        return len(hashes)

    def _copy_database(self, part: Path) -> list[str]:
        """Write the copy; the hashes of the evidence that it names."""
        part.unlink(missing_ok=True)
        copy = sqlite3.connect(part)
        try:
            self._database.connection.backup(copy)
            # One file without companions, complete by itself.
            copy.execute("PRAGMA journal_mode=DELETE")
            pruned = {row[0] for row in copy.execute("SELECT sha256 FROM pruned_evidence")}
            named = {row[0] for row in copy.execute(_EVIDENCE_NAMED)}
        finally:
            copy.close()
        return sorted(named - pruned)

    def _copy_evidence(self, hashes: list[str], dest: Path, lender: Path | None) -> None:
        older = None if lender is None else LocalEvidence(lender / EVIDENCE_FOLDER)
        store = LocalEvidence(dest / EVIDENCE_FOLDER)
        for sha256 in hashes:
            if older is None or not store.link_from(older, sha256):
                self._evidence.copy_to(store, sha256)
        self._evidence.timestamps.copy_to(store.timestamps)

    def size(self) -> Size:
        """What takes space: database, its free pages, evidence; tables by bytes if SQLite
        was built to tell."""
        page = self._database.value("PRAGMA page_size")
        files, size = self._evidence.usage()
        return Size(
            database_bytes=self._database.value("PRAGMA page_count") * page,
            free_bytes=self._database.value("PRAGMA freelist_count") * page,
            evidence_bytes=size,
            evidence_files=files,
            tables=self._table_sizes(),
        )

    def _table_sizes(self) -> dict[str, int]:
        try:
            rows = self._database.rows(
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
            self._database.connection.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            path = self._database.path
            raise explain(error, path) or ArchiveError(f"{path}: {error}") from error
        self.optimize()

    def optimize(self) -> None:
        """Fresh statistics for the query planner, and the journal's space given back."""
        self._database.connection.execute("PRAGMA optimize")
        self._database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
