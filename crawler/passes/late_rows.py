"""Search, within bounds, for notices that were put into a list behind its first page.

A late notice with an old date, or a pinned row that pushes others down, shows on page two
only. Page two is read in the first pass (its addresses are remembered), when page one is
wholly new or the list's total grew by more than its new rows, once a day, and in every pass
that looks at everything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from config.model import Column
from crawler.adapters import adapter_for
from crawler.adapters.adapter import ListProblem, ListRequest, Page
from crawler.passes.listing import ListReader, ListState, short
from crawler.passes.pass_context import PassContext
from crawler.transport.download import FetchError
from domain.records.observation import NoticeRef
from domain.records.page_memory import ListMemory

_MAX_BEHIND = 2
_MAX_BURST = 10  # pages, while everything on them is new
_EVERY = timedelta(hours=24)


class LateRowSearch:
    """The pages behind the first of one column, in one pass."""

    def __init__(self, context: PassContext, lists: ListReader, column: Column) -> None:
        self.context = context
        self.lists = lists
        self.column = column
        self.seen: list[NoticeRef] = []

    async def late_rows(
        self,
        state: ListState,
        memory: ListMemory,
        is_known: Callable[[str], bool],
        *,
        fresh: int,
        baseline: bool,
    ) -> tuple[NoticeRef, ...]:
        """Rows behind page one that were not there before; errors there are no error.

        ``fresh``: how many rows of page one were new.
        """
        if not state.sound or state.page.next is None:
            return ()
        crowded = not baseline and fresh == len(state.rows)
        if not (crowded or self._due(state, memory, fresh)):
            return ()
        before, oldest = set(memory.behind or ()), memory.behind_oldest
        late: list[NoticeRef] = []
        async for rows in self._pages(state, _MAX_BURST if crowded else _MAX_BEHIND):
            unknown = [row for row in rows if not is_known(row.url)]
            late += [row for row in unknown if self._is_late(row, before, oldest, crowded)]
            crowded = crowded and len(unknown) == len(rows)
            if not crowded:
                break
        return () if baseline else tuple(late)

    async def search(self, state: ListState) -> None:
        """Read on for notices missing from page one, unless that was done already."""
        if not self.seen and state.page.next is not None:
            async for _ in self._pages(state, _MAX_BEHIND):
                pass

    async def _pages(self, state: ListState, count: int) -> AsyncIterator[tuple[NoticeRef, ...]]:
        """The pages behind the first, until they end or repeat themselves."""
        signature = _signature(state.rows)
        ask: ListRequest | None = state.page.next
        last = (ask.page if ask else 2) + count
        while ask is not None and ask.page < last:
            page = await self._page(ask)
            rows = self.lists.tidy(page.rows, self.column) if page else ()
            if page is None or not rows or _signature(rows) == signature:
                return
            signature = _signature(rows)
            self.seen += rows
            yield rows
            ask = page.next

    def _due(self, state: ListState, memory: ListMemory, fresh: int) -> bool:
        if self.context.options.recheck == "all" or memory.behind is None:
            return True
        total = state.page.total
        if memory.total and total is not None and total - memory.total > fresh:
            return True
        return memory.behind_at is None or self.context.now - memory.behind_at >= _EVERY

    @staticmethod
    def _is_late(row: NoticeRef, before: set[str], oldest: date | None, crowded: bool) -> bool:
        """New behind page one, and not merely moved up from pages never read."""
        if short(row.url) in before:
            return False
        if crowded:
            return True
        return bool(before and oldest and row.published and row.published > oldest)

    async def _page(self, ask: ListRequest) -> Page | None:
        adapter = adapter_for(self.context.source, self.column, self.lists.platforms)
        try:
            answer = await self.context.fetch(ask, referer=self.column.url)
            if answer.status != 200:
                return None
            return (await self.lists.parsed(adapter, answer)).page
        except (FetchError, ListProblem):
            return None

    def keep(self) -> None:
        """Remember what stands behind page one."""
        if not self.seen:
            return
        dates = [row.published for row in self.seen if row.published]
        self.context.archive.crawl_memory.update_list_memory(
            self.context.source.key,
            self.column.key,
            lambda memory: replace(
                memory,
                behind=tuple(short(row.url) for row in self.seen),
                behind_oldest=dates[-1] if dates else None,
                behind_at=self.context.now,
            ),
        )


def uncovered(
    state: ListState, memory: ListMemory, is_known: Callable[[str], bool]
) -> frozenset[str]:
    """Unknown rows of page one that only moved up because others left the list: they were
    there before, so they are no news."""
    before = set(memory.behind or ())
    old = {row.url for row in state.rows if short(row.url) in before and not is_known(row.url)}
    left = set(memory.rows) - {short(row.url) for row in state.rows}
    tail = list(takewhile(lambda row: not is_known(row.url), reversed(state.rows)))
    known = [row.published for row in state.rows if row.published and is_known(row.url)]
    if known and len(tail) <= len(left):
        old |= {row.url for row in tail if row.published and row.published <= min(known)}
    return frozenset(old)


def _signature(rows: tuple[NoticeRef, ...]) -> tuple[str, ...]:
    return tuple(row.url for row in rows)
