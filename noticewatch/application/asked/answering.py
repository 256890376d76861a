"""Choose the one line that answers a question of fact, or none; and each hit's duty.

An answer is given only where the words of the question stand in the duty or fact itself, its
act is the best hit, and nothing else that fits as well says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.law.duties import Duty
from domain.questions.answering_clauses import clauses_of, states_fact
from domain.questions.fact_questions import (
    AskedFact,
    AskedTime,
    asks_for_acts,
)
from domain.questions.question_concepts import Concept
from domain.records.search_hit import QuestionAnswer, SearchHit, SearchResult
from domain.text.normalization import search_key
from noticewatch.application.asked.answer_units import AnswerUnit, answer_units
from noticewatch.application.asked.held_question import HeldQuestion, acts_of, held_question
from noticewatch.application.asked.passage_answers import (
    AskedPassage,
    Nearness,
    answering_passage,
)
from noticewatch.application.asked.quoted_answers import with_place
from noticewatch.application.asked.sentence_answers import in_own_words
from noticewatch.application.asked.standing_answers import (
    as_changed,
    is_of_its_year,
    is_told_elsewhere,
    standing_units,
)
from noticewatch.application.asked.telling_sentences import telling_sentence

if TYPE_CHECKING:
    from archive.store import Archive

_HITS_READ = 10
_HITS_ANSWERING = 3
_NEAR_THE_BEST = 0.8  # the part of the best hit's score that another act's answer needs
_ENOUGH, _ENOUGH_OF_A_HIT = 0.62, 0.6  # of the question's weight found in the unit
_APART = 0.1  # by which the best answer leads the next one that says something else
_IN_TITLE = 0.5  # what a word says of a unit that only the act's title has
_ROLE, _OTHER_ROLE, _NO_ROLE = 0.12, 0.7, 0.4  # of the role asked about, another one, none told
_ACT, _AUTHORITY, _DRAFT = 0.12, 0.3, 0.1
_LONGEST = 1000  # characters of a question
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# 征求意见稿, 公示: whoever wishes may say something until a day
_OPEN_TO_ALL = re.compile(r"征求|草案|公示|意见稿")
# Acts for which a text may have another verb than the question.
_SAID_MANY_WAYS = frozenset({
    "report", "register", "apply", "hand_over", "provide", "correct", "notify", "publish",
    "keep_records", "label", "declare",
})  # fmt: skip
_OF_A_ROLE = 0.6  # the weight of the role that is asked about
_LAW = 0.3  # so much less does law need than a draft
_PERIOD_NUMBER = re.compile(r"P(?:T)?(?P<count>\d+)[DHMY]")  # P15D
_ACT_LEVEL = frozenset({AskedFact.EFFECT, AskedFact.COMMENTS, AskedFact.VALIDITY})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answering:
    """A unit of a hit with how well it fits: with its title, and by its own words alone."""

    hit: SearchHit
    unit: AnswerUnit
    fits: float
    own: float


def with_answers(
    archive: Archive,
    result: SearchResult,
    words: str,
    named: Sequence[str] = (),
    nearness: Nearness | None = None,
) -> SearchResult:
    """The result with the answering duty of each hit and, for a question of fact, the answer;
    where the question names acts only these answer. ``nearness`` tells how near sentences come
    to the question in meaning."""
    asked = held_question(result.query[:_LONGEST], words, result.filters)
    if not asked.concepts:
        return _of_a_named_act(archive, result, asked, named)
    hits: list[SearchHit] = []
    candidates: list[_Answering] = []
    texts: list[SearchHit] = []  # of the acts that may answer
    for place, hit in enumerate(result.hits):
        if place >= _HITS_READ:
            hits.append(hit)
            continue
        units = standing_units(archive, hit, _units(archive, hit))
        fitting = [_held_against(asked, hit, unit) for unit in units]
        elsewhere = hit.outside or "jurisdiction" in result.let_go
        hits.append(replace(hit, answer=None if elsewhere else _of_hit(asked, fitting)))
        if hit.outside or not _may_answer(hit, asked, result.query):
            continue
        first = asked.fact in _ACT_LEVEL and place == 0
        near = asked.fact not in _ACT_LEVEL and place < _HITS_ANSWERING
        if named and not _is_named(hit, named):
            continue
        if first or (near and hit.score >= _NEAR_THE_BEST * result.hits[0].score):
            candidates += fitting
            texts.append(hit)
    answer = None if result.let_go else _answer(asked, candidates)
    if answer is not None and is_told_elsewhere(archive, answer, _telling(asked)):
        answer = None
    answer = answer or _in_its_words(archive, result, asked, texts)
    if answer is None and _may_be_quoted(result):
        answer = answering_passage(
            archive, _of_the_places(result, named), _as_passage(result, asked, named),
            nearness or (lambda _sentences: None),
        )  # fmt: skip
    answer = with_place(as_changed(archive, result.hits, answer), hits)
    return replace(result, hits=tuple(hits), answer=answer)


def _in_its_words(
    archive: Archive, result: SearchResult, asked: HeldQuestion, texts: Sequence[SearchHit]
) -> QuestionAnswer | None:
    """The clause or the sentence of the acts that alone answers."""
    past = {one.kind for one in result.filters} & {"since", "until"} == {"until"}
    if result.let_go or past:
        return None
    answer = None
    if asked.fact is not None:
        role = Concept(words="role", spelled=asked.role_words)
        answer = in_own_words(
            archive, texts, [*asked.concepts, *([(role, _OF_A_ROLE)] if asked.role_words else [])],
            fact=asked.fact, time=asked.time, drafts=asked.drafts,
        )  # fmt: skip
    if answer is None and _wants_a_sentence(result):
        found = telling_sentence(
            archive, texts, asked.concepts, asked.role_words, drafts=asked.drafts
        )
        answer = found if found is not None and _is_of_kind(asked, found) else None
    return answer


def _may_answer(hit: SearchHit, asked: HeldQuestion, question: str) -> bool:
    """Whether a hit is of the city and of the year's round that are asked about."""
    return _is_of_places(hit, asked.places) and is_of_its_year(question[:_LONGEST], hit)


