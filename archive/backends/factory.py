"""Open the backend of an archive: a folder with one SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from archive.backends.shape_reader import schema_shape
from archive.backends.sqlite.connection import (
    DATABASE_NAME,
    RESTORING,
    SqliteDatabase,
    connect,
    sqlite_features,
)
from archive.backends.sqlite.file_maintenance import SqliteMaintenance
from archive.backends.sqlite.search_ports import SqliteSearchIndex, SqliteVectors
from archive.errors import ArchiveError
from archive.evidence.evidence_place import open_evidence
from archive.ports import Backend

__all__ = ["DATABASE_NAME", "RESTORING", "database_features", "open_backend", "schema_shape"]

database_features = sqlite_features


def open_backend(
    data_dir: Path, *, create: bool, read_only: bool, url: str | None = None
) -> Backend:
    """Open the database of ``data_dir``, or the one at ``url`` whose evidence is there;
    ArchiveError where it cannot be opened."""
    if url is not None:
        return _open_server(data_dir, url, create=create, read_only=read_only)
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


def _open_server(data_dir: Path, url: str, *, create: bool, read_only: bool) -> Backend:
    try:
        from archive.backends.postgresql.server_backend import open_server_backend
    except ImportError as error:
        raise ArchiveError(
            "an archive_url needs PostgreSQL's driver: pip install 'noticewatch[postgres]'"
        ) from error
    return open_server_backend(data_dir, url, create=create, read_only=read_only)
