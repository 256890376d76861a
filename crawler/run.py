"""CONTRACT: one crawl pass over many sources in one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive.records import SourceRun
from archive.store import Archive
from config.model import Platform, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    runs: tuple[SourceRun, ...]


def run(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    *,
    recheck: Literal["due", "all"] = "due",
    replay: Path | None = None,
    alert_baseline: bool = False,
    progress: Callable[[SourceRun], None] | None = None,
) -> CrawlReport:
    """Crawl each source once, side by side; each pass is recorded in the archive. Starts and
    stops its own reactor: for one-shot commands (the service uses :func:`crawl_async`)."""
    raise NotImplementedError


async def crawl_async(
    archive: Archive,
    sources: Sequence[Source],
    platforms: Mapping[str, Platform],
    *,
    recheck: Literal["due", "all"] = "due",
    replay: Path | None = None,
    alert_baseline: bool = False,
    progress: Callable[[SourceRun], None] | None = None,
) -> CrawlReport:
    """The same inside a running asyncio reactor."""
    raise NotImplementedError
