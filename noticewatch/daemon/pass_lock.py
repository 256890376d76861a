"""The pass lock as services hold it: shared by all their batches, left to commands in time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from config.file_lock import LockHeld, file_lock
from noticewatch.application.application import door_of

JOIN_SECONDS = 60.0  # later batches wait until the lock has been free once
LET_IN_SECONDS = 0.2  # how long it stays free for one-shot commands that wait


@dataclass
class PassLock:
    """One-shot commands take the same file lock for themselves; they wait for the batches of
    every service, and these for them, without blocking the event loop. A command that waits
    holds the lock's door, so that no new batch goes before it."""

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
                with file_lock(door_of(self.path), wait=False):
                    self._held.enter_context(file_lock(self.path, wait=False, shared=True))
            except LockHeld:
                await asyncio.sleep(0.3)
                continue
            self._since = time.monotonic()
            return
