"""The name under which a process holds work, and whether the process of such a name lives.

Each has a locked file in the data folder while it lives; the kernel unlocks it at its death,
also by ``kill -9``. So those on the same machine see at once that what a dead process had is
free; from elsewhere a lease that ends tells it.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

from archive.repositories.leasing.lease_table import LeaseTerms
from domain.records.lease import Lease

FOLDER = "workers"
LEASE_SECONDS = 60.0
RENEWALS = 4  # in the time of a lease; clocks of workers may differ by the time of one


def new_worker_id() -> str:
    """Machine, process and chance: no two processes ever have the same. A process that does
    part of another's work has that one's name and a chance of its own behind it."""
    machine = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:40] or "machine"
    return f"{machine}.{os.getpid()}.{secrets.token_hex(4)}"


@dataclass(kw_only=True)
class Seat:
    """One holder of leases. ``seconds`` of real time a lease lasts; ``clock_rate`` seconds of
    the archive's clock go by in one of them (simulations)."""

    folder: Path
    id: str = field(default_factory=new_worker_id)
    seconds: float = LEASE_SECONDS
    clock_rate: float = 1.0
    refused: int = 0  # writes after a lease was lost
    _file: int | None = None
    _put_off: list[Lease] = field(default_factory=list)
    _renewed: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def terms(self) -> LeaseTerms:
        lasts = timedelta(seconds=self.seconds * self.clock_rate)
        return LeaseTerms(holder=self.id, lasts=lasts)

    @property
    def renew_every(self) -> float:
        """Real seconds."""
        return self.seconds / RENEWALS

    @property
    def sure(self) -> bool:
        """Whether leases were taken or renewed so lately that nobody can have them, though his
        clock is ahead by as much as clocks may differ."""
        return monotonic() - self._renewed < self.seconds - self.renew_every

    def renewed(self, asked: float) -> None:
        """All leases were renewed, as asked for at a monotonic moment."""
        self._renewed = asked

    def put_off(self, leases: Iterable[Lease]) -> None:
        """Leases that could not be given back, as the archive cannot be written."""
        with self._lock:
            self._put_off.extend(leases)

    def pop_put_off(self) -> list[Lease]:
        """Those that are to be given back now."""
        with self._lock:
            late, self._put_off = self._put_off, []
            return late

    @property
    def taken(self) -> bool:
        """Whether it has ever held anything."""
        return self._file is not None

    def occupy(self) -> None:
        """Show that this process lives, from now until its death."""
        with self._lock:
            if self._file is not None:
                return
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / self.id
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = handle
            self._renewed = monotonic()

    def leave(self) -> None:
        """The end of it; what it still holds ends with its time."""
        with self._lock:
            if self._file is None:
                return
            with suppress(OSError):
                (self.folder / self.id).unlink()
            os.close(self._file)
            self._file = None

    def is_dead(self, holder: str) -> bool:
        """Whether a holder's process is known to be dead; of one elsewhere nothing is known."""
        if holder == self.id or "/" in holder:
            return False
        try:
            handle = os.open(self.folder / holder, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True

    def sweep(self) -> None:
        """Remove the files of all dead processes, once what they had is free."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if self.is_dead(path.name):
                    self.bury(path.name)

    def bury(self, holder: str) -> None:
        """Remove what a dead process left behind."""
        with suppress(OSError):
            (self.folder / holder).unlink()
