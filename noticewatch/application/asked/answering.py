"""Choose the one line that answers a question of fact, or none; and each hit's duty.

An answer is given only where the words of the question stand in the duty or fact itself, its
act is the best hit, and nothing else that fits as well says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from config.duty_terms import load_actions
from config.field.field_names import load_field
from config.glossary import load_question_words
from domain.acts.status import NO_LONGER_BINDING
from domain.law.duties import Duty
from domain.questions.answering_clauses import clauses_of, states_fact
from domain.questions.fact_questions import (
    AskedFact,
    AskedTime,
    asked_fact,
    asked_time,
    asked_unit,
    asks_for_acts,
)
from domain.questions.question_concepts import Concept, concepts_of
from domain.questions.question_filters import QuestionFilter
from domain.questions.vocabulary import city_of
from domain.records.search_hit import QuestionAnswer, SearchHit, SearchResult
from domain.text.normalization import search_key
from noticewatch.application.asked.answer_units import AnswerUnit, answer_units
from noticewatch.application.asked.passage_answers import (
    AskedPassage,
    Nearness,
    answering_passage,
)
from noticewatch.application.asked.quoted_answers import with_place
from noticewatch.application.asked.sentence_answers import in_own_words
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
# What every act of the field speaks of, and what only says which kind of fact is asked for.
_COMMON = frozenset({"企业", "单位", "信息", "规定", "要求", "报告"})  # besides those of the field
_KIND_WORDS = frozenset({
    "罚款", "处罚", "期限", "截止", "工作日", "施行", "生效", "实施", "有效期", "意见", "法律责任",
    "标准", "材料", "文件", "平台", "系统", "最高", "最低", "时限",
})  # fmt: skip
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
class _Asked:
    """What a unit is held against."""

    fact: AskedFact | None
    concepts: Sequence[tuple[Concept, float]]
    roles: frozenset[str]
    acts: frozenset[str]  # keys of config/actions.yml that the question names
    role_words: tuple[str, ...]
    places: tuple[str, ...]  # cities
    time: AskedTime
    unit: str | None
    drafts: bool
    authorities: bool


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
    asked = _asked(result.query[:_LONGEST], words, result.filters)
    if not asked.concepts:
        return result
    hits: list[SearchHit] = []
    candidates: list[_Answering] = []
    texts: list[SearchHit] = []  # of the acts that may answer
    for place, hit in enumerate(result.hits):
        if place >= _HITS_READ:
            hits.append(hit)
            continue
        units = answer_units(
            archive.labels_and_facts.duties_of(hit.id, archive.notices.today()),
            archive.labels_and_facts.facts_of(hit.id),
        )
        fitting = [_held_against(asked, hit, unit) for unit in units]
        hits.append(replace(hit, answer=_of_hit(asked, fitting)))
        if hit.outside or not _is_of_places(hit, asked.places):
            continue
        first = asked.fact in _ACT_LEVEL and place == 0
        near = asked.fact not in _ACT_LEVEL and place < _HITS_ANSWERING
        if named and not _is_named(hit, named):
            continue
        if first or (near and hit.score >= _NEAR_THE_BEST * result.hits[0].score):
            candidates += fitting
            texts.append(hit)
    answer = None if result.let_go else _answer(asked, candidates)
    past = {one.kind for one in result.filters} & {"since", "until"} == {"until"}
    if answer is None and not result.let_go and asked.fact is not None and not past:
        role = Concept(words="role", spelled=asked.role_words)
        answer = in_own_words(
            archive, texts, [*asked.concepts, *([(role, _OF_A_ROLE)] if asked.role_words else [])],
            fact=asked.fact, time=asked.time, drafts=asked.drafts,
        )  # fmt: skip
    if answer is None and not result.let_go and not past and _wants_a_sentence(result):
        found = telling_sentence(
            archive, texts, asked.concepts, asked.role_words, drafts=asked.drafts
        )
        answer = found if found is not None and _is_of_kind(asked, found) else None
    if answer is None and _may_be_quoted(result):
        answer = answering_passage(
            archive, _of_the_places(result, named), _as_passage(result, asked, named),
            nearness or (lambda _sentences: None),
        )  # fmt: skip
    return replace(result, hits=tuple(hits), answer=with_place(answer, hits))


def _may_be_quoted(result: SearchResult) -> bool:
    """Whether a sentence may answer: not where the places that are asked about had to be let go,
    nor for a question that compares places."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    for_acts = asks_for_acts(result.query[:_LONGEST])
    return "jurisdiction" not in result.let_go and len(places) < 2 and not for_acts


