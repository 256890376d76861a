"""Do what only one worker may do at a time: the others leave it out, and take over by lease."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from domain.records.lease import Lease, LeaseKind
from noticewatch.application.application import Application

if TYPE_CHECKING:
    from archive.store import Archive


@contextmanager
def alone(archive: Archive, role: str) -> Iterator[Lease | None]:
    """This worker's lease of the role meanwhile; None when another has it."""
    taken = archive.leases.take(LeaseKind.ROLE, [role])
    try:
        yield taken[0] if taken else None
    finally:
        archive.leases.release(taken)


def hold_alone(
    app: Application, role: str, halt: threading.Event, work: Callable[[threading.Event], None]
) -> None:
    """Wait for a role and do the work in a thread for as long as it is ours; again and again
    until ``halt``. The work ends with the event that it is given."""
    from archive.errors import ArchiveError

    while not halt.is_set():
        try:
            with app.archive() as archive:
                _hold_once(archive, role, halt, work)
        except ArchiveError:  # held by another until now, or the archive cannot be written
            halt.wait(1.0)


def _hold_once(
    archive: Archive, role: str, halt: threading.Event, work: Callable[[threading.Event], None]
) -> None:
    leases = archive.leases
    with leases.holding(LeaseKind.ROLE, role, wait=float("inf"), stop=halt) as lease:
        ended = threading.Event()
        thread = threading.Thread(target=work, args=(ended,), daemon=True)
        thread.start()
        try:
            while thread.is_alive() and not halt.wait(leases.seat.renew_every):
                if not leases.renew(lease):
                    break
            if not thread.is_alive():
                halt.wait()  # it failed for good, which was told
        finally:
            ended.set()
