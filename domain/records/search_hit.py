"""Search results as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchHit:
    """A search hit, as ``search --json`` shows it."""

    id: int
    title: str
    title_en: str | None
    snippet: str
    score: float
    url: str
    published: date | None
    document_number: str | None
    jurisdiction: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """A page of hits; ``total`` counts all, ``next_cursor`` leads on."""

    query: str
    mode: Literal["text", "meaning", "hybrid"]
    total: int
    took_ms: float
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str | None = None
