"""Scanned files: what waits to be read, and what was read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.records.states import AttachmentStatus

Spans = tuple[tuple[int, int], ...]
"""Starts and ends of stretches of a text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanTask:
    """A file with scanned pages; ``pages`` are those known so far, None for one that cannot be
    read, by their number in the file. ``engine`` read them."""

    sha256: str
    name: str
    pages: Mapping[int, str | None] = field(default_factory=dict)
    engine: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadScan:
    """What a file says now that all its scanned pages were looked at; ``unsure`` are the
    characters of its text that may be others."""

    status: AttachmentStatus
    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    unsure: Spans = ()
    engine: str = ""
