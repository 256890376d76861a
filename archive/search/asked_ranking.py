"""Rank the acts that a question asks for: its concepts in both languages, and its meaning.

An act need not have every word of a question. Each concept counts by how rare it is and by where
it stands: in the title most, then in the English of the product, then in the text. What lies
nearest by meaning is judged by the same measure and adds to it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from archive.ports import Database, SearchIndex, VectorIndex
from archive.search.english_card import EnglishCard
from archive.search.filters import Where
from archive.search.notice_text import NoticeText
from archive.search.query import Query, Term
from domain.text.normalization import search_key

if TYPE_CHECKING:
    import numpy as np

    from domain.questions.question_concepts import Concept

Meaning = Callable[[], "tuple[np.ndarray, str] | None"]
"""Gives the vector of a question and the id of its encoder; None where there is no model."""

MOST_ROWS = 2000  # notices with a concept; one that more have is looked at in the best only
_LOOKED_AT = 110  # notices whose texts are read
_NEAREST = 80  # notices by meaning
_TEXT_LOOKED_AT = 400_000  # characters of a text that are counted
_UNSURE = 0.45  # the weight of a piece of an unknown run, and of a part of a known phrase
_IN_TITLE, _SIBLING_IN_TITLE, _IN_ENGLISH_TITLE = 1.0, 0.85, 0.75
_IN_ENGLISH, _IN_TEXT, _OFTEN_IN_TEXT = 0.6, 0.45, 0.25
_IN_NAMES = 0.4  # of attachments and issuers
_SAID_SO = 0.4  # for the whole words of the question, as they stand in the text
_MEANING = 0.55  # the weight of meaning beside that of all words
_CERTAIN, _FAR_AHEAD = 0.8, 0.3  # a score by words, and its lead, that meaning leaves first
_FAR, _NEAR = 0.80, 0.90  # cosines of this encoder: nothing in common, and the same thing
_BORNE = 1.0  # for an act that the question names
_LEANING = 0.12  # for the role or the topic that the question names
_ORDERS = {"final": 0.05, "draft": 0.03, "interpretation": 0.02, "list": 0.01}
_FEW, _LEAST_OF_FEW = 60, 0.08
_LEAST, _OF_THE_BEST = 0.16, 0.35  # a hit has this score, and this part of the best one's


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedWords:
    """What is looked for, with the filters that only lead: ``roles`` and ``topics``."""

    concepts: tuple[Concept, ...] = ()
    whole: str = ""  # the words as they stand, for an exact title
    meaning: Meaning | None = None  # asked for only where words leave the first hit open
    named: tuple[str, ...] = ()  # numbers and titles of acts that the question names
    roles: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedRanking:
    """Rank over an index, its vectors and the stored tables."""

    db: Database
    index: SearchIndex
    vectors: VectorIndex

    def ranked(self, asked: AskedWords, allowed: set[int] | None) -> list[tuple[int, float]]:
        """The acts that answer, best first, cut where they no longer do."""
        if allowed is not None and not allowed:
            return []
        having = {one.words: self._having(one, allowed) for one in asked.concepts}
        weights = _weights(asked.concepts, having, self._count())
        rare = {words: found for words, found in having.items() if len(found) < MOST_ROWS}
        if having and not any(rare.values()):
            rare["all of them"] = self._newest(asked.concepts, allowed)
            weights = {**weights, "all of them": 0.0}
        by_words = self._scored(asked, weights, self._best(rare, weights, {}, allowed))
        scores = {} if _is_certain(by_words) else self._by_meaning(asked, allowed)
        if scores:
            some = self._best(rare, weights, scores, allowed)
            new = [notice for notice in some if notice not in by_words]
            known = {**by_words, **self._scored(asked, weights, new)}
            by_words = {notice: known[notice] for notice in some if notice in known}
        scored = [
            (notice, score + _MEANING * _closeness(scores.get(notice, 0.0)))
            for notice, score in by_words.items()
        ]
        few = allowed is not None and len(allowed) <= _FEW
        return _cut(sorted(scored, key=lambda item: (-item[1], -item[0])), few=few)

    def _scored(
        self, asked: AskedWords, weights: Mapping[str, float], notices: list[int]
    ) -> dict[int, float]:
        """The score of some notices by their words."""
        if not notices:
            return {}
        judge = _Judge(
            weights=weights,
            texts=self.index.texts(notices),
            cards=self.index.cards(notices),
            facts=self._known(notices),
            leaning=self._leaning(asked, notices),
        )
        return {notice: judge.score(notice, asked) for notice in notices if notice in judge.texts}

    def _having(self, concept: Concept, allowed: set[int] | None) -> set[int]:
        keys = [search_key(word) for word in concept.spelled if _is_looked_for(word)]
        found = set(self.index.with_words([key for key in keys if key], MOST_ROWS))
        if concept.english and len(found) < MOST_ROWS:
            found |= set(self.index.with_stems(concept.english, MOST_ROWS))
        return found

    def _count(self) -> int:
        return max(1, int(self.db.value("SELECT count(*) FROM search_rows") or 0))

    def _by_meaning(self, asked: AskedWords, allowed: set[int] | None) -> dict[int, float]:
        """The cosines of the nearest notices; none without vectors."""
        found = asked.meaning() if asked.meaning is not None else None
        if found is None:
            return {}
        vector, encoder_id = found
        return dict(self.vectors.nearest(encoder_id, vector, _NEAREST, allowed))

    def _best(
        self,
        having: Mapping[str, Collection[int]],
        weights: Mapping[str, float],
        nearest: Mapping[int, float],
        allowed: set[int] | None,
    ) -> list[int]:
        """The acts worth reading: with the most of the rarer concepts, and by meaning."""
        sums: dict[int, float] = {}
        for words, notices in having.items():
            for notice in notices:
                if allowed is None or notice in allowed:
                    sums[notice] = sums.get(notice, 0.0) + weights[words]
        most = max(weights.values(), default=1.0)
        for notice, cosine in nearest.items():
            sums[notice] = sums.get(notice, 0.0) + most * _closeness(cosine)
        return nlargest(_LOOKED_AT, sums, key=lambda notice: (sums[notice], notice))

    def _newest(self, concepts: Sequence[Concept], allowed: set[int] | None) -> set[int]:
        """The newest acts that have all concepts, where so many have each of them."""
        groups = tuple(
            tuple(Term(word, (search_key(word),)) for word in concept.spelled)
            for concept in concepts
            if concept.spelled and concept.sure
        )
        places, _ = self.index.candidates(Query(groups), Where("", ())).newest_first(None)
        fitting = (notice for _, notice in places if allowed is None or notice in allowed)
        return set(islice(fitting, _LOOKED_AT))

    def _known(self, notices: Sequence[int]) -> dict[int, str]:
        """The stage of each notice."""
        marks = ",".join("?" * len(notices))
        rows = self.db.rows(f"SELECT id, stage FROM notices WHERE id IN ({marks})", notices)  # noqa: S608
        return {row[0]: row[1] or "" for row in rows}

    def _leaning(self, asked: AskedWords, notices: Sequence[int]) -> set[int]:
        """The notices with a duty of a role or a label of a topic that is asked for."""
        found: set[int] = set()
        for table, column, values in (
            ("duties", "role", asked.roles),
            ("labels", "topic", asked.topics),
        ):
            if values:
                wanted = ",".join("?" * len(values))
                marks = ",".join("?" * len(notices))
                sql = (
                    f"SELECT DISTINCT notice_id FROM {table}"  # noqa: S608 our own names
                    f" WHERE {column} IN ({wanted}) AND notice_id IN ({marks})"
                )
                found |= {row[0] for row in self.db.rows(sql, [*values, *notices])}
        return found


def _weights(
    concepts: Iterable[Concept], having: Mapping[str, Collection[int]], count: int
) -> dict[str, float]:
    """How much each concept says: the rarer the more; one that nothing has says nothing."""
    found = {}
    for concept in concepts:
        number = len(having[concept.words])
        if number >= MOST_ROWS:
            number = max(number, count // 2)
        rare = math.log(1 + count / (1 + number))
        found[concept.words] = rare * (1.0 if concept.sure else _UNSURE)
    return found


def _is_certain(scores: Mapping[int, float]) -> bool:
    """Whether words alone put one act so far before the others that meaning, which costs a
    model, would not change the first hit."""
    best, *others = nlargest(2, scores.values()) or [0.0]
    return best >= _CERTAIN and best - max(others, default=0.0) >= _FAR_AHEAD


def _closeness(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _FAR) / (_NEAR - _FAR)))


def _cut(scored: list[tuple[int, float]], *, few: bool) -> list[tuple[int, float]]:
    """What still answers; where filters leave few acts, the best of them need less."""
    if not scored:
        return []
    least = max(_LEAST_OF_FEW if few else _LEAST, _OF_THE_BEST * scored[0][1])
    return [(notice, round(score, 4)) for notice, score in scored if score >= least]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judge:
    """Score single acts by what was read of them."""

    weights: Mapping[str, float]
    texts: Mapping[int, NoticeText]
    cards: Mapping[int, EnglishCard]
    facts: Mapping[int, str]
    leaning: Collection[int]
    _none: EnglishCard = field(default_factory=lambda: EnglishCard(title="", words=""))

    def score(self, notice: int, asked: AskedWords) -> float:
        text = self.texts[notice]
        card = self.cards.get(notice, self._none)
        stems = (frozenset(card.title.split()), frozenset(card.words.split()))
        whole = sum(self.weights.values())
        found = sum(self.weights[one.words] * _strength(one, text, stems) for one in asked.concepts)
        score = found / whole if whole else 0.0
        score += _LEANING * (notice in self.leaning) + _ORDERS.get(self.facts.get(notice, ""), 0.0)
        return score + _exactness(asked.whole, text) + _BORNE * bears(asked.named, text)


def bears(named: Iterable[str], text: NoticeText) -> bool:
    """Whether an act is one that is named: by its own number, or by a part of its title."""
    titles = search_key(text.title)
    numbers = [search_key(number) for number in text.numbers]
    keys = [search_key(name) for name in named]
    return any(key in titles or any(number.endswith(key) for number in numbers) for key in keys)


def _exactness(words: str, text: NoticeText) -> float:
    """An act whose title is asked for stands first."""
    asked = search_key(words)
    if len(asked) < 2:
        return 0.0
    titles = [search_key(title) for title in text.title.split("\n")]
    if asked in titles:
        return 2.0
    if any(asked in title for title in titles):
        return 0.5
    return _SAID_SO if words in text.body else 0.0


def _strength(
    concept: Concept, text: NoticeText, stems: tuple[frozenset[str], frozenset[str]]
) -> float:
    """How well an act speaks of a concept, from 0 to 1."""
    for place, word in enumerate(concept.spelled):
        if _count(word, text.title):
            return _IN_TITLE if place < max(concept.own, 1) else _SIBLING_IN_TITLE
    best = 0.0
    if concept.english:
        title, words = stems
        if all(stem in title for stem in concept.english):
            return _IN_ENGLISH_TITLE
        if all(stem in words or stem in title for stem in concept.english):
            best = _IN_ENGLISH
    return max(best, _in_text(concept, text))


def _in_text(concept: Concept, text: NoticeText) -> float:
    body = text.body[:_TEXT_LOOKED_AT]
    for place, word in enumerate(concept.spelled):
        count = _count(word, body)
        if count:
            often = min(1.0, math.log1p(count) / math.log(8))
            return (_IN_TEXT if place < 2 else _IN_TEXT * 0.8) + _OFTEN_IN_TEXT * often
    return _IN_NAMES if any(_count(word, text.meta) for word in concept.spelled[:1]) else 0.0


def _is_looked_for(word: str) -> bool:
    """Of an English word only one that is long enough not to stand inside many others."""
    return not word.isascii() or len(word) > 2


def _count(word: str, text: str) -> int:
    """How often a word stands in a text; an English one as a whole word, whatever its case."""
    if not word.isascii():
        return text.count(word)
    return len(_whole_word(word).findall(text)) if _is_looked_for(word) else 0


@lru_cache(maxsize=512)
def _whole_word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", re.IGNORECASE)
