"""Say how surely a text names the subject of the field: as shipped, retired or waste traction or
lithium power batteries, their codes, their processing.

A notice is never relevant on a likeness alone: some passage of it must have the subject. The
things of neighbouring fields (铅蓄电池, 电动自行车电池 …) are hidden before anything is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from classifier.topics.lexicon import has_neighbour, has_thing, is_end_of_life, own_words
from config.field.field_choice import of_the_field
from config.field.field_lexicon import load_lexicon


class SubjectMark(IntEnum):
    """How surely a text has the subject."""

    NONE = 0
    POSSIBLE = 1
    NAMED = 2


@lru_cache(maxsize=4096)
def subject_of(text: str) -> SubjectMark:
    """How surely a text has the subject of the field."""
    own, patterns = own_words(text), _patterns()
    if patterns.named.search(own):
        return SubjectMark.NAMED
    ended = is_end_of_life(own) or patterns.taken_back.search(own) is not None
    if patterns.possible.search(own) or (has_thing(own) and ended):
        return SubjectMark.POSSIBLE
    return SubjectMark.NONE


def is_mention(text: str) -> bool:
    """True if a text reads like one that only mentions what it names: a course, a budget line."""
    return _patterns().mention.search(text) is not None


def names_neighbour(text: str) -> bool:
    """True if a text names a neighbouring field and does not name the subject of this one."""
    return has_neighbour(text) and subject_of(text) < SubjectMark.NAMED


def titles_neighbour(title: str) -> bool:
    """True if a title is of a neighbouring field by its words and does not name ours."""
    named_other = _patterns().neighbour_titles.search(title)
    return named_other is not None and subject_of(title) < SubjectMark.NAMED


def is_regulated_title(title: str) -> bool:
    """True if a title names the thing, used or not, with what the rules of the field are about,
    and nothing of a neighbouring field: 动力电池仓储企业冷库贮存要求公告."""
    patterns = _patterns()
    if patterns.regulated_titles.search(own_words(title)) is None:
        return False
    return not patterns.any_neighbour.search(title) and not titles_neighbour(title)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Patterns:
    """What the subject is told by."""

    named: re.Pattern[str]
    possible: re.Pattern[str]
    taken_back: re.Pattern[str]
    neighbour_titles: re.Pattern[str]
    any_neighbour: re.Pattern[str]
    regulated_titles: re.Pattern[str]
    mention: re.Pattern[str]


@of_the_field
def _patterns() -> _Patterns:
    terms = load_lexicon()

    def groups(names: tuple[str, ...], *more: str) -> re.Pattern[str]:
        parts = [*(terms.field[name] for name in names), *more]
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    return _Patterns(
        named=groups(terms.named, terms.named_too),
        possible=groups(terms.possible),
        taken_back=re.compile(terms.taken_back),
        neighbour_titles=re.compile(terms.neighbour_titles),
        any_neighbour=re.compile("|".join(terms.neighbours.values()) or r"(?!)", re.IGNORECASE),
        regulated_titles=re.compile(terms.regulated_titles),
        mention=re.compile(terms.mention),
    )
