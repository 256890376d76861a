"""Probe an address or a source's lists without storing anything.

Both run the real fetching, adapters and extraction against an archive in a temporary folder.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.store import Archive
from config.addresses import is_loopback
from config.model import Column, Http, Names, Platform, Source
from config.time_zone import BEIJING
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.adapters.registry import capabilities_of
from crawler.crawl_options import CrawlOptions
from crawler.discovery.discover import Detected, detect, readable
from crawler.discovery.draft import PageNames, data_addresses, json_column, json_names, page_names
from crawler.discovery.selector_check import broken_selectors, idle_selectors
from crawler.extract.page.page_state import challenge_marks, removal_text
from crawler.passes.listing import ListReader, ListState
from crawler.passes.pass_context import GiveUp, PassContext, PassOptions
from crawler.passes.source_pass import SourcePass
from crawler.passes.source_verdict import state_of
from crawler.run import CrawlError, crawl_groups, download_of, run, run_in_reactor
from crawler.transport.download import FetchError
from crawler.transport.fetch import Fetcher, Limits
from domain.records.notice import Notice
from domain.records.observation import NoticeRef
from domain.records.source_run import SourceRun
from domain.records.states import FailureKind, SourceState


class ProbeError(Exception):
    """The address cannot be read; one sentence with the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What stands at an address: rows for a list, a notice, or columns of a home page."""

    url: str
    detected: Detected
    rows: tuple[NoticeRef, ...] = ()
    names: PageNames = field(default_factory=PageNames)
    interfaces: tuple[str, ...] = ()  # what the page's scripts may ask for their data
    json_names: str = ""  # what an answer in JSON holds, in words


@contextmanager
def scratch_archive() -> Iterator[Archive]:
    """An archive that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="noticewatch-probe-") as folder,
        Archive.open(Path(folder)) as archive,
    ):
        yield archive


class ListsOnly(SourcePass):
    """A pass that reads each column's list and no notice."""

    async def _walk(self) -> None:
        for column in self.source.columns:
            self.states.append(await self.lists.read(column))


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A look at a source's lists, with the rows as they were read."""

    run: SourceRun
    rows: tuple[NoticeRef, ...]


def check(
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    *,
    replay: Path | None = None,
    progress: Callable[[SourceRun], None] | None = None,
) -> tuple[Checked, ...]:
    """Read the lists of sources now: rows, newest date, detected parameters, drift."""
    passes: list[ListsOnly] = []

    def listening(*given: Any) -> SourcePass:
        passes.append(ListsOnly(*given))
        return passes[-1]

    with scratch_archive() as archive:
        options = CrawlOptions(replay=replay, progress=progress, pass_type=listening)
        run(archive, sources, platforms, options)
    return tuple(
        Checked(run=one.report, rows=tuple(row for state in one.states for row in state.rows))
        for one in passes
        if one.report is not None
    )


