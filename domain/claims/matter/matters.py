"""The official sentences on a claim's matter: those that have nearly all of its words.

The words are looked for in the lexicon of questions, which leads from English to the Chinese of
the texts; the rarer a word among the sentences, the more it tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.field.field_names import load_field
from domain.claims.bearing_checks import AGENT
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.questions.english_stems import stem
from domain.questions.question_concepts import Concept, concepts_of

# every month, monthly, once a year; 每月, 每季度
RHYTHM = re.compile(
    r"\b(?:every|each|per|once an?) (?P<unit>day|week|month|quarter|year)\b"
    r"|\b(?P<ly>daily|weekly|monthly|quarterly|annually|yearly)\b|每(?:个)?(?P<han>日|天|周|月|季|年)"
)
WordsOf = Callable[[KnownAct], Sequence[OfficialSentence]]
"""The official sentences of an act."""
_PREAMBLE = re.compile(r"(?:现将|现就).{0,60}如下：?$")  # 现将有关事项公告如下：
_ACTS_READ = 8  # whose texts are read for one claim
_IN_TITLE, _OPENING = 0.6, 0.8
_FOREIGN = 0.7  # of an English word that the lexicon does not know
_COMMON = frozenset({"企业", "单位", "规定", "要求", "信息"})  # besides those of the field
# English words that stand in claims and say nothing of their matter, as stems.
_EMPTY_WORDS = """
year month week day first second third tenth january february march april june july august september
october november december ask asks given give took take taken gone seen own stay put run went cannot
itself already still now recently further same existing prepare least end more than may must effect
measure measures authority ministry
"""
_EMPTY = frozenset(stem(word) for word in _EMPTY_WORDS.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """An official sentence with the part of a claim's words that it has, from 0 to 1; what of
    them stands neither there nor in the act's title is ``missing``."""

    act: KnownAct
    sentence: OfficialSentence
    part: float
    told: int
    missing: tuple[str, ...] = ()


def matters_of(reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf) -> list[Matter]:
    """The current sentences of acts that have words of a claim, the nearest first."""
    concepts = matter_concepts(reading)
    if len(concepts) < 2:
        return []
    likely = sorted(acts, key=lambda act: -_in_short(act, concepts))[:_ACTS_READ]
    read = [
        (act, item)
        for act in likely
        for item in words_of(act)
        if item.current and not _PREAMBLE.search(item.text)
    ]
    weights = _weights(concepts, [item.text for _, item in read])
    whole = sum(weights.values())
    found = []
    for act, item in read:
        parts = {one.words: _strength(one, item, act) for one in concepts}
        part = sum(weights[words] * strength for words, strength in parts.items()) / whole
        told = sum(parts[one.words] >= _OPENING and not _is_common(one) for one in concepts)
        missing = tuple(one.words for one in concepts if one.sure and not parts[one.words])
        found.append(Matter(act=act, sentence=item, part=part, told=told, missing=missing))
    return sorted(found, key=lambda item: -item.part)


def matter_concepts(reading: ClaimReading) -> list[Concept]:
    """What a claim speaks of, without what is compared by itself (days, numbers, rhythms, bodies,
    who bears it) and without parts of phrases."""
    spans = [(one.start, one.end) for one in reading.quantities]
    spans += [(one.start, one.end) for one in reading.days]
    spans += [(one.start, one.end) for one in reading.places]
    spans += [(one.start, one.end) for one in reading.bodies]
    spans += [match.span() for match in RHYTHM.finditer(reading.text.lower())]
    spans += [match.span("who") for match in AGENT.finditer(reading.text)]
    text = reading.text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return [
        one for one in concepts_of(text)
        if one.spelled and len(one.words) > 1 and (one.sure or reading.chinese)
        and not one.words[0].isdigit() and one.words not in _EMPTY
    ]  # fmt: skip


def _in_short(act: KnownAct, concepts: Sequence[Concept]) -> float:
    """How many of the things a claim speaks of stand in an act's title and duties."""
    duties = " ".join(item.text for item in act.statements)
    return sum(
        (2.0 if one.stands_in(act.title) else 0.0) + (1.0 if one.stands_in(duties) else 0.0)
        for one in concepts
        if not _is_common(one)
    )


def _weights(concepts: Sequence[Concept], sentences: Sequence[str]) -> dict[str, float]:
    count = len(sentences)
    found = {}
    for one in concepts:
        having = sum(one.stands_in(text) for text in sentences)
        rare = math.log(1 + (1 + count) / (1 + having)) / math.log(2 + count)
        known = 1.0 if any(not word.isascii() for word in one.spelled) else _FOREIGN
        base = 0.25 if _is_common(one) else 1.0 if one.sure else 0.4
        found[one.words] = base * known * max(rare, 0.3)
    return found


def _is_common(concept: Concept) -> bool:
    return any(word in _COMMON or word in load_field().common for word in concept.spelled[:1])


def _strength(concept: Concept, item: OfficialSentence, act: KnownAct) -> float:
    if concept.stands_in(item.text):
        return 1.0
    if concept.stands_in(item.said):
        return _OPENING
    return _IN_TITLE if concept.stands_in(act.title) else 0.0
