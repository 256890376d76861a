"""Filters that were recognised in a question, as chips that can be taken off."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from domain.questions.question_filters import QuestionFilter
from domain.records.search_hit import SearchResult
from i18n.question_text import filter_kind, filter_value
from i18n.visitor_words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class FilterChip:
    """A recognised filter in words, and the same search without it. One that left nothing is
    shown as let go."""

    kind: str
    value: str
    words: str
    link: str
    applied: bool


def filter_chips(
    result: SearchResult, active: list[tuple[str, str]], words: Words
) -> list[FilterChip]:
    """The chips in the order of the question."""
    return [
        FilterChip(
            kind=filter_kind(one.kind, words.language),
            value=_value(one, words),
            words=one.words,
            link="/search?" + urlencode([*active, ("no_filter", f"{one.kind}={one.value}")]),
            applied=one.kind not in result.let_go,
        )
        for one in result.filters
    ]


def _value(one: QuestionFilter, words: Words) -> str:
    return words.topic(one.value) if one.kind == "topic" else filter_value(one, words.language)
