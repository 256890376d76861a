"""An article that was handed in: something to verify, never a notice and never an alert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLead:
    """An article to be kept."""

    title: str
    text: str
    who: str
    url: str = ""
    publisher: str = ""
    published: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedClaim:
    """A claim whose verdict changed because an act did."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleLead:
    """A kept article. ``report`` is its last check as JSON, None before the first one;
    ``rests_on`` the acts of the verdicts, each with a digest of what was then held of it;
    ``moved`` what the last check changed."""

    id: int
    title: str
    text: str
    who: str
    added: datetime
    url: str = ""
    publisher: str = ""
    published: date | None = None
    checked: datetime | None = None
    report: Mapping[str, Any] | None = None
    rests_on: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[MovedClaim, ...] = ()
    moved_at: datetime | None = None
