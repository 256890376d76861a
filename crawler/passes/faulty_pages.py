"""Keep pages that answer with no notice: when to look again, and when to tell the operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.passes.page_check import NotANotice
from crawler.passes.pass_context import PassContext
from domain.records.page_memory import FaultyPage
from domain.records.reason import reason
from domain.records.source_run import PageState
from domain.records.states import FailureKind

_FAILED_AGAIN_AFTER = timedelta(hours=1)
_DOUBLED = 9  # times: up to three weeks
_SOON = timedelta(minutes=30)
_LATEST = timedelta(days=1)
_ROW_AFTER = timedelta(hours=6)  # then a row is told without its page
_LASTS = timedelta(days=1)  # then it is no outage
_LOOKS = 3
_FORGOTTEN = timedelta(days=7)  # a page that nobody could look at again
_SEVERAL = 3  # pages of a source that answer so in one pass


class FaultyPages:
    """The pages of one source that could not be read as what they are."""

    def __init__(self, context: PassContext) -> None:
        self.context = context
        self.archive = context.archive

    def note_attempt(self, url: str, column_key: str) -> None:
        """Remember that a page could not be read; each further failure doubles the wait."""
        hints = self.archive.crawl_memory.update_page_hints(
            url, lambda old: replace(old, tries=old.tries + 1)
        )
        wait = _FAILED_AGAIN_AFTER * 2 ** min(hints.tries - 1, _DOUBLED)
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
                next_check=self.context.now + wait,
            )
        )

    def wait(self, url: str, column_key: str) -> None:
        """Remember a page that was not asked for; no failure of its own."""
        self.archive.pages.save_page(
            PageState(
                url=url,
                source_key=self.context.source.key,
                column_key=column_key,
                etag=None,
                last_modified=None,
                raw_sha256=None,
                checked_at=None,
                changed_at=None,
                next_check=self.context.now + _FAILED_AGAIN_AFTER,
            )
        )

    def put_off(self, page: PageState) -> None:
        """A known page that could not be understood now is looked at again in an hour."""
        known = self.archive.pages.page(page.url) or page
        again = self.context.now + _FAILED_AGAIN_AFTER
        self.archive.pages.save_page(replace(known, next_check=again))

    def first_look(self, error: NotANotice, url: str, column_key: str) -> bool:
        """A page never read is no notice; whether its row must stand for it."""
        self.note_attempt(url, column_key)
        return _lasts(self._noted(error, url), self.context.now, _ROW_AFTER)

    def known_page(self, error: NotANotice, page: PageState) -> None:
        """A known page is no notice now: its last version stays, and it is looked at soon."""
        faulty = self._noted(error, page.url)
        wait = min(_SOON * 2 ** min(faulty.looks - 1, _DOUBLED), _LATEST)
        self.archive.pages.save_page(replace(page, next_check=self.context.now + wait))

    def _noted(self, error: NotANotice, url: str) -> FaultyPage:
        self.context.note(error.kind, error.reason, url)
        return self.archive.page_looks.note_faulty(
            url, self.context.source.key, error.what, self.context.now
        )

    def sum_up(self) -> None:
        """Several such pages at once are the source's trouble; one that lasts is told once."""
        untold = [
            page
            for page in self.archive.page_looks.faulty_pages(self.context.source.key)
            if not page.told
        ]
        lasting = [page for page in untold if _lasts(page, self.context.now)]
        recent = [
            page
            for page in untold
            if page not in lasting and self.context.now - page.since < _FORGOTTEN
        ]
        if lasting:
            self._tell(lasting)
        if len(recent) >= _SEVERAL:
            last = recent[-1]
            why = reason("source.several_no_notice", count=len(recent), why=last.why)
            self.context.note(FailureKind.NOT_A_NOTICE, why, last.url, source=True)

    def _tell(self, lasting: Sequence[FaultyPage]) -> None:
        first = lasting[0]
        why = reason("source.pages_no_notice", count=len(lasting), url=first.url, why=first.why)
        with self.archive.transaction():
            self.archive.sources.tell(self.context.source.key, why)
            for page in lasting:
                self.archive.page_looks.told(page.url, self.context.now)


def _lasts(faulty: FaultyPage, now: datetime, long: timedelta = _LASTS) -> bool:
    """Whether a page has been no notice for so long, and at several looks."""
    return faulty.looks >= _LOOKS and now - faulty.since >= long
