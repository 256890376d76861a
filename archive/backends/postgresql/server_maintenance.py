"""Measure and compact a PostgreSQL archive; its copies are made by the server's own tools."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import psycopg

from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.backends.postgresql.table_statements import USABLE_INDEXES, index_statements
from archive.backends.shape_reader import schema_shape
from archive.engine_state import EngineState
from archive.errors import ArchiveError
from archive.ports import EvidenceStore, Size

_TABLES = (
    "SELECT relname::text AS name, pg_total_relation_size(oid) AS bytes FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    " ORDER BY bytes DESC, name LIMIT 8"
)
_UNREADABLE = (
    "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
)


# What waits for a lock but for the archive's own writers, who wait for each other.
_STATE = (
    "SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS replica,"
    " coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) AS replayed_behind,"
    " (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0) FROM pg_stat_replication)"
    " AS sent_behind,"
    " (SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    " AND wait_event != 'advisory' AND datname = current_database()) AS waiting,"
    " (SELECT count(*) FROM pg_stat_activity) AS connections,"
    " current_setting('max_connections') AS most"
)


class ServerMaintenance:
    """See :class:`archive.ports.Maintenance`."""

    def __init__(self, database: PostgresDatabase, evidence: EvidenceStore, place: str) -> None:
        self._database = database
        self._evidence = evidence
        self._place = place  # where the evidence is, for people

    def damage(self) -> list[str]:
        """Pages whose checksum the server has found wrong since its statistics began."""
        failures = self._database.value(_UNREADABLE)
        return [f"{failures} pages of the server failed their checksum"] if failures else []

    def state(self) -> EngineState:
        row = self._database.row(_STATE)
        assert row is not None
        return EngineState(
            name="PostgreSQL",
            version=row["version"],
            role="replica" if row["replica"] else "primary",
            place=str(self._database.address),
            lag_seconds=float(row["replayed_behind"] if row["replica"] else row["sent_behind"]),
            missing_indexes=self._missing_indexes(),
            lock_waits=row["waiting"],
            connections=row["connections"],
            most_connections=int(row["most"]),
        )

    def _missing_indexes(self) -> tuple[str, ...]:
        """Of those that the tables are made with; one that was not finished counts as missing."""
        wanted = index_statements(schema_shape())
        there = {row[0] for row in self._database.rows(USABLE_INDEXES)}
        return tuple(sorted(wanted.keys() - there))

    def loose_references(self) -> int:
        """None: the server itself refuses them, and no session of ours turns that off."""
        return 0

    def backup(self, dest: Path, *, lender: Path | None = None) -> NoReturn:
        raise ArchiveError(
            f"an archive on PostgreSQL is copied by `pg_dump --format=custom"
            f" --file={dest / 'archive.dump'}` and then a copy of its evidence,"
            f" {self._place}; nothing was written"
        )

    def size(self) -> Size:
        """Free space inside tables is known to the server alone."""
        files, size = self._evidence.usage()
        rows = self._database.rows(_TABLES)
        return Size(
            database_bytes=int(self._database.value("SELECT pg_database_size(current_database())")),
            free_bytes=0,
            evidence_bytes=size,
            evidence_files=files,
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