def _of_the_places(result: SearchResult, named: Sequence[str]) -> list[SearchHit]:
    """The best hits, those of the places and by the names that are asked about."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    return [
        hit
        for hit in result.hits[:_HITS_ANSWERING]
        if (not places or hit.jurisdiction in places) and (not named or _is_named(hit, named))
    ]


def _as_passage(result: SearchResult, asked: _Asked, named: Sequence[str]) -> AskedPassage:
    return AskedPassage(
        question=result.query[:_LONGEST], concepts=asked.concepts, role_words=asked.role_words,
        fact=asked.fact, time=asked.time, drafts=asked.drafts,
        unit=asked.unit,
        placed=bool(named) or any(one.kind == "jurisdiction" for one in result.filters),
    )  # fmt: skip


def _is_of_kind(asked: _Asked, found: QuestionAnswer) -> bool:
    """Whether a sentence states what is asked for, where the question says which kind that is."""
    return asked.fact is None or states_fact(found.quote, asked.fact, asked.time)


def _wants_a_sentence(result: SearchResult) -> bool:
    """Whether a question may be answered by one sentence: not one for acts, nor one that compares
    places."""
    places = {one.value for one in result.filters if one.kind == "jurisdiction"}
    return not asks_for_acts(result.query[:_LONGEST]) and len(places) < 2


def _asked(question: str, words: str, filters: Sequence[QuestionFilter]) -> _Asked:
    roles = frozenset(one.value for one in filters if one.kind == "role")
    role_words = [one.words for one in filters if one.kind == "role"]
    of_roles = {concept.words for one in role_words for concept in concepts_of(one)}
    weighed = [
        (concept, _weight(concept))
        for concept in concepts_of(words)
        if not _tells_kind(concept) and concept.words not in of_roles
    ]
    return _Asked(
        fact=asked_fact(question),
        concepts=[(concept, weight) for concept, weight in weighed if weight],
        roles=roles,
        acts=frozenset(act for concept, _ in weighed for act in _acts_of(concept)),
        role_words=tuple(word for role in roles for word in _words_of_role(role)),
        places=tuple(
            city for one in filters if one.kind == "jurisdiction" and (city := city_of(one.words))
        ),
        time=asked_time(question),
        unit=asked_unit(question),
        drafts=any(one.kind == "stage" and one.value == "draft" for one in filters),
        authorities="authority" in roles or "主管部门" in question or "authorit" in question,
    )


def _is_named(hit: SearchHit, named: Iterable[str]) -> bool:
    number = search_key(hit.document_number or "")
    title = search_key(hit.title)
    keys = [search_key(name) for name in named]
    return any(key in title or (number and number.endswith(key)) for key in keys)


def _words_of_role(role: str) -> list[str]:
    """What texts call a role."""
    return [word for word in load_question_words().roles.get(role, ()) if not word.isascii()]


def _tells_kind(concept: Concept) -> bool:
    return any(word in _KIND_WORDS for word in concept.spelled[:1])


def _acts_of(concept: Concept) -> frozenset[str]:
    """The acts that a concept's first word stands for: 移交 is to hand over."""
    return _acts_of_word(concept.spelled[0]) if concept.spelled and concept.sure else frozenset()


@lru_cache(maxsize=2048)
def _acts_of_word(word: str) -> frozenset[str]:
    actions = load_actions().actions.items()
    return frozenset(
        key for key, terms in actions if any(re.fullmatch(one, word) for one in terms.words)
    )


def _weight(concept: Concept) -> float:
    if any(word in _COMMON or word in load_field().common for word in concept.spelled[:1]):
        return 0.2
    if len(concept.words) == 1:
        return 0.0
    return 1.0 if concept.sure else 0.35


def _held_against(asked: _Asked, hit: SearchHit, unit: AnswerUnit) -> _Answering:
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


def _role_fits(asked: _Asked, hit: SearchHit, unit: AnswerUnit) -> float:
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


def _fits_kind(asked: _Asked, one: _Answering) -> bool:
    """Whether a unit states the very kind of fact: years for years, a rhythm for how often."""
    if asked.fact not in one.unit.kinds or one.hit.status in NO_LONGER_BINDING:
        return False
    if asked.fact is AskedFact.COMMENTS:
        return one.hit.status == "draft" or bool(_OPEN_TO_ALL.search(one.hit.title))
    if asked.fact is not AskedFact.PERIOD:
        return True
    return one.unit.shows_its_day and _is_time(asked, one.unit.time)


def _is_time(asked: _Asked, time: str) -> bool:
    lasting = time.startswith("P")
    if asked.time is AskedTime.OFTEN:
        return not lasting and not _WHOLE_DAY.fullmatch(time)
    if asked.time is AskedTime.LONG and not lasting:
        return False
    return asked.unit is None or time.endswith(asked.unit)


def _stands(concept: Concept, words: str, unit: AnswerUnit) -> bool:
    """Whether a thing asked about stands in the unit, in either language."""
    loose = not concept.own or bool(_acts_of(concept) & _SAID_MANY_WAYS)
    own = None if loose else concept.spelled[: concept.own]
    if any(word in words for word in own or concept.spelled):
        return True
    return bool(concept.english) and all(stem in unit.stems for stem in concept.english)


def _of_hit(asked: _Asked, fitting: Sequence[_Answering]) -> QuestionAnswer | None:
    """The duty of a hit that fits best, of the kind that is asked for where there is one."""
    enough = [one for one in fitting if one.fits >= _ENOUGH_OF_A_HIT and one.own >= 0.4]
    of_kind = [one for one in enough if asked.fact in one.unit.kinds]
    best = max(of_kind or enough, key=lambda one: one.fits, default=None)
    return _worded(best, asked) if best is not None else None


def _answer(asked: _Asked, candidates: Sequence[_Answering]) -> QuestionAnswer | None:
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


def _law_before_drafts(asked: _Asked, fitting: Sequence[_Answering]) -> _Answering:
    """The one that fits best; where that is a draft's and law fits nearly as well, the law's."""
    best = max(fitting, key=lambda one: one.fits)
    law = [one for one in fitting if one.hit.status != "draft"]
    if asked.drafts or best.hit.status != "draft" or not law:
        return best
    other = max(law, key=lambda one: one.fits)
    return other if other.fits >= best.fits - _LAW else best


def _tells_another(asked: _Asked, unit: AnswerUnit) -> bool:
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


def _worded(found: _Answering, asked: _Asked) -> QuestionAnswer:
    unit = found.unit
    draft = found.hit.status == "draft"
    return QuestionAnswer(
        notice_id=found.hit.id,
        en=("Draft: " if draft else "") + unit.text("en", asked.fact),
        zh=("征求意见稿：" if draft else "") + unit.text("zh", asked.fact),
        quote=unit.quote,
        article=unit.article,
    )
