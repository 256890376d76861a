"""Recheck known pages: unchanged, changed, gone, back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from time import monotonic

from archive.evidence.chain import sha256_of
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.page.page_state import challenge_marks, removal_text
from crawler.extract.page_weight import is_light
from crawler.passes.attachment_files import StoredFile, validators_of
from crawler.passes.documents import Documents, is_document
from crawler.passes.faulty_pages import FaultyPages
from crawler.passes.listing import ListState
from crawler.passes.page_check import NotANotice
from crawler.passes.pass_context import SMALL_PAGE, PassContext
from crawler.passes.removal import SUSPECT, YOUNG, age, confirms, removal_reason
from crawler.passes.source_verdict import status_finding
from crawler.transport.download import FetchError
from domain.records.observation import IngestResult
from domain.records.reason import Reason, reason
from domain.records.source_run import PageState
from domain.records.states import FailureKind

_BATCH = 50
_ASIDE = timedelta(days=365)
NO_SIGN = reason("removal.no_sign")


class Rechecker:
    """The re-checks of one source's pass."""

    def __init__(self, context: PassContext, documents: Documents) -> None:
        self.context = context
        self.archive = context.archive
        self.documents = documents
        self.everything = context.options.recheck == "all"
        self.stands_aside: Callable[[str], bool] = lambda _: False  # known by another address
        self.faulty = FaultyPages(context)
        self._soon: dict[str, None] = {}
        self._done: set[str] = set()
        self._unchanged: list[tuple[ListResponse, PageState]] = []
        self._unconfirmed: list[tuple[PageState, float]] = []  # with the moment of the look

    def soon(self, url: str) -> None:
        """Look at a known page in this pass whether it is due or not."""
        self._soon[url] = None

    def note_attempt(self, url: str, column_key: str) -> None:
        """Remember that a page could not be read, so that the next failure counts as lasting."""
        self._done.add(url)
        self.faulty.note_attempt(url, column_key)

    def leave(self, url: str, column_key: str) -> None:
        """Remember a listed page that is not to be read today."""
        self.context.budget.waiting += 1
        self.wait_for(url, column_key)

    def wait_for(self, url: str, column_key: str) -> None:
        """Remember a listed page that could not be asked for."""
        self._done.add(url)
        if self.archive.pages.page(url) is None:
            self.faulty.wait(url, column_key)

    def no_notice(self, error: NotANotice, url: str, column_key: str) -> bool:
        """Remember a page never read that is no notice; whether its row must stand for it."""
        self._done.add(url)
        return self.faulty.first_look(error, url, column_key)

    def missing(self, answer: ListResponse, url: str) -> Reason | None:
        """Why an answer holds no notice; a challenge page raises FetchError."""
        bad = status_finding(answer.status, url)
        if bad and answer.status != 304:
            return bad[1]
        if answer.status == 304 or is_document(answer):
            return None
        if why := removal_reason(url, answer.url):
            return why
        kind = (answer.header("content-type") or "text/html").lower()
        small = len(answer.body) <= SMALL_PAGE and ("html" in kind or "text" in kind)
        if not small or not is_light(answer.text):
            return None
        if mark := challenge_marks(answer.text):
            challenge = reason("source.challenge_instead_of_notice", mark=mark)
            raise FetchError(FailureKind.CHALLENGE, challenge, url)
        sentence = removal_text(answer.text)
        return reason("removal.page_says", words=sentence) if sentence else None

    # ------------------------------------------------------------------ the round

    async def read_waiting(self) -> None:
        """Notices that a list showed while their page could not be read, and that no list
        shows any more: an act on page twelve of a backfill, one that moved on meanwhile."""
        pages = self.archive.pages.unread_pages(
            self.context.source.key, self.context.now, everything=self.everything
        )
        for page in pages:
            if page.url not in self._done and self._may_be_read(page):
                if self._full():
                    break
                await self._read_at_last(page)

    def _may_be_read(self, page: PageState) -> bool:
        return not self._only_in_list(page) and self.context.fetcher.can_answer(page.url)

    async def _read_at_last(self, page: PageState) -> None:
        """Another try at a page never read."""
        answer = await self._waited_for(page)
        if answer is None:
            return
        self._done.add(page.url)
        quiet = self.archive.crawl_memory.page_hints(page.url).quiet
        try:
            if await self._stored(answer, page, baseline=quiet) is None:
                self.note_attempt(page.url, page.column_key)
        except NotANotice as error:
            self.no_notice(error, page.url, page.column_key)

    async def _waited_for(self, page: PageState) -> ListResponse | None:
        """The answer of a page never read; None, and a longer wait, when it fails again."""
        try:
            answer = await self.context.fetch(
                ListRequest(url=page.url), referer=self.context.source.columns[0].url
            )
            why = self.missing(answer, page.url)
            kind = FailureKind.NOT_FOUND
        except FetchError as error:
            kind, why = error.kind, error.reason
        if why is None:
            return answer
        if kind == FailureKind.NOT_FOUND:
            self.archive.page_looks.sound(page.url)  # it is gone, not faulty
        self.context.note(kind, reason("source.still_not_read", why=why), page.url)
        self.note_attempt(page.url, page.column_key)
        return None

    async def recheck(self, states: Sequence[ListState]) -> None:
        """Pages that a pass asked to look at, then those due for a look, longest waiting first."""
        lists_sound = all(state.sound for state in states) and len(states) == len(
            self.context.source.columns
        )
        if lists_sound and self.documents.platform.params.get("detail") == "none":
            self._rows_gone(states)
        pages = self._due_pages()
        waiting = self.archive.confirmation.unconfirmed(self.context.source.key)
        urls = dict.fromkeys((*waiting, *self._soon))
        extra = [page for url in urls if (page := self.archive.pages.page(url)) is not None]
        for page in (*extra, *pages):
            if page.url in self._done:
                continue
            self._done.add(page.url)
            if self._only_in_list(page):
                continue
            if self.stands_aside(page.url):
                later = self.context.now + _ASIDE
                self.archive.pages.save_page(replace(page, next_check=later))
                continue
            if self._full():
                break
            held = not lists_sound or any(state.holds(page.url) for state in states)
            sound = any(s.sound for s in states if s.column.key == page.column_key)
            await self._look(page, listed=held, sound=sound)
        await self._confirm()
        self.flush()

    def _due_pages(self) -> Sequence[PageState]:
        """Known pages whose time has come; in a replay those that were looked at."""
        key, recorded = self.context.source.key, self.context.fetcher.recorded_pages()
        if recorded is None:
            return self.archive.pages.due_pages(key, self.context.now, everything=self.everything)
        known = self.archive.pages.known_urls(key)
        pages = (self.archive.pages.page(url) for url in recorded if url in known)
        return [page for page in pages if page is not None]

    async def _confirm(self) -> None:
        """A second look at pages whose change was seen in this pass: at young ones, and in a
        look at everything. The others are due at once in the next pass."""
        waiting, self._unconfirmed = self._unconfirmed, []
        for page, looked in waiting:
            if self._full():
                break
            await self.context.fetcher.pause(max(0.0, self._gap() - (monotonic() - looked)))
            await self._look(page, listed=True, sound=True)

    def _gap(self) -> float:
        return 0.0 if self.context.options.replaying else self.context.options.limits.second_look

    def _rows_gone(self, states: Sequence[ListState]) -> None:
        """Notices without a page of their own are gone with their row."""
        for url in sorted(self.archive.listings.unlisted_urls(self.context.source.key)):
            page = self.archive.pages.page(url)
            if page is not None and not any(state.holds(url) for state in states):
                self._done.add(url)
                self._gone(page, reason("removal.left_list"))

    def _only_in_list(self, page: PageState) -> bool:
        """Notices without a page that may be asked for: a row is all there is."""
        if self.documents.platform.params.get("detail") == "none":
            return True
        return self.context.fetcher.may_visit(page.url) is not None

    async def _look(self, page: PageState, *, listed: bool, sound: bool) -> None:
        """``sound``: the page's list was read well; a faulty pass is no look at what is gone."""
        if not self.context.fetcher.can_answer(page.url):
            return
        answer = await self._answer(page)
        if answer is None:
            return
        why = self._gone_reason(answer, page)
        if why is None:
            if (
                page.gone_looks
                and not listed
                and self.archive.crawl_memory.page_hints(page.url).left_list
            ):
                return  # it still answers, but it is not back in its list
            await self._present(answer, page)
        elif why != NO_SIGN and sound:
            self._gone(page, why)

    async def _answer(self, page: PageState) -> ListResponse | None:
        try:
            return await self.context.fetch(
                ListRequest(url=page.url),
                referer=self.context.source.columns[0].url,
                validators=validators_of(page),
            )
        except FetchError as error:
            self._not_read(error, page)
            return None

    def _not_read(self, error: FetchError, page: PageState) -> None:
        why = reason("source.known_not_read", why=error.reason)
        self.context.note(error.kind, why, page.url)

    def _gone_reason(self, answer: ListResponse, page: PageState) -> Reason | None:
        """Why a page is gone; None: it is there; NO_SIGN: this look says nothing."""
        if answer.status == 304:
            return None
        if page.raw_sha256 is None and answer.status != 200:
            self.context.note(FailureKind.NOT_FOUND, reason("source.listed_page_missing"), page.url)
            self.note_attempt(page.url, page.column_key)
            return NO_SIGN  # never read: its row is all there ever was
        if page.raw_sha256 == sha256_of(answer.body):
            return None
        try:
            return self.missing(answer, page.url)
        except FetchError as error:
            self._not_read(error, page)
            return NO_SIGN

    # ------------------------------------------------------------------ outcomes

    async def _present(self, answer: ListResponse, page: PageState) -> None:
        same = answer.status == 304 or page.raw_sha256 == sha256_of(answer.body)
        if not same:
            await self._take(answer, page)
            return
        hints = self.archive.crawl_memory.page_hints(page.url)
        self.archive.page_looks.sound(page.url)
        if hints.files or hints.unread_files:
            changed = await self.documents.attachments.changed_files(page.url, hints)
            if changed:
                whole = await self._whole(answer, page)
                if whole is not None:
                    await self._take(whole, page, ready=changed)
                return
        self.archive.confirmation.is_back(page.url, answer.fetched_at)
        self._unchanged.append((answer, page))
        if len(self._unchanged) >= _BATCH:
            self.flush()

    async def _take(
        self, answer: ListResponse, page: PageState, ready: Mapping[str, StoredFile] | None = None
    ) -> None:
        try:
            result = await self._stored(answer, page, baseline=False, ready=ready)
        except NotANotice as error:
            self.faulty.known_page(error, page)
            return
        if result is None:
            self.faulty.put_off(page)
        elif result.unconfirmed and self._is_young(page):
            self._unconfirmed.append((page, monotonic()))

    async def _stored(
        self,
        answer: ListResponse,
        page: PageState,
        *,
        baseline: bool,
        ready: Mapping[str, StoredFile] | None = None,
    ) -> IngestResult | None:
        """What became of a page; None when it could not be understood, which is noted."""
        results: list[IngestResult] = []
        with self.context.one_notice(page.url):
            results.append(
                await self.documents.take(
                    answer, page.url, page.column_key, baseline=baseline, ready=ready
                )
            )
        return results[0] if results else None

    def _full(self) -> bool:
        """Whether the source's day has no room for another change: what is due stays due."""
        full = self.context.budget.changes <= 0
        self.context.budget.waiting += full
        return full

    def _is_young(self, page: PageState) -> bool:
        """Whether a change of a page is worth a second look in the same pass."""
        if self.everything:
            return True
        published = self.archive.crawl_memory.page_hints(page.url).published
        return age(self.context.now, published, page.changed_at) <= YOUNG

    async def _whole(self, answer: ListResponse, page: PageState) -> ListResponse | None:
        """The page itself, when only a 304 of it is at hand."""
        if answer.status == 200:
            return answer
        try:
            whole = await self.context.fetch(ListRequest(url=page.url))
        except FetchError as error:
            self._not_read(error, page)
            return None
        return whole if whole.status == 200 else None

    def flush(self) -> None:
        """Store the pages seen unchanged: one transaction for many, only times move."""
        if not self._unchanged:
            return
        batch, self._unchanged = self._unchanged, []
        with self.archive.transaction():
            for answer, page in batch:
                self.archive.withdrawals.seen_unchanged(page.url, answer.fetched_at)
                published = self.archive.crawl_memory.page_hints(page.url).published
                self.documents.remember(answer, page.url, page.column_key, False, published, page)

    def _gone(self, page: PageState, why: Reason) -> None:
        now = self.context.now
        self.archive.page_looks.sound(page.url)  # it is gone, not faulty
        first_look = page.checked_at if page.gone_looks else None
        second = confirms(now, first_look, page.gone_looks, everything=self.everything)
        change = self.archive.withdrawals.gone(page.url, why, now, confirmed=second)
        if change is not None:
            self.documents.tally.count(change.kind)
        again = now + (timedelta(days=1) if second else SUSPECT)
        self.archive.pages.save_page(
            PageState(
                url=page.url,
                source_key=page.source_key,
                column_key=page.column_key,
                etag=page.etag,
                last_modified=page.last_modified,
                raw_sha256=page.raw_sha256,
                checked_at=first_look or now,
                changed_at=page.changed_at,
                next_check=again,
                gone_looks=page.gone_looks + 1,
            )
        )
