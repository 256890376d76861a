"""Walk a source's lists back in time, resumable page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlsplit

from config.model import Column, Platform
from crawler.adapters import adapter_for
from crawler.adapters.adapter import Adapter, ListProblem, ListRequest, ListResponse, Page
from crawler.crawl_options import BackfillOptions
from crawler.extract.file_readers import FileReaders
from crawler.passes.listing import ListState
from crawler.passes.pass_context import PassContext
from crawler.passes.source_pass import SourcePass
from crawler.transport.download import FetchError
from domain.records.observation import NoticeRef
from domain.records.page_memory import BackfillCursor
from domain.records.reason import reason
from domain.records.source_run import SourceRun
from domain.records.states import FailureKind

_MAX_PAGES = 3000
_MAX_STEPS = 8


class BackfillPass(SourcePass):
    """Reads every page of every column until ``since``; what it finds is never alerted.

    After each page the place is remembered, so that the next call goes on from there. A walk
    ends past the list's end in all its forms (404, no rows, no next page), at a page that
    repeats an earlier one, or at a page that is wholly older than ``since``.
    """

    recorded = False

    def __init__(
        self,
        context: PassContext,
        platforms: Mapping[str, Platform],
        files: FileReaders,
        progress: Callable[[SourceRun], None] | None = None,
        *,
        options: BackfillOptions,
    ) -> None:
        super().__init__(context, platforms, files, progress)
        self.since = options.since
        self.until = options.until
        self.report_line = options.report or (lambda _: None)

    async def _walk(self) -> None:
        self.known = self.archive.pages.known_urls(self.source.key)
        for column in self.source.columns:
            state = ListState(column=column)
            self.states.append(state)
            try:
                await self._column(column, state)
            except FetchError as error:
                self.context.note(error.kind, error.reason, error.url, source=True)
            except ListProblem as problem:
                self.context.note(problem.kind, problem.reason, column.url, source=True)

    async def _column(self, column: Column, state: ListState) -> None:
        adapter = adapter_for(self.source, column, self.platforms)
        ask: ListRequest | None = self._place(column) or adapter.first_request()
        signatures: set[tuple[str, ...]] = set()
        while ask is not None and ask.page <= _MAX_PAGES:
            found = await self._page(adapter, ask)
            if found is None:
                break
            page, state.answer = found
            rows = self.lists.tidy(page.rows, column)
            signature = tuple(row.url for row in rows)
            if not rows or signature in signatures:
                break
            signatures.add(signature)
            await self._take(state, rows)
            self._report(column, state.answer.ask.page, rows)
            if self._past(rows):
                break
            ask = page.next
            self._remember(column, ask)
        self._forget(column)

    async def _page(self, adapter: Adapter, ask: ListRequest) -> tuple[Page, ListResponse] | None:
        """A list page with its answer, through shells where there are any; None past the end."""
        current: ListRequest | None = ask
        for _ in range(_MAX_STEPS):
            if current is None:
                break
            answer = await self.context.fetch(
                current, referer=self.source.columns[0].url, retry=True
            )
            if answer.status != 200:
                if ask.page > 1:
                    return None  # past the end
                current = adapter.fallback_request(current)
                if current is None:
                    why = reason("source.http_status", status=answer.status)
                    raise FetchError(FailureKind.NOT_FOUND, why, ask.url)
                continue
            if ask.page > 1 and urlsplit(answer.url).path != urlsplit(current.url).path:
                return None  # past the end: sent elsewhere, to the first or the front page
            try:
                read = await self.lists.parsed(adapter, answer)
                adapter, page = read.adapter, read.page
            except ListProblem as problem:
                if ask.page > 1 and problem.kind not in {
                    FailureKind.CHALLENGE,
                    FailureKind.BROKEN_JSON,
                }:
                    return None
                raise
            if page.follow is None:
                return page, answer
            current = page.follow
        raise ListProblem(FailureKind.EMPTY_UNIT, reason("source.list_leads_on"))

    async def _take(self, state: ListState, rows: tuple[NoticeRef, ...]) -> None:
        wanted = tuple(row for row in rows if self._wanted(row.published))
        state.row_count += len(wanted)
        await self._new_rows(state, wanted, baseline=True)

    def _wanted(self, day: date | None) -> bool:
        return day is None or (day >= self.since and (self.until is None or day <= self.until))

    def _past(self, rows: tuple[NoticeRef, ...]) -> bool:
        dates = [row.published for row in rows if row.published]
        return bool(dates) and max(dates) < self.since

    def _report(self, column: Column, page: int, rows: tuple[NoticeRef, ...]) -> None:
        dates = sorted(row.published for row in rows if row.published)
        span = f"{dates[0]} to {dates[-1]}" if dates else "undated"
        self.report_line(
            f"{self.source.key}/{column.key} page {page}: {len(rows)} rows, {span}, "
            f"{self.documents.tally.new} new so far"
        )

    # ------------------------------------------------------------------ the place

    def _place(self, column: Column) -> ListRequest | None:
        """Where an interrupted walk to the same day or an earlier one stopped."""
        cursor = self.archive.crawl_memory.backfill_cursor(self.source.key, column.key)
        if cursor is None or cursor.since != self.since:
            return None
        self.report_line(f"{self.source.key}/{column.key}: going on at page {cursor.page}")
        return ListRequest(
            url=cursor.url,
            method="POST" if cursor.method == "POST" else "GET",
            form=cursor.form,
            stage=cursor.stage,
            page=cursor.page,
            headers=cursor.headers,
            data=cursor.data,
        )

    def _remember(self, column: Column, ask: ListRequest | None) -> None:
        if ask is None:
            return
        cursor = BackfillCursor(
            since=self.since,
            url=ask.url,
            method=ask.method,
            stage=ask.stage,
            page=ask.page,
            form=ask.form,
            headers=ask.headers,
            data=ask.data,
        )
        self.archive.crawl_memory.save_backfill_cursor(self.source.key, column.key, cursor)

    def _forget(self, column: Column) -> None:
        if self.archive.crawl_memory.backfill_cursor(self.source.key, column.key) is not None:
            self.archive.crawl_memory.save_backfill_cursor(self.source.key, column.key, None)

    def _check_expectations(self) -> None:
        """Old pages say nothing about how the source is now."""
