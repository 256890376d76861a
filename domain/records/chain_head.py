"""The end of the hash chain over all versions: what vouches for everything before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainHead:
    """The newest version's link: whoever keeps it elsewhere can prove what was stored then."""

    sha256: str
    versions: int
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TimestampToken:
    """An RFC 3161 answer of a timestamp service for a head of the chain."""

    head: str
    name: str
    answer: bytes
