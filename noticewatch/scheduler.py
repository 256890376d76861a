"""``noticewatch run``: one process that crawls, classifies, notifies and serves until stopped.

Scrapy's asyncio reactor carries everything: a tick looks in the archive which sources are
due, so that sleep, downtime and restarts are caught up without a schedule of their own.
Classifying and sending run in threads with their own connections.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from noticewatch.context import App
from noticewatch.errors import NoticewatchError
from noticewatch.locks import LockHeld, file_lock
from noticewatch.output import cut, state_mark

if TYPE_CHECKING:
    import uvicorn

    from archive.records import SourceHealth, SourceRun
    from archive.store import Archive
    from config.model import SlackChannel, Source

log = logging.getLogger(__name__)

BEIJING = ZoneInfo("Asia/Shanghai")
TICK_SECONDS = 20
SOURCES_A_TICK = 24
NIGHT_SLOWDOWN = 3
OFFICE_HOURS = range(7, 21)
STOP_SECONDS = 8.0


def next_due(source: Source, last_polled: datetime | None, now: datetime) -> datetime:
    """When a source is to be polled next: its interval, slower at Beijing night, plus a
    jitter that is stable per source, so that hosts are not asked in step."""
    if last_polled is None:
        return now
    interval = float(source.schedule.seconds)
    if now.astimezone(BEIJING).hour not in OFFICE_HOURS:
        interval *= NIGHT_SLOWDOWN
    jitter = random.Random(source.key).uniform(0, 0.1) * interval
    return last_polled + timedelta(seconds=interval + jitter)


def due_sources(
    sources: list[Source], health: dict[str, SourceHealth], now: datetime, limit: int
) -> list[Source]:
    """The most overdue sources, never polled ones first, at most ``limit``."""
    waiting = []
    for source in sources:
        state = health.get(source.key)
        due = next_due(source, state.last_polled if state else None, now)
        if due <= now:
            waiting.append((state is not None, due, source.key, source))
    return [source for *_, source in sorted(waiting, key=lambda row: row[:3])[:limit]]


@dataclass
class Service:
    """The running service; :meth:`main` is the coroutine that lives as long as it does."""

    app: App
    archive: Archive
    server: uvicorn.Server
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    halt: threading.Event = field(default_factory=threading.Event)  # for threads
    told_demo: bool = False
    told: dict[str, str] = field(default_factory=dict)

    async def main(self) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        web = asyncio.create_task(self._serve())
        self._listen_for_clicks()
        scheduler = AsyncIOScheduler(
            timezone=BEIJING,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        running: set[asyncio.Task[None]] = set()

        async def tick() -> None:
            if running:
                return
            task = asyncio.create_task(self._one_pass())
            running.add(task)
            task.add_done_callback(running.discard)

        scheduler.add_job(
            tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.now(BEIJING)
        )
        scheduler.start()
        await self.stop.wait()
        click.echo("stopping …", err=True)
        scheduler.shutdown(wait=False)
        self.server.should_exit = True
        self.halt.set()
        for task in running:
            task.cancel()
        await asyncio.wait([web, *running], timeout=STOP_SECONDS)

    async def _serve(self) -> None:
        try:
            await self.server.serve()
        except SystemExit:
            click.echo(
                f"Error: the web archive cannot use port {self.server.config.port}", err=True
            )
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

    async def _one_pass(self) -> None:
        """Crawl what is due, classify, notify. The run loop's one broad except."""
        try:
            async with self._pass_lock():
                await self._crawl()
                await asyncio.to_thread(self._classify_and_notify)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("a pass failed; the next one goes on")

    @contextlib.asynccontextmanager
    async def _pass_lock(self) -> Any:
        """The lock that one-shot commands take too, without blocking the loop."""
        path = self.app.data_dir / "pass.lock"
        while True:
            lock = contextlib.ExitStack()
            try:
                lock.enter_context(file_lock(path, wait=False))
            except LockHeld:
                await asyncio.sleep(0.5)
                continue
            with lock:
                yield
            return

    async def _crawl(self) -> None:
        from archive.store import utc_now
        from crawler.run import crawl_async, not_before

        health = {state.key: state for state in self.archive.health()}
        now = utc_now()
        due = due_sources(self.app.pick_sources(()), health, now, SOURCES_A_TICK)
        waits = {source.key: not_before(self.archive, source.key) for source in due}
        due = [source for source in due if (waits[source.key] or now) <= now]
        if not due:
            return
        await crawl_async(self.archive, due, self.app.platforms, progress=self._tell)
        self._hint_at_demo()

    def _tell(self, run: SourceRun) -> None:
        """A line per source when its state or its news changed; silence otherwise."""
        state = str(run.state)
        if self.told.get(run.key) == state and not (run.new or run.revised or run.withdrawn):
            return
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

    def _classify_and_notify(self) -> None:
        from noticewatch import pipeline

        with self.app.archive() as archive:
            pipeline.classify(self.app, archive)
            pipeline.notify(self.app, archive, stop=self.halt)


@contextlib.contextmanager
def _only_instance(app: App) -> Iterator[None]:
    try:
        with file_lock(app.writable(app.data_dir / "run.lock"), wait=False):
            yield
    except LockHeld:
        raise NoticewatchError(
            f"another `noticewatch run` works on {app.data_dir}; stop it or choose another "
            "--data-dir"
        ) from None


def run_service(app: App, *, port: int | None = None) -> None:
    """Run until SIGTERM or Ctrl-C; stops within ten seconds with nothing lost."""
    from crawler.run import run_in_reactor
    from noticewatch.web.server import make_server

    sources = app.pick_sources(())
    with _only_instance(app), app.archive() as archive:
        server = make_server(app, port=port)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        address = f"http://{server.config.host}:{server.config.port}/"
        click.echo(f"watching {len(sources)} sources; web archive on {address}", err=True)
        build: Callable[[], Service] = lambda: Service(app=app, archive=archive, server=server)  # noqa: E731
        run_in_reactor(lambda: build().main())
    click.echo("stopped", err=True)
