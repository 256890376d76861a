"""Read the scanned files that wait, page by page; may be stopped between any two pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from archive.store import Archive, ArchiveError
from crawler.extract.formats import Extracted
from crawler.extract.notice_limits import bounded_file
from crawler.extract.scans.scan_engine import engine_name, is_available
from crawler.extract.scans.scan_reader import KnownPages, ScanReader, ScanStep
from domain.records.scan import ReadScan, ScanTask

__all__ = ["ScanReport", "engine_name", "is_available", "read_scans"]


class ScanPageReader(Protocol):
    """Reads one page more of a file."""

    def next_page(self, name: str, body: bytes, known: KnownPages) -> ScanStep: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanReport:
    """What one run read, and how many files still wait."""

    pages: int = 0
    files: int = 0
    waiting: int = 0


def read_scans(
    archive: Archive,
    *,
    stop: Callable[[], bool] = lambda: False,
    most_pages: int | None = None,
    reader: ScanPageReader | None = None,
) -> ScanReport:
    """Read what waits, relevant acts first. ``stop`` is asked before every page: what was read
    until then is kept, and the next run goes on behind it."""
    if not archive.scans.waiting() or not (reader or is_available()):
        return ScanReport(waiting=archive.scans.waiting())
    if reader is not None:
        return _read_with(archive, reader, stop, most_pages)
    with ScanReader() as own:
        return _read_with(archive, own, stop, most_pages)


def _read_with(
    archive: Archive, reader: ScanPageReader, stop: Callable[[], bool], most_pages: int | None
) -> ScanReport:
    pages = files = 0
    while not stop() and (most_pages is None or pages < most_pages):
        task = archive.scans.next()
        if task is None:
            break
        done = _one_page(archive, reader, task)
        pages += 1
        files += done
    return ScanReport(pages=pages, files=files, waiting=archive.scans.waiting())


def _one_page(archive: Archive, reader: ScanPageReader, task: ScanTask) -> bool:
    """One page of the first file; whether that was its last."""
    try:
        body = archive.evidence.get(task.sha256)
    except ArchiveError:  # past its keeping time
        archive.scans.give_up(task.sha256)
        return True
    engine = engine_name()
    known = dict(task.pages) if task.engine == engine else {}
    step = reader.next_page(task.name, body, known)
    known.update(step.pages)
    if step.is_done or not step.pages:
        archive.scans.store(task.sha256, _read(step.file, engine))
        return True
    archive.scans.keep_pages(task, known, engine)
    return False


def _read(file: Extracted, engine: str) -> ReadScan:
    kept = bounded_file(file)
    unsure = tuple(span for span in kept.scans.unsure if span[1] <= len(kept.text))
    return ReadScan(
        status=kept.status, text=kept.text, tables=kept.tables, unsure=unsure, engine=engine
    )
