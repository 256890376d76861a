"""The hits of a search as JSON."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from domain.records.json_types import IsoDay
from domain.records.search_hit import SearchResult


class HitJson(TypedDict):
    id: int
    title: str
    title_en: str | None
    snippet: str
    score: float
    url: str
    published: IsoDay | None
    document_number: str | None
    jurisdiction: str
    labels: list[str]


class SearchJson(TypedDict):
    query: str
    mode: Literal["text", "meaning", "hybrid"]
    total: int
    took_ms: float
    hits: list[HitJson]


def result_json(result: SearchResult) -> SearchJson:
    """The shape of ``search --json`` and of ``/api/v1/search``."""
    return {
        "query": result.query,
        "mode": result.mode,
        "total": result.total,
        "took_ms": round(result.took_ms, 2),
        "hits": [
            {
                "id": hit.id,
                "title": hit.title,
                "title_en": hit.title_en,
                "snippet": hit.snippet,
                "score": round(hit.score, 4),
                "url": hit.url,
                "published": hit.published.isoformat() if hit.published else None,
                "document_number": hit.document_number,
                "jurisdiction": hit.jurisdiction,
                "labels": list(hit.labels),
            }
            for hit in result.hits
        ],
    }
