"""Read pages: light ones at once, heavy ones in a child process with limits."""

from __future__ import annotations

import asyncio
import io
import pickle
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from config.fair_turns import FairTurns
from crawler.adapters.adapter import ListProblem
from crawler.extract.child import SIZE
from crawler.extract.kept_child import KeptChild
from crawler.extract.page_weight import is_light
from crawler.passes.page_jobs import (
    ListPage,
    ListRead,
    NotAList,
    NoticePage,
    NotUnderstood,
    PageDoubt,
    PageJob,
)
from domain.records.observation import ParsedNotice
from domain.records.reason import Reason

TIMEOUT = 9.5  # of the clock; the child has its own limit of processor time
_MODULES = ("domain.records.", "crawler.adapters.", "crawler.passes.page_jobs", "config.model")
_NAMES = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone")}


class PageTooHeavy(Exception):
    """A page that takes more time or memory than a page may."""


class PageReader(KeptChild):
    """One child for all sources of a crawl, started when the first heavy page comes."""

    def __init__(self, *, timeout: float = TIMEOUT) -> None:
        super().__init__("crawler.passes.page_child")
        self._timeout = timeout
        self._turns = FairTurns()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="page-reader")

    async def notice(self, key: str, page: NoticePage) -> ParsedNotice:
        """The notice of a page; ``key`` is the source whose turn it takes."""
        found = page.read() if is_light(page.html) else await self._apart(key, page)
        return _notice(found)

    def notice_now(self, page: NoticePage) -> ParsedNotice:
        """The same for those who wait for it."""
        return _notice(page.read() if is_light(page.html) else self.read_apart(page))

    async def doubt(self, key: str, page: PageDoubt) -> Reason | None:
        """Why a page is not believed to be the notice of its address."""
        found = page.read() if is_light(page.html) else await self._apart(key, page)
        assert found is None or isinstance(found, Reason)
        return found

    async def rows(self, key: str, page: ListPage) -> ListRead:
        """The rows of a list; raises :class:`ListProblem` as its adapter does."""
        light = is_light(page.answer.text)
        found = page.read() if light else await self._apart(key, page)
        if isinstance(found, NotAList):
            raise ListProblem(found.kind, found.reason)
        assert isinstance(found, ListRead)
        return found

    async def _apart(self, key: str, job: PageJob) -> object:
        async with self._turns.turn(key):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self.read_apart, job)

    def read_apart(self, job: PageJob) -> object:
        """What the child makes of a page; PageTooHeavy when it ends over it."""
        data = pickle.dumps(job)
        deadline = time.monotonic() + self._timeout
        with self._lock:
            try:
                answer = self._ask(SIZE.pack(len(data)) + data, deadline)
                found = _Records(io.BytesIO(answer)).load()
            except (TimeoutError, OSError, ValueError, struct.error, pickle.PickleError) as error:
                self._end(kill=True)
                raise PageTooHeavy from error
        if isinstance(found, NotUnderstood):
            raise ValueError(found.error)
        return found

    def waited(self, key: str) -> float:
        """Seconds that a source has waited for others."""
        return self._turns.waited.get(key, 0.0)


def _notice(found: object) -> ParsedNotice:
    assert isinstance(found, ParsedNotice)
    return found


class _Records(pickle.Unpickler):
    """Reads our own records and nothing else: the child has handled a stranger's page."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_MODULES) or (module, name) in _NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
