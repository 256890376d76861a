"""Look once at every column of sources and at one notice of each, and compare with what its
file expects. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.model import Column, Platform, Source
from crawler.crawl_options import CrawlOptions
from crawler.discovery.probe import scratch_archive
from crawler.passes.listing import ListState
from crawler.passes.source_pass import SourcePass
from crawler.passes.source_verdict import PassFinding, check_expectations, state_of
from crawler.run import run
from domain.records.notice import Notice
from domain.records.observation import NoticeRef
from domain.records.reason import Reason, reason
from domain.records.source_run import SourceRun
from domain.records.states import FailureKind, SourceState
from domain.text.title_normalization import normalise_title

_DATED = 0.5  # of the rows of a list
_SHORTEST = 20  # characters of a notice that was read


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeLook:
    """What was read of a list's first notice, and the fields that are not as they should be."""

    title: str
    published: date | None
    characters: int
    attachments: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnLook:
    """One column as it is now: ``problems`` are what its file did not expect."""

    column: Column
    rows: int = 0
    dated: int = 0
    newest: date | None = None
    state: SourceState = SourceState.OK
    problems: tuple[Reason, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    notice: NoticeLook | None = None
    asked: bool = True  # False: the pass gave up before it came to this column

    @property
    def is_well(self) -> bool:
        return self.asked and self.state is SourceState.OK and not self.problems


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLook:
    """One source as it is now, its columns in the order of its file."""

    source: Source
    columns: tuple[ColumnLook, ...]
    requests: int = 0

    @property
    def is_well(self) -> bool:
        return all(look.is_well for look in self.columns)


class LookingPass(SourcePass):
    """A pass that reads each column's list and its first dated notice."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.found: list[tuple[ListState, tuple[PassFinding, ...]]] = []

    async def _walk(self) -> None:
        self.known = set()
        for column in self.source.columns:
            before = len(self.context.findings)
            state = ListState(column=column)
            try:
                state = await self.lists.read(column)
                await self._first_notice(state)
            finally:
                self.states.append(state)
                self.found.append((state, tuple(self.context.findings[before:])))

    async def _finish(self) -> None:
        """Nothing: what is expected is compared column by column."""

    @property
    def broken_off(self) -> tuple[PassFinding, ...]:
        """What ended the pass besides what is known of its columns."""
        told = sum(len(findings) for _, findings in self.found)
        return tuple(self.context.findings[told:])

    async def _first_notice(self, state: ListState) -> None:
        first = next((row for row in state.rows if row.published), None)
        if first is not None:
            await self._new_rows(state, (first,), baseline=True)


def look_at(
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    *,
    today: date,
    progress: Callable[[SourceRun], None] | None = None,
) -> tuple[SourceLook, ...]:
    """Read every source once: its lists, and one notice of each."""
    passes: list[LookingPass] = []

    def looking(*given: Any) -> SourcePass:
        passes.append(LookingPass(*given))
        return passes[-1]

    with scratch_archive() as archive:
        run(archive, sources, platforms, CrawlOptions(progress=progress, pass_type=looking))
        notices = {posting.url: notice for notice in archive.notices.iterate()
                   for posting in notice.postings}  # fmt: skip
    order = {source.key: number for number, source in enumerate(sources)}
    passes.sort(key=lambda one: order[one.source.key])
    return tuple(_source_look(one, notices, today) for one in passes)


def _source_look(one: LookingPass, notices: Mapping[str, Notice], today: date) -> SourceLook:
    found = list(one.found)
    if found and one.broken_off:
        found[-1] = (found[-1][0], (*found[-1][1], *one.broken_off))
    looks = [_column_look(one.source, *each, notices, today) for each in found]
    rest = one.source.columns[len(looks) :]
    looks += [ColumnLook(column=column, asked=False) for column in rest]
    requests = one.report.requests if one.report is not None else 0
    return SourceLook(source=one.source, columns=tuple(looks), requests=requests)


def _column_look(
    source: Source, state: ListState, findings: Sequence[PassFinding],
    notices: Mapping[str, Notice], today: date,
) -> ColumnLook:  # fmt: skip
    serious = [finding for finding in findings if finding.source]
    rows = state.rows
    newest = max((row.published for row in rows if row.published), default=None)
    if rows:
        serious += check_expectations(
            source.expect, rows=len(rows), newest=newest, today=today, url=state.column.url
        )
        serious += _undated(state, rows)
    notice = _notice_look(rows, notices)
    problems = [finding.reason for finding in serious]
    if notice is not None and notice.missing:
        problems.append(reason("verify.notice_lacks", fields="、".join(notice.missing)))
    return ColumnLook(
        column=state.column,
        rows=len(rows),
        dated=sum(row.published is not None for row in rows),
        newest=newest,
        state=state_of(serious[0].kind) if serious else SourceState.OK,
        problems=tuple(problems),
        parameters=dict(state.parameters),
        notice=notice,
    )


def _undated(state: ListState, rows: Sequence[NoticeRef]) -> list[PassFinding]:
    dated = sum(row.published is not None for row in rows)
    if dated >= _DATED * len(rows):
        return []
    why = reason("verify.few_dates", dated=dated, rows=len(rows))
    url = state.column.url
    return [PassFinding(kind=FailureKind.NO_DATES, reason=why, url=url, source=True)]


def _notice_look(rows: Sequence[NoticeRef], notices: Mapping[str, Notice]) -> NoticeLook | None:
    """The first notice that was read; None where the list has none or its page was not read."""
    row = next((row for row in rows if row.published and row.url in notices), None)
    if row is None:
        return None
    posting = next(one for one in notices[row.url].postings if one.url == row.url)
    version = posting.versions[-1]
    published = version.dates.visible or version.dates.meta or version.dates.signed
    missing = []
    one, other = normalise_title(version.title), normalise_title(row.title.rstrip("….。"))
    if other[:12] not in one:
        missing.append("title")
    if len(version.text) < _SHORTEST and not version.attachments:
        missing.append("text")
    return NoticeLook(
        title=version.title,
        published=published or row.published,
        characters=len(version.text),
        attachments=len(version.attachments),
        missing=tuple(missing),
    )
