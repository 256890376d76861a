"""Must, may or need not; a denial against none: part by part of a claim and of the sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import is_common, matter_concepts
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.words.bearing import force_of, is_denied
from domain.claims.words.plain_form import plain, without
from domain.questions.question_concepts import Concept, concepts_of

Bearing = Literal["must", "may", "must not", "need not"]
# does not need a permit, need not report; 不需要申请
_NEED_NOT = re.compile(
    r"\b(?:need not|needn't|(?:do|does|did) not (?:need|have) to|(?:do|does) not (?:need|require)|"
    r"needs? no|(?:has|have|having) nothing to|"
    r"(?:is|are) not (?:required|obliged|compulsory|mandatory)|no need to|"
    r"without having to|(?:is|are) exempt\w*|voluntary|optional)\b"
    r"|不需要|不需|无需|无须|不必|不要求|毋须|自愿"
)
_COMPULSORY = re.compile(
    r"\b(?:compulsory|mandatory|obligatory|forced?|binding)\b|强制(?!性?标准)|必须"
)
_OPPOSED: frozenset[frozenset[Bearing]] = frozenset(
    frozenset(pair) for pair in (
        ("must", "may"), ("must", "must not"), ("may", "must not"), ("must", "need not"),
    )
)  # fmt: skip
_BORNE, _CLOSE = 0.7, 1.5  # of a claim's words, or of its meaning, for a denial to be its own
_DENYING = ("need not", "must not")
# no more than seven days, not … for more than; 不得超过, 不应低于, 不足
_BOUND = re.compile(
    r"\b(?:must |should |may |shall |can)?(?:no|not|never)\b[^.;,]{0,60}?"
    r"\b(?:more|longer|less|fewer|higher|lower|later|earlier|exceed\w*|above|below)\b(?: than)?"
    r"|不(?:得|应|宜|能|可)?(?:超过|高于|低于|少于|大于|小于|多于|晚于|迟于|早于|足)"
)
# may exceed 30 %; 可以高于30%
_OVERSTEPS = re.compile(
    r"\b(?:may|can|free to) (?:be )?(?:exceed|more than|longer than|higher than|above)"
    r"|可以?(?:高于|超过|低于|少于|大于|小于|多于)"
)
_UNPUNISHED = re.compile(r"未处罚款|不予(?:行政)?处罚|免予(?:行政)?处罚|未予处罚|没有处罚")
# 照样要罚, is fined all the same
_IS_FINED = re.compile(
    r"(?:要|照|仍|一律|都|会|被)[^，。不免]{0,4}(?:罚|处罚)"
    r"|\b(?:is|are|be) (?:still |always |nevertheless )?(?:fined|punished|penali[sz]ed)\b"
)
_SANCTION = re.compile(r"罚款|责令|警告|处罚|没收|吊销")
_NOT_INSTEAD = re.compile(r"不(?:代替|替代|免除|得代替)")
_CHARGED = re.compile(r"由[^，。；]{2,30}(?:办理|负责|承担|报送|登记)")  # 由境内代理人办理登记
_IN_PRINCIPLE = re.compile(r"原则上|鼓励|自愿|可以自行|指导性")
_FREELY = re.compile(
    r"\b(?:freely|optional|voluntary|at (?:its|their) discretion|as (?:it|they) (?:like|wish)|"
    r"if (?:it|they) (?:like|wish)|free to|may choose|not (?:required|obliged))\b"
    r"|自愿|自主|自行决定|可以|鼓励|原则上|指导性"
)
_STRICTLY = re.compile(
    r"\b(?:must|shall|obliged|compulsory|mandatory|required|forced?)\b|应当|必须|须|强制"
)
# , and must not; ，不得
_CUT = re.compile(r"[,;，；：。]|\band (?=(?:must|may|shall|can|need|is|are|has|have)\b)")
_SENTENCE = re.compile(r"[；;。\n]")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """A part of a claim and the parts of the sentence with most of its words."""

    mine: str
    real: tuple[str, ...]


def force_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """What a claim obliges, allows, forbids or denies against what the sentence does."""
    if _UNPUNISHED.search(best.sentence.text) and not is_denied(reading.bare):
        fined = any(one.kind == "money" for one in reading.quantities)
        fined = fined or _IS_FINED.search(reading.bare.lower()) is not None
        return [_slot("negation", "", "not", best, surely=best.near)] if fined else []
    if _SANCTION.search(best.sentence.text):
        return []  # what is punished is told in the words of what is forbidden
    if _OVERSTEPS.search(reading.bare.lower()) and _BOUND.search(plain(best.sentence.text)):
        return [_slot("modality", "may exceed", "must not", best, surely=True)]
    pairs = _pairs(reading, best)
    for pair in pairs:
        if slot := _force(pair, reading, best):
            return [slot]
    return _denial(pairs, reading, best)


def bearing_of(text: str) -> Bearing | None:
    """Whether a text obliges, allows, forbids, or says that something need not be."""
    searched = plain(text)
    if _NEED_NOT.search(searched):
        return "need not"
    if _COMPULSORY.search(searched):
        return "must"
    force = force_of(searched)
    return "must not" if force == "must_not" else force


def unbounded(text: str) -> str:
    """A text without bounds (no more than, 不得超过), which forbid nothing of their own."""
    return _BOUND.sub(" ", plain(text))


def _pairs(reading: ClaimReading, best: Matter) -> list[_Pair]:
    dayless = without(reading.bare, [(day.start, day.end) for day in reading.days])
    concepts = matter_concepts(reading)
    parts = [part for part in _CUT.split(best.sentence.text) if part.strip()]
    found = []
    for mine in _CUT.split(dayless):
        near = {one.words for one in concepts_of(mine)}
        own = [one for one in concepts if one.words in near]
        near_parts = _nearest(parts, own)
        if near_parts and _is_of_it(own, near_parts):
            found.append(_Pair(mine=mine, real=near_parts))
    if not found and best.near and bearing_of(unbounded(dayless)) == "need not":
        return [_Pair(mine=dayless, real=tuple(parts))]  # 由境内代理人办理前条规定的登记
    return found


def _is_of_it(concepts: Sequence[Concept], parts: Sequence[str]) -> bool:
    """Whether the nearest parts speak of most that a part of a claim speaks of."""
    sure = [one for one in concepts if one.sure] or list(concepts)
    return 2 * sum(any(one.stands_in(part) for part in parts) for one in sure) >= len(sure)


def _nearest(parts: Sequence[str], concepts: Sequence[Concept]) -> tuple[str, ...]:
    """The parts with most of the words; as many as have equally many."""
    scores = [
        sum((1.0 if one.sure else 0.4) for one in concepts if one.stands_in(part)) for part in parts
    ]
    most = max(scores, default=0.0)
    if most <= 0:
        return ()
    return tuple(part for part, score in zip(parts, scores, strict=True) if score >= most - 0.01)


def _force(pair: _Pair, reading: ClaimReading, best: Matter) -> CheckedSlot | None:
    mine = bearing_of(unbounded(pair.mine))
    if mine is None or (mine == "may" and any(one.low is None for one in reading.quantities)):
        return None  # may for up to 6 months: must not exceed 6 months
    told = {bearing_of(unbounded(part)) for part in pair.real} - {None}
    if (
        not told
        and mine in ("may", "must")
        and any(_BOUND.search(plain(part)) for part in pair.real)
    ):
        return None
    parts = _CUT.split(best.sentence.text)
    beside = {bearing_of(unbounded(part)) for part in parts} - {None}
    real = _one(told) or (None if mine == "may" else _one(beside))
    real = _meant(mine, real, reading, best)
    if mine == "need not" and real is None and not _denies(best.sentence.text):
        return _slot("modality", mine, "", best, surely=False)
    if mine in told or real is None or frozenset({mine, real}) not in _OPPOSED:
        return None
    if _is_borne_beside(lambda part: bearing_of(unbounded(part)) == mine, reading, best):
        return None
    opposed = _is_opposed_surely((mine, pair.mine), real, best)
    return _slot("modality", mine, real, best, surely=opposed)


def _one(told: set[Bearing | None]) -> Bearing | None:
    return next(iter(told)) if len(told) == 1 else None


def _meant(
    mine: Bearing, real: Bearing | None, reading: ClaimReading, best: Matter
) -> Bearing | None:
    """What stands for must or may without its words: 不代替…的报送, 原则上."""
    if mine == "need not" and _NOT_INSTEAD.search(best.sentence.text):
        return "must"
    if mine == "need not" and real is None and _CHARGED.search(best.sentence.text):
        return "must"
    strictly = mine == "must" and _COMPULSORY.search(reading.bare.lower())
    return "may" if strictly and _IN_PRINCIPLE.search(best.sentence.text) else real


def _is_opposed_surely(claimed: tuple[Bearing, str], real: Bearing, best: Matter) -> bool:
    """Whether the two cannot both be meant: that something may be done and that it must be done
    by some day are often told of the same."""
    mine, words = claimed
    if {mine, real} in ({"may", "must not"}, {"need not", "must"}):
        return best.near
    if {mine, real} == {"may", "must"}:
        said = words.lower() if mine == "may" else best.sentence.text
        bound = best.sentence.text if mine == "may" else words.lower()
        return best.sure and bool(_FREELY.search(said)) and bool(_STRICTLY.search(bound))
    return best.sure


def _is_borne_beside(alike: Callable[[str], bool], reading: ClaimReading, best: Matter) -> bool:
    """Whether another sentence of the article, with two words of the claim of which the nearest
    one has not all, makes the same of them."""
    concepts = [one for one in matter_concepts(reading) if one.sure and not is_common(one)]
    lacking = [one for one in concepts if not one.stands_in(best.sentence.text)]
    return any(
        alike(part)
        and any(one.stands_in(part) for one in lacking)
        and sum(one.stands_in(part) for one in concepts) > 1
        for part in _SENTENCE.split(best.around)
    )


def _denial(pairs: Sequence[_Pair], reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """What is denied on one side only: in a part, and in the whole."""
    denies = any(map(_denies, _CUT.split(reading.bare)))
    denied = _denies(best.sentence.text)
    if denies and not denied and _is_borne_beside(_denies, reading, best):
        return []
    apart = [pair for pair in pairs if len({_denies(pair.mine), *map(_denies, pair.real)}) == 2]
    if denies == denied or not apart:
        return []
    whole = best.part >= _BORNE and not best.missing
    meant = best.sure and best.close is not None and best.close >= _CLOSE
    sure = whole or (meant and len(apart) == len(pairs))
    return [_slot("negation", "not" if denies else "", "not" if denied else "", best, surely=sure)]


def _denies(text: str) -> bool:
    bare = unbounded(text)
    return is_denied(bare) or bearing_of(bare) in _DENYING


def _slot(slot: str, claim: str, official: str, best: Matter, *, surely: bool) -> CheckedSlot:
    """A slot that differs, ``surely`` or not."""
    return CheckedSlot(
        slot=slot, claim=claim, official=official, equal=False if surely else None,
        source=source_of_matter(best),
    )  # fmt: skip
