"""Say what takes space in the archive and whether the disk is nearly full, and free some."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive

LOW_DISK_BYTES = 500_000_000
LOW_DISK_SHARE = 0.02
_VACUUM_ROOM = 1.2  # SQLite writes a second copy beside the first


@dataclass(frozen=True, kw_only=True)
class TidyOptions:
    """What may go; with ``dry_run`` only how much it would be."""

    prune_days: int | None = None
    vacuum: bool = False
    rejoin: bool = False
    dry_run: bool = False


def tidy_archive(app: Application, options: TidyOptions) -> dict[str, Any]:
    """Prune, rejoin split pages and vacuum as asked; the answer is what ``tidy --json`` prints."""
    with app.one_pass(), app.archive(create=False) as archive:
        size = archive.maintenance.size()
        report: dict[str, Any] = {"before": size.as_json()}
        if options.prune_days is not None:
            before = app.clock() - timedelta(days=options.prune_days)
            files, freed = archive.retention.prune(before, dry_run=options.dry_run)
            report["pruned"] = {"files": files, "bytes": freed, "dry_run": options.dry_run}
        if options.rejoin:
            found = archive.address_repair.rejoin(dry_run=options.dry_run)
            joined = {"copies": found.copies, "acts": found.acts, "dry_run": options.dry_run}
            report["rejoined"] = joined
        if options.vacuum:
            _vacuum(app, archive, dry_run=options.dry_run)
            report["vacuum"] = {"bytes": size.free_bytes, "dry_run": options.dry_run}
    return report


def _vacuum(app: Application, archive: Archive, *, dry_run: bool) -> None:
    need = _VACUUM_ROOM * archive.maintenance.size().database_bytes
    free = shutil.disk_usage(app.data_dir).free
    if free < need:
        raise NoticewatchError(
            f"vacuum needs {need / 1e6:.0f} MB for a moment, {free / 1e6:.0f} MB are free"
        )
    if not dry_run:
        archive.maintenance.vacuum()


def disk_is_low(folder: Path) -> tuple[bool, int]:
    """Whether the disk of a folder is nearly full, and the bytes free."""
    usage = shutil.disk_usage(folder)
    return usage.free < min(LOW_DISK_BYTES, usage.total * LOW_DISK_SHARE), usage.free
