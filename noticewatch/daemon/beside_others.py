"""Run beside other processes on one archive, and not where that cannot be."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from config.file_lock import LockHeld, file_lock
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError


@contextlib.contextmanager
def beside_others(app: Application) -> Iterator[None]:
    """Several may run on an archive; none while it is being restored."""
    try:
        with file_lock(app.writable(app.data_dir / "run.lock"), wait=False, shared=True):
            yield
    except LockHeld:
        raise NoticewatchError(
            f"{app.data_dir} is being restored, or a `noticewatch run` of an earlier release works"
            " on it; wait for the one or stop the other"
        ) from None


def check_regions(app: Application) -> None:
    """A region that no source file names would be watched by nobody."""
    known = {source.region for source in app.sources.values()}
    unknown = [name for name in app.settings.workers.regions if name not in known | {"any"}]
    if unknown:
        raise NoticewatchError(
            f"no source is of region {unknown[0]!r} (known: {', '.join(sorted(known))})"
        )
