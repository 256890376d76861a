"""Read the attachments of many sources: in turn by source, and slow sources beside the others.

A source whose files take long goes on in a second lane, so that no other source waits for it;
one that has had its share of a pass gets no more until the next.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType

from config.fair_turns import FairTurns
from crawler.extract.file_extractor import Extracted, FileExtractor

SLOW_AFTER = 5.0  # seconds of reading by which a source changes to the slow lane
MOST_SECONDS = 120.0  # of reading for one source in one crawl


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lane:
    extractor: FileExtractor = field(default_factory=FileExtractor)
    turns: FairTurns = field(default_factory=FairTurns)


class FileReaders:
    """Two children, a quick lane and a slow one; each starts with its first file."""

    def __init__(
        self, *, slow_after: float = SLOW_AFTER, most_seconds: float = MOST_SECONDS
    ) -> None:
        self._quick, self._slow = _Lane(), _Lane()
        self._slow_after = slow_after
        self._most_seconds = most_seconds
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="file-reader")

    def __enter__(self) -> FileReaders:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End both children."""
        self._threads.shutdown(wait=False)
        for lane in (self._quick, self._slow):
            lane.extractor.close()

    def used(self, key: str) -> float:
        """Seconds of reading that a source has had."""
        return self._quick.turns.used.get(key, 0.0) + self._slow.turns.used.get(key, 0.0)

    def waited(self, key: str) -> float:
        """Seconds that a source has waited for others."""
        return self._quick.turns.waited.get(key, 0.0) + self._slow.turns.waited.get(key, 0.0)

    async def read(self, key: str, name: str, body: bytes) -> Extracted | None:
        """What a file says; None when its source has had its share."""
        if self.used(key) >= self._most_seconds:
            return None
        if self.used(key) < self._slow_after:
            async with self._quick.turns.turn(key):
                if self.used(key) < self._slow_after:  # not changed while it waited
                    return await self._extracted(self._quick, name, body)
        async with self._slow.turns.turn(key):
            return await self._extracted(self._slow, name, body)

    async def _extracted(self, lane: _Lane, name: str, body: bytes) -> Extracted:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lane.extractor.extract, name, body)
