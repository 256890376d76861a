"""Take work in one name with all archives that a long-running process opens."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from archive.services.leasing.leases import Leases
    from archive.services.leasing.seat import Seat


def new_seat(app: Application, *, part_of: str = "", clock_rate: float = 1.0) -> Seat:
    """A seat by the settings; ``part_of``: the worker whose work this process does a part of."""
    from archive.services.leasing.seat import FOLDER, Seat, new_worker_id

    return Seat(
        folder=app.data_dir / FOLDER,
        id=f"{part_of}.{secrets.token_hex(2)}" if part_of else new_worker_id(),
        seconds=app.settings.workers.lease_seconds,
        clock_rate=clock_rate,
    )


@contextmanager
def seated(app: Application, seat: Seat) -> Iterator[Seat]:
    """Renew what is taken in the seat's name until the end; then all of it is given back."""
    from archive.errors import ArchiveError
    from archive.services.leasing.keeper import LeaseKeeper

    @contextmanager
    def leases_apart() -> Iterator[Leases]:
        with app.archive() as archive:
            yield archive.leases

    keeper = LeaseKeeper(seat=seat, open_leases=leases_apart)
    app.seat = seat
    seat.occupy()
    keeper.start()
    try:
        yield seat
    finally:
        keeper.stop()
        with suppress(ArchiveError, OSError), app.archive() as archive:
            archive.leases.release_all()
            archive.workers.remove(seat.id)
        seat.leave()
        app.seat = None


def machine_and_process() -> tuple[str, int]:
    """Where this runs, as people name it."""
    import socket

    return socket.gethostname(), os.getpid()
