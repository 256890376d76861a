"""Copy the archive while it is in use, keep dated copies, and put one back."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive.backends.factory import RESTORING
from config.file_lock import LockHeld, file_lock
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive

_PARTS = ("archive.db", "archive.db-wal", "archive.db-shm", "evidence")
_DATED = re.compile(r"noticewatch-\d{8}T\d{6}$")  # noticewatch-20261130T033000


def rotate_backup(archive: Archive, folder: Path, keep: int, *, now: datetime) -> tuple[Path, int]:
    """A dated copy beside the older ones, which lend it the evidence they share; the newest
    ``keep`` stay. Only folders named as ours are ever removed."""
    older = sorted(path for path in folder.glob("noticewatch-*") if _DATED.match(path.name))
    dest = folder / f"noticewatch-{now:%Y%m%dT%H%M%S}"
    copied = archive.maintenance.backup(dest, lender=older[-1] if older else None)
    for old in [path for path in older if path != dest][: max(0, len(older) + 1 - keep)]:
        shutil.rmtree(old)
    return dest, copied


def restore_backup(app: Application, copy: Path) -> Path | None:
    """Put a backup in place of the data folder, whose files are moved aside, not deleted; the
    folder where they are now."""
    from archive.store import Archive

    if app.settings.archive_url is not None:
        raise NoticewatchError(
            "an archive on PostgreSQL is put back by pg_restore and a copy of its evidence folder"
        )
    database = copy / "archive.db"
    if database.is_file() and not database.stat().st_size:
        raise NoticewatchError(f"{database} is empty, nothing was changed")
    with Archive.open(copy, create=False) as archive:
        problems = archive.integrity.verify()
    if problems:
        raise NoticewatchError(f"{copy} is not sound, nothing was changed: {problems[0]}")
    run_lock = app.writable(app.data_dir / "run.lock")
    try:
        with file_lock(run_lock, wait=False), app.one_pass():
            return _put_in_place(app.data_dir, copy)
    except LockHeld:
        raise NoticewatchError("stop `noticewatch run` first; nothing was changed") from None


def _put_in_place(data_dir: Path, copy: Path) -> Path | None:
    """The copy is made beside the archive and then takes its place. Killed before, the old
    archive is untouched; killed between, no archive is opened until the restore is run again."""
    from archive.store import Archive

    fresh = data_dir / RESTORING
    shutil.rmtree(fresh, ignore_errors=True)
    with Archive.open(copy, create=False) as archive:
        archive.maintenance.backup(fresh)
    aside = _move_aside(data_dir)
    for name in ("evidence", "archive.db"):  # the database last: it makes a folder an archive
        if (fresh / name).exists():
            (fresh / name).rename(data_dir / name)
    fresh.rmdir()
    return aside


def _move_aside(data_dir: Path) -> Path | None:
    """Move what is there into a folder of its own, as far as it is there."""
    here = [data_dir / name for name in _PARTS if (data_dir / name).exists()]
    if not here:
        return None
    _fold_journal(data_dir)
    aside = data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    for path in here:
        if path.exists():
            path.rename(aside / path.name)
    return aside


def _fold_journal(data_dir: Path) -> None:
    """Bring the journal into the database, so that no kill can part them; what is damaged stays
    as it is."""
    from archive.errors import ArchiveError
    from archive.store import Archive

    with suppress(ArchiveError), Archive.open(data_dir, create=False) as archive:
        archive.maintenance.optimize()
