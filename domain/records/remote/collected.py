"""What a collector keeps of its passes, and what a hub knows of a collector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EntryKind(StrEnum):
    """What one entry of a collector's log tells."""

    BEGIN = "begin"  # a pass over a source begins
    ANSWER = "answer"  # a response as it came, redirects too
    FAILURE = "failure"  # a request that brought none, and why
    DRAWN = "drawn"  # a page as it stood when its scripts were done
    END = "end"  # the pass is over
    CUT = "cut"  # the collector was stopped in the middle of it


@dataclass(frozen=True, kw_only=True, slots=True)
class SpoolEntry:
    """One line of a collector's log; ``pass_id`` is the number of the pass's first entry."""

    seq: int
    pass_id: int
    kind: EntryKind
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    body: bytes | None = None
    sha256: str | None = None  # of a body that is left where it is kept


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBundle:
    """A bundle that was made and not acknowledged so far."""

    number: int
    id: str
    last_seq: int  # of its entries
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveredBundle:
    """How far a collector has come at the hub: its last bundle in order."""

    collector: str
    chain: str
    number: int
    id: str
    made: datetime
    received: datetime
    replayed_seq: int = 0  # the last entry of a pass whose effects are in the archive


@dataclass(frozen=True, kw_only=True, slots=True)
class BorderTrouble:
    """Something about a collector's bundles that lasts: a gap, a refusal."""

    collector: str
    kind: str
    number: int
    sentence: str
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedPage:
    """A page that the hub needs whole and the collector has not brought."""

    source_key: str
    url: str
