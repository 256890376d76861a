"""Mode ``auto``: read a question, search with its filters, let go of what leaves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from archive.search.asked_ranking import AskedWords, Meaning
from archive.search.engine import SearchRequest
from archive.search.filters import Filters
from archive.search.query import Query, Term, parse_query
from domain.questions.english_stems import stem
from domain.questions.question_concepts import Concept, concepts_of
from domain.questions.question_filters import (
    FILTER_KINDS,
    LEANING,
    QuestionFilter,
    QuestionReading,
    parse_refused,
)
from domain.questions.question_numbers import number_spellings, standard_spellings, titles_of
from domain.questions.question_reading import read_question, split_own_syntax
from domain.questions.spelling import mended
from domain.questions.vocabulary import city_of, publisher_names
from domain.records.search_hit import Attempt, SearchResult
from domain.text.normalization import search_key
from noticewatch.application.asked.answering import with_answers
from noticewatch.application.asked.stored_meaning import StoredMeaning
from noticewatch.application.notice_search import Question, embedded, with_statuses

if TYPE_CHECKING:
    import numpy as np

    from archive.store import Archive

_TITLE = re.compile(r"《([^《》]{4,200})》")  # 《…办法》
_LONGEST = 1000  # characters of a question that are read
_WEAK = 0.5  # the best hit's score below which it is also looked outside the filters
_CLEARLY = 1.4  # so many times better is an act outside the filters that stands among the hits
_LET_GO: tuple[frozenset[str], ...] = (
    frozenset({"since", "until"}),
    frozenset({"stage"}),
    frozenset({"publisher"}),
    frozenset({"since", "until", "stage", "publisher"}),
    frozenset({"since", "until", "stage", "publisher", "jurisdiction"}),
    frozenset(FILTER_KINDS) - LEANING,
)  # fmt: skip
"""Which kinds are let go, one after the other, until something is found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asking:
    """One question on its way: what was read, and what every attempt shares."""

    archive: Archive
    question: Question
    reading: QuestionReading
    strict: Query  # quotes, minus words and fields that the asker wrote
    meaning: Meaning
    facets: bool

    def attempt(self, let_go: frozenset[str] = frozenset()) -> SearchResult:
        """Search with the recognised filters but those of some kinds, whose words are words
        again."""
        kept = [one for one in self.reading.filters if one.kind not in let_go]
        words = _words(self.reading, kept)
        asked = AskedWords(
            concepts=(*concepts_of(words), *_cities(kept)),
            whole=words,
            meaning=self.meaning,
            named=named_acts(self.question.query, kept),
            roles=_values(kept, "role"),
            topics=_values(kept, "topic"),
        )
        return self.archive.search(
            SearchRequest(
                query=self.question.query,
                mode="auto",
                asked=asked,
                required=self._held(asked, words, kept),
                filters=_filters(self.question.filters(), kept),
                limit=self.question.limit,
                cursor=self.question.cursor,
                facets=self.facets,
                order=self.question.order,
            )
        )

    def _held(self, asked: AskedWords, words: str, kept: Sequence[QuestionFilter]) -> Query:
        """What must stand in the text; where the words ask about nothing, they themselves."""
        if asked.concepts or kept or not words:
            return _required(self.strict, kept)
        return parse_query(words)


def asked_notices(
    archive: Archive, question: Question, *, encoder: str, facets: bool = False
) -> SearchResult:
    """The acts that answer a question, best first, with the filters that were read in it.

    Filters that leave nothing are let go, step by step, and that is said; where what they leave
    is weak, the best from outside them follows.
    """
    text = mended(question.query[:_LONGEST], lambda word: _is_held(archive, word))
    reading = read_question(text, archive.clock().date(), refused=parse_refused(question.refused))
    strict, words = split_own_syntax(reading.words)
    asking = _Asking(
        archive=archive, question=question, reading=reading, strict=parse_query(strict),
        meaning=cache(lambda: _vector(archive, words, encoder)), facets=facets,
    )  # fmt: skip
    found = asking.attempt()
    tried = [_attempt(found, reading.filters)]
    steps = list(_steps(reading))
    if not found.hits and not question.cursor:
        found = _widened(asking, steps, found, tried)
    elif steps and not question.cursor and _is_weak(found):
        found = _with_outside(found, asking.attempt(steps[-1]), question.limit, steps[-1])
    found = replace(found, filters=reading.filters, tried=tuple(tried))
    named = named_acts(question.query, reading.filters)
    nearness = StoredMeaning(archive, asking.meaning).closeness
    return with_answers(archive, with_statuses(archive, found), words, named, nearness)


def notices_about(archive: Archive, text: str, limit: int, encoder: str | None = None) -> list[int]:
    """The ids of the notices that have most of a sentence's words, and with an ``encoder`` come
    nearest to its meaning, best first: without filters."""
    asking = _Asking(
        archive=archive, question=Question(query=text, mode="auto", limit=limit, order="rank"),
        reading=QuestionReading(text=text, filters=(), words=text), strict=parse_query(""),
        meaning=cache(lambda: _vector(archive, text, encoder) if encoder else None), facets=False,
    )  # fmt: skip
    return [hit.id for hit in asking.attempt().hits]


