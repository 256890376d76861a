"""Looking again at known pages: unchanged, changed, gone, back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from archive.evidence.chain import sha256_of
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.page.page_state import challenge_marks, removal_text
from crawler.passes.documents import (
    Documents,
    StoredFile,
    is_document,
    stored_files,
    unread_files,
    validators_of,
)
from crawler.passes.listing import ListState
from crawler.passes.pass_context import PassContext
from crawler.passes.removal import SUSPECT, confirms, removal_reason
from crawler.passes.source_verdict import status_finding
from crawler.transport.download import FetchError
from domain.records.source_run import PageState

_BATCH = 50
_SMALL_PAGE = 200_000  # larger ones are no error page
_FAILED_AGAIN_AFTER = timedelta(hours=1)
_DOUBLED = 9  # times: up to three weeks
# How a notice had gone that was called withdrawn since it left its list, as that once sufficed:
# its page still answers, which is no sign of its return.
_LEFT_LIST = "left its list"


class Rechecker:
    """The re-checks of one source's pass."""

    def __init__(self, context: PassContext, documents: Documents) -> None:
        self.context = context
        self.archive = context.archive
        self.documents = documents
        self.everything = context.options.recheck == "all"
        self._soon: dict[str, None] = {}
        self._done: set[str] = set()
        self._unchanged: list[tuple[ListResponse, PageState]] = []

    def soon(self, url: str) -> None:
        """Look at a known page in this pass whether it is due or not."""
        self._soon[url] = None

    def note_attempt(self, url: str, column_key: str) -> None:
        """Remember that a page could not be read, so that the next failure counts as lasting;
        each further one doubles the wait."""
        self._done.add(url)
        hints = self.archive.pages.page_params(url)
        tries = int(hints.get("tries", "0"))
        self.archive.pages.save_page_params(url, {**hints, "tries": str(tries + 1)})
        self.archive.pages.save_page(
            PageState(
                url=url,
                source_key=self.context.source.key,
                column_key=column_key,
                etag=None,
                last_modified=None,
                raw_sha256=None,
                checked_at=self.context.now,
                changed_at=None,
                next_check=self.context.now + _FAILED_AGAIN_AFTER * 2 ** min(tries, _DOUBLED),
            )
        )

    def missing(self, answer: ListResponse, url: str) -> str | None:
        """Why an answer holds no notice; a challenge page raises FetchError."""
        bad = status_finding(answer.status, url)
        if bad and answer.status != 304:
            return bad[1]
        if answer.status == 304 or is_document(answer):
            return None
        if reason := removal_reason(url, answer.url):
            return reason
        kind = (answer.header("content-type") or "text/html").lower()
        if len(answer.body) > _SMALL_PAGE or ("html" not in kind and "text" not in kind):
            return None
        if mark := challenge_marks(answer.text):
            message = f"a challenge page came instead of the notice ({mark})"
            raise FetchError("challenge", message, url)
        sentence = removal_text(answer.text)
        return f"the page says: {sentence}" if sentence else None

    # ------------------------------------------------------------------ the round

    async def read_waiting(self) -> None:
        """Notices that a list showed while their page could not be read, and that no list
        shows any more: an act on page twelve of a backfill, one that moved on meanwhile."""
        pages = self.archive.pages.unread_pages(
            self.context.source.key, self.context.now, everything=self.everything
        )
        for page in pages:
            if page.url in self._done or self._only_in_list(page):
                continue
            try:
                answer = await self.context.fetch(
                    ListRequest(url=page.url), referer=self.context.source.columns[0].url
                )
                kind, reason = "not_found", self.missing(answer, page.url)
            except FetchError as error:
                kind, reason = error.kind, error.message
            if reason is not None:
                self.context.note(kind, f"notice still not read: {reason}", page.url)
                self.note_attempt(page.url, page.column_key)
                continue
            self._done.add(page.url)
            quiet = self.archive.pages.page_params(page.url).get("quiet") == "yes"
            with self.context.one_notice(page.url):
                await self.documents.take(answer, page.url, page.column_key, baseline=quiet)

    async def recheck(self, states: Sequence[ListState]) -> None:
        """Pages that a pass asked to look at, then those due for a look, longest waiting first."""
        lists_sound = all(state.sound for state in states) and len(states) == len(
            self.context.source.columns
        )
        if lists_sound and self.documents.platform.params.get("detail") == "none":
            self._rows_gone(states)
        pages = self.archive.pages.due_pages(
            self.context.source.key, self.context.now, everything=self.everything
        )
        extra = [page for url in self._soon if (page := self.archive.pages.page(url)) is not None]
        for page in (*extra, *pages):
            if page.url in self._done:
                continue
            self._done.add(page.url)
            if self._only_in_list(page):
                continue
            held = not lists_sound or any(state.holds(page.url) for state in states)
            sound = any(s.sound for s in states if s.column.key == page.column_key)
            await self._look(page, listed=held, sound=sound)
        self.flush()

    def _rows_gone(self, states: Sequence[ListState]) -> None:
        """Notices without a page of their own are gone with their row."""
        for url in sorted(self.archive.pages.unlisted_urls(self.context.source.key)):
            page = self.archive.pages.page(url)
            if page is not None and not any(state.holds(url) for state in states):
                self._done.add(url)
                self._gone(page, "the row left the list")

    def _only_in_list(self, page: PageState) -> bool:
        """Notices without a page that may be asked for: a row is all there is."""
        if self.documents.platform.params.get("detail") == "none":
            return True
        return self.context.fetcher.may_visit(page.url) is not None

    async def _look(self, page: PageState, *, listed: bool, sound: bool) -> None:
        """``sound``: the page's list was read well; a faulty pass is no look at what is gone."""
        answer = await self._answer(page)
        if answer is None:
            return
        reason = self._gone_reason(answer, page)
        if reason is None:
            if page.gone_looks and not listed and self._left_list(page.url):
                return  # it still answers, but it is not back in its list
            await self._present(answer, page)
        elif reason and sound:
            self._gone(page, reason)

    async def _answer(self, page: PageState) -> ListResponse | None:
        try:
            return await self.context.fetch(
                ListRequest(url=page.url),
                referer=self.context.source.columns[0].url,
                validators=validators_of(page),
            )
        except FetchError as error:
            self.context.note(error.kind, f"known page not read: {error.message}", page.url)
            return None

    def _gone_reason(self, answer: ListResponse, page: PageState) -> str | None:
        """Why a page is gone; None: it is there; empty: this look says nothing."""
        if answer.status == 304:
            return None
        if page.raw_sha256 is None and answer.status != 200:
            self.context.note("not_found", "the page of a listed notice is missing", page.url)
            self.note_attempt(page.url, page.column_key)
            return ""  # never read: its row is all there ever was
        if page.raw_sha256 == sha256_of(answer.body):
            return None
        try:
            return self.missing(answer, page.url)
        except FetchError as error:
            self.context.note(error.kind, f"known page not read: {error.message}", page.url)
            return ""

    # ------------------------------------------------------------------ outcomes

    async def _present(self, answer: ListResponse, page: PageState) -> None:
        same = answer.status == 304 or page.raw_sha256 == sha256_of(answer.body)
        if not same:
            await self._take(answer, page)
            return
        hints = self.archive.pages.page_params(page.url)
        if stored_files(hints) or unread_files(hints):
            changed = await self.documents.changed_files(page.url, hints)
            if changed:
                whole = await self._whole(answer, page)
                if whole is not None:
                    await self._take(whole, page, ready=changed)
                return
        self._unchanged.append((answer, page))
        if len(self._unchanged) >= _BATCH:
            self.flush()

    async def _take(
        self, answer: ListResponse, page: PageState, ready: Mapping[str, StoredFile] | None = None
    ) -> None:
        with self.context.one_notice(page.url):
            await self.documents.take(
                answer, page.url, page.column_key, baseline=False, ready=ready
            )

    async def _whole(self, answer: ListResponse, page: PageState) -> ListResponse | None:
        """The page itself, when only a 304 of it is at hand."""
        if answer.status == 200:
            return answer
        try:
            whole = await self.context.fetch(ListRequest(url=page.url))
        except FetchError as error:
            self.context.note(error.kind, f"known page not read: {error.message}", page.url)
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
                published = self._published(page.url)
                self.documents.remember(answer, page.url, page.column_key, False, published, page)

    def _gone(self, page: PageState, reason: str) -> None:
        now = self.context.now
        first_look = page.checked_at if page.gone_looks else None
        second = confirms(now, first_look, page.gone_looks, everything=self.everything)
        change = self.archive.withdrawals.gone(page.url, reason, now, confirmed=second)
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

    def _published(self, url: str) -> date | None:
        listed = self.archive.pages.page_params(url).get("published")
        return date.fromisoformat(listed) if listed else None

    def _left_list(self, url: str) -> bool:
        return self.archive.pages.page_params(url).get("gone") == _LEFT_LIST
