"""Open the backend of an archive: today a folder with one SQLite file."""

from __future__ import annotations

from pathlib import Path

from archive.backends.sqlite.connection import (
    DATABASE_NAME,
    RESTORING,
    SqliteDatabase,
    connect,
    sqlite_features,
)
from archive.backends.sqlite.file_maintenance import SqliteMaintenance
from archive.backends.sqlite.search_ports import SqliteSearchIndex, SqliteVectors
from archive.evidence.evidence_place import open_evidence
from archive.ports import Backend

__all__ = ["DATABASE_NAME", "RESTORING", "database_features", "open_backend"]

database_features = sqlite_features


def open_backend(data_dir: Path, *, create: bool, read_only: bool) -> Backend:
    """Open ``data_dir``; ArchiveError where it cannot be opened."""
    path = data_dir / DATABASE_NAME
    connection = connect(data_dir, create=create, read_only=read_only)
    database = SqliteDatabase(connection, path, read_only=read_only)
    evidence = open_evidence(data_dir)
    return Backend(
        database=database,
        evidence=evidence,
        index=SqliteSearchIndex(database),
        vectors=SqliteVectors(database),
        maintenance=SqliteMaintenance(database, evidence),
        path=path,
        read_only=read_only,
    )
