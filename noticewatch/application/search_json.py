"""The hits of a search as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from domain.records.json_types import IsoDay
from domain.records.search_hit import SearchResult

if TYPE_CHECKING:
    from domain.law.law_list import LawEntry


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


class KnownActJson(TypedDict):
    key: str | None
    title: str
    title_en: str | None
    document_number: str | None
    jurisdiction: str
    status: str
    status_line: str
    wrong_name: str | None


class SearchJson(TypedDict):
    query: str
    mode: Literal["text", "meaning", "hybrid"]
    total: int
    took_ms: float
    hits: list[HitJson]
    law: list[KnownActJson]


def result_json(result: SearchResult, law: Iterable[LawEntry] = ()) -> SearchJson:
    """The shape of ``search --json`` and of ``/api/v1/search``; ``law`` are the registered acts
    that the search names."""
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
        "law": [_known_act(entry) for entry in law],
    }


def _known_act(entry: LawEntry) -> KnownActJson:
    from i18n.law_text import status_line, wrong_name_line

    return {
        "key": entry.key,
        "title": entry.title,
        "title_en": entry.title_en,
        "document_number": entry.document_number,
        "jurisdiction": entry.jurisdiction,
        "status": entry.status,
        "status_line": status_line(entry, "en"),
        "wrong_name": wrong_name_line(entry.asked_as, "en") if entry.asked_as else None,
    }
