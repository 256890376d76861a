"""``noticewatch run``: one process that crawls, classifies, notifies and serves until stopped.

Scrapy's asyncio reactor carries everything, APScheduler calls the stages. Each stage has a run
loop of its own: sources that hang hold up no alert, a classifier that dies holds up no source.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, state_mark
from noticewatch.application.errors import NoticewatchError
from noticewatch.application.locks import LockHeld, file_lock
from noticewatch.daemon.memory import give_back, limit_arenas
from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.pass_lock import PassLock
from noticewatch.daemon.scheduler import due_sources
from noticewatch.daemon.watchdog import FAILURES_TOLD, StageStatuses, Watchdog, take_note

if TYPE_CHECKING:
    import uvicorn

    from archive.store import Archive
    from config.model import SlackChannel, Source
    from crawler.transport.fetch import Limits
    from domain.records.source_run import SourceRun

log = logging.getLogger(__name__)

SOURCES_AT_ONCE = 24
BATCH_SECONDS = 600.0  # a batch of sources that takes longer is broken off
STOP_SECONDS = 7.0
TOGETHER_SECONDS = 60.0
CLOCK_JUMP_SECONDS = 60.0
BEAT_SECONDS = 5.0
VITALS_SECONDS = 30.0
LONGEST_WAIT = timedelta(hours=24)  # what a source may ask for with Retry-After


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds between two looks at what is to be done. Simulations shorten them and the
    ``limits`` of a pass, and let ``rate`` seconds of the application's clock go by in one."""

    crawl: float = 5.0
    classify: float = 60.0  # and at once when a source has news
    notify: float = 10.0  # and at once when something was classified
    upkeep: float = 300.0
    rate: float = 1.0
    limits: Limits | None = None


