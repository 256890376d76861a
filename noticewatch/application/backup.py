"""Copy the archive while it is in use, keep dated copies, and put one back."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from noticewatch.application.application import Application
from noticewatch.application.locks import LockHeld, file_lock
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive

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
    from archive.store import Archive

    aside = None
    if (data_dir / "archive.db").exists():
        aside = data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        aside.mkdir()
        for name in ("archive.db", "archive.db-wal", "archive.db-shm", "evidence"):
            if (data_dir / name).exists():
                (data_dir / name).rename(aside / name)
    with Archive.open(copy, create=False) as archive:
        archive.maintenance.backup(data_dir)
    return aside
