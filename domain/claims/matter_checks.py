"""A claim that names no act, held against the sentences that speak of its matter.

The words of a claim are looked for in the lexicon of questions, which leads from English to the
Chinese of the texts. Only a sentence that has nearly all of them speaks of the same matter; what
another act says otherwise leaves a claim open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.claims.bearing_checks import check_bearing
from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.official_words import (
    Nearness,
    content_keys,
    quantities_for,
    read_statement,
    source_of,
)
from domain.claims.words.partial_days import find_days
from domain.claims.words.quantities import Quantity, same_quantity
from domain.questions.english_stems import stem
from domain.questions.question_concepts import Concept, concepts_of

WordsOf = Callable[[KnownAct], Sequence[OfficialSentence]]
_DRAFT = re.compile(r"draft|consult|comment|proposal|征求意见|意见稿|草案")
# every month, monthly, once a year; 每月, 每季度, 季度
_RHYTHM = re.compile(
    r"\b(?:every|each|per|once an?) (?P<unit>day|week|month|quarter|year)\b"
    r"|\b(?P<ly>daily|weekly|monthly|quarterly|annually|yearly)\b|每(?:个)?(?P<han>日|天|周|月|季|年)"
)
_UNIT_OF = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "annually": "year", "yearly": "year", "日": "day", "天": "day", "周": "week", "月": "month",
    "季": "quarter", "年": "year",
}  # fmt: skip
_ACTS_READ = 8  # whose texts are read for one claim
_ENOUGH, _SURE, _WHOLE = 0.6, 0.72, 0.86  # parts of a claim that a sentence has
_NEAR = 0.12  # what comes so near speaks of the same matter
_IN_TITLE, _OPENING = 0.6, 0.8
_FOREIGN = 0.7  # of an English word that the lexicon does not know
_COMMON = frozenset({
    "电池", "动力电池", "废旧动力电池", "退役电池", "退役动力电池", "企业", "单位", "新能源汽车",
    "车辆", "汽车", "规定", "要求", "信息",
})  # fmt: skip
# English words that stand in claims and say nothing of their matter, as stems.
_EMPTY = frozenset(stem(word) for word in (
    "year month week day first second third tenth january february march april june july august"
    " september october november december ask asks given give took take taken gone seen own stay"
    " put run went cannot itself already still now recently further same existing prepare least"
    " end more than may must effect measure measures authority ministry"
).split())  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """An official sentence with the part of a claim's words that it has, from 0 to 1."""

    act: KnownAct
    sentence: OfficialSentence
    part: float
    told: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterCheck:
    """The act and sentence that a claim is held against, with the slots that come of it."""

    act: KnownAct
    slots: tuple[CheckedSlot, ...]


def check_matter(
    reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf
) -> MatterCheck | None:
    """What the sentences on a claim's matter make of it; None where none is near enough."""
    matters = matters_of(reading, acts, words_of)
    if not matters or matters[0].part < _ENOUGH or matters[0].told < 2:
        return None
    near = [item for item in matters if item.part >= matters[0].part - _NEAR]
    best = _best(reading, near)
    if any(item.act is not best.act and _differs(reading, item, best) for item in near):
        return None
    slots = _slots(reading, best)
    return MatterCheck(act=best.act, slots=tuple(slots)) if slots else None


def differing(
    reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf
) -> KnownAct | None:
    """An act whose sentence on the claim's matter counts the same otherwise."""
    for item in matters_of(reading, acts, words_of):
        if item.part < _SURE:
            return None
        if (results := _results(reading, item)) and not any(results):
            return item.act
    return None


def matters_of(
    reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf
) -> list[Matter]:
    """The current sentences of acts that have words of a claim, the nearest first."""
    concepts = _concepts(reading)
    if len(concepts) < 2:
        return []
    likely = sorted(acts, key=lambda act: -_in_short(act, concepts))[:_ACTS_READ]
    read = [(act, item) for act in likely for item in words_of(act) if item.current]
    weights = _weights(concepts, [item.text for _, item in read])
    whole = sum(weights.values())
    found = []
    for act, item in read:
        parts = {one.words: _strength(one, item, act) for one in concepts}
        part = sum(weights[words] * strength for words, strength in parts.items()) / whole
        told = sum(parts[one.words] >= _OPENING and not _is_common(one) for one in concepts)
        found.append(Matter(act=act, sentence=item, part=part, told=told))
    return sorted(found, key=lambda item: -item.part)


def _concepts(reading: ClaimReading) -> list[Concept]:
    """What a claim speaks of, without its days and numbers and without parts of phrases."""
    text = reading.text
    for item in sorted(
        [*reading.quantities, *reading.days, *reading.places], key=lambda one: -one.start
    ):
        text = f"{text[: item.start]} {text[item.end :]}"
    return [
        one for one in concepts_of(text)
        if one.spelled and len(one.words) > 1 and (one.sure or reading.chinese)
        and not one.words[0].isdigit() and one.words not in _EMPTY
    ]  # fmt: skip


def _in_short(act: KnownAct, concepts: Sequence[Concept]) -> float:
    """How many of the things a claim speaks of stand in an act's title and duties."""
    duties = " ".join(item.text for item in act.statements)
    return sum(
        (2.0 if _stands(one, act.title) else 0.0) + (1.0 if _stands(one, duties) else 0.0)
        for one in concepts
        if not _is_common(one)
    )


