"""Politeness by host and port: one request at a time, a gap between two, robots.txt.

The gates belong to the running event loop, so that every source and every crawl of a process
shares them: two sources on one host never overlap and keep the gap between them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

MAX_CRAWL_DELAY = 10.0
JITTER = 0.3  # a gap is lengthened by up to this part of itself, never shortened

_DEFAULT_PORTS = {"http": 80, "https": 443}


def host_port(url: str) -> str:
    """``host:port`` of an address, the scheme's own port filled in."""
    parts = urlsplit(url)
    try:
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:  # no port number at all: no host of ours
        port = 0
    return f"{(parts.hostname or '').lower()}:{port}"


def is_internal(host: str) -> bool:
    """Whether a host is written as a private, loopback, link-local or reserved address."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _is_odd_address(name)
    return not address.is_global


def _is_odd_address(name: str) -> bool:
    """Other spellings of an IPv4 address (``127.1``, ``0x7f000001``, ``2130706433``)."""
    pieces = name.split(".")
    return all(p and (p.isdigit() or p.startswith("0x")) for p in pieces) and len(pieces) <= 4


@dataclass(slots=True)
class HostThrottle:
    """One host's door: a lock, the moment of its last request, its gap."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = float("-inf")
    crawl_delay: float = 0.0

    @asynccontextmanager
    async def through(self, gap: float) -> AsyncIterator[None]:
        """Wait for the turn and for the gap since the last request ended."""
        async with self.lock:
            floor = max(gap, min(self.crawl_delay, MAX_CRAWL_DELAY))
            wait = self.last + floor * (1 + random.uniform(0, JITTER)) - monotonic()
            if floor and wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self.last = monotonic()


_GATES: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, HostThrottle]] = WeakKeyDictionary()


def throttle_of(url: str) -> HostThrottle:
    """The door of an address's host and port in the running loop."""
    gates = _GATES.setdefault(asyncio.get_running_loop(), {})
    return gates.setdefault(host_port(url), HostThrottle())
