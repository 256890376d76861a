"""Run one pass over one source: lists, new notices, known pages due for a recheck."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from time import monotonic

from archive.errors import LeaseLost
from archive.store import ArchiveError
from config.model import Platform
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.file_readers import FileReaders
from crawler.passes.documents import Documents
from crawler.passes.late_rows import LateRowSearch, uncovered
from crawler.passes.list_gaps import missing_rows
from crawler.passes.listing import ListReader, ListState, short
from crawler.passes.page_check import NotANotice
from crawler.passes.page_reader import PageTooHeavy
from crawler.passes.pass_context import TOO_HEAVY, GiveUp, PassContext
from crawler.passes.pass_summary import summed_up
from crawler.passes.recheck import Rechecker
from crawler.passes.source_verdict import check_expectations
from crawler.transport.download import FetchError
from crawler.transport.politeness import JITTER
from domain.records.observation import NoticeRef
from domain.records.page_memory import ListMemory, PageHints
from domain.records.reason import reason
from domain.records.source_run import PageState, SourceRun
from domain.records.states import FailureKind

logger = logging.getLogger(__name__)

# A page that cannot be read for one of these reasons is archived from its list row at once;
# for any other reason it is tried again in the next pass first.
_LASTING = {
    FailureKind.NOT_FOUND,
    FailureKind.OFF_HOST,
    FailureKind.ROBOTS,
    FailureKind.BAD_STATUS,
    FailureKind.REDIRECT_LOOP,
    FailureKind.REFUSED_REDIRECT,
    FailureKind.HEAVY,
}


class SourcePass:
    """Runs once; :attr:`report` is what the archive has recorded of it."""

    recorded = True  # whether the pass counts for the source's health

    def __init__(
        self,
        context: PassContext,
        platforms: Mapping[str, Platform],
        files: FileReaders,
        progress: Callable[[SourceRun], None] | None = None,
    ) -> None:
        self.context = context
        self.source = context.source
        self.archive = context.archive
        self.platforms = platforms
        self.progress = progress
        self.lists = ListReader(context, platforms)
        self.documents = Documents(context, platforms[self.source.platform], files)
        self.rechecker = Rechecker(context, self.documents)
        self.rechecker.stands_aside = lambda url: self.lists.addresses.first_of(url) != url
        self.states: list[ListState] = []
        self.report: SourceRun | None = None

    async def run(self) -> None:
        """The pass; whatever goes wrong is recorded and stops no other source. Where another
        worker has taken over the host, what it brings is that one's."""
        try:
            await self._run()
        except LeaseLost as lost:
            logger.warning("%s: broken off: %s", self.source.key, lost)

    async def _run(self) -> None:
        started = self.context.now
        self.context.fetcher.deadline = monotonic() + self._seconds()
        await self._guarded(self._walk)
        await self._guarded(self._finish)
        self.report = summed_up(self.context, self.states, self.documents.tally, started)
        if self.recorded:
            self._record(self.report)
        if self.progress:
            self.progress(self.report)

    def _record(self, report: SourceRun) -> None:
        """Keep what the pass did."""
        self.archive.sources.record_run(report)
        self._keep_retry_after()

    async def _guarded(self, part: Callable[[], Awaitable[None]]) -> None:
        """A part of the pass; what it raises is a finding, but for an archive that fails."""
        try:
            await part()
        except GiveUp as given_up:
            logger.info("%s: given up for this pass: %s", self.source.key, given_up)
        except ArchiveError:
            raise  # nothing can be kept: this ends the whole crawl
        except Exception as error:
            logger.debug("%s: the pass broke off", self.source.key, exc_info=True)
            why = reason("source.pass_broke_off", error=f"{type(error).__name__}: {error}"[:200])
            self.context.note(FailureKind.INTERNAL, why, self.source.columns[0].url, source=True)

    async def _finish(self) -> None:
        self.rechecker.flush()
        self.rechecker.faulty.sum_up()
        self._check_expectations()
        if self.context.budget.waiting:
            why = reason("source.flood", waiting=self.context.budget.waiting)
            self.context.note(FailureKind.FLOOD, why, self.source.columns[0].url, source=True)

    def _seconds(self) -> float:
        """The time a pass may take. A look at everything gets its gap and a second more for
        each known page, or it could never reach the last one."""
        limit = self.context.options.limits.source_seconds
        if self.context.options.recheck != "all":
            return limit
        each = 1.0 + self.source.http.min_gap_seconds * (1 + JITTER)
        return limit + each * len(self.archive.pages.known_urls(self.source.key))

    async def _walk(self) -> None:
        if not self.context.options.replaying:
            self.context.count_the_day()
        self.known = self.archive.pages.known_urls(self.source.key)
        for column in self.source.columns:
            state = await self.lists.read(column)
            self.states.append(state)
            if not state.unchanged and state.rows:
                await self._rows(state)
        await self.rechecker.recheck(self.states)
        await self.rechecker.read_waiting()

    # --------------------------------------------------------------------- rows of a list

    async def _rows(self, state: ListState) -> None:
        column = state.column
        memory = self.archive.crawl_memory.list_memory(self.source.key, column.key)
        baseline = not memory.baseline_done
        state.rows, whole = self._admitted(state.rows)
        fresh = sum(not self._is_known(row.url) for row in state.rows)
        old = uncovered(state, memory, self._is_known)
        settled = await self._new_rows(state, state.rows, baseline=baseline, old=old)
        look = LateRowSearch(self.context, self.lists, column)
        late = await look.late_rows(state, memory, self._is_known, fresh=fresh, baseline=baseline)
        look.seen = list(self._admitted(tuple(look.seen))[0])
        seen = {row.url for row in look.seen}
        late = tuple(row for row in late if row.url in seen)
        if late:
            settled = await self._new_rows(state, late, baseline=baseline) and settled
        if state.sound:
            self._listed(state, look)
            if self._missing(state, look, memory):
                await look.search(state)
                self._listed(state, look)
                self._unlist(self._missing(state, look, memory))
            state.rows = (*state.rows, *look.seen)
        settled = settled and whole
        self.lists.keep(state, settled=settled and not state.faulty, baseline_done=settled)
        look.keep()

    def _missing(self, state: ListState, look: LateRowSearch, memory: ListMemory) -> frozenset[str]:
        """Known notices that the list showed in the last pass and has dropped since."""
        before = memory.rows
        rows = tuple({row.url: row for row in (*state.rows, *look.seen)}.values())
        if {short(row.url) for row in rows}.issuperset(before):
            return frozenset()
        known = self.archive.listings.listed_before(
            self.source.key, state.column.key, self.context.now
        )
        return missing_rows(before, rows, known)

    def _unlist(self, urls: Iterable[str]) -> None:
        """Their pages are looked at in this pass: they may be gone."""
        self.archive.withdrawals.unlisted(urls)
        for url in urls:
            self.rechecker.soon(url)

    def _listed(self, state: ListState, look: LateRowSearch) -> None:
        rows = {row.url: row for row in (*state.rows, *look.seen)}
        present = [(row.url, row.title, row.published) for row in rows.values()]
        self.archive.listings.listed(self.source.key, state.column.key, present, self.context.now)

    def _is_known(self, url: str) -> bool:
        """Whether the archive has this page, perhaps from another source of the same site, or
        from another's list and this source may not read it either."""
        if url in self.known:
            return True
        page = self.archive.pages.page(url)
        if page is not None and page.raw_sha256 is not None:
            return page.source_key != self.source.key
        return self._is_anothers(url) and not self._may_read_now(url, page)

    def _may_read_now(self, url: str, page: PageState | None) -> bool:
        """Whether a page of which only another source's list speaks is to be asked for here: on
        an own host at once, on an allowed one when it is due."""
        fetcher = self.context.fetcher
        due = page is None or page.next_check is None or page.next_check <= self.context.now
        return fetcher.may_visit(url) is None and (due or fetcher.is_own(url))

    async def _new_rows(
        self,
        state: ListState,
        rows: tuple[NoticeRef, ...],
        *,
        baseline: bool,
        old: frozenset[str] = frozenset(),
    ) -> bool:
        """Read what is new in a list; False when something was left for the next pass.
        ``old``: rows that are archived like a baseline, without an alert of their own."""
        settled = True
        self._keep_hints(row for row in rows if not self._is_known(row.url))
        for row in rows:
            if row.hints.row_only:
                settled = self._row_is_notice(state, row, baseline=baseline) and settled
            elif not self._is_known(row.url):
                quiet = baseline or row.url in old
                settled = await self._new_notice(state, row, baseline=quiet) and settled
            else:
                self._known_row(row)
        return settled

    def _admitted(self, rows: tuple[NoticeRef, ...]) -> tuple[tuple[NoticeRef, ...], bool]:
        """The rows that the source's day has room for, and whether these are all."""
        hints = self.archive.crawl_memory.page_hints
        unknown = (row for row in rows if not self._is_known(row.url))
        fresh = [row for row in unknown if hints(row.url) == PageHints()]
        admitted = self.context.budget.admits(len(fresh))
        if admitted == len(fresh):
            return rows, True
        refused = {row.url for row in fresh[admitted:]}
        return tuple(row for row in rows if row.url not in refused), False

    def _keep_hints(self, rows: Iterable[NoticeRef]) -> None:
        """Remember what the list says of its new rows, before their pages are read."""
        with self.archive.transaction():
            for row in rows:
                self.archive.crawl_memory.update_page_hints(row.url, _with_row(row))

    def _row_is_notice(self, state: ListState, row: NoticeRef, *, baseline: bool) -> bool:
        """Store what a row alone says; False when the source's day has no room for it."""
        assert state.answer is not None
        if self._is_anothers(row.url):
            return True
        if not baseline and self.context.budget.changes <= 0:
            self.context.budget.waiting += 1
            return False
        with self.context.one_notice(row.url):
            self.documents.take_row(row, state.answer, state.column.key, baseline=baseline)
        self.known.add(row.url)
        return True

    def _known_row(self, row: NoticeRef) -> None:
        """A known notice: look at its page now when its row changed or it had been gone."""
        if self._is_anothers(row.url):
            return  # what another list says of it is that source's matter
        before = self.archive.crawl_memory.page_hints(row.url)
        if before not in (PageHints(), before.with_row(row)):
            self.archive.crawl_memory.update_page_hints(row.url, _with_row(row))
            if before.title != row.title:
                self.rechecker.soon(row.url)
        page = self.archive.pages.page(row.url)
        if page is not None and page.gone_looks:
            self.rechecker.soon(row.url)

    async def _new_notice(self, state: ListState, row: NoticeRef, *, baseline: bool) -> bool:
        """The page of a row not seen before; True when the notice is in the archive, or its
        page, which is none, may take days."""
        column, url = state.column, row.url
        seen_before = self.archive.pages.page(url) is not None
        if not self.context.fetcher.can_answer(url):
            return self._not_collected(url, column.key, baseline=baseline)
        baseline = baseline or self.archive.crawl_memory.page_hints(url).quiet
        if not baseline and self.context.budget.changes <= 0:
            self.rechecker.leave(url, column.key)
            return False
        try:
            answer = await self.context.fetch(ListRequest(url=url), referer=column.url)
            missing = self.rechecker.missing(answer, url)
            if missing is None:
                return await self._taken(answer, url, column.key, baseline=baseline)
            kind, why = FailureKind.NOT_FOUND, missing
        except PageTooHeavy:
            kind, why = FailureKind.HEAVY, TOO_HEAVY
        except NotANotice as error:
            return self._no_notice(error, state, row, baseline=baseline)
        except FetchError as error:
            kind, why = error.kind, error.reason
        if kind not in _LASTING and not seen_before:
            self.context.note(kind, reason("source.not_read_yet", why=why), url)
            self._keep_quiet(url, baseline=baseline)
            self.rechecker.note_attempt(url, column.key)
            return False
        self.context.note(kind, reason("source.row_only", why=why), url)
        self._keep_row(state, row, baseline=baseline)
        return True

    def _not_collected(self, url: str, column_key: str, *, baseline: bool) -> bool:
        """A replay without this page: no failure of its site, it is waited for."""
        self.context.note(FailureKind.NOT_COLLECTED, reason("source.not_collected"), url)
        self._keep_quiet(url, baseline=baseline)
        self.rechecker.wait_for(url, column_key)
        return False

    async def _taken(
        self, answer: ListResponse, url: str, column_key: str, *, baseline: bool
    ) -> bool:
        """Whether a new notice is in the archive; what cannot be understood is noted."""
        with self.context.one_notice(url, heavy=True):
            await self.documents.take(answer, url, column_key, baseline=baseline)
            self.known.add(url)
        return url in self.known

    def _no_notice(
        self, error: NotANotice, state: ListState, row: NoticeRef, *, baseline: bool
    ) -> bool:
        """What stands at a new row's address is no notice: it is read again in the next passes,
        and once that has lasted the row stands for it. It holds up no baseline."""
        self._keep_quiet(row.url, baseline=baseline)
        if self.rechecker.no_notice(error, row.url, state.column.key):
            self._keep_row(state, row, baseline=baseline)
        else:
            state.faulty = True
        return True

    def _keep_quiet(self, url: str, *, baseline: bool) -> None:
        if baseline:
            self.archive.crawl_memory.update_page_hints(url, lambda old: replace(old, quiet=True))

    def _keep_row(self, state: ListState, row: NoticeRef, *, baseline: bool) -> None:
        """A notice of which only its row speaks; what another source's list said of the same
        address stays as it is."""
        assert state.answer is not None
        if self._is_anothers(row.url):
            return
        refusal = self.context.fetcher.may_visit(row.url)
        with self.archive.transaction():
            self.documents.take_row(row, state.answer, state.column.key, baseline=baseline)
            if refusal is not None and refusal.code == "source.internal_host":
                why = reason("source.row_leads_inside", title=row.title, url=row.url)
                self.archive.sources.tell(self.source.key, why)
            self.rechecker.note_attempt(row.url, state.column.key)
        self.known.add(row.url)

    def _is_anothers(self, url: str) -> bool:
        """Whether the archive has a notice at this address from another source."""
        return self.archive.postings.source_of(url) not in {None, self.source.key}

    def _keep_retry_after(self) -> None:
        """Leave a long Retry-After to the scheduler."""
        wait = self.context.retry_after
        until = None if wait is None else self.context.now + timedelta(seconds=wait)
        if until is not None or self.archive.crawl_memory.retry_after(self.source.key) is not None:
            self.archive.crawl_memory.save_retry_after(self.source.key, until)

    # --------------------------------------------------------------------- expectations

    def _check_expectations(self) -> None:
        if self.context.options.replaying:
            return  # recordings are old and cut short
        sound = [state for state in self.states if state.sound]
        if not sound:
            return
        self.context.findings += check_expectations(
            self.source.expect,
            rows=sum(state.row_count for state in sound),
            newest=max((state.newest for state in sound if state.newest), default=None),
            today=self.context.now.date(),
            url=sound[0].column.url,
        )


def _with_row(row: NoticeRef) -> Callable[[PageHints], PageHints]:
    return lambda hints: hints.with_row(row)
