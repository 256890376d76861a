"""The hits of a search as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
    status: str | None
    severity: str
    answer: AnswerJson | None
    outside: list[str]


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
    mode: SearchMode
    total: int
    took_ms: float
    filters: list[FilterJson]
    answer: AnswerJson | None
    tried: list[AttemptJson]
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
