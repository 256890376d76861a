"""Have hosts to oneself while they are read: no other process makes a request to them.

The hosts of a crawl's own sources are held until its connections are closed. Another host (an
attachment, a redirect) is held for one request, whose connection ends with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from archive.errors import LeaseLost
from config.model import Source
from crawler.transport.download import FetchError
from crawler.transport.target import Target
from domain.records.lease import Lease, LeaseKind, SharedHost
from domain.records.reason import reason
from domain.records.states import FailureKind

if TYPE_CHECKING:
    from archive.store import Archive

WAIT_SECONDS = 30.0  # for a host that another process reads just now
ASK_AGAIN_SECONDS = 0.25
_ORDINARY_PORTS = {80, 443}  # of one site


def host_name(target: Target) -> str:
    """What is leased: a site, with its port where that is none of the ordinary ones."""
    return target.host if target.port in _ORDINARY_PORTS else target.host_port


def hosts_of(source: Source) -> dict[str, SharedHost]:
    """The sites of a source's columns, by name."""
    gap = timedelta(seconds=source.http.min_gap_seconds)
    names = {host_name(Target.of(column.url)) for column in source.columns}
    return {name: SharedHost(name=name, region=source.region, gap=gap) for name in names}


@dataclass
class HostDesk:
    """The hosts that this process has, for all of its crawls; used from one event loop."""

    archive: Archive
    held: dict[str, Lease] = field(default_factory=dict)
    _expected: dict[str, SharedHost] = field(default_factory=dict)
    _gaps: dict[str, timedelta] = field(default_factory=dict)  # as they were kept

    def free(self, sources: Sequence[Source]) -> list[Source]:
        """Those of the sources whose hosts nobody has just now."""
        self.archive.leases.free_dead()
        busy = {lease.name for lease in self.archive.leases.valid(LeaseKind.HOST)}
        return [source for source in sources if not busy & hosts_of(source).keys()]

    def take(self, sources: Sequence[Source]) -> list[Source]:
        """Those of the sources whose hosts nobody has, not another crawl of ours either; their
        hosts are had from now on."""
        groups = [hosts_of(source) for source in sources]
        wanted = [group.values() for group in groups if not self.held.keys() & group.keys()]
        taken = self.archive.leases.take_hosts(wanted) if wanted else {}
        self.held |= taken
        return [
            source
            for source, group in zip(sources, groups, strict=True)
            if group.keys() <= taken.keys()
        ]

    def expect(self, sources: Iterable[Source]) -> None:
        """Hosts that, once they are had, are held until they are given back."""
        for source in sources:
            self._expected |= hosts_of(source)

    def give_back(self, sources: Iterable[Source], *, but: Iterable[Source] = ()) -> None:
        """The crawl over the sources is over and its connections are closed; ``but``: sources
        whose hosts are still read."""
        still = {name for source in but for name in hosts_of(source)}
        found = {name: host for source in sources for name, host in hosts_of(source).items()}
        hosts = {name: host for name, host in found.items() if name not in still}
        leases = [self.held.pop(name) for name in hosts if name in self.held]
        for name in hosts:
            self._expected.pop(name, None)
        gaps = {name: self._gaps.pop(name, host.gap) for name, host in hosts.items()}
        self.archive.leases.release(leases, gaps)

    def check_of(self, source: Source) -> Callable[[], None]:
        """What is to be asked before anything is written of a source: whether its hosts are
        still ours."""
        names = hosts_of(source).keys()

        def check() -> None:
            held = [lease for name, lease in self.held.items() if name in names]
            self.archive.leases.check(held)

        return check

    @asynccontextmanager
    async def visit(self, target: Target, gap: float) -> AsyncIterator[bool]:
        """Around each request; True where the host is ours beyond it. FetchError when another
        process does not leave the host, LeaseLost when one has taken it over."""
        name, least = host_name(target), timedelta(seconds=gap)
        if name in self._expected:
            self._gaps[name] = least
        if name in self.held:
            self._make_sure(self.held[name])
            yield True
            return
        host = self._expected.get(name, SharedHost(name=name, gap=least))
        lease = await self._wait_for(host, target.url)
        if name in self._expected:
            self.held[name] = lease
            yield True
            return
        try:
            yield False
        finally:
            self.archive.leases.release([lease], {name: least})

    def _make_sure(self, lease: Lease) -> None:
        leases = self.archive.leases
        if leases.seat.sure or leases.renew(lease):
            return
        leases.seat.refused += 1
        raise LeaseLost(f"host {lease.name} is another worker's by now; it is asked no more")

    async def _wait_for(self, host: SharedHost, url: str) -> Lease:
        deadline = monotonic() + WAIT_SECONDS
        while True:
            taken = self.archive.leases.take_hosts([[host]])
            if taken:
                return taken[host.name]
            if monotonic() >= deadline:
                why = reason("source.host_of_another", host=host.name)
                raise FetchError(FailureKind.TIME_UP, why, url)
            await asyncio.sleep(ASK_AGAIN_SECONDS)
