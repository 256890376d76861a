"""The pass lock as the service holds it: shared by its own batches, left to others in time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from noticewatch.application.locks import LockHeld, file_lock

JOIN_SECONDS = 60.0  # later batches wait until the lock has been free once
LET_IN_SECONDS = 0.2  # how long it stays free for one-shot commands that wait


@dataclass
class PassLock:
    """One-shot commands take the same file lock; they wait for the service's batches, and the
    service for them, without blocking the event loop."""

    path: Path
    _users: int = 0
    _since: float = 0.0
    _free_from: float = 0.0
    _entering: asyncio.Lock = field(default_factory=asyncio.Lock)
    _held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        async with self._entering:
            while self._users and time.monotonic() - self._since > JOIN_SECONDS:
                await asyncio.sleep(0.1)
            if not self._users:
                await self._take()
            self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._held.close()
                self._free_from = time.monotonic()

    async def _take(self) -> None:
        await asyncio.sleep(max(0.0, self._free_from + LET_IN_SECONDS - time.monotonic()))
        while True:
            try:
                self._held.enter_context(file_lock(self.path, wait=False))
            except LockHeld:
                await asyncio.sleep(0.3)
                continue
            self._since = time.monotonic()
            return
