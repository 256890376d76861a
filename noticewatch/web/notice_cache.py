"""Keep what is read of the archive in memory for as long as it does not change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Kept = TypeVar("Kept")


@dataclass
class NoticeCache:
    """Lists by name; several threads may ask."""

    revision: Callable[[], str]  # of the archive
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: dict[str, tuple[tuple[str, int], Any]] = field(default_factory=dict)

    def get(self, name: str, day: int, read: Callable[[], Kept]) -> Kept:
        """A list read anew when the archive changed, or the ``day``."""
        revision = (self.revision(), day)
        with self._lock:
            known = self._kept.get(name)
            if known is None or known[0] != revision:
                known = self._kept[name] = (revision, read())
            kept: Kept = known[1]
            return kept
