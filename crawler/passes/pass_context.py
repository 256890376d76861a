"""Hold what the parts of one source's pass share."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from archive.store import Archive, ArchiveError
from config.model import Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.page.page_state import challenge_marks
from crawler.extract.page_weight import is_light
from crawler.passes.page_jobs import ListPage, ListRead, NoticePage, PageDoubt
from crawler.passes.page_reader import PageReader, PageTooHeavy
from crawler.passes.source_verdict import PassFinding, state_of, status_finding
from crawler.transport.download import FetchError
from crawler.transport.fetch import Fetcher, Limits
from crawler.transport.retry_after import retry_after
from domain.records.observation import ParsedNotice
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind, SourceState
from i18n.catalogue import english

logger = logging.getLogger(__name__)

SMALL_PAGE = 200_000  # larger ones are no error page
_TRANSIENT = {
    FailureKind.SERVER_ERROR,
    FailureKind.TIMEOUT,
    FailureKind.CONNECTION,
    FailureKind.TRUNCATED,
}


TOO_HEAVY = reason("source.page_too_heavy")


class GiveUp(Exception):
    """The source is left alone for the rest of this pass."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassOptions:
    """How a pass is run."""

    recheck: Literal["due", "all"] = "due"
    alert_baseline: bool = False
    replaying: bool = False
    limits: Limits = field(default_factory=Limits)
    registered: frozenset[str] = frozenset()  # addresses of the acts of the register
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(kw_only=True)
class DayBudget:
    """What the last 24 hours have left of what a source may bring."""

    changes: float = float("inf")
    rows: float = float("inf")
    fresh_rows: int = 0  # counted in this pass
    waiting: int = 0  # notices that are left for another day

    def admits(self, rows: int) -> int:
        """How many of so many new rows may be remembered; they are counted."""
        admitted = int(min(rows, max(0, self.rows)))
        self.rows -= admitted
        self.fresh_rows += admitted
        self.waiting += rows - admitted
        return admitted