def refuse_broken_selectors(source: Source) -> None:
    """One sentence for a selector that is none; a pass would only say that it broke off."""
    if broken := broken_selectors(source):
        raise ProbeError(f"source {source.key}: {broken[0]}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A pass over one source: what came, and what was understood of it."""

    run: SourceRun
    notices: tuple[Notice, ...]
    answers: tuple[ListResponse, ...] = ()
    idle: tuple[str, ...] = ()  # selectors of the source that found nothing in the answers


class SamplePass(SourcePass):
    """A pass that reads only the first notices of each list."""

    def __init__(self, *given: Any, notices: int) -> None:
        super().__init__(*given)
        self.notices = notices

    async def _new_rows(self, state: ListState, rows: tuple[NoticeRef, ...], **how: Any) -> bool:
        return await super()._new_rows(state, rows[: self.notices], **how)


def record(
    source: Source,
    platforms: Mapping[str, Platform],
    *,
    notices: int | None = None,
    replay: Path | None = None,
    on_response: Callable[[ListResponse], None] | None = None,
) -> Recorded:
    """One pass into an archive that is thrown away, with every answer it was given; of each
    list only so many ``notices`` (None: all). ``on_response`` is told of each as it comes."""
    refuse_broken_selectors(source)
    answers: list[ListResponse] = []

    def hear(answer: ListResponse) -> None:
        answers.append(answer)
        if on_response:
            on_response(answer)

    def listening(context: PassContext, *more: Any) -> SourcePass:
        context.fetcher.on_response = hear
        if notices is None:
            return SourcePass(context, *more)
        return SamplePass(context, *more, notices=notices)

    with scratch_archive() as archive:
        options = CrawlOptions(replay=replay, pass_type=listening)
        report = run(archive, [source], platforms, options)
        kept = tuple(sorted(archive.notices.iterate(), key=lambda notice: notice.url))
    idle = idle_selectors(source, platforms[source.platform], answers)
    return Recorded(run=report.runs[0], notices=kept, answers=tuple(answers), idle=idle)


def source_for(url: str, platform: str = "auto", params: Mapping[str, str] | None = None) -> Source:
    """A source made up for one address, asked as a browser would."""
    host = urlsplit(url).hostname or ""
    return Source(
        key="probe",
        name=Names(zh=host),
        publisher=host,
        jurisdiction="CN",
        platform=platform,
        columns=(Column(key="page", url=url, params=dict(params or {})),),
        http=Http(user_agent="browser", min_gap_seconds=0 if is_loopback(host) else 1.0),
    )


@dataclass(kw_only=True)
class _Look:
    """One address's turn inside the crawler; has the shape of a pass."""

    context: PassContext
    platforms: Mapping[str, Platform]
    url: str
    form: tuple[tuple[str, str], ...] = ()
    result: list[Discovery] = field(default_factory=list)
    failure: list[ProbeError] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return self.context.source

    async def run(self) -> None:
        try:
            self.result.append(await self._look())
        except FetchError as error:
            self.failure.append(ProbeError(f"{self.url}: {error}{_advice(error.kind)}"))
        except GiveUp as error:
            self.failure.append(ProbeError(f"{self.url}: {error}"))
        except ProbeError as error:
            self.failure.append(error)

    async def _look(self) -> Discovery:
        ask = ListRequest(url=self.url, method="POST" if self.form else "GET", form=self.form)
        answer = await self.context.fetch(ask, retry=True)
        if answer.status != 200:
            advice = _advice(FailureKind.NOT_FOUND)
            raise ProbeError(f"{self.url}: the site answers {answer.status}{advice}")
        if described := json_column(answer.text, ask):
            return await self._json_list(answer, described)
        self._refuse_empty_pages(answer)
        today = answer.fetched_at.astimezone(BEIJING).date()
        detected = detect(answer.text, answer.url, self.platforms, today)
        rows = detected.found.rows if detected.found else ()
        adapter = capabilities_of(self.platforms[detected.platform])
        if detected.kind == "list" and adapter.needs_requests:
            rows = await self._asked_rows(detected, rows)
        return Discovery(
            url=answer.url,
            detected=detected,
            rows=rows,
            names=page_names(readable(answer.text)),
            interfaces=data_addresses(answer.text, answer.url),
            json_names=json_names(answer.text),
        )

    async def _asked_rows(
        self, detected: Detected, own: tuple[NoticeRef, ...]
    ) -> tuple[NoticeRef, ...]:
        """The rows that the page's interface gives; where it fails, those of the page itself."""
        try:
            return await self._through_adapter(detected) or own
        except GiveUp as error:
            if not own:
                raise ProbeError(f"{self.url}: {error}") from error
            return own

    async def _json_list(self, answer: ListResponse, described: Mapping[str, str]) -> Discovery:
        detected = Detected(kind="list", platform="json_api", parameters=described)
        rows = await self._through_adapter(detected)
        return Discovery(url=answer.url, detected=detected, rows=rows)

    def _refuse_empty_pages(self, answer: ListResponse) -> None:
        reason = challenge_marks(answer.text) or removal_text(answer.text)
        if reason:
            raise ProbeError(f"{self.url}: {reason}")

    async def _through_adapter(self, detected: Detected) -> tuple[NoticeRef, ...]:
        """The rows of a list that the page itself does not hold."""
        source = source_for(self.url, detected.platform, detected.parameters)
        self.context.fetcher.source = source
        reader = ListReader(replace(self.context, source=source), self.platforms)
        return (await reader.read(source.columns[0])).rows


_ADVICE = {
    FailureKind.NOT_FOUND: "copy the address of the list from a browser",
    FailureKind.DNS: "is it spelt right, and is there a network?",
    FailureKind.CONNECTION: "try the other of http and https",
    FailureKind.TIMEOUT: "many of these sites answer only from China",
    FailureKind.REFUSED_REDIRECT: "give the address that it leads to",
    FailureKind.ROBOTS: "the site asks programs to stay away from this page",
}


def _advice(kind: FailureKind) -> str:
    """What to do about an address that cannot be read, behind a semicolon."""
    if state_of(kind) == SourceState.BLOCKED:
        return "; try from an address in China (http.proxy of a source)"
    return f"; {_ADVICE[kind]}" if kind in _ADVICE else ""


def discover(
    url: str, platforms: Mapping[str, Platform], form: tuple[tuple[str, str], ...] = ()
) -> Discovery:
    """Fetch an address (post to it, with a ``form``) and say what stands there; raises
    :class:`ProbeError`."""
    if not re.match(r"https?://[^\s/]", url):
        hint = f", perhaps http://{url}" if re.match(r"[\w.-]+\.\w+(?::\d+)?(?:/|$)", url) else ""
        raise ProbeError(f"{url}: expected an http or https address{hint}")
    source = source_for(url)
    options = PassOptions(limits=Limits())
    with scratch_archive() as archive:
        fetcher = Fetcher(source=source, download=download_of(None), limits=options.limits)
        context = PassContext(source=source, archive=archive, fetcher=fetcher, options=options)
        look = _Look(context=context, platforms=platforms, url=url, form=form)
        run_in_reactor(lambda: crawl_groups([look], max_bytes=options.limits.max_bytes))
    if look.failure:
        raise look.failure[0]
    if not look.result:
        raise CrawlError(f"{url}: nothing came back")
    return look.result[0]
