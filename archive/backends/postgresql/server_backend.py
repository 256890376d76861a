"""Put the parts of a PostgreSQL archive together."""

from __future__ import annotations

from pathlib import Path

from archive.backends.file_errors import explain_file_error
from archive.backends.postgresql.server_address import read_address
from archive.backends.postgresql.server_maintenance import ServerMaintenance
from archive.backends.postgresql.server_opening import open_database
from archive.backends.postgresql.server_search import ServerSearchIndex, ServerVectors
from archive.evidence.evidence_place import evidence_place, open_evidence
from archive.ports import Backend

_VECTORS = "archive.postgresql"  # beside this the matrices of vectors are kept


def open_server_backend(data_dir: Path, url: str, *, create: bool, read_only: bool) -> Backend:
    """Open the database at ``url``; evidence is kept in ``data_dir``."""
    address = read_address(url)
    if create and not read_only:
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain_file_error(error, str(data_dir)) from error
    database = open_database(address, create=create, read_only=read_only)
    evidence = open_evidence(data_dir)
    kept_beside = data_dir / _VECTORS
    return Backend(
        database=database,
        evidence=evidence,
        index=ServerSearchIndex(database),
        vectors=ServerVectors(database, str(kept_beside)),
        maintenance=ServerMaintenance(database, evidence, evidence_place(data_dir)),
        path=kept_beside,
        read_only=read_only,
        url=url,
    )
