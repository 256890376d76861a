"""Share one thing fairly: who has had least of it is next, however long others' queues are."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic


class FairTurns:
    """One turn at a time; ``used`` is how many seconds each key has had, ``waited`` how many it
    has waited for others."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.used: dict[str, float] = {}
        self.waited: dict[str, float] = {}
        self._clock = clock
        self._busy = False
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it."""
        asked = self._clock()
        await self._wait(key)
        started = self._clock()
        self.waited[key] = self.waited.get(key, 0.0) + started - asked
        try:
            yield
        finally:
            self.used[key] = self.used.get(key, 0.0) + self._clock() - started
            self._pass_on()

    async def _wait(self, key: str) -> None:
        if not self._busy:
            self._busy = True
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # the turn had come already
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            key = min(self._waiting, key=lambda one: self.used.get(one, 0.0))
            queue = self._waiting[key]
            place = queue.popleft()
            if not queue:
                del self._waiting[key]
            if not place.done():
                place.set_result(None)
                return
        self._busy = False
