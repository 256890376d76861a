"""Take the bundles of collectors into the archive, and tell what is wrong with them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from noticewatch.application.application import Application
from noticewatch.daemon.alone import alone
from noticewatch.daemon.jobs import JobRunner
from noticewatch.daemon.pass_lock import PassLock
from noticewatch.daemon.stage_guard import StageGuard

if TYPE_CHECKING:
    from noticewatch.application.border.receiver import ReceiveReport


@dataclass
class BundleReceiver:
    """The job of a hub; does nothing where no collector is trusted."""

    app: Application
    guard: StageGuard
    jobs: JobRunner
    pass_lock: PassLock

    async def tick(self) -> None:
        """Look whether bundles have come."""
        if not self.app.settings.border.collectors:
            return
        async with self.guard.guarded("receive"):
            async with self.pass_lock.held():
                report = await asyncio.to_thread(self._receive)
            if report is None:
                return
            await asyncio.to_thread(self._tell)
            if any(one.runs for one in report.replays.values()):
                self.jobs.run_soon("classify")
                self.jobs.run_soon("notify")

    def _receive(self) -> ReceiveReport | None:
        """In a thread with a loop of its own: replaying is reading pages, not waiting; None while
        another worker does it."""
        from noticewatch.application.border.receiver import bundle_folders, receive

        with self.app.archive() as archive, alone(archive, "receive") as ours:
            if ours is None:
                return None
            return asyncio.run(receive(self.app, archive, bundle_folders(self.app)))

    def _tell(self) -> None:
        """One alarm for each collector, with all that is wrong, and one when it is over."""
        from noticewatch.application.border.receiver import collector_states, lasting_troubles

        for state in collector_states(self.app):
            name = f"collector-{state.name}"
            told = lasting_troubles(state, self.app.clock())
            if told:
                headline = f"bundles of collector {state.name} are not in order"
                self.guard.alarms.raise_alarm(name, headline, " · ".join(told[:5]))
            else:
                self.guard.alarms.resolve(name, f"collector {state.name} is in order again")
