"""Check the machine: its clock, its disk, the rights on the data folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows less
CLOCK_SLACK = timedelta(minutes=5)


def clock(app: Application) -> Iterator[CheckResult]:
    """Against the day this was written and what the archive has seen."""
    now = app.clock()
    advice = "set this machine's clock and let it follow a time server"
    if now < WRITTEN:
        yield error("clock", f"it shows {now:%Y-%m-%d %H:%M} UTC, which is past", advice)
        return
    with app.archive() as archive:
        polled = [state.last_polled for state in archive.sources.all() if state.last_polled]
    if polled and max(polled) > now + CLOCK_SLACK:
        last = f"{max(polled):%Y-%m-%d %H:%M}"
        detail = f"it shows {now:%Y-%m-%d %H:%M} UTC, but sources were polled at {last}"
        yield error("clock", detail, advice)
    else:
        yield ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def disk(app: Application) -> Iterator[CheckResult]:
    from noticewatch.application.storage import disk_is_low

    low, free = disk_is_low(app.data_dir)
    detail = f"{free / 1e9:.1f} GB free in {app.data_dir}"
    if low:
        yield error("disk", detail, "free some space; `noticewatch tidy` shows what takes it")
    else:
        yield ok("disk", detail)


def permissions(app: Application) -> Iterator[CheckResult]:
    """The data folder must be ours to write and nobody else's."""
    folder = app.data_dir.resolve()
    unwritable = [
        path
        for path in (folder, folder / "archive.db", folder / "evidence")
        if path.exists() and not os.access(path, os.W_OK)
    ]
    if unwritable:
        advice = "give the user that runs noticewatch the right to write there (chown, chmod)"
        yield error("permissions", f"{unwritable[0]} cannot be written", advice)
    elif folder.stat().st_mode & stat.S_IWOTH:
        detail = f"everybody on this machine may change {folder}"
        yield warning("permissions", detail, f"chmod o-w {folder}")
    else:
        yield ok("permissions", f"{folder} is writable for us")
