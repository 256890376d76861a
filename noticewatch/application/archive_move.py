"""Move the archive between a folder and a PostgreSQL database while nothing writes to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config.file_lock import LockHeld, file_lock
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.ports import Backend
    from archive.transfer.mover import MoveReport

_URL = ("postgresql://", "postgres://")


def move_archive(app: Application, target: str, *, dry_run: bool) -> MoveReport:
    """Copy to ``target`` and compare; with ``dry_run`` only say what would be done."""
    run_lock = app.writable(app.data_dir / "run.lock")
    try:
        with file_lock(run_lock, wait=False), app.one_pass():
            return _move(app, target, dry_run=dry_run)
    except LockHeld:
        raise NoticewatchError("stop `noticewatch run` first; nothing was moved") from None


def _move(app: Application, target: str, *, dry_run: bool) -> MoveReport:
    from archive.backends.factory import open_backend
    from archive.transfer.mover import ArchiveMove

    source = open_backend(app.data_dir, create=False, read_only=True, url=app.settings.archive_url)
    try:
        if dry_run and not _is_there(app, target):
            return ArchiveMove(source=source, target=source, progress=_told).of_source()
        there = _opened(app, target, create=not dry_run)
        try:
            move = ArchiveMove(source=source, target=there, progress=_told)
            return move.plan() if dry_run else move.run()
        finally:
            there.database.close()
    finally:
        source.database.close()


def _opened(app: Application, target: str, *, create: bool) -> Backend:
    from archive.backends.factory import open_backend

    if target.startswith(_URL):
        return open_backend(app.data_dir, create=create, read_only=not create, url=target)
    return open_backend(Path(target), create=create, read_only=not create)


def _is_there(app: Application, target: str) -> bool:
    """Whether an archive can be opened at the target, be it empty or half-moved."""
    from archive.errors import ArchiveError

    try:
        _opened(app, target, create=False).database.close()
    except ArchiveError as error:
        if "there is no archive in" not in str(error):
            raise
        return False
    return True


def _told(table: str, done: int, count: int) -> None:
    """Progress on a terminal, each table in a line of its own."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{table}: {done} of {count}" + ("\n" if done == count else ""))
        sys.stderr.flush()