def _units(archive: Archive, hit: SearchHit) -> list[AnswerUnit]:
    return list(
        answer_units(
            archive.labels_and_facts.duties_of(hit.id, archive.notices.today()),
            archive.labels_and_facts.facts_of(hit.id),
        )
    )


def _telling(asked: HeldQuestion) -> list[Concept]:
    """The things asked about that say something of their own."""
    return [one for one, weight in asked.concepts if weight >= 1.0 and one.spelled]


def _of_a_named_act(
    archive: Archive, result: SearchResult, asked: HeldQuestion, named: Sequence[str]
) -> SearchResult:
    """The answer of the act that a question names and of which it asks nothing but a day or a
    term: 令第97号从哪天起施行."""
    hit = next((one for one in result.hits[:1] if named and _is_named(one, named)), None)
    if hit is None or asked.fact not in _ACT_LEVEL or result.let_go:
        return result
    units = [unit for unit in standing_units(archive, hit, _units(archive, hit))
             if asked.fact in unit.kinds]  # fmt: skip
    if len({unit.value for unit in units}) != 1:
        return result
    told = _worded(_Answering(hit=hit, unit=units[0], fits=1.0, own=1.0), asked)
    return replace(result, answer=as_changed(archive, result.hits, told))


def _may_be_quoted(result: SearchResult) -> bool:
    """Whether a sentence may answer: not where the places that are asked about had to be let go,
    nor for a question that compares places."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    for_acts = asks_for_acts(result.query[:_LONGEST])
    let_go = {"jurisdiction", "since", "until"} & set(result.let_go)
    return not let_go and len(places) < 2 and not for_acts


def _of_the_places(result: SearchResult, named: Sequence[str]) -> list[SearchHit]:
    """The best hits, those of the places and by the names that are asked about."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    return [
        hit
        for hit in result.hits[:_HITS_ANSWERING]
        if (not places or hit.jurisdiction in places)
        and (not named or _is_named(hit, named))
        and not hit.outside
        and is_of_its_year(result.query[:_LONGEST], hit)
    ]


