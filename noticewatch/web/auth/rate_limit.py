"""Limit how often a client may ask this process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class RateLimit:
    """A token bucket for each client's address."""

    per_second: float = 20.0
    burst: int = 80
    remembered: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, client: str) -> bool:
        """Take one from the client's bucket; False when it is empty."""
        left, now = self._left(client)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > self.remembered:
            self._buckets.popitem(last=False)
        return left >= 1

    def exhausted(self, client: str) -> bool:
        """Whether the bucket is empty, without taking from it."""
        left, now = self._left(client)
        self._buckets[client] = (left, now)
        return left < 1

    def _left(self, client: str) -> tuple[float, float]:
        now = self.clock()
        left, at = self._buckets.pop(client, (float(self.burst), now))
        return min(self.burst, left + (now - at) * self.per_second), now
