"""Make the requests to one host wait for each other: one at a time, a gap between two.

The gates belong to the running event loop, so that every source and every crawl of a process
shares them: two sources on one host never overlap and keep the gap between them.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from weakref import WeakKeyDictionary

from crawler.transport.target import Target

MAX_CRAWL_DELAY = 10.0
JITTER = 0.3  # a gap is lengthened by up to this part of itself, never shortened


@dataclass(slots=True)
class HostThrottle:
    """One host's door: a lock, the moment of its last request, its gap."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = float("-inf")
    crawl_delay: float = 0.0

    def least(self, gap: float) -> float:
        """The gap that is kept: a source's own, or what robots.txt asks for."""
        return max(gap, min(self.crawl_delay, MAX_CRAWL_DELAY))

    @asynccontextmanager
    async def through(self, gap: float) -> AsyncIterator[None]:
        """Wait for the turn and for the gap since the last request ended."""
        async with self.lock:
            floor = self.least(gap)
            wait = self.last + floor * (1 + random.uniform(0, JITTER)) - monotonic()
            if floor and wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self.last = monotonic()


_GATES: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, HostThrottle]] = WeakKeyDictionary()


def throttle_of(target: Target) -> HostThrottle:
    """The door of a target's host and port in the running loop."""
    gates = _GATES.setdefault(asyncio.get_running_loop(), {})
    return gates.setdefault(target.host_port, HostThrottle())
