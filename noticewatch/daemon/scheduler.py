"""When a source is to be polled: its interval, its office hours, and what a wrong clock left.

Looked up in the archive at each tick, so that sleep, downtime and restarts are caught up
without a schedule of their own.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from config.model import Source
    from domain.records.source_run import SourceHealth

BEIJING = ZoneInfo("Asia/Shanghai")
BRUSSELS = ZoneInfo("Europe/Brussels")
NIGHT_SLOWDOWN = 3
OFFICE_HOURS = range(7, 21)
CLOCK_SLACK = timedelta(minutes=2)


def zone_of(source: Source) -> ZoneInfo:
    """The time zone of the source's office."""
    return BRUSSELS if source.jurisdiction == "EU" else BEIJING


def next_poll(source: Source, last_polled: datetime | None, now: datetime) -> datetime:
    """When a source is to be polled next: its interval, slower at night where its office is,
    plus a jitter that is stable per source, so that hosts are not asked in step. A source
    polled "later than now", by a clock that ran ahead, is due now."""
    if last_polled is None or last_polled > now + CLOCK_SLACK:
        return now
    interval = float(source.schedule.seconds)
    if now.astimezone(zone_of(source)).hour not in OFFICE_HOURS:
        interval *= NIGHT_SLOWDOWN
    jitter = random.Random(source.key).uniform(0, 0.1) * interval
    return last_polled + timedelta(seconds=interval + jitter)


def due_sources(
    sources: Sequence[Source],
    health: dict[str, SourceHealth],
    now: datetime,
    limit: int,
    busy: Collection[str] = (),
) -> list[Source]:
    """The most overdue sources, never polled ones first, at most ``limit``; none that is
    ``busy``."""
    waiting = []
    for source in sources:
        if source.key in busy:
            continue
        state = health.get(source.key)
        due = next_poll(source, state.last_polled if state else None, now)
        if due <= now:
            waiting.append((state is not None, due, source.key, source))
    return [source for *_, source in sorted(waiting, key=lambda row: row[:3])[: max(limit, 0)]]
