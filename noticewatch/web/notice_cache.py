"""Keep what is read of the archive in memory for as long as it does not change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from archive.backends.factory import DATABASE_NAME

Kept = TypeVar("Kept")


@dataclass
class NoticeCache:
    """Lists by name; several threads may ask."""

    data_dir: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: dict[str, tuple[tuple[int, ...], Any]] = field(default_factory=dict)

    def get(self, name: str, day: int, read: Callable[[], Kept]) -> Kept:
        """A list read anew when the archive's files changed, or the ``day``."""
        revision = (*self._revision(), day)
        with self._lock:
            known = self._kept.get(name)
            if known is None or known[0] != revision:
                known = self._kept[name] = (revision, read())
            kept: Kept = known[1]
            return kept

    def _revision(self) -> tuple[int, ...]:
        """Size and time of the database and its log: every commit changes one of them."""
        revision: list[int] = []
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            try:
                stat = (self.data_dir / name).stat()
            except OSError:
                continue
            revision += [stat.st_mtime_ns, stat.st_size]
        return tuple(revision)
