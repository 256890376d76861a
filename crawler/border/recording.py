"""Crawl as always and log every answer before it is used, for a hub to replay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.backends.spools.collector_spool import CollectorSpool
from config.model import Platform, Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.border.signed_document import canonical
from crawler.extract.file_readers import FileReaders
from crawler.passes.pass_context import PassContext
from crawler.passes.source_pass import SourcePass
from crawler.transport.download import FetchError
from crawler.transport.fetch import Fetcher
from crawler.transport.target import Target
from domain.records.remote.collected import EntryKind
from domain.records.source_run import SourceRun

DRAW = "DRAW"  # the method under which a page is logged as its scripts left it
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


def definition_of(source: Source, platform: Platform) -> str:
    """A short sign of what a source's file and its platform's say."""
    said = {"source": source.model_dump(mode="json"), "platform": platform.model_dump(mode="json")}
    return hashlib.sha256(canonical(said)).hexdigest()[:16]


def conditions_of(headers: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The validators that a request carries: a 304 answers only whoever sent the same."""
    return {name: value for name, value in headers if name in _CONDITIONS}


@dataclass(kw_only=True)
class RecordingFetcher(Fetcher):
    """The source's way to the network; what comes and what fails is logged first."""

    spool: CollectorSpool
    pass_id: int

    async def get(
        self,
        ask: ListRequest,
        *,
        referer: str | None = None,
        validators: tuple[tuple[str, str], ...] = (),
    ) -> ListResponse:
        try:
            return await super().get(ask, referer=referer, validators=validators)
        except FetchError as error:
            self._failed(ask.method, ask.url, ask.body, error)
            raise

    async def drawn(self, answer: ListResponse) -> ListResponse:
        try:
            page = await super().drawn(answer)
        except FetchError as error:
            self._failed(DRAW, answer.url, b"", error)
            raise
        self._log(EntryKind.DRAWN, {"method": DRAW, "url": answer.url}, page.body)
        return page

    async def _send(
        self, target: Target, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> Any:
        response = await super()._send(target, method, headers, body)
        told = [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, values in response.headers.items()
            for value in values
        ]
        said = {
            "method": method, "url": target.url, "sent": body.decode("latin-1"),
            "conditions": conditions_of(headers), "status": int(response.status), "headers": told,
        }  # fmt: skip
        self._log(EntryKind.ANSWER, said, response.body)
        return response

    def _failed(self, method: str, url: str, body: bytes, error: FetchError) -> None:
        said = {
            "method": method, "url": url, "sent": body.decode("latin-1"), "at": error.url,
            "failure": str(error.kind), "why": error.reason.to_json(),
        }  # fmt: skip
        self._log(EntryKind.FAILURE, said, None)

    def _log(self, kind: EntryKind, said: dict[str, Any], body: bytes | None) -> None:
        self.spool.add(self.pass_id, kind, self.clock(), said, body)


class RecordedPass(SourcePass):
    """A pass into a collector's own memory, logged from begin to end."""

    def __init__(
        self,
        context: PassContext,
        platforms: Mapping[str, Platform],
        files: FileReaders,
        progress: Callable[[SourceRun], None] | None = None,
        *,
        spool: CollectorSpool,
    ) -> None:
        context.fetcher = _recording(context.fetcher, spool)
        self._recorder = context.fetcher
        self._definition = definition_of(context.source, platforms[context.source.platform])
        super().__init__(context, platforms, files, progress)

    async def run(self) -> None:
        """The pass; one that is broken off has no end in the log and is cut there later."""
        spool, recorder = self._recorder.spool, self._recorder
        begin = {"source": self.source.key, "definition": self._definition}
        recorder.pass_id = spool.begin(self.context.now, begin)
        await super().run()
        assert self.report is not None
        end = {
            "state": str(self.report.state), "reason": self.report.reason,
            "requests": self.report.requests, "rows": self.report.rows,
        }  # fmt: skip
        spool.add(recorder.pass_id, EntryKind.END, self.context.now, end)


def _recording(fetcher: Fetcher, spool: CollectorSpool) -> RecordingFetcher:
    return RecordingFetcher(
        source=fetcher.source,
        download=fetcher.download,
        limits=fetcher.limits,
        clock=fetcher.clock,
        spool=spool,
        pass_id=0,
    )