def _as_passage(result: SearchResult, asked: HeldQuestion, named: Sequence[str]) -> AskedPassage:
    return AskedPassage(
        question=result.query[:_LONGEST], concepts=asked.concepts, role_words=asked.role_words,
        fact=asked.fact, time=asked.time, drafts=asked.drafts,
        unit=asked.unit,
        placed=bool(named) or any(one.kind == "jurisdiction" for one in result.filters),
    )  # fmt: skip


def _is_of_kind(asked: HeldQuestion, found: QuestionAnswer) -> bool:
    """Whether a sentence states what is asked for, where the question says which kind that is."""
    return asked.fact is None or states_fact(found.quote, asked.fact, asked.time)


def _wants_a_sentence(result: SearchResult) -> bool:
    """Whether a question may be answered by one sentence: not one for acts, nor one that compares
    places."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    return not asks_for_acts(result.query[:_LONGEST]) and len(places) < 2


def _is_named(hit: SearchHit, named: Iterable[str]) -> bool:
    number = search_key(hit.document_number or "")
    title = search_key(hit.title)
    keys = [search_key(name) for name in named]
    return any(key in title or (number and number.endswith(key)) for key in keys)


def _held_against(asked: HeldQuestion, hit: SearchHit, unit: AnswerUnit) -> _Answering:
    whole = sum(weight for _, weight in asked.concepts)
    own = sum(weight for one, weight in asked.concepts if _stands(one, unit.words, unit))
    title = sum(
        weight
        for one, weight in asked.concepts
        if not _stands(one, unit.words, unit) and any(word in hit.title for word in one.spelled)
    )
    act_level = bool(asked.fact in _ACT_LEVEL and asked.fact in unit.kinds)
    fits = (own + (1.0 if act_level else _IN_TITLE) * title) / whole
    fits += _role_fits(asked, hit, unit)
    if asked.acts and isinstance(unit.source, Duty) and unit.source.act != "other":
        fits += _ACT if unit.source.act in asked.acts else -_ACT
    if unit.of_authority and not asked.authorities:
        fits -= _AUTHORITY
    if hit.status == "draft" and not asked.drafts:
        fits -= _DRAFT
    return _Answering(hit=hit, unit=unit, fits=fits, own=fits if act_level else own / whole)


def _role_fits(asked: HeldQuestion, hit: SearchHit, unit: AnswerUnit) -> float:
    """For the role that is asked about; against another one, and where none is told."""
    if not asked.roles or asked.fact in _ACT_LEVEL:
        return 0.0
    if unit.role in asked.roles:
        return _ROLE
    bound = unit.bound or unit.words
    if any(word in bound or word in hit.title for word in asked.role_words):
        return 0.0
    if unit.role == "any_company":
        return -_ROLE
    return -_NO_ROLE if unit.role is None else -_OTHER_ROLE


def _is_of_places(hit: SearchHit, cities: Sequence[str]) -> bool:
    """Whether an act is of the city that is asked about, by its title."""
    return not cities or any(city in hit.title for city in cities)


def _fits_kind(asked: HeldQuestion, one: _Answering) -> bool:
    """Whether a unit states the very kind of fact: years for years, a rhythm for how often."""
    if asked.fact not in one.unit.kinds or one.hit.status in NO_LONGER_BINDING:
        return False
    if asked.fact is AskedFact.COMMENTS:
        return one.hit.status == "draft" or bool(_OPEN_TO_ALL.search(one.hit.title))
    if asked.fact is not AskedFact.PERIOD:
        return True
    return one.unit.shows_its_day and _is_time(asked, one.unit.time)


def _is_time(asked: HeldQuestion, time: str) -> bool:
    lasting = time.startswith("P")
    if asked.time is AskedTime.OFTEN:
        return not lasting and not _WHOLE_DAY.fullmatch(time)
    if asked.time is AskedTime.LONG and not lasting:
        return False
    return asked.unit is None or time.endswith(asked.unit)


def _stands(concept: Concept, words: str, unit: AnswerUnit) -> bool:
    """Whether a thing asked about stands in the unit, in either language."""
    loose = not concept.own or bool(acts_of(concept) & _SAID_MANY_WAYS)
    own = None if loose else concept.spelled[: concept.own]
    if any(word in words for word in own or concept.spelled):
        return True
    return bool(concept.english) and all(stem in unit.stems for stem in concept.english)


def _of_hit(asked: HeldQuestion, fitting: Sequence[_Answering]) -> QuestionAnswer | None:
    """The duty of a hit that fits best, of the kind that is asked for where there is one."""
    enough = [one for one in fitting if one.fits >= _ENOUGH_OF_A_HIT and one.own >= 0.4]
    of_kind = [one for one in enough if asked.fact in one.unit.kinds]
    fitting = of_kind if asked.fact is not None else enough  # a duty without a fine is no fine
    best = max(fitting, key=lambda one: one.fits, default=None)
    return _worded(best, asked) if best is not None else None


def _answer(asked: HeldQuestion, candidates: Sequence[_Answering]) -> QuestionAnswer | None:
    """The answer to a question of fact; None where two that fit alike differ."""
    if asked.fact is None:
        return None
    of_kind = [one for one in candidates if _fits_kind(asked, one)]
    if not of_kind:
        return None
    best = _law_before_drafts(asked, of_kind)
    if best.fits < _ENOUGH or best.own < 0.52 or _tells_another(asked, best.unit):
        return None
    rivals = (one for one in of_kind if _says_otherwise(one, best))
    if any(one.fits > best.fits - _APART for one in rivals):
        return None
    return _worded(best, asked)


def _law_before_drafts(asked: HeldQuestion, fitting: Sequence[_Answering]) -> _Answering:
    """The one that fits best; where that is a draft's and law fits nearly as well, the law's."""
    best = max(fitting, key=lambda one: one.fits)
    law = [one for one in fitting if one.hit.status != "draft"]
    if asked.drafts or best.hit.status != "draft" or not law:
        return best
    other = max(law, key=lambda one: one.fits)
    return other if other.fits >= best.fits - _LAW else best


def _tells_another(asked: HeldQuestion, unit: AnswerUnit) -> bool:
    """Whether a unit's sentence states several values, and the question's words stand with
    another one than the unit's: 15日内报送接收信息, 30日内报送去向."""
    number = _PERIOD_NUMBER.fullmatch(unit.time)
    if asked.fact is not AskedFact.PERIOD or number is None:
        return False
    clauses = list(clauses_of([(None, unit.quote)], AskedFact.PERIOD, AskedTime.LONG))
    if len(clauses) < 2:
        return False
    counts = [
        (sum(weight for one, weight in asked.concepts if one.stands_in(clause.text)), clause.text)
        for clause in clauses
    ]
    most = max(count for count, _ in counts)
    return all(number["count"] not in text for count, text in counts if count == most)


def _says_otherwise(one: _Answering, best: _Answering) -> bool:
    if one.unit is best.unit or one.unit.quote == best.unit.quote:
        return False
    return one.unit.value != best.unit.value


def _worded(found: _Answering, asked: HeldQuestion) -> QuestionAnswer:
    unit = found.unit
    draft = found.hit.status == "draft"
    return QuestionAnswer(
        notice_id=found.hit.id,
        en=("Draft: " if draft else "") + unit.text("en", asked.fact),
        zh=("征求意见稿：" if draft else "") + unit.text("zh", asked.fact),
        quote=unit.quote,
        article=unit.article,
    )
