"""The archive: one SQLite file and a folder of evidence. SQL lives in ``archive/`` only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from archive.backends.sqlite.connection import DATABASE_NAME, ArchiveError, connect, utc_now
from archive.evidence.local_folder import EVIDENCE_FOLDER, EvidenceStore
from archive.read_models.related_acts import Related
from archive.repositories.crawl_memory import CrawlMemory
from archive.repositories.feedback import Staff
from archive.repositories.listings import Listings
from archive.repositories.pages import Pages
from archive.repositories.saved_searches import SavedSearches
from archive.repositories.signed_links import Links
from archive.repositories.source_states import Health
from archive.services.clock_repair import Clockwork
from archive.services.retention import Maintenance

__all__ = ["Archive", "ArchiveError", "utc_now"]


class Archive(
    Maintenance,
    Related,
    Clockwork,
    Health,
    Pages,
    Listings,
    CrawlMemory,
    SavedSearches,
    Staff,
    Links,
):
    """Open with :meth:`open`; one per thread; close when done (it is a context manager)."""

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
