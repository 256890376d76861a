"""An answer in the act's own words, where no duty and no fact that was read of it answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.law.provisions import provisions_on
from domain.questions.answering_clauses import AnsweringClause, clauses_of
from domain.questions.fact_questions import AskedFact, AskedTime
from domain.questions.question_concepts import Concept
from domain.records.search_hit import QuestionAnswer, SearchHit
from noticewatch.application.asked.quoted_answers import quoted_answer

if TYPE_CHECKING:
    from archive.store import Archive

_LATER = 0.05  # what an act's clause needs more for each act before it
_FOREIGN = 0.6  # of an English word without any Chinese for it
_OPENING, _REST, _TITLE = 0.8, 0.7, 0.5  # of a word that stands only there
# What makes the day or the number another one than before: a clause without it tells the old one.
_CHANGES = frozenset({"延长", "延期", "推迟", "修改为", "改为", "缩短"})
_OPPOSITES = (("进口", "出口"), ("入库", "出库"), ("接收", "移出"))


@dataclass(frozen=True, kw_only=True, slots=True)
class FittingClause:
    """A clause of an act with the part of the question that it speaks of."""

    clause: AnsweringClause
    notice_id: int
    fits: float
    own: float  # without what only the act's title has
    told: int  # how many things that are asked about stand in the clause or its sentence


def in_own_words(
    archive: Archive,
    hits: Sequence[SearchHit],
    concepts: Sequence[tuple[Concept, float]],
    *,
    fact: AskedFact,
    time: AskedTime,
    drafts: bool,
) -> QuestionAnswer | None:
    """The clause of the best acts that answers, where no duty or fact was read that does; of
    drafts only where they are asked for or stand first."""
    found: list[FittingClause] = []
    for place, hit in enumerate(hits):
        if hit.status in NO_LONGER_BINDING or (hit.status == "draft" and not drafts and place):
            continue
        reads = provisions_on(archive.ledger.provisions(hit.id), archive.notices.today())
        clauses = list(clauses_of([(item.article, item.text) for item in reads], fact, time))
        found += fitting_clauses(
            clauses, concepts, notice_id=hit.id, title=hit.title, malus=_LATER * place
        )
    best = best_clause(found)
    if best is None:
        return None
    return _quoted(best, next(hit for hit in hits if hit.id == best.notice_id))


def _quoted(found: FittingClause, hit: SearchHit) -> QuestionAnswer:
    clause = found.clause
    told = clause.text.strip("，,；;")
    return quoted_answer(hit, clause.article, told, quote=clause.sentence)


def best_clause(
    found: Sequence[FittingClause], *, enough: float = 0.6, lead: float = 0.1
) -> FittingClause | None:
    """The clause that answers; None where another one, that says something else, comes near."""
    best = max(found, key=lambda one: one.fits, default=None)
    if best is None or best.fits < enough or best.own < 0.5:
        return None
    if best.told < 2:
        return None
    rivals = (one for one in found if one.clause.sentence != best.clause.sentence)
    near = any(one.fits > best.fits - lead for one in rivals)
    same = (
        one.fits
        for one in found
        if one.clause.sentence == best.clause.sentence and one.clause.text != best.clause.text
    )
    return None if near or any(fits > best.fits - 0.05 for fits in same) else best


def fitting_clauses(
    clauses: Sequence[AnsweringClause],
    concepts: Sequence[tuple[Concept, float]],
    *,
    notice_id: int,
    title: str,
    malus: float = 0.0,
) -> list[FittingClause]:
    """Each clause of an act with how well it fits a question."""
    weights = _telling(clauses, concepts)
    whole = sum(weights.values())
    if not whole:
        return []
    return [
        _fitting(clause, concepts, weights, notice_id=notice_id, title=title, malus=malus)
        for clause in clauses
        if not _is_opposite(clause, concepts) and not _lacks_the_change(clause, concepts)
    ]


def _telling(
    clauses: Sequence[AnsweringClause], concepts: Sequence[tuple[Concept, float]]
) -> Mapping[str, float]:
    """The weight of each concept: what many sentences of the act have tells little."""
    sentences = list(dict.fromkeys(clause.sentence for clause in clauses))
    count = len(sentences)
    found = {}
    for concept, weight in concepts:
        if not (concept.sure or concept.spelled):
            continue  # a part of a phrase that has no Chinese of its own
        having = sum(concept.stands_in(sentence) for sentence in sentences)
        rare = math.log(1 + (1 + count) / (1 + having)) / math.log(2 + count)
        chinese = any(not word.isascii() for word in concept.spelled)
        found[concept.words] = weight * rare * (1.0 if chinese else _FOREIGN)
    return found


def _fitting(
    clause: AnsweringClause,
    concepts: Iterable[tuple[Concept, float]],
    weights: Mapping[str, float],
    *,
    notice_id: int,
    title: str,
    malus: float,
) -> FittingClause:
    own = beside = 0.0
    told = 0
    for concept, weight in concepts:
        worth = weights.get(concept.words, 0.0)
        part = _strength(concept, clause)
        own += worth * part
        told += part >= _REST and weight >= 0.5
        if not part and concept.stands_in(title):
            beside += worth * _TITLE
    whole = sum(weights.values())
    return FittingClause(
        clause=clause, notice_id=notice_id, fits=(own + beside) / whole - malus, own=own / whole,
        told=told,
    )  # fmt: skip


def _strength(concept: Concept, clause: AnsweringClause) -> float:
    if concept.stands_in(clause.text):
        return 1.0
    if concept.stands_in(clause.opening):
        return _OPENING
    return _REST if concept.stands_in(clause.sentence) else 0.0


def _lacks_the_change(clause: AnsweringClause, concepts: Iterable[tuple[Concept, float]]) -> bool:
    return any(
        concept.spelled[:1] and concept.spelled[0] in _CHANGES
        and not concept.stands_in(clause.opening + clause.sentence)
        for concept, _ in concepts
    )  # fmt: skip


def _is_opposite(clause: AnsweringClause, concepts: Iterable[tuple[Concept, float]]) -> bool:
    """Whether a clause is on the opposite of what is asked: imports for exports."""
    asked = {word for concept, _ in concepts for word in concept.spelled[:1]}
    words = clause.opening + clause.sentence
    return any(
        (one in asked and one not in words and other in words)
        or (other in asked and other not in words and one in words)
        for one, other in _OPPOSITES
    )
