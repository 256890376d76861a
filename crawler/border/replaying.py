"""Replay a pass that a collector logged: the same code, its answers taken from the log."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.store import Archive
from config.model import Platform, Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.border.recording import DRAW, conditions_of
from crawler.extract.file_readers import FileReaders
from crawler.passes.page_reader import PageReader
from crawler.passes.pass_context import PassContext, PassOptions
from crawler.passes.source_pass import SourcePass
from crawler.transport.download import FetchError
from crawler.transport.fetch import Fetcher, Limits
from crawler.transport.target import Target
from domain.records.reason import Reason, reason
from domain.records.remote.collected import EntryKind, SpoolEntry
from domain.records.source_run import SourceRun
from domain.records.states import FailureKind

_Key = tuple[str, str, str]  # method, address, what was sent


class PassCutShort(BaseException):
    """The log of a pass ends here because its collector was stopped: so does the replay. No
    Exception, as a pass takes those for findings and goes on."""


class NotLogged(FetchError):
    """Nothing in the log answers a request."""

    def __init__(self, url: str) -> None:
        super().__init__(FailureKind.NOT_COLLECTED, reason("source.not_collected"), url)


class LoggedAnswers:
    """The answers of one pass by request, each given once; and the time of the last one."""

    def __init__(self, entries: Sequence[SpoolEntry], body_of: Callable[[str], bytes]) -> None:
        self._body_of = body_of
        self.begin, self.end = entries[0], entries[-1]
        self.now = self.begin.at
        self.is_cut = self.end.kind is EntryKind.CUT
        self.missing: set[str] = set()
        self._left: dict[_Key, deque[SpoolEntry]] = {}
        for entry in entries:
            if entry.kind in {EntryKind.ANSWER, EntryKind.FAILURE, EntryKind.DRAWN}:
                self._left.setdefault(_key_of(entry), deque()).append(entry)

    def next(self, method: str, url: str, sent: bytes = b"") -> SpoolEntry | None:
        """What comes next for a request, left where it is."""
        waiting = self._left.get((method, url, sent.decode("latin-1")))
        return waiting[0] if waiting else None

    def take(self, method: str, url: str, sent: bytes = b"") -> SpoolEntry:
        """The next answer; NotLogged, or PassCutShort where the log is cut, without one."""
        waiting = self._left.get((method, url, sent.decode("latin-1")))
        if not waiting:
            self.lack(url)
            raise NotLogged(url)
        entry = waiting.popleft()
        self.now = max(self.now, entry.at)
        return entry

    def body(self, entry: SpoolEntry) -> bytes:
        """The bytes of an answer."""
        return b"" if entry.sha256 is None else self._body_of(entry.sha256)

    def lack(self, url: str) -> None:
        """An answer is missing; in a cut log nothing may follow."""
        if self.is_cut and not any(self._left.values()):
            raise PassCutShort(url)
        self.missing.add(url)

    def drop_until(self, url: str, at: datetime) -> None:
        """Answers that the archive has taken up already are not given again."""
        waiting = self._left.get(("GET", url, ""), deque())
        while waiting and waiting[0].at <= at:
            waiting.popleft()

    def pages(self) -> tuple[str, ...]:
        """The addresses that are still to be answered, in the order of the log."""
        left = [(waiting[0].seq, key[1]) for key, waiting in self._left.items()
                if waiting and key[0] == "GET"]  # fmt: skip
        return tuple(url for _, url in sorted(left))


def _key_of(entry: SpoolEntry) -> _Key:
    said = entry.data
    return str(said["method"]), str(said["url"]), str(said.get("sent", ""))


@dataclass(kw_only=True)
class LoggedFetcher(Fetcher):
    """Answers requests from a log. Hosts are checked as ever: a log may not bring pages that
    the source may not read."""

    answers: LoggedAnswers

    def can_answer(self, url: str) -> bool:
        if self.may_visit(url) is not None or self.answers.next("GET", url) is not None:
            return True
        self.answers.lack(url)
        return False

    def recorded_pages(self) -> tuple[str, ...] | None:
        return self.answers.pages()

    async def pause(self, seconds: float) -> None:
        """Whoever logged this has waited."""

    async def get(
        self,
        ask: ListRequest,
        *,
        referer: str | None = None,
        validators: tuple[tuple[str, str], ...] = (),
    ) -> ListResponse:
        self._raise_failure(ask.method, ask.url, ask.body)
        try:
            return await super().get(ask, referer=referer, validators=validators)
        except NotLogged:
            self._raise_failure(ask.method, ask.url, ask.body)
            raise NotLogged(ask.url) from None

    async def drawn(self, answer: ListResponse) -> ListResponse:
        self._raise_failure(DRAW, answer.url, b"")
        entry = self.answers.take(DRAW, answer.url)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return ListResponse(
            ask=answer.ask, url=answer.url, status=answer.status, headers=headers,
            body=self.answers.body(entry), fetched_at=entry.at,
        )  # fmt: skip

    async def _refuse_internal(self, target: Target) -> None:
        """Nothing is connected to; what the collector's look-up said is in its log."""

    async def _send(
        self, target: Target, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> Any:
        entry = self.answers.take(method, target.url, body)
        if entry.kind is not EntryKind.ANSWER:
            raise NotLogged(target.url)
        status = int(entry.data["status"])
        if status == 304 and entry.data.get("conditions") != conditions_of(headers):
            self.answers.lack(target.url)
            raise NotLogged(target.url)
        self.counts.requests += 1
        self.counts.not_modified += status == 304
        came = self.answers.body(entry)
        self.counts.bytes += len(came)
        return _response(target.url, status, entry, came)

    def _raise_failure(self, method: str, url: str, sent: bytes) -> None:
        """The failure that the collector met instead of an answer."""
        entry = self.answers.next(method, url, sent)
        if entry is None or entry.kind is not EntryKind.FAILURE:
            return
        self.answers.take(method, url, sent)
        kind, why = FailureKind(entry.data["failure"]), Reason.from_json(entry.data["why"])
        raise FetchError(kind, why, str(entry.data.get("at", url)))


def _response(url: str, status: int, entry: SpoolEntry, body: bytes) -> Any:
    from scrapy.http import Headers, Response

    headers = Headers()
    for name, value in entry.data["headers"]:
        headers.appendlist(name, value.encode("latin-1", "replace"))
    return Response(url, status=status, headers=headers, body=body)


class ReplayedPass(SourcePass):
    """A pass into the hub's archive, by a collector's log."""

    def __init__(
        self,
        context: PassContext,
        platforms: Mapping[str, Platform],
        files: FileReaders,
        *,
        answers: LoggedAnswers,
        mark: Callable[[], None],
    ) -> None:
        super().__init__(context, platforms, files)
        self._answers = answers
        self._mark = mark

    async def run(self) -> None:
        try:
            await super().run()
        except PassCutShort:
            self._mark()

    async def _finish(self) -> None:
        self._answers.now = max(self._answers.now, self._answers.end.at)
        await super()._finish()

    def _record(self, report: SourceRun) -> None:
        """That the pass was replayed is kept in the same step as what it did."""
        with self.archive.transaction():
            super()._record(report)
            self._mark()


@dataclass(frozen=True, kw_only=True)
class ReplayTools:
    """What the replays of one run share."""

    archive: Archive
    platforms: Mapping[str, Platform]
    files: FileReaders
    pages: PageReader
    registered: frozenset[str]
    limits: Limits = field(default_factory=Limits)


async def replay_pass(
    tools: ReplayTools, source: Source, answers: LoggedAnswers, mark: Callable[[], None]
) -> SourceRun | None:
    """Take one logged pass into the archive; None for one that the collector did not end."""

    def clock() -> datetime:
        return answers.now

    options = PassOptions(limits=tools.limits, registered=tools.registered, clock=clock)
    fetcher = LoggedFetcher(
        source=source, download=_no_network, limits=tools.limits, clock=clock, answers=answers
    )
    context = PassContext(
        source=source, archive=tools.archive, fetcher=fetcher, options=options, pages=tools.pages
    )
    for url in tools.archive.confirmation.unconfirmed(source.key):
        first = tools.archive.confirmation.seen_at(url)
        if first is not None:
            answers.drop_until(url, first)
    one = ReplayedPass(context, tools.platforms, tools.files, answers=answers, mark=mark)
    await one.run()
    return one.report


async def _no_network(request: Any) -> Any:
    raise RuntimeError(f"a replay asks no network: {request}")
