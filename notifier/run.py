"""CONTRACT: select what is to be told, render it, send it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from archive.store import Archive, utc_now
from config.model import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class NotifyReport:
    queued: int
    sent: int
    failed: int  # attempts that failed in this pass (they stay queued or are dead)
    dead: int = 0
    messages: tuple[str, ...] = ()  # with dry_run: what would go where


def run(
    archive: Archive,
    settings: Settings,
    *,
    dry_run: bool = False,
    retry_dead: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> NotifyReport:
    raise NotImplementedError