def _vector(archive: Archive, words: str, encoder: str) -> tuple[np.ndarray, str] | None:
    """The vector of the words; none for an archive without vectors or where the model fails:
    words find what they find."""
    from classifier.encoder.bundled_weights import ModelUnavailable

    if not words.strip() or not archive.embeddings.any():
        return None
    try:
        return embedded(words, encoder)
    except ModelUnavailable:
        return None


def _is_held(archive: Archive, word: str) -> bool:
    """Whether an act has a word, in its text or in our English of it."""
    index = archive.search_index
    return bool(index.with_stems((stem(word),), 1) or index.with_words([search_key(word)], 1))


def _steps(reading: QuestionReading) -> Iterator[frozenset[str]]:
    """The sets of kinds to let go that make a difference for these filters, the fewest first."""
    seen: set[frozenset[str]] = {frozenset()}
    for kinds in _LET_GO:
        present = kinds & {one.kind for one in reading.filters}
        if present not in seen:
            seen.add(present)
            yield present


def _widened(
    asking: _Asking, steps: Sequence[frozenset[str]], found: SearchResult, tried: list[Attempt]
) -> SearchResult:
    for step in steps:
        wider = asking.attempt(step)
        kept = [one for one in asking.reading.filters if one.kind not in step]
        tried.append(_attempt(wider, kept))
        if wider.hits:
            return replace(wider, let_go=tuple(sorted(step)))
    return found


def _attempt(found: SearchResult, filters: Iterable[QuestionFilter]) -> Attempt:
    return Attempt(
        filters=tuple((one.kind, one.value) for one in filters), mode=found.mode, found=found.total
    )


def _is_weak(found: SearchResult) -> bool:
    best = max((hit.score for hit in found.hits), default=0.0)
    return found.next_cursor is None and best < _WEAK and len(found.hits) < 20


def _with_outside(
    found: SearchResult, wider: SearchResult, limit: int, step: frozenset[str]
) -> SearchResult:
    """The hits, and after them better ones from outside the filters, marked as such; what is
    better by far stands before them."""
    inside = {hit.id for hit in found.hits}
    best = max((hit.score for hit in found.hits), default=0.0)
    outside = [
        replace(hit, outside=tuple(sorted(step)))
        for hit in wider.hits
        if hit.id not in inside and hit.score > best + 0.1
    ]
    if outside and outside[0].score > _CLEARLY * max(best, 0.1):
        hits = sorted([*found.hits, *outside], key=lambda hit: -hit.score)[:limit]
    else:
        hits = [*found.hits, *outside][:limit]
    return replace(found, hits=tuple(hits), total=max(found.total, len(hits)))


# ---------------------------------------------------------------- what is searched


def _words(reading: QuestionReading, kept: Sequence[QuestionFilter]) -> str:
    """The question without the words of the filters that hold."""
    text = reading.text
    for one in kept:
        if one.kind not in LEANING:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    _, words = split_own_syntax(text)
    return words


def _values(filters: Iterable[QuestionFilter], kind: str) -> tuple[str, ...]:
    return tuple(one.value for one in filters if one.kind == kind)


def _cities(filters: Iterable[QuestionFilter]) -> tuple[Concept, ...]:
    """A city is narrower than the province that the filter is of: it is looked for by name."""
    names = dict.fromkeys(
        city for one in filters if one.kind == "jurisdiction" and (city := city_of(one.words))
    )
    return tuple(Concept(words=name, spelled=(name,), own=1) for name in names)


def named_acts(question: str, filters: Iterable[QuestionFilter]) -> tuple[str, ...]:
    """Numbers and titles by which a question names an act, as texts spell them."""
    numbers = _values(filters, "document_number")
    spelled = [spelling for number in numbers for spelling in number_spellings(number)]
    standards = [
        spelling for one in _values(filters, "standard") for spelling in standard_spellings(one)
    ]
    return (*spelled, *titles_of(numbers), *standards, *_TITLE.findall(question))


def _required(strict: Query, filters: Sequence[QuestionFilter]) -> Query:
    """What must stand in the text: the asker's own phrases, numbers and standards."""
    groups = [*strict.groups]
    for one in filters:
        if one.kind == "document_number":
            spelled = (*number_spellings(one.value), *titles_of([one.value]))
            groups.append(tuple(_term(spelling) for spelling in spelled))
        elif one.kind == "standard":
            groups.append(tuple(_term(spelling) for spelling in standard_spellings(one.value)))
    return Query(tuple(groups), strict.without, strict.filters)


def _term(words: str) -> Term:
    return Term(words, (search_key(words),))


def _filters(given: Filters, recognised: Sequence[QuestionFilter]) -> Filters:
    """The filters set beside the question and those read in it: both hold."""
    places = [one for one in recognised if one.kind == "jurisdiction"]
    codes = tuple(dict.fromkeys(one.value for one in places))
    cities = tuple(dict.fromkeys(city for one in places if (city := city_of(one.words))))
    bodies = [name for one in _values(recognised, "publisher") for name in publisher_names(one)]
    return replace(
        given,
        jurisdictions=given.jurisdictions or codes,
        places=() if given.jurisdictions else cities,
        stages=(*given.stages, *_values(recognised, "stage")),
        publishers=(*given.publishers, *bodies),
        since=_latest([given.since, *_days(recognised, "since")]),
        until=_earliest([given.until, *_days(recognised, "until")]),
    )


def _days(filters: Iterable[QuestionFilter], kind: str) -> list[date]:
    return [date.fromisoformat(value) for value in _values(filters, kind)]


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