def _weights(concepts: Sequence[Concept], sentences: Sequence[str]) -> dict[str, float]:
    count = len(sentences)
    found = {}
    for one in concepts:
        having = sum(_stands(one, text) for text in sentences)
        rare = math.log(1 + (1 + count) / (1 + having)) / math.log(2 + count)
        known = 1.0 if any(not word.isascii() for word in one.spelled) else _FOREIGN
        base = 0.25 if _is_common(one) else 1.0 if one.sure else 0.4
        found[one.words] = base * known * max(rare, 0.3)
    return found


def _is_common(concept: Concept) -> bool:
    return any(word in _COMMON for word in concept.spelled[:1])


def _strength(concept: Concept, item: OfficialSentence, act: KnownAct) -> float:
    if _stands(concept, item.text):
        return 1.0
    if _stands(concept, item.said):
        return _OPENING
    return _IN_TITLE if _stands(concept, act.title) else 0.0


def _stands(concept: Concept, text: str) -> bool:
    return any(word in text for word in concept.spelled)


def _best(reading: ClaimReading, near: Sequence[Matter]) -> Matter:
    """The nearest sentence that counts what the claim counts, else the nearest."""
    counting = [item for item in near if _results(reading, item)]
    return (counting or near)[0] if reading.quantities else near[0]


def _results(reading: ClaimReading, item: Matter) -> list[bool]:
    words = read_statement(item.sentence)
    return [
        result
        for mine in reading.quantities
        for real in quantities_for(reading, mine, words)
        if (result := same_quantity(mine, real)) is not None
    ]


def _differs(reading: ClaimReading, one: Matter, best: Matter) -> bool:
    """Whether another act's sentence counts the same otherwise than the nearest one does."""
    mine, other = _results(reading, best), _results(reading, one)
    return bool(mine and other) and any(mine) != any(other)


def _slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    source = source_of(best.act, best.sentence)
    slots = [_counted(reading, item, best) for item in reading.quantities]
    slots += _rhythm(reading, best)
    slots += [_dated(day.text, reading, best) for day in reading.days]
    if best.act.status == "draft" and not _DRAFT.search(reading.text.lower()):
        slots.append(CheckedSlot(slot="status", claim="in force", official="draft",
                                 equal=False if best.part >= _SURE else None, source=source))  # fmt: skip
    bearing = check_bearing(reading, _nearness(reading, best), best.act, enough=best.part >= _SURE)
    counted = any(slot.equal for slot in slots)
    slots += [
        slot if best.part >= _WHOLE else replace(slot, equal=None)
        for slot in bearing
        if not (counted and slot.slot == "modality")  # may for 6 months, must not exceed 6 months
    ]
    agrees = all(slot.equal for slot in slots)
    whole = best.part >= (_SURE if slots and agrees else _WHOLE)
    told = reading.text if len(reading.text) <= 80 else f"{reading.text[:79]}…"
    slots.append(CheckedSlot(slot="object", claim=told, official=best.sentence.text,
                             equal=True if agrees and whole else None, source=source))  # fmt: skip
    return slots


def _counted(reading: ClaimReading, mine: Quantity, best: Matter) -> CheckedSlot:
    """A number of the claim: equal, another one where the sentence is surely on the matter, or
    not told."""
    words = read_statement(best.sentence)
    found = quantities_for(reading, mine, words)
    results = [same_quantity(mine, real) for real in found]
    equal = True if True in results else None
    if results and all(result is False for result in results) and best.part >= _SURE:
        equal = False
    return CheckedSlot(
        slot="period" if mine.kind == "period" else "amount", claim=mine.text,
        official=found[0].text if found else None, equal=equal,
        source=source_of(best.act, best.sentence),
    )  # fmt: skip


def _rhythms(text: str) -> set[str]:
    found = (match["unit"] or match["ly"] or match["han"] for match in _RHYTHM.finditer(text))
    return {_UNIT_OF.get(word, word) for word in found}


def _rhythm(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """How often: every month against 每季度."""
    mine, real = _rhythms(reading.text.lower()), _rhythms(best.sentence.text)
    if len(mine) != 1:
        return []
    differs = len(real) == 1 and best.part >= _SURE
    equal = True if mine <= real else False if differs else None
    return [
        CheckedSlot(
            slot="period", claim=f"each {min(mine)}", equal=equal,
            official=", ".join(f"each {unit}" for unit in sorted(real)) or None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _dated(text: str, reading: ClaimReading, best: Matter) -> CheckedSlot:
    """A day of the claim among those of the sentence."""
    mine = next(day for day in reading.days if day.text == text)
    told = [day for day in find_days(best.sentence.text) if day.day is not None]
    same = any(
        (day.month, day.day) == (mine.month, mine.day) and mine.year in (None, day.year)
        or (mine.day is None and (day.year, day.month) == (mine.year, mine.month))
        for day in told
    )  # fmt: skip
    sure = len(told) == 1 and len(reading.days) == 1 and mine.day and best.part >= _SURE
    return CheckedSlot(
        slot="day", claim=text, official=told[0].text if told else None,
        equal=True if same else False if sure else None,
        source=source_of(best.act, best.sentence),
    )  # fmt: skip


def _nearness(reading: ClaimReading, best: Matter) -> Nearness:
    words = read_statement(best.sentence)
    shared = content_keys(reading) & words.concepts
    return Nearness(words=words, shared=shared, part=best.part, cited=False)
