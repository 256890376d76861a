"""How a crawl and a walk back in time are to be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crawler.passes.source_pass import SourcePass
    from crawler.transport.fetch import Limits
    from crawler.transport.host_desk import HostDesk
    from domain.records.source_run import SourceRun

Recheck = Literal["due", "all"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlOptions:
    """How one crawl over sources is run.

    ``registered`` are the addresses of acts that are looked at daily whatever their age; None:
    those of the shipped register. ``pass_type`` makes each source's pass. ``desk`` has the
    hosts of the sources already; without it the crawl takes each one as it comes to it.
    """

    recheck: Recheck = "due"
    replay: Path | None = None  # a folder of recorded answers instead of the network
    alert_baseline: bool = False
    progress: Callable[[SourceRun], None] | None = None
    limits: Limits | None = None
    registered: frozenset[str] | None = None
    pass_type: Callable[..., SourcePass] | None = None
    desk: HostDesk | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BackfillOptions:
    """How far a walk back in time goes; ``report`` is given a line for each page."""

    since: date
    until: date | None = None
    report: Callable[[str], None] | None = None
    replay: Path | None = None
    limits: Limits | None = None
