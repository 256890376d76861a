"""Take notices from JSON lines into the archive, and label them at once unless they are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from archive.store import Archive
    from archive.transfer.importer import ImportReport

CLASSIFIED_AT_ONCE = 1000  # changes that an import labels itself: some seconds


@dataclass(frozen=True, kw_only=True)
class NoticeImport:
    """What came of an import. ``waiting``: more changes than are labelled at once are left for
    the next pass."""

    read: ImportReport
    classified: int
    waiting: bool


def _check_leads(app: Application, archive: Archive) -> None:
    from config.time_zone import BEIJING
    from noticewatch.application.check.lead_upkeep import check_leads

    day = app.clock().astimezone(BEIJING).date()
    check_leads(archive, app.register, day, encoder=app.settings.encoder.model)


def import_notices(app: Application, file: IO[bytes]) -> NoticeImport:
    """A line that cannot be read is named in the result and stops nothing."""
    from archive.transfer.importer import bounded_lines, import_lines
    from noticewatch.application import pipeline

    with app.one_pass(), app.archive() as archive:
        result = import_lines(archive, bounded_lines(file))
        classified = 0
        if archive.classification.pending(limit=1):
            classified = pipeline.classify_stage(app, archive, limit=CLASSIFIED_AT_ONCE).classified
        waiting = bool(archive.classification.pending(limit=1))
        if result.leads:
            _check_leads(app, archive)
    return NoticeImport(read=result, classified=classified, waiting=waiting)
