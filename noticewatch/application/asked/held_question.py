"""A question in the form in which the units of acts are held against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.duty_terms import load_actions
from config.field.field_names import load_field
from config.glossary import load_question_words
from domain.questions.fact_questions import (
    AskedFact,
    AskedTime,
    asked_fact,
    asked_time,
    asked_unit,
)
from domain.questions.question_concepts import Concept, concepts_of
from domain.questions.question_filters import QuestionFilter
from domain.questions.vocabulary import city_of

# What every act of the field speaks of, and what only says which kind of fact is asked for.
_COMMON = frozenset({"企业", "单位", "信息", "规定", "要求", "报告"})  # besides those of the field
_KIND_WORDS = frozenset({
    "罚款", "处罚", "期限", "截止", "工作日", "施行", "生效", "实施", "有效期", "意见", "法律责任",
    "标准", "材料", "文件", "平台", "系统", "最高", "最低", "时限",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldQuestion:
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


def held_question(question: str, words: str, filters: Sequence[QuestionFilter]) -> HeldQuestion:
    roles = frozenset(one.value for one in filters if one.kind == "role")
    role_words = [one.words for one in filters if one.kind == "role"]
    of_roles = {concept.words for one in role_words for concept in concepts_of(one)}
    weighed = [
        (concept, _weight(concept))
        for concept in concepts_of(words)
        if not _tells_kind(concept) and concept.words not in of_roles
    ]
    return HeldQuestion(
        fact=asked_fact(question),
        concepts=[(concept, weight) for concept, weight in weighed if weight],
        roles=roles,
        acts=frozenset(act for concept, _ in weighed for act in acts_of(concept)),
        role_words=tuple(word for role in roles for word in _words_of_role(role)),
        places=tuple(
            city for one in filters if one.kind == "jurisdiction" and (city := city_of(one.words))
        ),
        time=asked_time(question),
        unit=asked_unit(question),
        drafts=any(one.kind == "stage" and one.value == "draft" for one in filters),
        authorities="authority" in roles or "主管部门" in question or "authorit" in question,
    )


def _words_of_role(role: str) -> list[str]:
    """What texts call a role."""
    return [word for word in load_question_words().roles.get(role, ()) if not word.isascii()]


def _tells_kind(concept: Concept) -> bool:
    return any(word in _KIND_WORDS for word in concept.spelled[:1])


def acts_of(concept: Concept) -> frozenset[str]:
    """The acts that a concept's first word stands for: 移交 is to hand over."""
    return _acts_of_verb(concept.spelled[0]) if concept.spelled and concept.sure else frozenset()


@lru_cache(maxsize=2048)
def _acts_of_verb(word: str) -> frozenset[str]:
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