@dataclass
class Service:
    """The running service; :meth:`main` is the coroutine that lives as long as it does."""

    app: Application
    archive: Archive
    server: uvicorn.Server
    pace: Pace = field(default_factory=Pace)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    halt: threading.Event = field(default_factory=threading.Event)  # for threads

    def __post_init__(self) -> None:
        self.stages = StageStatuses()
        for name, limit in (
            ("schedule", 120.0), ("crawl", 2 * BATCH_SECONDS), ("notify", 900.0),
            ("upkeep", 7200.0), ("selftest", 1800.0),
            ("classify", float("inf")),  # its process has a watchdog of its own
        ):  # fmt: skip
            self.stages.add(name, limit)
        self.alarms = Alarms(self.app, self.app.clock)
        self.watchdog = Watchdog(self.app.data_dir, self.stages, self.halt)
        self.gate = PassLock(self.app.data_dir / "pass.lock")
        self.busy: set[str] = set()  # keys of the sources being crawled
        self.tasks: set[asyncio.Task[None]] = set()
        self.jobs: dict[str, Any] = {}
        self.told: dict[str, str] = {}
        self.told_demo = False
        self.started = time.time()
        self.clock_jumps = 0
        self.port_taken = False
        self.many_since: float | None = None

    # ------------------------------------------------------------------ life

    async def main(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            # Not the loop's own way: this one also works while the loop is held up.
            signal.signal(number, lambda *_: self._ask_to_stop(loop))
        self.watchdog.start()
        web = asyncio.create_task(self._serve())
        await self._greet()
        self._listen_for_clicks()
        await asyncio.to_thread(self._after_start)
        scheduler = self._scheduler()
        beat = asyncio.create_task(self._keep_beating())
        await self.stop.wait()
        self.halt.set()
        click.echo("stopping …", err=True)
        scheduler.shutdown(wait=False)
        self.server.should_exit = True
        for task in (beat, *self.tasks):
            task.cancel()
        await asyncio.wait([web, beat, *self.tasks], timeout=STOP_SECONDS)
        if self.port_taken:
            from noticewatch.web.server import port_taken

            raise NoticewatchError(port_taken(self.server.config))

    async def _greet(self) -> None:
        while not (self.server.started or self.stop.is_set()):
            await asyncio.sleep(0.02)
        if self.stop.is_set():
            return
        host, port = self.server.servers[0].sockets[0].getsockname()[:2]
        count = len(self.app.pick_sources(()))
        click.echo(f"watching {count} sources; web archive on http://{host}:{port}/", err=True)

    def _ask_to_stop(self, loop: asyncio.AbstractEventLoop) -> None:
        self.halt.set()
        loop.call_soon_threadsafe(self.stop.set)

    def _scheduler(self) -> Any:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # A run that is still going on, or is cancelled by a stop, is no news; failures are
        # told by the stages themselves.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        work = {
            "crawl": (self._crawl_tick, self.pace.crawl),
            "classify": (self._classify_tick, self.pace.classify),
            "notify": (self._notify_tick, self.pace.notify),
            "upkeep": (self._upkeep_tick, self.pace.upkeep),
        }
        scheduler.start()
        for name, (call, seconds) in work.items():
            self.jobs[name] = scheduler.add_job(
                self._task_of(call), "interval", seconds=seconds, id=name,
                next_run_time=datetime.now(scheduler.timezone),
            )  # fmt: skip
        return scheduler

    def _task_of(self, call: Any) -> Any:
        """The job, known to :meth:`main` so that it can be ended."""

        async def run() -> None:
            task = asyncio.create_task(call())
            self._keep(task)
            with contextlib.suppress(asyncio.CancelledError):
                await task

        return run

    def _keep(self, task: asyncio.Task[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _soon(self, name: str) -> None:
        """Run a job now instead of at its next time (unless it is running)."""
        if name in self.jobs and not self.stop.is_set():
            job = self.jobs[name]
            job.modify(next_run_time=datetime.now(job.trigger.timezone))

    async def _serve(self) -> None:
        try:
            await self.server.serve()
        except SystemExit:
            self.port_taken = True
            self.stop.set()

    def _listen_for_clicks(self) -> None:
        """Slack's buttons by Socket Mode, a thread for each channel that has an app token."""
        from config.model import SlackChannel

        for channel in self.app.settings.channels.values():
            if not isinstance(channel, SlackChannel) or not channel.app_token_env:
                continue
            if os.environ.get(channel.app_token_env):
                threading.Thread(target=self._listen, args=(channel,), daemon=True).start()

    def _listen(self, channel: SlackChannel) -> None:
        """The loop of a listener's own thread; a failure is recorded and ends only it."""
        from archive.store import Archive
        from notifier.channels.slack_clicks import listen

        try:
            listen(channel, lambda: Archive.open(self.app.data_dir), self.halt)
        except Exception:
            log.exception("Slack's buttons do not work: the connection failed")

    # ------------------------------------------------------------------ guarding

    def _after_start(self) -> None:
        """What the process before this one left to be told or mended."""
        reason = take_note(self.app.data_dir)
        if reason:
            self.alarms.ring("restart", "restarted itself, nothing was lost", reason)
            self.alarms.clear("restart", "runs again after its restart")
        with contextlib.suppress(Exception), self.app.archive() as archive:
            archive.clock_repair.mend(self.app.clock())

    async def _keep_beating(self) -> None:
        """The watchdog's sign of life, the figures, and an eye on the wall clock."""
        wall, real = self.app.clock(), time.monotonic()
        last = 0.0
        while True:
            self.watchdog.beat()
            now, passed = self.app.clock(), time.monotonic() - real
            jump = (now - wall).total_seconds() - passed * self.pace.rate
            if abs(jump) > CLOCK_JUMP_SECONDS * self.pace.rate:
                await self._clock_jumped(jump)
            wall, real = now, time.monotonic()
            if time.monotonic() - last >= VITALS_SECONDS:
                self._write_vitals()
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
            await asyncio.to_thread(
                self.alarms.ring, "clock", f"the clock went back by {-seconds:.0f} s", note
            )
            await asyncio.to_thread(self.alarms.clear, "clock", "follows the new clock")
        for name in self.jobs:
            self._soon(name)

    def _write_vitals(self) -> None:
        from noticewatch.application.heartbeat import write_heartbeat

        write_heartbeat(
            self.app.data_dir,
            started=self.started,
            clock_jumps=self.clock_jumps,
            stages=self.stages.as_json(),
        )

    @contextlib.asynccontextmanager
    async def _guarded(self, name: str) -> AsyncIterator[None]:
        """The one broad except of a stage: a failure is told, the next run goes on."""
        from archive.store import ArchiveError
        from noticewatch.daemon.stage_process import StageFailed

        stage = self.stages.by_name[name]
        before = stage.failures
        try:
            with self.stages.running(name):
                yield
        except Exception as error:
            level = logging.ERROR if before == 0 else logging.DEBUG  # once, not at each tick
            known = isinstance(error, ArchiveError | StageFailed)  # a sentence says it all
            log.log(level, "stage %s failed: %s", name, error, exc_info=not known)
            if isinstance(error, ArchiveError) or stage.failures >= FAILURES_TOLD:
                await asyncio.to_thread(
                    self.alarms.ring, f"stage-{name}", f"the {name} stage does not work",
                    f"{error}. It is tried again by itself.", red=True,
                )  # fmt: skip
        else:
            if before or stage.runs == 1:
                await asyncio.to_thread(
                    self.alarms.clear, f"stage-{name}", f"the {name} stage works again"
                )

    # ------------------------------------------------------------------ stages

    async def _crawl_tick(self) -> None:
        """Start a batch of what is due, beside the batches that are still going on."""
        room = SOURCES_AT_ONCE - len(self.busy)
        async with self._guarded("schedule"):
            if room > 0 and (due := self._due(room)):
                self.busy |= {source.key for source in due}
                self._keep(asyncio.create_task(self._crawl_batch(due)))

    def _due(self, room: int) -> list[Source]:
        from crawler.run import not_before

        now = self.app.clock()
        health = {state.key: state for state in self.archive.sources.all()}
        due = due_sources(self.app.pick_sources(()), health, now, 2 * room, self.busy)
        ready = []
        for source in due:
            wait = not_before(self.archive, source.key)
            if wait is None or wait <= now or wait > now + LONGEST_WAIT:
                ready.append(source)
        return ready[:room]

    async def _crawl_batch(self, sources: list[Source]) -> None:
        from crawler.run import crawl_async

        try:
            async with self.gate.through(), self._guarded("crawl"):
                await asyncio.wait_for(
                    crawl_async(
                        self.archive,
                        sources,
                        self.app.platforms,
                        progress=self._tell,
                        limits=self.pace.limits,
                    ),
                    BATCH_SECONDS,
                )
                self._hint_at_demo()
        finally:
            self.busy -= {source.key for source in sources}

    def _tell(self, run: SourceRun) -> None:
        """A line per source when its state or its news changed; silence otherwise."""
        state = str(run.state)
        news = run.new or run.revised or run.withdrawn
        if news:
            self._soon("classify")
        if self.told.get(run.key) == state and not news:
            return
        self._soon("notify")  # a change of state
        self.told[run.key] = state
        detail = run.reason or f"{run.rows} rows, {run.new} new, {run.revised} revised"
        click.echo(f"{run.key}: {state_mark(state)} {cut(detail, 100)}", err=True)

    def _hint_at_demo(self) -> None:
        """After the first round: say so if nobody answers, and what to look at meanwhile."""
        if self.told_demo:
            return
        if not any(state in {"ok", "silent"} for state in self.told.values()):
            click.echo(
                "No source answered yet; noticewatch keeps trying. Many of these sites "
                "answer only from China. `make demo` (or `noticewatch demo`) shows the whole "
                "job on invented notices.",
                err=True,
            )
        self.told_demo = True

    async def _classify_tick(self) -> None:
        from noticewatch.daemon.stage_process import classify_apart

        async with self._guarded("classify"):
            if not self.archive.classification.pending(limit=1):
                return
            done = await classify_apart(self.app, lambda _: self._soon("notify"))
            await asyncio.to_thread(self._tell_of_model, done.rules_only, done.errors)
            self._soon("notify")

    def _tell_of_model(self, rules_only: bool, errors: tuple[str, ...]) -> None:
        if rules_only:
            note = f"Alerts go out, classified by rules. `noticewatch doctor`. {errors[0]}"
            self.alarms.ring("model", "the language model is not usable", note)
        else:
            self.alarms.clear("model", "the language model works again")

    async def _notify_tick(self) -> None:
        if self._many_at_once():
            return
        async with self._guarded("notify"):
            await asyncio.to_thread(self._notify)

    def _many_at_once(self) -> bool:
        """While very many sources are being read (a first round, a network that came back),
        wait a little, so that their changes of state share one message."""
        now = time.monotonic()
        if len(self.busy) < SOURCES_AT_ONCE // 2:
            self.many_since = None
            return False
        self.many_since = now if self.many_since is None else self.many_since
        return now - self.many_since < TOGETHER_SECONDS

    def _notify(self) -> None:
        from noticewatch.application import pipeline

        with self.app.archive() as archive:
            pipeline.notify(self.app, archive, stop=self.halt)

    async def _upkeep_tick(self) -> None:
        """Disk, channels, backup, pruning, the weekly self-test."""
        from noticewatch.daemon.maintenance import selftest_when_due, upkeep

        async with self._guarded("upkeep"):
            await asyncio.to_thread(upkeep, self.app, self.alarms)
        async with self._guarded("selftest"):
            await selftest_when_due(self.app, self.archive, self.alarms)
        await asyncio.to_thread(give_back)


@contextlib.contextmanager
def _only_instance(app: Application) -> Iterator[None]:
    try:
        with file_lock(app.writable(app.data_dir / "run.lock"), wait=False):
            yield
    except LockHeld:
        raise NoticewatchError(
            f"another `noticewatch run` works on {app.data_dir}; stop it or choose another "
            "--data-dir"
        ) from None


def run_service(app: Application, *, port: int | None = None, pace: Pace | None = None) -> None:
    """Run until SIGTERM or Ctrl-C; stops within ten seconds with nothing lost."""
    from crawler.run import run_in_reactor
    from noticewatch.application.logging_setup import set_up_logging
    from noticewatch.web.server import make_server

    limit_arenas()
    set_up_logging(app.settings, debug=app.debug)
    app.pick_sources(())  # a broken source file is said before anything starts
    with _only_instance(app), app.archive() as archive:
        server = make_server(app, port=port)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]

        def build() -> Service:
            return Service(app=app, archive=archive, server=server, pace=pace or Pace())

        run_in_reactor(lambda: build().main())
    click.echo("stopped", err=True)
