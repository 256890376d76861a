"""The archive: one SQLite file and a folder of evidence. SQL lives in ``archive/`` only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from archive.clockwork import Clockwork
from archive.connection import DATABASE_NAME, ArchiveError, connect, utc_now
from archive.evidence import EVIDENCE_FOLDER, EvidenceStore
from archive.health import Health
from archive.links import Links
from archive.maintenance import Maintenance
from archive.pages import Pages
from archive.related import Related
from archive.saved import SavedSearches
from archive.staff import Staff

__all__ = ["Archive", "ArchiveError", "utc_now"]


class Archive(Maintenance, Related, Clockwork, Health, Pages, SavedSearches, Staff, Links):
    """Open with :meth:`open`; one per thread; close when done (it is a context manager).

    Its methods stand by subject in the modules it is composed of: :mod:`archive.pages`,
    :mod:`archive.ingest`, :mod:`archive.presence`, :mod:`archive.relations`,
    :mod:`archive.editions`, :mod:`archive.health`, :mod:`archive.classified`,
    :mod:`archive.outbox`, :mod:`archive.read`, :mod:`archive.browse`, :mod:`archive.related`,
    :mod:`archive.saved`, :mod:`archive.staff`, :mod:`archive.links`, :mod:`archive.proof`,
    :mod:`archive.maintenance`, :mod:`archive.clockwork`.
    """

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> Archive:
        """Open ``data_dir/archive.db`` (WAL, synchronous=FULL, foreign_keys=ON, timeout 30 s),
        apply migrations. Raises ArchiveError for an unwritable folder, a truncated or foreign
        file, a schema newer than this program."""
        database = connect(data_dir, create=create, read_only=read_only)
        evidence = EvidenceStore(data_dir / EVIDENCE_FOLDER)
        return cls(database, data_dir / DATABASE_NAME, evidence, clock, read_only=read_only)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