@dataclass(kw_only=True)
class PassContext:
    """One source, its archive, its way to the network, and what was found so far."""

    source: Source
    archive: Archive
    fetcher: Fetcher
    options: PassOptions
    pages: PageReader = field(default_factory=PageReader)
    budget: DayBudget = field(default_factory=DayBudget)
    findings: list[PassFinding] = field(default_factory=list)
    failures: int = 0  # in a row
    retry_after: float | None = None

    @property
    def now(self) -> datetime:
        return self.options.clock()

    async def notice(self, page: NoticePage) -> ParsedNotice:
        """Read a notice's page; what it waits for other sources is no time of its pass."""
        async with self._unhurried():
            return await self.pages.notice(self.source.key, page)

    async def doubt(self, page: PageDoubt) -> Reason | None:
        """The same for a page that is held against what is known of its notice."""
        async with self._unhurried():
            return await self.pages.doubt(self.source.key, page)

    async def rows(self, page: ListPage) -> ListRead:
        """The same for the answer of a list."""
        async with self._unhurried():
            return await self.pages.rows(self.source.key, page)

    @asynccontextmanager
    async def _unhurried(self) -> AsyncIterator[None]:
        waited = self.pages.waited(self.source.key)
        try:
            yield
        finally:
            self.fetcher.deadline += self.pages.waited(self.source.key) - waited

    def count_the_day(self) -> None:
        """Look up what the source's day has left; without this nothing is limited."""
        limits, fetcher = self.options.limits, self.fetcher
        used = self.archive.sources.used_since(self.source.key, self.now - timedelta(hours=24))
        fetcher.requests_left = limits.day_requests - used.requests
        fetcher.bytes_left = limits.day_bytes - used.bytes
        self.budget = DayBudget(
            changes=limits.day_changes - used.changes, rows=limits.day_rows - used.rows
        )

    def note(self, kind: FailureKind, why: Reason, url: str, *, source: bool = False) -> None:
        self.findings.append(PassFinding(kind=kind, reason=why, url=url, source=source))

    @contextmanager
    def one_notice(self, url: str, *, heavy: bool = False) -> Iterator[None]:
        """One notice that cannot be understood is told and costs the others nothing; as it is
        not stored, its source is not well. One that is too heavy is raised where the caller
        knows what to do (``heavy``)."""
        try:
            yield
        except (FetchError, GiveUp, ArchiveError):
            raise
        except PageTooHeavy:
            if heavy:
                raise
            self.note(FailureKind.HEAVY, TOO_HEAVY, url)
        except Exception as error:
            logger.debug("%s: %s could not be read", self.source.key, url, exc_info=True)
            why = reason("source.not_understood", error=f"{type(error).__name__}: {error}")
            self.note(FailureKind.INTERNAL, why, url, source=True)

    async def fetch(
        self,
        ask: ListRequest,
        *,
        referer: str | None = None,
        validators: tuple[tuple[str, str], ...] = (),
        retry: bool = False,
    ) -> ListResponse:
        """One answer with content, 304 or 404/410; everything else raises FetchError.

        Three failures in a row end the pass (GiveUp); ``retry`` repeats a passing failure once.
        """
        try:
            answer = await self._once(ask, referer, validators)
        except FetchError as error:
            wait = self._wait_before_retry(error, retry=retry)
            if wait is None:
                self._count(error)
                raise
            await self.fetcher.pause(wait)
            try:
                answer = await self._once(ask, referer, validators)
            except FetchError as again:
                self._count(again)
                raise
        self.failures = 0
        return answer

    async def _once(
        self, ask: ListRequest, referer: str | None, validators: tuple[tuple[str, str], ...]
    ) -> ListResponse:
        answer = await self.fetcher.get(ask, referer=referer, validators=validators)
        bad = status_finding(answer.status, ask.url)
        if bad is None or bad[0] == FailureKind.NOT_FOUND:
            return answer
        if bad[0] == FailureKind.BAD_STATUS and (mark := challenge_of(answer)):
            why = reason("source.challenge_with_status", status=answer.status, mark=mark)
            raise FetchError(FailureKind.CHALLENGE, why, ask.url)
        asked = answer.header("retry-after") if answer.status in {429, 503} else None
        wait = retry_after(asked, self.now)
        raise FetchError(bad[0], bad[1], ask.url, retry_after=wait)

    def _wait_before_retry(self, error: FetchError, *, retry: bool) -> float | None:
        """Seconds to wait before a second try, or None for no second try."""
        if error.retry_after is not None:
            if error.retry_after <= self.options.limits.retry_after_seconds:
                return error.retry_after
            return None
        return 0.0 if retry and error.kind in _TRANSIENT else None

    def _count(self, error: FetchError) -> None:
        """A failed request: too many in a row, or the time being over, ends the pass."""
        limits = self.options.limits
        if error.kind in {FailureKind.TIME_UP, FailureKind.ROBOTS_WAIT, FailureKind.FLOOD}:
            self.note(error.kind, error.reason, error.url, source=error.kind != FailureKind.TIME_UP)
            raise GiveUp(str(error)) from error
        if error.retry_after is not None and error.retry_after > limits.retry_after_seconds:
            self.retry_after = error.retry_after
            wait = reason("source.wait_asked", why=error.reason, seconds=f"{error.retry_after:.0f}")
            self.note(error.kind, wait, error.url, source=True)
            raise GiveUp(english(wait)) from error
        if error.kind in {
            FailureKind.OFF_HOST,
            FailureKind.ROBOTS,
            FailureKind.REFUSED_REDIRECT,
            FailureKind.REDIRECT_LOOP,
            FailureKind.NOT_COLLECTED,
        }:
            return  # the host is well, only this address is not
        self.failures += 1
        if self.failures >= limits.failures_in_a_row:
            why = reason("source.failures_in_a_row", count=self.failures, why=error.reason)
            self.note(error.kind, why, error.url, source=True)
            raise GiveUp(english(why)) from error


def challenge_of(answer: ListResponse) -> str | None:
    """What tells that an answer is a challenge page; a page that is heavy to read is none."""
    small = len(answer.body) <= SMALL_PAGE and is_light(answer.text)
    return challenge_marks(answer.text) if small else None


def is_blocked(kind: FailureKind) -> bool:
    return state_of(kind) == SourceState.BLOCKED
