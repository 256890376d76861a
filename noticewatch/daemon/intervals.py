"""The seconds between two runs of each job of the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.transport.fetch import Limits


@dataclass(frozen=True, kw_only=True)
class JobIntervals:
    """Seconds from one look at what is to be done to the next. Simulations shorten them and
    the ``limits`` of a pass, and let ``clock_rate`` seconds of the application's clock go by
    in one."""

    crawl: float = 5.0
    classify: float = 60.0  # and at once when a source has news
    notify: float = 10.0  # and at once when something was classified
    upkeep: float = 300.0
    scans: float = 30.0
    receive: float = 30.0  # where collectors are trusted
    clock_rate: float = 1.0
    limits: Limits | None = None
