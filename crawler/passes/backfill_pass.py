"""Walking a source's lists back in time, resumable page by page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from config.model import Column, Platform
from crawler.adapters import adapter_for
from crawler.adapters.adapter import Adapter, ListProblem, ListRequest, ListResponse, Page
from crawler.extract.file_extractor import FileExtractor
from crawler.passes.listing import ListState
from crawler.passes.pass_context import PassContext
from crawler.passes.source_pass import SourcePass
from crawler.transport.download import FetchError
from domain.records.observation import NoticeRef
from domain.records.source_run import SourceRun

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
        files: FileExtractor,
        progress: Callable[[SourceRun], None] | None = None,
        *,
        since: date,
        until: date | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(context, platforms, files, progress)
        self.since = since
        self.until = until
        self.say = say or (lambda _: None)

    async def _walk(self) -> None:
        self.known = self.archive.pages.known_urls(self.source.key)
        for column in self.source.columns:
            state = ListState(column=column)
            self.states.append(state)
            try:
                await self._column(column, state)
            except FetchError as error:
                self.context.note(error.kind, error.message, error.url, source=True)
            except ListProblem as problem:
                self.context.note(problem.kind, problem.message, column.url, source=True)

    async def _column(self, column: Column, state: ListState) -> None:
        adapter = adapter_for(self.source, column, self.platforms)
        ask: ListRequest | None = self._place(column) or adapter.first()
        signatures: set[tuple[str, ...]] = set()
        while ask is not None and ask.page <= _MAX_PAGES:
            found = await self._page(adapter, ask)
            if found is None:
                break
            page, state.answer = found
            rows = tuple(self.lists.tidy(row, column) for row in page.rows)
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
                current = adapter.instead(current)
                if current is None:
                    raise FetchError("not_found", f"HTTP {answer.status}", ask.url)
                continue
            if ask.page > 1 and urlsplit(answer.url).path != urlsplit(current.url).path:
                return None  # past the end: sent elsewhere, to the first or the front page
            try:
                page = adapter.parse(answer)
            except ListProblem as problem:
                if ask.page > 1 and problem.kind not in {"challenge", "broken_json"}:
                    return None
                raise
            if page.follow is None:
                return page, answer
            current = page.follow
        raise ListProblem("empty_unit", "the list only leads from one request to the next")

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
        self.say(
            f"{self.source.key}/{column.key} page {page}: {len(rows)} rows, {span}, "
            f"{self.documents.tally.new} new so far"
        )

    # ------------------------------------------------------------------ the place

    def _key(self, column: Column) -> str:
        return f"backfill:{self.source.key}/{column.key}"

    def _place(self, column: Column) -> ListRequest | None:
        """Where an interrupted walk to the same day or an earlier one stopped."""
        kept = self.archive.pages.page_params(self._key(column))
        if not kept.get("ask") or kept.get("since") != self.since.isoformat():
            return None
        saved: dict[str, Any] = json.loads(kept["ask"])
        self.say(f"{self.source.key}/{column.key}: going on at page {saved['page']}")
        return ListRequest(
            url=saved["url"],
            method=saved["method"],
            form=tuple((key, value) for key, value in saved["form"]),
            stage=saved["stage"],
            page=saved["page"],
            headers=tuple((key, value) for key, value in saved["headers"]),
            data=saved["data"],
        )

    def _remember(self, column: Column, ask: ListRequest | None) -> None:
        if ask is None:
            return
        saved = {
            "url": ask.url,
            "method": ask.method,
            "form": ask.form,
            "stage": ask.stage,
            "page": ask.page,
            "headers": ask.headers,
            "data": dict(ask.data),
        }
        self.archive.pages.save_page_params(
            self._key(column),
            {"since": self.since.isoformat(), "ask": json.dumps(saved, ensure_ascii=False)},
        )

    def _forget(self, column: Column) -> None:
        if self.archive.pages.page_params(self._key(column)):
            self.archive.pages.save_page_params(self._key(column), {})

    def _check_expectations(self) -> None:
        """Old pages say nothing about how the source is now."""
