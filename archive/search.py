"""Search over titles, bodies, attachments and numbers (LIBRARIES: bigrams, exact check).

Being built: signatures are fixed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from archive.records import ChangeKind, SearchResult
from archive.search_index import (
    create_search_tables,
    index_notice,
    index_problems,
    rebuild_index,
    reindex_notice,
    remove_notice,
)

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "Filters",
    "create_search_tables",
    "index_notice",
    "index_problems",
    "rebuild_index",
    "reindex_notice",
    "remove_notice",
    "search",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What hits are restricted to; an empty one restricts nothing."""

    topics: Sequence[str] = ()
    jurisdictions: Sequence[str] = ()
    publishers: Sequence[str] = ()  # source key or publisher's name
    since: date | None = None  # published
    until: date | None = None
    statuses: Sequence[str] = ()
    change_kinds: Sequence[ChangeKind | str] = ()
    severities: Sequence[str] = ()
    relevant_only: bool = False


def search(
    conn: sqlite3.Connection,
    query: str,
    *,
    vector: np.ndarray | None = None,
    encoder_id: str = "",
    mode: Literal["text", "meaning", "hybrid"] = "text",
    filters: Filters = Filters(),
    limit: int = 20,
    cursor: str | None = None,
    order: Literal["newest", "rank"] = "newest",
    facets: bool = False,
) -> SearchResult:
    raise NotImplementedError
