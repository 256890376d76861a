"""Measure and compact a PostgreSQL archive; its copies are made by the server's own tools."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import psycopg

from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.errors import ArchiveError
from archive.evidence.local_folder import LocalEvidence
from archive.ports import Size

_TABLES = (
    "SELECT relname::text AS name, pg_total_relation_size(oid) AS bytes FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    " ORDER BY bytes DESC, name LIMIT 8"
)
_UNREADABLE = (
    "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
)


class ServerMaintenance:
    """See :class:`archive.ports.Maintenance`."""

    def __init__(self, database: PostgresDatabase, evidence: LocalEvidence) -> None:
        self._database = database
        self._evidence = evidence

    def damage(self) -> list[str]:
        """Pages whose checksum the server has found wrong since its statistics began."""
        failures = self._database.value(_UNREADABLE)
        return [f"{failures} pages of the server failed their checksum"] if failures else []

    def loose_references(self) -> int:
        """None: the server itself refuses them, and no session of ours turns that off."""
        return 0

    def backup(self, dest: Path, *, lender: Path | None = None) -> NoReturn:
        raise ArchiveError(
            f"an archive on PostgreSQL is copied by `pg_dump --format=custom"
            f" --file={dest / 'archive.dump'}` and then a copy of its evidence,"
            f" {self._evidence.folder}; nothing was written"
        )

    def size(self) -> Size:
        """Free space inside tables is known to the server alone."""
        sizes = [path.stat().st_size for path in self._evidence.files()]
        rows = self._database.rows(_TABLES)
        return Size(
            database_bytes=int(self._database.value("SELECT pg_database_size(current_database())")),
            free_bytes=0,
            evidence_bytes=sum(sizes),
            evidence_files=len(sizes),
            tables={row["name"]: row["bytes"] for row in rows},
        )

    def vacuum(self) -> None:
        """Every table is rewritten; nobody reads or writes it meanwhile."""
        self._alone("VACUUM (FULL, ANALYZE)")

    def optimize(self) -> None:
        self._alone("ANALYZE")

    def _alone(self, statement: str) -> None:
        with self._database.explained():
            try:
                self._database.again(lambda connection: connection.execute(statement.encode()))
            except psycopg.errors.InsufficientPrivilege as error:
                raise ArchiveError(f"{self._database.address}: {error}") from error
