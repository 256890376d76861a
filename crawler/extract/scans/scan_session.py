"""Which scanned pages of a file are known, which may be read now, and which wait.

The readers of formats ask :func:`scanned` where a page has no text. Only a process that has
opened a session answers: without the extra ``ocr`` no page is ever a scan, but without text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.extract.scans.scanned_page import ScannedPage

if TYPE_CHECKING:
    from crawler.extract.scans.scan_engine import ScanEngine

MOST_PAGES = 200  # of one file that are read

ReadPage = Callable[["ScanEngine"], ScannedPage]


@dataclass(kw_only=True, slots=True)
class ScanSession:
    """The scanned pages of one file, by their running number in it.

    ``known``: what was read before, None for a page that cannot be read. ``room``: how many
    more may be read now, by ``engine``.
    """

    known: Mapping[int, ScannedPage | None] = field(default_factory=dict)
    engine: ScanEngine | None = None
    room: int = 0
    count: int = 0
    waiting: int = 0
    new: dict[int, ScannedPage | None] = field(default_factory=dict)
    used: list[ScannedPage] = field(default_factory=list)

    def page(self, read: ReadPage) -> ScannedPage | None:
        """The next page: as it is known, or read now; None if neither."""
        number, self.count = self.count, self.count + 1
        if number in self.known:
            return self._taken(self.known[number])
        if number >= MOST_PAGES:
            return None
        if self.engine is None or self.room <= 0:
            self.waiting += 1
            return None
        self.room -= 1
        self.new[number] = self._read(read)
        return self._taken(self.new[number])

    def _taken(self, page: ScannedPage | None) -> ScannedPage | None:
        if page is not None:
            self.used.append(page)
        return page

    def _read(self, read: ReadPage) -> ScannedPage | None:
        assert self.engine is not None
        try:
            return read(self.engine)
        except MemoryError:
            raise
        except Exception:  # foreign code on foreign bytes; the page stays unread and is said so
            return None


_session: ContextVar[ScanSession | None] = ContextVar("scan_session", default=None)


@contextmanager
def scan_session(session: ScanSession) -> Iterator[ScanSession]:
    """Answer for scanned pages within this block."""
    token = _session.set(session)
    try:
        yield session
    finally:
        _session.reset(token)


def may_be_scans() -> bool:
    """Whether anybody here reads pictures, now or later."""
    return _session.get() is not None


def scanned(read: ReadPage) -> ScannedPage | None:
    """A page that has no text, as its picture reads; None where nobody reads it (yet)."""
    session = _session.get()
    return None if session is None else session.page(read)
