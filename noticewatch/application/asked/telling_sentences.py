"""A whole sentence as the answer, where it alone among the best acts has all that is asked about.

For short questions in words of the trade (B类电池荷电状态上限) of which the kind of fact is not
plain: the sentence is quoted, nothing is made of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.claims.words.claim_sentences import law_sentences
from domain.law.asked_and_answered import answered
from domain.law.provisions import provisions_on
from domain.questions.question_concepts import Concept
from domain.records.search_hit import QuestionAnswer, SearchHit
from noticewatch.application.asked.quoted_answers import quoted_answer

if TYPE_CHECKING:
    from archive.store import Archive

_READ = 2  # best hits whose sentences are looked at
_SAYS = 0.5  # the weight of what says something of its own
_ENOUGH, _LEAD = 0.8, 0.2
_OPENING, _TITLE = 0.8, 0.5
_FEWEST = 2  # things asked about that stand in the sentence itself
# What a sentence must do to be an answer: count, oblige, allow, forbid, charge somebody.
_STATES = re.compile(r"\d|应当|不得|可以|不需要|无需|禁止|负责|承担|不适用|适用")


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingSentence:
    """A sentence of a hit with the part of the question that it has."""

    hit: SearchHit
    article: str | None
    text: str
    score: float
    told: int


def telling_sentence(
    archive: Archive, hits: Sequence[SearchHit], concepts: Sequence[tuple[Concept, float]],
    role_words: Sequence[str], *, drafts: bool,
) -> QuestionAnswer | None:  # fmt: skip
    """The sentence that alone has every thing a question asks about; none otherwise."""
    asked = [one for one, weight in concepts if weight >= _SAYS and one.sure and one.spelled]
    if len(asked) < _FEWEST or any(_is_foreign(one) for one in asked):
        return None
    read = [
        (hit, article, sentence, opening)
        for hit in hits[:_READ]
        if hit.status not in NO_LONGER_BINDING and (drafts or hit.status != "draft")
        for article, sentence, opening in _sentences(archive, hit)
    ]
    weights = _rareness(asked, [sentence for _, _, sentence, _ in read])
    found = sorted(
        (
            _held(hit, article, (sentence, opening), weights, asked)
            for hit, article, sentence, opening in read
            if not role_words or _has_any(role_words, f"{hit.title}{opening}{sentence}")
        ),
        key=lambda one: -one.score,
    )
    return _only(found)


def _sentences(archive: Archive, hit: SearchHit) -> list[tuple[str | None, str, str]]:
    reads = provisions_on(archive.ledger.provisions(hit.id), archive.notices.today())
    return [
        (item.article, sentence, f"{question} {opening}".strip())
        for item, text, question in answered(reads)
        for sentence, opening in law_sentences(text)
    ]


def _is_foreign(concept: Concept) -> bool:
    return all(word.isascii() for word in concept.spelled)


def _has_any(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _rareness(asked: Sequence[Concept], sentences: Sequence[str]) -> dict[str, float]:
    count = len(sentences)
    return {
        one.words: math.log(1 + (1 + count) / (1 + sum(one.stands_in(text) for text in sentences)))
        for one in asked
    }


def _held(
    hit: SearchHit, article: str | None, words: tuple[str, str], weights: dict[str, float],
    asked: Sequence[Concept],
) -> TellingSentence:  # fmt: skip
    text, opening = words
    strengths = {one.words: _strength(one, text, opening, hit.title) for one in asked}
    score = sum(weights[key] * strength for key, strength in strengths.items())
    return TellingSentence(
        hit=hit, article=article, text=text, score=score / sum(weights.values()),
        told=sum(strength >= _OPENING for strength in strengths.values())
        if all(strengths.values()) else 0,
    )  # fmt: skip


def _strength(concept: Concept, text: str, opening: str, title: str) -> float:
    if concept.stands_in(text):
        return 1.0
    if concept.stands_in(opening):
        return _OPENING
    return _TITLE if concept.stands_in(title) else 0.0


def _only(found: Sequence[TellingSentence]) -> QuestionAnswer | None:
    """The first, where it has all and no other sentence comes near."""
    if not found:
        return None
    best = found[0]
    rivals = (one.score for one in found[1:] if one.text != best.text)
    if best.told < _FEWEST or best.score < _ENOUGH or not _STATES.search(best.text):
        return None
    if max(rivals, default=0.0) > best.score - _LEAD:
        return None
    return quoted_answer(best.hit, best.article, best.text)
