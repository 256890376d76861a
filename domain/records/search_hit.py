"""Search results as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.questions.question_filters import QuestionFilter

SearchMode = Literal["auto", "text", "meaning", "hybrid"]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAnswer:
    """What an act answers to a question: one line in both languages, and the words of the text
    that it rests on."""

    notice_id: int
    en: str
    zh: str
    quote: str
    article: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One way in which a question was tried: the filters that held, and how many it found."""

    filters: tuple[tuple[str, str], ...]
    mode: str
    found: int


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
    status: str | None = None
    severity: str = "grey"
    answer: QuestionAnswer | None = None  # the duty that answers the question
    outside: tuple[str, ...] = ()  # kinds of filters that were let go to find it


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """A page of hits; ``total`` counts all, ``next_cursor`` leads on."""

    query: str
    mode: SearchMode
    total: int
    took_ms: float
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str | None = None
    filters: tuple[QuestionFilter, ...] = ()  # recognised in the question
    let_go: tuple[str, ...] = ()  # kinds of those that left nothing and were let go
    tried: tuple[Attempt, ...] = ()
    answer: QuestionAnswer | None = None
