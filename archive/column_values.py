"""How values are written into columns: stamps, days and JSON as text, and read back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A UTC time as text of fixed width, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("times in the archive carry a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def parse_stamp(text: str) -> datetime:
    """The moment of a stored ISO 8601 stamp, with its zone."""
    return datetime.fromisoformat(text)


def parse_stamp_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def dumps(value: Any) -> str:
    """JSON as it is stored: compact, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
