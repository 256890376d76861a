"""Renew a seat's leases from a thread of its own, as long as the process lives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from archive.errors import ArchiveError
from archive.services.leasing.leases import Leases
from archive.services.leasing.seat import Seat

log = logging.getLogger(__name__)

STOP_SECONDS = 3.0
OpenLeases = Callable[[], AbstractContextManager[Leases]]


@dataclass(kw_only=True)
class LeaseKeeper:
    """A thread that begins with the first lease. It opens the archive each time for a moment:
    the connection of another thread is not its own."""

    seat: Seat
    open_leases: OpenLeases
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep, name="leases", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _keep(self) -> None:
        while not self._stop.wait(self.seat.renew_every):
            try:
                with self.open_leases() as leases:
                    leases.renew_all()
            except ArchiveError as error:
                log.warning("leases could not be renewed: %s", error)
            except Exception:  # a dead thread would lose every lease: told, and tried again
                log.exception("leases could not be renewed")
