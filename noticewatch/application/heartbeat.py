"""What a worker says of itself in the archive, for /metrics, ``doctor`` and ``workers``."""

from __future__ import annotations

import os
import resource
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from archive.store import Archive
    from domain.records.lease import WorkerRecord

OLD_SECONDS = 180.0  # a beat older than this: the worker is gone, or it hangs
FORGET_DAYS = 1  # after which a worker of another machine that says nothing is forgotten


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """As last said. Times are Unix seconds."""

    pid: int
    started: float
    beat: float
    rss_bytes: int = 0
    open_files: int = 0
    cpu_seconds: float = 0.0
    clock_jumps: int = 0
    refused_writes: int = 0  # of work that another worker had taken over
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        return 0 <= time.time() - self.beat < OLD_SECONDS


def write_heartbeat(app: Application, archive: Archive, **more: Any) -> None:
    """Say that this worker lives; an archive that cannot be written is told elsewhere."""
    from archive.errors import ArchiveError
    from archive.store import utc_now

    with suppress(ArchiveError):
        archive.workers.beat(_record(app, archive, {**_vitals(), **more}))
        archive.leases.free_dead()
        for worker in archive.workers.all():
            gone = (utc_now() - worker.seen).days >= FORGET_DAYS
            if gone or archive.seat.is_dead(worker.id):
                archive.workers.remove(worker.id)
                archive.seat.bury(worker.id)


def read_heartbeat(worker: WorkerRecord) -> Heartbeat | None:
    """None where a worker of another version says it in other words."""
    try:
        return Heartbeat(**worker.vitals)
    except TypeError:
        return None


def heartbeats(archive: Archive) -> list[tuple[WorkerRecord, Heartbeat]]:
    """Every worker that has said something and is not known to be dead, the oldest first."""
    living = [one for one in archive.workers.all() if not archive.seat.is_dead(one.id)]
    found = [(worker, read_heartbeat(worker)) for worker in living]
    return [(worker, vitals) for worker, vitals in found if vitals is not None]


def _record(app: Application, archive: Archive, vitals: dict[str, Any]) -> WorkerRecord:
    from domain.records.lease import WorkerRecord
    from noticewatch.application.workers.seating import machine_and_process

    machine, pid = machine_and_process()
    workers = app.settings.workers
    return WorkerRecord(
        id=archive.seat.id,
        machine=machine,
        pid=pid,
        version=_own_version(),
        roles=workers.roles,
        regions=workers.regions,
        started=datetime.fromtimestamp(vitals["started"], UTC),
        seen=datetime.fromtimestamp(vitals["beat"], UTC),
        vitals=vitals,
    )


@cache
def _own_version() -> str:
    with suppress(PackageNotFoundError):
        return version("noticewatch")
    return "not installed"


def _vitals() -> dict[str, Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "pid": os.getpid(),
        "beat": time.time(),
        "rss_bytes": _rss(),
        "open_files": _open_files(),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
    }


def _rss() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _open_files() -> int:
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return 0
