"""Fetch one column's list: from its first request to rows, with what is wrong about them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from archive.evidence.chain import sha256_of
from config.model import Column, Platform
from crawler.adapters import adapter_for
from crawler.adapters.adapter import OWN_PAGE, Adapter, ListProblem, ListRequest, ListResponse, Page
from crawler.adapters.registry import capabilities_of
from crawler.passes.address_book import AddressBook, known_addresses, tidy_row
from crawler.passes.attachment_files import validators_of
from crawler.passes.page_jobs import ListPage, ListRead
from crawler.passes.page_reader import PageTooHeavy
from crawler.passes.pass_context import (
    TOO_HEAVY,
    GiveUp,
    PassContext,
    challenge_of,
    is_blocked,
)
from crawler.passes.source_verdict import status_finding
from crawler.transport.download import FetchError
from crawler.transport.rendering import is_page
from domain.records.observation import NoticeRef
from domain.records.page_memory import ListMemory
from domain.records.reason import Reason, reason
from domain.records.source_run import PageState
from domain.records.states import FailureKind
from i18n.catalogue import english

logger = logging.getLogger(__name__)

_MAX_STEPS = 8
MOST_ROWS = 2000  # of one answer of a list
_MOST_TOTAL = 10**9  # a list that counts more counts nonsense
_KEPT_ROWS = 500


@dataclass(kw_only=True)
class ListState:
    """A column's list as read in this pass. ``sound``: nothing was wrong with it, so that a
    notice's absence from it counts."""

    column: Column
    rows: tuple[NoticeRef, ...] = ()
    answer: ListResponse | None = None
    page: Page = field(default_factory=Page)
    unchanged: bool = False
    sound: bool = False
    failed: FetchError | ListProblem | None = None  # before the column's page was asked instead
    faulty: bool = False  # a row's page was no notice: it is to be read again
    row_count: int = 0
    newest: date | None = None
    recalled: frozenset[str] = frozenset()  # rows of an unchanged list, as short()
    parameters: dict[str, str] = field(default_factory=dict)

    def holds(self, url: str) -> bool:
        """Whether a notice stands in this list."""
        return short(url) in self.recalled or any(row.url == url for row in self.rows)


