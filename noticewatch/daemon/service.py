"""``noticewatch run``: a process that crawls, classifies, notifies and serves until stopped.

Scrapy's asyncio reactor carries everything, APScheduler calls the stages. Each stage has a run
loop of its own: sources that hang hold up no alert, a classifier that dies holds up no source.
Several such processes share the work of one archive by leases.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from archive.errors import LeaseHeld
from config.machines.worker_roles import WorkerRole
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.application.workers.seating import new_seat, seated
from noticewatch.daemon.alone import alone
from noticewatch.daemon.beside_others import beside_others, check_regions
from noticewatch.daemon.bundle_receiver import BundleReceiver
from noticewatch.daemon.click_listener import start_click_listeners
from noticewatch.daemon.clock_watch import ClockWatch
from noticewatch.daemon.crawl_loop import BATCH_SECONDS, CrawlLoop
from noticewatch.daemon.intervals import JobIntervals
from noticewatch.daemon.jobs import Job, JobRunner
from noticewatch.daemon.memory import give_back, limit_arenas
from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.stage_guard import StageGuard
from noticewatch.daemon.watchdog import StageStatuses, Watchdog, take_note

if TYPE_CHECKING:
    import uvicorn

    from archive.store import Archive
    from domain.records.lease import Lease

STOP_SECONDS = 7.0
SCAN_SECONDS = 600.0  # of reading scans at a stretch
STAGE_LIMITS = {  # seconds after which a run of a stage counts as hung
    "schedule": 120.0,
    "crawl": 2 * BATCH_SECONDS,
    "notify": 900.0,
    "upkeep": 7200.0,
    "selftest": 1800.0,
    "classify": float("inf"),  # its process has a watchdog of its own
    "scans": 1800.0,
    "receive": 7200.0,  # a month of bundles may come at once
}


@dataclass
class Service:
    """The running service; :meth:`main` is the coroutine that lives as long as it does."""

    app: Application
    archive: Archive
    server: uvicorn.Server | None  # None: this process has no web archive
    intervals: JobIntervals = field(default_factory=JobIntervals)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    halt: threading.Event = field(default_factory=threading.Event)  # for threads

    def __post_init__(self) -> None:
        self.stages = StageStatuses()
        for name, limit in STAGE_LIMITS.items():
            self.stages.add(name, limit)
        self.alarms = Alarms(self.app, self.app.clock)
        self.guard = StageGuard(self.stages, self.alarms)
        self.jobs = JobRunner()
        self.watchdog = Watchdog(self.app.data_dir, self.stages, self.halt)
        self.clock_watch = ClockWatch(
            app=self.app,
            archive=self.archive,
            alarms=self.alarms,
            watchdog=self.watchdog,
            jobs=self.jobs,
            clock_rate=self.intervals.clock_rate,
        )
        self.crawling = CrawlLoop(
            app=self.app,
            archive=self.archive,
            guard=self.guard,
            jobs=self.jobs,
            limits=self.intervals.limits,
        )
        self.receiving = BundleReceiver(
            app=self.app, guard=self.guard, jobs=self.jobs, pass_lock=self.crawling.pass_lock
        )
        self._port_taken = False

    async def main(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            # Not the loop's own way: this one also works while the loop is held up.
            signal.signal(number, lambda *_: self._ask_to_stop(loop))
        self.watchdog.start()
        web = asyncio.create_task(self._serve())
        await self._greet()
        if "notify" in self._roles:
            start_click_listeners(self.app, self.halt)
        await asyncio.to_thread(self._after_start)
        self._start_jobs()
        beat = asyncio.create_task(self.clock_watch.keep_beating())
        await self.stop.wait()
        self.halt.set()
        click.echo("stopping …", err=True)
        if self.server is not None:
            self.server.should_exit = True
        beat.cancel()
        self.jobs.stop()
        await asyncio.wait([web, beat, *self.jobs.tasks], timeout=STOP_SECONDS)
        if self._port_taken and self.server is not None:
            from noticewatch.web.server import port_taken

            raise NoticewatchError(port_taken(self.server.config))

    async def _greet(self) -> None:
        while not (self.server is None or self.server.started or self.stop.is_set()):
            await asyncio.sleep(0.02)
        if self.stop.is_set():
            return
        parts = [f"work of this process: {', '.join(self._roles)}"]
        if "crawl" in self._roles:
            parts = [f"watching {len(self.crawling.sources())} sources"]
        if self.server is not None:
            host, port = self.server.servers[0].sockets[0].getsockname()[:2]
            parts.append(f"web archive on http://{host}:{port}/")
        click.echo("; ".join(parts), err=True)

    @property
    def _roles(self) -> tuple[WorkerRole, ...]:
        return self.app.settings.workers.roles

    def _ask_to_stop(self, loop: asyncio.AbstractEventLoop) -> None:
        self.halt.set()
        loop.call_soon_threadsafe(self.stop.set)

    async def _serve(self) -> None:
        if self.server is None:
            return
        try:
            await self.server.serve()
        except SystemExit:
            self._port_taken = True
            self.stop.set()

    def _after_start(self) -> None:
        """What the process before this one left to be told or mended."""
        reason = take_note(self.app.data_dir)
        if reason:
            self.alarms.raise_alarm("restart", "restarted itself, nothing was lost", reason)
            self.alarms.resolve("restart", "runs again after its restart")
        with contextlib.suppress(Exception), self.app.archive() as archive:
            archive.clock_repair.mend(self.app.clock())

    def _start_jobs(self) -> None:
        every = self.intervals
        work: dict[WorkerRole, dict[str, Job]] = {
            "crawl": {
                "crawl": Job(self.crawling.tick, every.crawl),
                "scans": Job(self._scans_tick, every.scans),
                "receive": Job(self.receiving.tick, every.receive),
            },
            "classify": {"classify": Job(self._classify_tick, every.classify)},
            "notify": {"notify": Job(self._notify_tick, every.notify)},
        }
        jobs = {name: job for role in self._roles for name, job in work.get(role, {}).items()}
        if jobs:  # a process of web pages only leaves disk, backups and self-test to the others
            jobs["upkeep"] = Job(self._upkeep_tick, every.upkeep)
        self.jobs.start(jobs)

    async def _classify_tick(self) -> None:
        from noticewatch.daemon.stage_process import classify_apart

        async with self.guard.guarded("classify"):
            if not self.archive.claims.any_free():
                return
            done = await classify_apart(self.app, lambda _: self.jobs.run_soon("notify"))
            await asyncio.to_thread(self._tell_of_model, done.rules_only, done.errors)
            unread = (*done.not_read_whole, *done.errors[int(done.rules_only) :])
            await asyncio.to_thread(self._tell_of_unread, unread)
            self.jobs.run_soon("notify")

    def _tell_of_model(self, rules_only: bool, errors: tuple[str, ...]) -> None:
        if rules_only:
            note = f"Alerts go out, classified by rules. `noticewatch doctor`. {errors[0]}"
            self.alarms.raise_alarm("model", "the language model is not usable", note)
        else:
            self.alarms.resolve("model", "the language model works again")

    def _tell_of_unread(self, sentences: tuple[str, ...]) -> None:
        """Notices that could not be read or not whole: one message a day, however many."""
        if sentences:
            day = self.app.clock().date().isoformat()
            count = len(sentences)
            told = f"{count} notice{'' if count == 1 else 's'} could not be read whole"
            self.alarms.raise_alarm(f"unread-{day}", told, " · ".join(sentences[:3]))

    async def _scans_tick(self) -> None:
        """Scanned files, when no notice waits to be classified: alerts come first."""
        if not self.archive.scans.waiting() or self.archive.classification.pending(limit=1):
            return
        async with self.guard.guarded("scans"):
            with alone(self.archive, "scans") as ours:
                read = await asyncio.to_thread(self._read_scans, ours) if ours else 0
            if read:
                self.jobs.run_soon("classify")

    def _read_scans(self, lease: Lease) -> int:
        """How many files were read until something else is to be done."""
        from noticewatch.application import pipeline

        ends = time.monotonic() + SCAN_SECONDS
        with self.app.archive() as archive:

            def busy() -> bool:
                late = self.halt.is_set() or time.monotonic() > ends
                return late or bool(archive.classification.pending(limit=1))

            return pipeline.read_scans_stage(archive.under(lease), stop=busy).files

    async def _notify_tick(self) -> None:
        if self.crawling.many_at_once():
            return
        async with self.guard.guarded("notify"):
            await asyncio.to_thread(self._notify)

    def _notify(self) -> None:
        from noticewatch.application import pipeline

        with contextlib.suppress(LeaseHeld), self.app.archive() as archive:
            pipeline.notify_stage(self.app, archive, stop=self.halt)

    async def _upkeep_tick(self) -> None:
        """Disk, channels, backup, pruning, the weekly self-test."""
        from noticewatch.daemon.maintenance import upkeep
        from noticewatch.daemon.weekly_selftest import selftest_when_due

        async with self.guard.guarded("upkeep"):
            with alone(self.archive, "upkeep") as ours:
                if ours:
                    await asyncio.to_thread(upkeep, self.app, self.alarms)
        async with self.guard.guarded("selftest"):
            with alone(self.archive, "selftest") as ours:
                if ours:
                    await selftest_when_due(self.app, self.archive, self.alarms)
        await asyncio.to_thread(give_back)


def run_service(
    app: Application, *, port: int | None = None, intervals: JobIntervals | None = None
) -> None:
    """Run until SIGTERM or Ctrl-C; stops within ten seconds with nothing lost."""
    from crawler.run import run_in_reactor
    from noticewatch.application.logging_setup import set_up_logging
    from noticewatch.web.server import make_server

    limit_arenas()
    set_up_logging(app.settings, debug=app.debug)
    check_regions(app)  # a broken source file is said before anything starts
    every = intervals or JobIntervals()
    with (
        beside_others(app),
        seated(app, new_seat(app, clock_rate=every.clock_rate)),
        app.archive() as archive,
    ):
        server = None
        if "web" in app.settings.workers.roles:
            server = make_server(app, port=port)
            server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]

        def build() -> Service:
            return Service(app=app, archive=archive, server=server, intervals=every)

        run_in_reactor(lambda: build().main())
    click.echo("stopped", err=True)
