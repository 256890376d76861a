"""Crawl the sources that are due, batch beside batch, and say what changed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, state_mark
from noticewatch.daemon.jobs import JobRunner
from noticewatch.daemon.pass_lock import PassLock
from noticewatch.daemon.scheduler import due_sources
from noticewatch.daemon.stage_guard import StageGuard

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import Source
    from crawler.transport.fetch import Limits
    from domain.records.source_run import SourceRun

SOURCES_AT_ONCE = 24
BATCH_SECONDS = 600.0  # a batch of sources that takes longer is broken off
TOGETHER_SECONDS = 60.0
LONGEST_WAIT = timedelta(hours=24)  # what a source may ask for with Retry-After


@dataclass
class CrawlLoop:
    """The sources being crawled, and what was said of each."""

    app: Application
    archive: Archive
    guard: StageGuard
    jobs: JobRunner
    limits: Limits | None = None
    busy: set[str] = field(default_factory=set)  # keys of the sources being crawled
    _reported: dict[str, str] = field(default_factory=dict)  # state of each source as last said
    _hinted: bool = False
    _many_since: float | None = None

    def __post_init__(self) -> None:
        from crawler.transport.host_desk import HostDesk

        self.pass_lock = PassLock(self.app.data_dir / "pass.lock")
        self.desk = HostDesk(self.archive)

    async def tick(self) -> None:
        """Start a batch of what is due, beside the batches that are still going on."""
        room = SOURCES_AT_ONCE - len(self.busy)
        async with self.guard.guarded("schedule"):
            if room > 0 and (due := self._due(room)):
                self.busy |= {source.key for source in due}
                self.jobs.keep(asyncio.create_task(self._crawl_batch(due)))

    def many_at_once(self) -> bool:
        """While very many sources are being read (a first round, a network that came back),
        wait a little, so that their changes of state share one message."""
        now = time.monotonic()
        if len(self.busy) < SOURCES_AT_ONCE // 2:
            self._many_since = None
            return False
        self._many_since = now if self._many_since is None else self._many_since
        return now - self._many_since < TOGETHER_SECONDS

    def _due(self, room: int) -> list[Source]:
        from crawler.run import not_before

        now = self.app.clock()
        health = {state.key: state for state in self.archive.sources.all()}
        # Without the sites of other workers, which stay the most overdue until they are read.
        free = self.desk.free(self.sources())
        due = due_sources(free, health, now, 2 * room, self.busy)
        ready = []
        for source in due:
            wait = not_before(self.archive, source.key)
            if wait is None or wait <= now or wait > now + LONGEST_WAIT:
                ready.append(source)
        return ready[:room]

    def sources(self) -> list[Source]:
        """Those of this process's regions that no collector reads."""
        regions = self.app.settings.workers.regions
        enabled = self.app.own_sources()
        return [source for source in enabled if not regions or source.region in regions]

    def _taken(self, sources: list[Source]) -> list[Source]:
        """Those of the sources whose hosts are ours now and that no other worker has polled
        before they were."""
        mine = self.desk.take(sources)
        health = {state.key: state for state in self.archive.sources.all()}
        due = due_sources(mine, health, self.app.clock(), len(mine))
        self.desk.give_back(mine, but=due)
        return due

    async def _crawl_batch(self, sources: list[Source]) -> None:
        from crawler.crawl_options import CrawlOptions
        from crawler.run import crawl_async

        try:
            async with self.pass_lock.held(), self.guard.guarded("crawl"):
                if not (mine := self._taken(sources)):
                    return
                options = CrawlOptions(progress=self._report, limits=self.limits, desk=self.desk)
                await asyncio.wait_for(
                    crawl_async(self.archive, mine, self.app.platforms, options), BATCH_SECONDS
                )
                self._hint_at_demo()
        finally:
            self.busy -= {source.key for source in sources}

    def _report(self, run: SourceRun) -> None:
        """A line per source when its state or its news changed; silence otherwise."""
        state = str(run.state)
        news = run.new or run.revised or run.withdrawn
        if news:
            self.jobs.run_soon("classify")
        if self._reported.get(run.key) == state and not news:
            return
        self.jobs.run_soon("notify")  # a change of state
        self._reported[run.key] = state
        detail = run.reason or f"{run.rows} rows, {run.new} new, {run.revised} revised"
        click.echo(f"{run.key}: {state_mark(state)} {cut(detail, 100)}", err=True)

    def _hint_at_demo(self) -> None:
        """After the first round: say so if nobody answers, and what to look at meanwhile."""
        if self._hinted:
            return
        if not any(state in {"ok", "silent"} for state in self._reported.values()):
            click.echo(
                "No source answered yet; noticewatch keeps trying. Many of these sites "
                "answer only from China. `make demo` (or `noticewatch demo`) shows the whole "
                "job on invented notices.",
                err=True,
            )
        self._hinted = True
