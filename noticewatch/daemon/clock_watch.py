"""Beat for the watchdog, say in the archive that this worker lives, notice a clock that jumps."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from noticewatch.application.application import Application
from noticewatch.application.heartbeat import write_heartbeat
from noticewatch.daemon.jobs import JobRunner
from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.watchdog import Watchdog

if TYPE_CHECKING:
    from archive.store import Archive

log = logging.getLogger(__name__)

CLOCK_JUMP_SECONDS = 60.0
BEAT_SECONDS = 5.0
HEARTBEAT_SECONDS = 30.0


@dataclass
class ClockWatch:
    """The signs of life of the service. ``clock_rate`` as in :class:`JobIntervals`."""

    app: Application
    archive: Archive
    alarms: Alarms
    watchdog: Watchdog
    jobs: JobRunner
    clock_rate: float = 1.0
    clock_jumps: int = 0
    started: float = field(default_factory=time.time)

    async def keep_beating(self) -> None:
        """Until it is cancelled."""
        wall, real = self.app.clock(), time.monotonic()
        last = 0.0
        while True:
            self.watchdog.beat()
            now, passed = self.app.clock(), time.monotonic() - real
            jump = (now - wall).total_seconds() - passed * self.clock_rate
            if abs(jump) > CLOCK_JUMP_SECONDS * self.clock_rate:
                await self._clock_jumped(jump)
            wall, real = now, time.monotonic()
            if time.monotonic() - last >= HEARTBEAT_SECONDS:
                self._write_heartbeat()
                last = time.monotonic()
            await asyncio.sleep(BEAT_SECONDS)

    async def _clock_jumped(self, seconds: float) -> None:
        """Jobs planned by the old clock run now; what it put off becomes due."""
        self.clock_jumps += 1
        log.warning("the clock jumped by %.0f s", seconds)
        if seconds < 0:
            with contextlib.suppress(Exception):
                self.archive.clock_repair.mend(self.app.clock())
            note = "Schedules were adjusted; check the clock of this machine."
            headline = f"the clock went back by {-seconds:.0f} s"
            await asyncio.to_thread(self.alarms.raise_alarm, "clock", headline, note)
            await asyncio.to_thread(self.alarms.resolve, "clock", "follows the new clock")
        self.jobs.run_all_soon()

    def _write_heartbeat(self) -> None:
        write_heartbeat(
            self.app,
            self.archive,
            started=self.started,
            clock_jumps=self.clock_jumps,
            refused_writes=self.archive.seat.refused,
            stages=self.watchdog.stages.as_json(),
        )
