"""The hits of a search as JSON."""

from __future__ import annotations

from typing_extensions import TypedDict

from domain.questions.question_filters import FilterKind
from domain.records.json_types import IsoDay
from domain.records.search_hit import QuestionAnswer, SearchMode, SearchResult


class AnswerJson(TypedDict):
    notice_id: int
    en: str
    zh: str
    article: str | None
    quote: str


FilterJson = TypedDict(
    "FilterJson",
    {"kind": FilterKind, "value": str, "from": str, "applied": bool},
)
"""``from`` are the words of the question; ``applied`` is false for one that was let go."""


class AttemptJson(TypedDict):
    filters: list[str]
    found: int


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
    status: str | None
    severity: str
    answer: AnswerJson | None
    outside: list[str]


class SearchJson(TypedDict):
    query: str
    mode: SearchMode
    total: int
    took_ms: float
    filters: list[FilterJson]
    answer: AnswerJson | None
    tried: list[AttemptJson]
    hits: list[HitJson]


def result_json(result: SearchResult) -> SearchJson:
    """The shape of ``search --json`` and of ``/api/v1/search``."""
    return {
        "query": result.query,
        "mode": result.mode,
        "total": result.total,
        "took_ms": round(result.took_ms, 2),
        "filters": [
            {
                "kind": one.kind,
                "value": one.value,
                "from": one.words,
                "applied": one.kind not in result.let_go,
            }
            for one in result.filters
        ],
        "answer": _answer(result.answer),
        "tried": [
            {"filters": [f"{kind}={value}" for kind, value in one.filters], "found": one.found}
            for one in result.tried
        ],
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
                "status": hit.status,
                "severity": hit.severity,
                "answer": _answer(hit.answer),
                "outside": list(hit.outside),
            }
            for hit in result.hits
        ],
    }


def _answer(answer: QuestionAnswer | None) -> AnswerJson | None:
    if answer is None:
        return None
    return {
        "notice_id": answer.notice_id,
        "en": answer.en,
        "zh": answer.zh,
        "article": answer.article,
        "quote": answer.quote,
    }
