"""What one process has of the work that several share."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from time import monotonic

from archive.errors import ArchiveError, LeaseHeld, LeaseLost
from archive.ports import Clock, Database
from archive.repositories.leasing.host_leases import HostLeases
from archive.repositories.leasing.lease_table import LeaseTable, all_tables
from archive.repositories.leasing.worker_list import WorkerList
from archive.services.leasing.seat import Seat
from domain.records.lease import Lease, LeaseKind, SharedHost

log = logging.getLogger(__name__)

ASK_AGAIN_SECONDS, ASK_LATER_SECONDS = 0.1, 3.0
CLOSING = timedelta(seconds=1)  # until the connections of a killed process are closed
KEEP = timedelta(days=2)  # leases that nobody has, and their fences
_WORDS = {
    LeaseKind.HOST: "host",
    LeaseKind.ACT: "act",
    LeaseKind.CHANNEL: "channel",
    LeaseKind.ROLE: "role",
}


@dataclass(frozen=True, kw_only=True)
class Leases:
    """Leases taken in the name of a seat. All writes are one short transaction each."""

    db: Database
    clock: Clock
    seat: Seat
    keep: Callable[[], None] = lambda: None  # begins to renew, once there is something

    @cached_property
    def hosts(self) -> HostLeases:
        return HostLeases(db=self.db, clock=self.clock)

    @cached_property
    def _tables(self) -> Mapping[LeaseKind, LeaseTable]:
        others = {table.kind: table for table in all_tables(self.db, self.clock)}
        return {LeaseKind.HOST: self.hosts.table, **others}

    def take(self, kind: LeaseKind, names: Collection[str]) -> list[Lease]:
        """Those of the named things that nobody has, but for hosts."""
        self._begin()
        busy = {lease.name for lease in self.valid(kind)}
        if busy.issuperset(names):
            return []  # seen without asking for the one writer's place
        with self.db.transaction():
            found = (self._tables[kind].take(name, self.seat.terms) for name in names)
            return [lease for lease in found if lease is not None]

    def take_hosts(self, groups: Sequence[Collection[SharedHost]]) -> dict[str, Lease]:
        """The hosts of those groups of which all could be had, by name."""
        self._begin()
        taken: dict[str, Lease] = {}
        with self.db.transaction():
            for group in groups:
                taken |= self._all_or_none([host for host in group if host.name not in taken])
        return taken

    def _all_or_none(self, group: Collection[SharedHost]) -> dict[str, Lease]:
        taken: dict[str, Lease] = {}
        for host in sorted(group, key=lambda one: one.name):
            lease = self.hosts.take(host, self.seat.terms)
            if lease is None:
                for back in taken.values():  # nothing was asked of them
                    self.hosts.release(back, self.clock())
                return {}
            taken[host.name] = lease
        return taken

    def _begin(self) -> None:
        try:
            self.seat.occupy()
        except OSError as error:
            raise ArchiveError(f"{self.seat.folder} cannot be written: {error.strerror}") from error
        self.keep()
        self._release_late()
        self.free_dead()

    def free_dead(self) -> None:
        """Free what processes have whose death is known."""
        holders = {name for table in self._tables.values() for name in table.holders()}
        for holder in sorted(filter(self.seat.is_dead, holders)):
            log.warning("worker %s is dead: its work is taken over", holder)
            with self.db.transaction():
                self._vacate(holder, CLOSING * self.seat.clock_rate)
                WorkerList(self.db).remove(holder)
            self.seat.bury(holder)

    def _vacate(self, holder: str, rest: timedelta) -> None:
        self.hosts.vacate(holder, self.clock() + rest)
        for table in all_tables(self.db, self.clock):
            table.vacate(holder)

    def check(self, leases: Collection[Lease]) -> None:
        """Inside a transaction: LeaseLost unless all are still ours; they last anew."""
        for lease in leases:
            if not self._tables[lease.kind].renew(lease, self.seat.terms):
                self.seat.refused += 1
                raise LeaseLost(
                    f"{_WORDS[lease.kind]} {lease.name} is another worker's by now; "
                    "what came late is not written"
                )

    def renew(self, lease: Lease) -> bool:
        """Make sure of a lease; False when it is lost."""
        with self.db.transaction():
            return self._tables[lease.kind].renew(lease, self.seat.terms)

    def renew_all(self) -> int:
        """All that the seat has, for the time of a lease; how many."""
        asked = monotonic()
        self._release_late()
        with self.db.transaction():
            count = sum(table.renew_all(self.seat.terms) for table in self._tables.values())
        self.seat.renewed(asked)
        return count

    def release(self, leases: Collection[Lease], rest: Mapping[str, timedelta] = {}) -> None:
        """Give leases back; ``rest``: how long hosts are to be left alone."""
        if not leases:
            return
        try:
            with self.db.transaction():
                for lease in leases:
                    self._release(lease, rest.get(lease.name, timedelta(0)))
        except ArchiveError:
            self.seat.put_off(leases)  # or they would be renewed for ever
            raise

    def _release_late(self) -> None:
        """Give back what could not be given back before."""
        if late := self.seat.pop_put_off():
            self.release(late)

    def _release(self, lease: Lease, rest: timedelta = timedelta(0)) -> None:
        if lease.kind is LeaseKind.HOST:
            self.hosts.release(lease, self.clock() + rest * self.seat.clock_rate)
        else:
            self._tables[lease.kind].release(lease)

    def release_all(self) -> None:
        """Give back all that the seat still has; a failure only means that it ends by time."""
        if not self.seat.taken:
            return
        with suppress(ArchiveError), self.db.transaction():
            self._vacate(self.seat.id, timedelta(0))

    def valid(self, kind: LeaseKind | None = None) -> list[Lease]:
        """What anybody has now, of one kind or of all."""
        tables = [self._tables[kind]] if kind else list(self._tables.values())
        return [lease for table in tables for lease in table.valid(self.seat.terms.longest)]

    def forget(self) -> None:
        """Remove leases of acts that nobody has had for long, and files of dead processes."""
        self.free_dead()
        self.seat.sweep()
        with self.db.transaction():
            self._tables[LeaseKind.ACT].forget(self.clock() - KEEP)

    @contextmanager
    def holding(
        self,
        kind: LeaseKind,
        name: str,
        *,
        wait: float = 0.0,
        stop: threading.Event | None = None,
    ) -> Iterator[Lease]:
        """Have one thing meanwhile; LeaseHeld where it does not become free within ``wait``
        seconds or until ``stop``. To be lost meanwhile is found out by :meth:`check`."""
        deadline, halt = monotonic() + wait, stop or threading.Event()
        pause = ASK_AGAIN_SECONDS
        while not (taken := self.take(kind, [name])):
            if monotonic() >= deadline or halt.wait(pause):
                raise LeaseHeld(f"another worker has the {_WORDS[kind]} {name}")
            pause = min(1.2 * pause, ASK_LATER_SECONDS)
        try:
            yield taken[0]
        finally:
            with suppress(ArchiveError):
                self.release(taken)
