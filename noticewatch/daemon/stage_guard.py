"""Run a stage of the service so that its failure is told and stops nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.watchdog import FAILURES_TOLD, StageStatuses

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StageGuard:
    """The state of the stages, and the operators who hear of one that does not work."""

    stages: StageStatuses
    alarms: Alarms

    @contextlib.asynccontextmanager
    async def guarded(self, name: str) -> AsyncIterator[None]:
        """The one broad except of a stage: a failure is told, the next run goes on."""
        stage = self.stages.by_name[name]
        before = stage.failures
        try:
            with self.stages.running(name):
                yield
        except Exception as error:
            await self._failed(name, error, first=before == 0)
        else:
            if before or stage.runs == 1:
                await asyncio.to_thread(
                    self.alarms.resolve, f"stage-{name}", f"the {name} stage works again"
                )

    async def _failed(self, name: str, error: Exception, *, first: bool) -> None:
        from archive.errors import ArchiveError
        from noticewatch.daemon.stage_process import StageFailed

        level = logging.ERROR if first else logging.DEBUG  # once, not at each tick
        known = isinstance(error, ArchiveError | StageFailed)  # a sentence says it all
        trace = None if known else error
        log.log(level, "stage %s failed: %s", name, error, exc_info=trace)
        if isinstance(error, ArchiveError) or self.stages.by_name[name].failures >= FAILURES_TOLD:
            headline = f"the {name} stage does not work"
            note = f"{error}. It is tried again by itself."
            await asyncio.to_thread(
                lambda: self.alarms.raise_alarm(f"stage-{name}", headline, note, red=True)
            )
