"""Run the jobs of the service at their intervals, and at once when there is news."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

Call = Callable[[], Awaitable[None]]


class Job(NamedTuple):
    """What is called, and the seconds from one call to the next."""

    call: Call
    seconds: float


@dataclass
class JobRunner:
    """APScheduler's jobs and the tasks that they started, so that both can be ended."""

    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _jobs: dict[str, Any] = field(default_factory=dict)
    _scheduler: Any = None

    def start(self, work: Mapping[str, Job]) -> None:
        """Call each job now and then at its interval, never twice at the same time."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # A run that is still going on, or is cancelled by a stop, is no news; failures are
        # told by the stages themselves.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._scheduler.start()
        for name, job in work.items():
            self._jobs[name] = self._scheduler.add_job(
                self._task_of(job.call),
                "interval",
                seconds=job.seconds,
                id=name,
                next_run_time=datetime.now(self._scheduler.timezone),
            )

    def run_soon(self, name: str) -> None:
        """Run a job now instead of at its next time (unless it is running or all has ended)."""
        if name in self._jobs:
            job = self._jobs[name]
            job.modify(next_run_time=datetime.now(job.trigger.timezone))

    def run_all_soon(self) -> None:
        for name in self._jobs:
            self.run_soon(name)

    def keep(self, task: asyncio.Task[None]) -> None:
        """Know a task until it is done, so that :meth:`stop` ends it."""
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def stop(self) -> None:
        """Start nothing any more and cancel what is running."""
        self._jobs = {}
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        for task in self.tasks:
            task.cancel()

    def _task_of(self, call: Call) -> Call:
        async def run() -> None:
            task = asyncio.ensure_future(call())
            self.keep(task)
            with contextlib.suppress(asyncio.CancelledError):
                await task

        return run
