"""Share one thing fairly: who has had least of it is next, however long others' queues are."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

REMEMBERED = 10_000  # keys; those that came first are forgotten first


class TooManyWaiting(Exception):
    """A key has as many waiting as it may."""


class FairTurns:
    """So many turns at a time; ``used`` is how many seconds each key has had, ``waited`` how
    many it has waited for others."""

    def __init__(
        self,
        *,
        slots: int = 1,
        most_waiting: int | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.used: OrderedDict[str, float] = OrderedDict()
        self.waited: OrderedDict[str, float] = OrderedDict()
        self._free = slots
        self._most_waiting = most_waiting
        self._clock = clock
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it."""
        asked = self._clock()
        await self._wait(key)
        started = self._clock()
        _add(self.waited, key, started - asked)
        try:
            yield
        finally:
            _add(self.used, key, self._clock() - started)
            self._pass_on()

    async def _wait(self, key: str) -> None:
        if self._free:
            self._free -= 1
            return
        queue = self._waiting.setdefault(key, deque())
        if self._most_waiting is not None and len(queue) >= self._most_waiting:
            raise TooManyWaiting(key)
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(place)
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
        self._free += 1


def _add(seconds: OrderedDict[str, float], key: str, more: float) -> None:
    seconds[key] = seconds.get(key, 0.0) + more
    if len(seconds) > REMEMBERED:
        seconds.popitem(last=False)