class ListReader:
    """Reads the lists of one source."""

    def __init__(self, context: PassContext, platforms: Mapping[str, Platform]) -> None:
        self.context = context
        self.archive = context.archive
        self.platforms = platforms
        self.failed_lists = 0

    async def read(self, column: Column) -> ListState:
        """Page one of a column; problems become findings, repeated ones end the pass."""
        adapter = adapter_for(self.context.source, column, self.platforms)
        state = ListState(column=column)
        memory = self.archive.crawl_memory.list_memory(self.context.source.key, column.key)
        try:
            await self._follow(adapter, state, memory)
        except FetchError as error:
            self._failed(error.kind, error.reason, error.url)
            return state
        except ListProblem as problem:
            self._failed(problem.kind, problem.reason, column.url)
            return state
        self._examine(state, memory)
        return state

    async def _follow(self, adapter: Adapter, state: ListState, memory: ListMemory) -> None:
        """From the first request through shells and fallbacks to the answer with rows."""
        ask: ListRequest | None = adapter.first_request()
        for _ in range(_MAX_STEPS):
            assert ask is not None
            answer = await self._ask(adapter, ask, state, memory)
            if answer is None:  # read in vain: the adapter knows another way
                ask = adapter.fallback_request(ask)
                continue
            if state.unchanged:
                return
            read = await self._read(adapter, answer, state)
            if read is None:
                ask = adapter.fallback_request(ask)
                continue
            adapter, page = read.adapter, read.page
            state.parameters.update(page.parameters)
            for difference in page.drift:
                self._drifted(difference, answer.ask.url)
            state.answer, state.page = answer, page
            if page.follow is None:
                if not page.rows and state.failed is not None:
                    raise state.failed  # the column's page does not help either
                self.context.budget.waiting += max(0, len(page.rows) - MOST_ROWS)
                state.rows = self.tidy(page.rows[:MOST_ROWS], state.column)
                return
            ask = page.follow
        raise ListProblem(FailureKind.EMPTY_UNIT, reason("source.list_leads_on"))

    async def parsed(self, adapter: Adapter, answer: ListResponse) -> ListRead:
        """The rows of an answer; whatever its adapter makes of it, an error of this list only."""
        source = self.context.source
        job = ListPage(adapter=adapter, answer=answer)
        try:
            return await self.context.rows(job)
        except ListProblem:
            raise
        except PageTooHeavy:
            raise ListProblem(FailureKind.HEAVY, TOO_HEAVY) from None
        except Exception as error:
            logger.debug("%s: list not understood", source.key, exc_info=True)
            why = reason(
                "source.list_not_understood", error=f"{type(error).__name__}: {error}"[:200]
            )
            raise ListProblem(FailureKind.INTERNAL, why) from error

    async def _read(
        self, adapter: Adapter, answer: ListResponse, state: ListState
    ) -> ListRead | None:
        """What an answer says; None when it says nothing but the column's page may."""
        try:
            return await self.parsed(adapter, answer)
        except ListProblem as problem:
            instead = adapter.fallback_request(answer.ask)
            if instead is None or instead.stage != OWN_PAGE or is_blocked(problem.kind):
                raise
            state.failed = problem
            return None

    async def _ask(
        self, adapter: Adapter, ask: ListRequest, state: ListState, memory: ListMemory
    ) -> ListResponse | None:
        """One answer; None when it failed but the adapter knows what to ask instead."""
        known = self._settled_page(ask, memory)
        try:
            answer = await self.context.fetch(
                ask,
                referer=state.column.url,
                validators=validators_of(known),
                retry=ask.stage != OWN_PAGE,
            )
        except FetchError as error:
            instead = adapter.fallback_request(ask)
            if instead is None or is_blocked(error.kind):
                raise (state.failed or error) from error
            if instead.stage == OWN_PAGE:
                state.failed = error
                return None
            self.context.note(error.kind, reason("source.column_page", why=error.reason), ask.url)
            return None
        missing = status_finding(answer.status, ask.url)
        if missing and answer.status != 304:
            instead = adapter.fallback_request(ask)
            if instead is None:
                raise state.failed or FetchError(missing[0], missing[1], ask.url)
            if instead.stage == OWN_PAGE:
                state.failed = FetchError(missing[0], missing[1], ask.url)
                return None
            if not self.context.options.replaying:
                why = reason("source.column_page", why=missing[1])
                self.context.note(FailureKind.DRIFT, why, ask.url, source=True)
            return None
        if self.context.source.render and is_page(answer) and challenge_of(answer) is None:
            answer = await self.context.fetcher.drawn(answer)
        if known is not None and (
            answer.status == 304 or known.raw_sha256 == sha256_of(answer.body)
        ):
            self._recall(state, memory)
        return answer

    def _settled_page(self, ask: ListRequest, memory: ListMemory) -> PageState | None:
        """What is known of a list whose rows were all dealt with in the last pass."""
        if ask.method != "GET" or memory.settled_url != ask.url or self.context.source.render:
            return None  # the page that scripts fill says nothing of what they fill it with
        return self.archive.pages.page(ask.url)

    def _recall(self, state: ListState, memory: ListMemory) -> None:
        state.unchanged = state.sound = True
        state.row_count = memory.row_count
        state.recalled = frozenset(memory.rows)
        state.newest = memory.newest

    # --------------------------------------------------------------------- judging

    def _failed(self, kind: FailureKind, why: Reason, url: str) -> None:
        """A list that could not be read: the second time (its retry counts) ends the pass."""
        self.context.note(kind, why, url, source=True)
        self.failed_lists += (
            2
            if kind
            in {
                FailureKind.TIMEOUT,
                FailureKind.SERVER_ERROR,
                FailureKind.CONNECTION,
                FailureKind.DNS,
            }
            else 1
        )
        if kind not in {FailureKind.NOT_FOUND, FailureKind.OFF_HOST} and (
            self.failed_lists >= self.context.options.limits.list_failures
        ):
            raise GiveUp(english(why))

    def _drifted(self, difference: Reason, url: str) -> None:
        if not self.context.options.replaying:
            why = reason("source.ids_drifted", difference=difference)
            self.context.note(FailureKind.DRIFT, why, url, source=True)

    def _examine(self, state: ListState, memory: ListMemory) -> None:
        """Whether rows are what a healthy list has."""
        if state.unchanged:
            return
        url = state.column.url
        state.row_count = len(state.rows)
        state.newest = max((row.published for row in state.rows if row.published), default=None)
        if not state.rows and self.context.source.expect.min_rows == 0:
            state.sound = True  # a question that may well have no answer
            return
        if not state.rows:
            why = state.page.lacking or reason("source.no_links")
            self.context.note(FailureKind.NO_ROWS, why, url, source=True)
            return
        if state.page.fallback:
            self.context.note(FailureKind.FALLBACK, state.page.fallback, url, source=True)
        if state.newest is None and self._wants_dates():
            why = state.page.lacking or reason("source.undated")
            self.context.note(FailureKind.NO_DATES, why, url, source=True)
            return
        if self._backwards(state, memory):
            why = reason("source.backwards", newest=str(state.newest), before=str(memory.newest))
            self.context.note(FailureKind.BACKWARDS, why, url, source=True)
            state.rows = ()  # a stale or wrong list: nothing in it is news
            return
        state.sound = state.page.fallback is None
        self._tell_undated(state)

    def _tell_undated(self, state: ListState) -> None:
        """How many rows among dated ones have no date; no sign of a broken list."""
        undated = sum(row.published is None for row in state.rows)
        if undated and state.newest is not None and self._wants_dates():
            why = reason("source.some_undated", undated=undated, rows=len(state.rows))
            self.context.note(FailureKind.NO_DATES, why, state.column.url)

    def _wants_dates(self) -> bool:
        platform = self.platforms[self.context.source.platform]
        return (
            not capabilities_of(platform).reads_home_pages and "template.url" not in platform.params
        )

    @staticmethod
    def _backwards(state: ListState, memory: ListMemory) -> bool:
        """An older newest date together with other rows: a stale or wrong list. A withdrawn
        newest notice leaves the rest of the rows in place."""
        if memory.newest is None or state.newest is None or state.newest >= memory.newest:
            return False
        kept = set(memory.rows)
        here = {short(row.url) for row in state.rows}
        return len(kept & here) * 2 < min(len(kept), len(here))

    def tidy(self, rows: Sequence[NoticeRef], column: Column) -> tuple[NoticeRef, ...]:
        """One address for one notice, the one that it is known by where it is known."""
        return self.addresses.resolve([tidy_row(row, column) for row in rows])

    @cached_property
    def addresses(self) -> AddressBook:
        """The addresses of the source's notices, read or not yet."""
        return known_addresses(self.archive, self.context.source.key, self.context.now)

    # --------------------------------------------------------------------- memory

    def keep(self, state: ListState, *, settled: bool, baseline_done: bool) -> None:
        """Remember a column's list for the next pass."""
        read = state.rows and not state.unchanged and state.answer is not None

        def change(memory: ListMemory) -> ListMemory:
            done = memory.baseline_done or baseline_done
            now = _memory_of(state, settled=settled, before=memory) if read else memory
            return replace(now, baseline_done=done)

        self.archive.crawl_memory.update_list_memory(
            self.context.source.key, state.column.key, change
        )
        if read:
            self._keep_page(state)

    def _keep_page(self, state: ListState) -> None:
        answer = state.answer
        assert answer is not None
        if answer.ask.method != "GET":
            return
        self.archive.pages.save_page(
            PageState(
                url=answer.ask.url,
                source_key=self.context.source.key,
                column_key=state.column.key,
                etag=answer.header("etag"),
                last_modified=answer.header("last-modified"),
                raw_sha256=sha256_of(answer.body),
                checked_at=self.context.now,
                changed_at=self.context.now,
                next_check=None,
            )
        )


def _memory_of(state: ListState, *, settled: bool, before: ListMemory) -> ListMemory:
    assert state.answer is not None
    return replace(
        before,
        settled_url=state.answer.ask.url if settled and state.sound else "",
        row_count=state.row_count,
        newest=state.newest,
        rows=tuple(short(row.url) for row in state.rows[:_KEPT_ROWS]),
        total=state.page.total if 0 < (state.page.total or 0) < _MOST_TOTAL else None,
    )


def short(url: str) -> str:
    """A short stand-in for an address."""
    return hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()[:12]
