"""The relevant acts as they stood on a day: those that were known, their status and duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from config.time_zone import BEIJING

if TYPE_CHECKING:
    from archive.store import Archive
    from domain.records.notice import Notice


def relevant_on(archive: Archive, day: date) -> list[Notice]:
    """The relevant acts that were published by a day, newest first, as they stood on it."""
    return published_by(archive.on_day(day).overview.relevant_notices(), day)


def dated_on(archive: Archive, day: date) -> list[Notice]:
    """The relevant acts that name a day from then on, as they stood on that day."""
    return published_by(archive.on_day(day).overview.dated_notices(day), day)


def published_by(notices: Iterable[Notice], day: date) -> list[Notice]:
    """The acts that were published by a day; of one without a date, seen by it."""
    return [
        notice
        for notice in notices
        if (notice.published or notice.first_seen.astimezone(BEIJING).date()) <= day
    ]
