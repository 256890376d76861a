"""Crawl many sources in one process and one reactor."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from archive.store import Archive
from config.addresses import is_loopback
from config.model import Platform, Source
from crawler.crawl_options import BackfillOptions, CrawlOptions
from domain.records.source_run import SourceRun

if TYPE_CHECKING:
    from crawler.passes.pass_context import PassContext, PassOptions
    from crawler.replay import Recordings
    from crawler.transport.download import Download
    from crawler.transport.host_desk import HostDesk

T = TypeVar("T")
_LOOKUPS = 32
ASYNCIO_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


class CrawlError(Exception):
    """The crawl cannot start; one sentence for the operator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    """What each source's pass brought, in the order of the sources."""

    runs: tuple[SourceRun, ...]


def run(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    options: CrawlOptions = CrawlOptions(),
) -> CrawlReport:
    """Crawl each source once, side by side; each pass is recorded in the archive.

    For one-shot commands: the reactor's loop runs until the last source is done. The service
    uses :func:`crawl_async` in its own loop.
    """
    return run_in_reactor(lambda: crawl_async(archive, sources, platforms, options))


async def crawl_async(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    options: CrawlOptions = CrawlOptions(),
) -> CrawlReport:
    """The same inside a running asyncio reactor."""
    from crawler.extract.file_readers import FileReaders
    from crawler.passes.page_reader import PageReader
    from crawler.passes.source_pass import SourcePass
    from crawler.replay import Recordings
    from crawler.transport.host_desk import HostDesk

    desk = options.desk or HostDesk(archive)
    recordings = Recordings.load(options.replay) if options.replay is not None else None
    how = _pass_options(archive, options)
    passes = []
    with _giving_back(desk, sources), FileReaders() as files, PageReader() as pages:
        for source in sources:
            check_source(source)
        for source in sources:
            mine = archive.fenced(desk.check_of(source))
            context = _context(mine, source, how, download_of(recordings))
            context.fetcher.desk = desk
            context.pages = pages
            make = options.pass_type or SourcePass
            passes.append(make(context, platforms, files, options.progress))
        await crawl_groups(passes, max_bytes=how.limits.max_bytes)
    return CrawlReport(runs=tuple(one.report for one in passes if one.report is not None))


@contextmanager
def _giving_back(desk: HostDesk, sources: Sequence[Source]) -> Iterator[None]:
    """The hosts of the sources are given back whatever happens, once connections are closed."""
    try:
        desk.expect(sources)
        yield
    finally:
        desk.give_back(sources)


def _pass_options(archive: Archive, options: CrawlOptions) -> PassOptions:
    from crawler.passes.pass_context import PassOptions
    from crawler.transport.fetch import Limits

    replaying = options.replay is not None
    return PassOptions(
        # A look costs nothing in a replay, and an edited recording is to be seen at once.
        recheck="all" if replaying else options.recheck,
        alert_baseline=options.alert_baseline,
        replaying=replaying,
        limits=options.limits or Limits(),
        registered=with_copies(archive, options.registered),
        clock=archive.clock,
    )


def _context(
    archive: Archive, source: Source, options: PassOptions, download: Download
) -> PassContext:
    from crawler.passes.pass_context import PassContext
    from crawler.transport.fetch import Fetcher

    fetcher = Fetcher(
        source=source,
        download=download,
        limits=options.limits,
        replaying=options.replaying,
        clock=options.clock,
    )
    return PassContext(source=source, archive=archive, fetcher=fetcher, options=options)


def backfill(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    options: BackfillOptions,
) -> tuple[SourceRun, ...]:
    """Walk the lists of sources back to a day, one line of progress a page.

    Takes as long as it takes, may be stopped at any moment and goes on where it stopped. What
    it finds is archived as a baseline is: not alerted one by one.
    """
    from crawler.passes.backfill_pass import BackfillPass
    from crawler.transport.fetch import Limits

    crawling = CrawlOptions(
        replay=options.replay,
        limits=options.limits or Limits(source_seconds=float("inf")),
        pass_type=partial(BackfillPass, options=options),
    )
    return run(archive, sources, platforms, crawling).runs


def not_before(archive: Archive, source_key: str) -> datetime | None:
    """The moment before which a source asked not to be asked again, for the scheduler."""
    return archive.crawl_memory.retry_after(source_key)


def with_copies(archive: Archive, registered: frozenset[str] | None) -> frozenset[str]:
    """The addresses of registered acts and of every copy of them in the archive."""
    if registered is None:
        from config.loader import load_register

        registered = frozenset(act.url for act in load_register() if act.url)
    copies = set(registered)
    for url in registered:
        notice = archive.notices.by_url(url)
        copies |= {posting.url for posting in notice.postings} if notice else set()
    return frozenset(copies)


def check_source(source: Source) -> None:
    """Refuse what must never be run: no gap at all on somebody else's host."""
    from urllib.parse import urlsplit

    if source.http.min_gap_seconds > 0:
        return
    for column in source.columns:
        host = urlsplit(column.url).hostname or ""
        if not is_loopback(host):
            raise CrawlError(
                f"source {source.key}: http.min_gap_seconds 0 is allowed for loopback hosts "
                f"only, {host} is none"
            )


async def crawl_groups(passes: Sequence[Any], *, max_bytes: int) -> None:
    """One crawler for all sources that agree about TLS: they share its connections."""
    from scrapy.crawler import AsyncCrawlerRunner

    from crawler.transport.spider import NoticeSpider, settings_for

    scrapy_log = logging.getLogger("scrapy")
    if scrapy_log.level == logging.NOTSET:  # faults are findings, told once and in our words
        scrapy_log.setLevel(logging.CRITICAL)
    groups: dict[tuple[bool, bool], list[Any]] = defaultdict(list)
    for one in passes:
        groups[one.source.http.verify_tls, one.source.http.legacy_tls].append(one)
    crawls = []
    failures: list[BaseException] = []
    for (verify_tls, legacy_tls), members in groups.items():
        settings = settings_for(verify_tls=verify_tls, legacy_tls=legacy_tls, max_bytes=max_bytes)
        runner = AsyncCrawlerRunner(settings)
        replaying = members[0].context.options.replaying
        crawls.append(
            runner.crawl(NoticeSpider, passes=members, replaying=replaying, failures=failures)
        )
    if crawls:
        await asyncio.gather(*crawls)
    if failures:
        raise failures[0]


def download_of(recordings: Recordings | None) -> Download:
    """Where answers come from until the crawler is connected: a replay folder, or nowhere."""
    from crawler.replay import replayer

    return replayer(recordings) if recordings is not None else _not_connected


async def _not_connected(request: Any) -> Any:
    raise RuntimeError(f"no crawler is running for {request}")


def run_in_reactor(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on the asyncio reactor's loop and come back when it is done.

    The reactor is started once and kept, not run and stopped, so that a process can do this
    again (a reactor cannot be restarted); its threads are ended each time.
    """
    from scrapy.utils.reactor import install_reactor, is_reactor_installed

    if not is_reactor_installed():
        install_reactor(ASYNCIO_REACTOR)
    from twisted.internet import reactor as installed

    reactor: Any = installed

    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
    asyncio.set_event_loop(loop)
    # Names are looked up in threads, and where there is no network each lookup takes seconds.
    reactor.suggestThreadPoolSize(_LOOKUPS)
    try:
        return loop.run_until_complete(work())
    finally:
        _end_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
        if reactor.threadpool is not None:
            reactor._stopThreadPool()


def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """After an interrupt: cancel what is still running and let it clean up."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
