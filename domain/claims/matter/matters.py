"""The official sentences on a claim's matter: those that have nearly all of its words.

The words are looked for in the lexicon of questions, which leads from English to the Chinese of
the texts; the rarer a word among the sentences, the more it tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.matter.claim_regions import NamedRegion, regions_of
from domain.claims.matter.claim_words import (
    RHYTHM,
    is_common,
    is_foreign,
    matter_concepts,
    system_names,
)
from domain.claims.official_words import read_statement
from domain.claims.words.partial_days import find_days
from domain.claims.words.quantities import same_quantity
from domain.questions.question_concepts import Concept

DRAFT = re.compile(r"draft|consult|comment|proposal|propose|征求意见|意见稿|草案|拟")
# 为规范…，制定本办法; 在本省从事…的，适用本办法
_SCOPE = re.compile(r"制定本|适用本|^[^，。]{0,12}所称|本(?:办法|规定|细则)所称|负责解释")
_PUNISHES = re.compile(r"^(?:第[^条]{1,6}条\s*)?(?:对)?违反")
_FINED = re.compile(r"fine|penal|punish|sanction|order|correct|warn|罚|责令|警告|违")
# was issued by, took effect, has applied since, is valid until; 印发, 自…起施行
_OF_ACT = re.compile(
    r"\b(?:issued|published|released|promulgated|adopted|drafted|(?:was|were) ordered|took effect|"
    r"takes effect|in force since|has applied since|have applied since|came into|entered into|"
    r"valid until|expires?|withdrew|runs until|launched)\b"
    r"|印发|发布|出台|起施行|起实施|联合开展|单独开展|部门开展|起草"
)
_ABOUT_SCOPE = re.compile(r"\b(?:appl|cover|scope|mean|defin|extend)|适用|范围|是指|所称")
_PREAMBLE = re.compile(r"(?:现将|现就|决定).{0,60}(?:如下|下列文件)：?$")  # 现将有关事项公告如下：
_ACTS_READ = 8  # whose texts are read for one claim
_IN_TITLE, _OPENING, _AROUND = 0.6, 0.8, 0.5
_FOREIGN = 0.5  # of an English word that the lexicon does not know
_COUNTED, _OTHER_COUNT, _UNCOUNTED = 0.18, 0.08, -0.1
_BESIDE = -0.15  # a sentence on another side of the matter
# That approval sets, the same clause, there; 该平台, 其中
_BACK = re.compile(
    r"^(?:that|this|these|those|it|its|they|their|the same|there)\b|\bthere\b"
    r"|^(?:该|此|其|这|上述|同一)",
    re.I,
)
_GOES_ON = 0.15
_FOCUS = (0.12, 0.08, 0.06, 0.04)
_NOT_LAW, _OF_A_PLACE = -0.12, -0.15
ENOUGH, SURE = 0.6, 0.72  # parts of a claim that a sentence has
_NEAR_RANK, _SURE_RANK = 0.62, 0.72  # the same with all that leans to it and its meaning
# the least rank, lead and nearness in meaning of one that stands well before all others
_NEAR_LEAD, _SURE_LEAD = (0.5, 0.18, 1.2), (0.58, 0.25, 1.4)
_WEIGHED, _ACTS_WEIGHED = 40, 4  # sentences and acts whose meaning is compared
_MEANT = 0.08  # what one standard deviation of meaning weighs


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """An official sentence with the part of a claim's words that it has, from 0 to 1; what of
    them stands neither there nor around it is ``missing``. ``rank`` counts besides whether it
    counts the same, binds, and is of an act that the text speaks of."""

    act: KnownAct
    sentence: OfficialSentence
    part: float
    told: int
    missing: tuple[str, ...] = ()
    rank: float = 0.0
    close: float | None = None
    around: str = ""  # the rest of its article
    lead: float = 0.0  # of the first one, before the next of another article

    @property
    def near(self) -> bool:
        """Whether it may well speak of the claim's matter."""
        if self.close is not None and self._leads(_NEAR_LEAD):
            return True
        return self.part >= ENOUGH or (self.close is not None and self.rank >= _NEAR_RANK)

    @property
    def sure(self) -> bool:
        """Whether it surely does: what it says otherwise contradicts the claim."""
        if self.close is not None and self._leads(_SURE_LEAD):
            return True
        return self.part >= SURE or (self.close is not None and self.rank >= _SURE_RANK)

    def _leads(self, least: tuple[float, float, float]) -> bool:
        """Whether words, counts and meaning together bring it well before all others."""
        rank, lead, close = least
        return self.rank >= rank and self.lead >= lead and (self.close or 0.0) >= close


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """A sentence with the rest of its article."""

    act: KnownAct
    sentence: OfficialSentence
    around: str


class OfficialText(Protocol):
    """Where the sentences on a claim's matter are looked for."""

    @property
    def acts(self) -> Sequence[KnownAct]: ...

    def words_of(self, act: KnownAct) -> Sequence[OfficialSentence]:
        """The official sentences of an act."""

    def likely(self, text: str) -> Sequence[KnownAct]:
        """The acts whose texts have most of a sentence's words."""

    def closeness(self, text: str, sentences: Sequence[str]) -> Sequence[float] | None:
        """How near sentences come to a text in meaning, in standard deviations; None where
        nothing tells it."""


def matters_of(
    reading: ClaimReading, book: OfficialText, focus: Sequence[str] = ()
) -> list[Matter]:
    """The current sentences of acts that have words of a claim, the nearest first; ``focus`` are
    the references of acts that the text speaks of, the last one first."""
    regions = regions_of(reading.text)
    cities = _cities(regions)
    concepts = [*matter_concepts(reading), *cities]
    if not concepts:
        return []
    units = [unit for act in _likely(reading, book, concepts, focus) for unit in _units(act, book)]
    texts = [f"{unit.act.title} {unit.sentence.text}" for unit in units]
    # A city of which no text speaks is ruled by its province's.
    unknown = [one for one in cities if not any(one.stands_in(text) for text in texts)]
    concepts = [one for one in concepts if one not in unknown] or concepts
    weights = _weights(concepts, [unit.sentence.text for unit in units])
    found = [_matter(unit, concepts, weights, reading.text) for unit in units]
    ranked = [
        replace(item, rank=item.part + _lean(reading, item, focus, regions)) for item in found
    ]
    ranked.sort(key=lambda item: -item.rank)
    return _by_meaning(reading, ranked, book)


def _by_meaning(
    reading: ClaimReading, ranked: Sequence[Matter], book: OfficialText
) -> list[Matter]:
    """The sentences that words or meaning bring near, the nearest first."""
    first = list(dict.fromkeys(item.act.ref for item in ranked))[:_ACTS_WEIGHED]
    weighed = [
        item
        for place, item in enumerate(ranked)
        if place < _WEIGHED or (item.act.ref in first and place < 4 * _WEIGHED)
    ]
    texts = [f"{item.sentence.said} {item.sentence.text}".strip() for item in weighed]
    close = book.closeness(reading.text, texts)
    if close is None:
        return [item for item in ranked if item.told]
    near = [
        replace(item, close=one, rank=item.rank + _MEANT * max(-1.5, min(one, 3.5)))
        for item, one in zip(weighed, close, strict=True)
    ]
    return _with_lead(sorted(near, key=lambda item: -item.rank))


def _with_lead(ranked: list[Matter]) -> list[Matter]:
    """The first one with its lead before the next that is not of the same article."""
    if not ranked:
        return ranked
    first = ranked[0]
    bare = first.sentence.text[-24:]
    next_one = next(
        (
            item.rank
            for item in ranked[1:]
            if (item.act.ref, item.sentence.article) != (first.act.ref, first.sentence.article)
            and item.sentence.text[-24:] != bare
            and item.sentence.text != item.act.title
            and not item.act.over
        ),
        0.0,
    )
    return [replace(first, lead=first.rank - next_one), *ranked[1:]]


def _likely(
    reading: ClaimReading, book: OfficialText, concepts: Sequence[Concept], focus: Sequence[str]
) -> list[KnownAct]:
    """The acts whose texts are read: those that the text speaks of, those that a search finds,
    and those whose titles and duties have most of the words."""
    short = sorted(book.acts, key=lambda act: -_in_short(act, concepts))[:_ACTS_READ]
    spoken = [act for act in book.acts if act.ref in focus[: len(_FOCUS)]]
    found = (*spoken, *book.likely(reading.text), *short)
    return list({act.ref: act for act in found}.values())


def _cities(regions: Sequence[NamedRegion]) -> list[Concept]:
    names = dict.fromkeys(one.city for one in regions if one.city)
    return [Concept(words=name, spelled=(name,), own=1) for name in names]


def _units(act: KnownAct, book: OfficialText) -> list[_Unit]:
    """The sentences of an act that read so now, each once, with those of the same article."""
    current = [
        item for item in book.words_of(act) if item.current and not _PREAMBLE.search(item.text)
    ]
    if act.notice_id is not None:
        current.append(OfficialSentence(text=act.title))
    once: dict[str, OfficialSentence] = {}
    for item in reversed(current):
        same = once.get(item.text.rstrip("。；"))
        once[item.text.rstrip("。；")] = item if same is None else _joined(item, same)
    around: dict[str, str] = {}
    for item in once.values():
        if item.article:
            around[item.article] = around.get(item.article, "") + item.text
    return [
        _Unit(act=act, sentence=item, around=around.get(item.article or "", ""))
        for item in reversed(once.values())
    ]


def _joined(one: OfficialSentence, same: OfficialSentence) -> OfficialSentence:
    """A sentence of a text that is a duty as well: its article, and all that it takes over."""
    said = " ".join(dict.fromkeys(part for part in (one.said, same.said) if part))
    return replace(
        one, article=one.article or same.article, said=said, paused=one.paused or same.paused
    )


def _matter(
    unit: _Unit, concepts: Sequence[Concept], weights: dict[str, float], claimed: str
) -> Matter:
    parts = {one.words: _strength(one, unit, claimed) for one in concepts}
    whole = sum(weights.values())
    return Matter(
        act=unit.act, sentence=unit.sentence, around=unit.around,
        part=sum(weights[words] * strength for words, strength in parts.items()) / whole,
        told=sum(parts[one.words] >= _OPENING and not is_common(one) for one in concepts),
        missing=tuple(one.words for one in concepts if one.sure and not parts[one.words]),
    )  # fmt: skip


def _in_short(act: KnownAct, concepts: Sequence[Concept]) -> float:
    """How many of the things a claim speaks of stand in an act's title and duties."""
    duties = " ".join(item.text for item in act.statements)
    return sum(
        (2.0 if one.stands_in(act.title) else 0.0) + (1.0 if one.stands_in(duties) else 0.0)
        for one in concepts
        if not is_common(one)
    )


def _weights(concepts: Sequence[Concept], sentences: Sequence[str]) -> dict[str, float]:
    count = len(sentences)
    found = {}
    for one in concepts:
        having = sum(one.stands_in(text) for text in sentences)
        rare = math.log(1 + (1 + count) / (1 + having)) / math.log(2 + count)
        known = _FOREIGN if is_foreign(one) else 1.0
        base = 0.25 if is_common(one) else 1.0 if one.sure else 0.4
        found[one.words] = base * known * max(rare, 0.3)
    return found


def _alike_denied(concept: Concept, claim: str, text: str) -> bool:
    """Whether a Chinese word is denied on both sides or on none: 符合 is not 不符合."""
    mine = _denied_word(concept.words, claim)
    if mine is None:
        return True
    told = {one for word in concept.spelled if (one := _denied_word(word, text)) is not None}
    return not told or mine in told


def _denied_word(word: str, text: str) -> bool | None:
    at = text.find(word)
    if at < 0 or not word or word[0].isascii():
        return None
    return text[max(0, at - 1) : at] in ("不", "未", "非", "无") or (
        text[max(0, at - 2) : at] in ("不得", "没有", "未能")
    )


def _strength(concept: Concept, unit: _Unit, claimed: str) -> float:
    if concept.stands_in(unit.sentence.text):
        return 1.0 if _alike_denied(concept, claimed, unit.sentence.text) else _IN_TITLE
    if concept.stands_in(unit.sentence.said):
        return _OPENING
    if concept.stands_in(unit.act.title):
        return _IN_TITLE
    return _AROUND if concept.stands_in(unit.around) else 0.0


# ---------------------------------------------------------------- what leans to a sentence


def _lean(
    reading: ClaimReading, item: Matter, focus: Sequence[str], regions: Sequence[NamedRegion]
) -> float:
    lean = _counting(reading, item) + _kind_of_sentence(reading, item)
    if any(name in item.sentence.text for name in system_names(reading.text)):
        lean += _COUNTED
    if item.act.ref in focus[: len(_FOCUS)]:
        place = focus.index(item.act.ref)
        lean += _FOCUS[place] + (_GOES_ON if not place and _BACK.search(reading.text) else 0.0)
    draft = item.act.status == "draft"
    if draft or item.act.over:
        lean += 0.0 if draft and DRAFT.search(reading.text.lower()) else _NOT_LAW
    codes = {one.code for one in regions}
    if not codes and item.act.jurisdiction != "CN" and item.act.ref not in focus:
        lean += _OF_A_PLACE
    if codes and item.act.jurisdiction not in codes:
        lean += _OF_A_PLACE
    return lean


def tells_of_act(reading: ClaimReading) -> bool:
    """Whether a claim is on an act itself: who issued it and when, since or until when it holds."""
    return _OF_ACT.search(reading.bare.lower()) is not None


def _kind_of_sentence(reading: ClaimReading, item: Matter) -> float:
    """Less for a title where the claim is on what the act orders, and for a sentence on scope or
    punishment where the claim speaks of neither."""
    bare, text = reading.bare.lower(), item.sentence.text
    if text == item.act.title:
        return 0.0 if tells_of_act(reading) else 2 * _BESIDE
    if _SCOPE.search(text):
        return -_BESIDE if _ABOUT_SCOPE.search(bare) else _BESIDE
    return _BESIDE if _PUNISHES.search(text) and not _FINED.search(bare) else 0.0


def _counting(reading: ClaimReading, item: Matter) -> float:
    """More for a sentence that counts, dates and repeats as the claim does."""
    found = [_of_quantity(reading, item)] if reading.quantities else []
    if reading.days:
        days = find_days(item.sentence.text)
        same = any(
            (day.month, day.day) == (one.month, one.day) for day in days for one in reading.days
        )
        found.append(_COUNTED if same else _OTHER_COUNT if days else _UNCOUNTED)
    if RHYTHM.search(reading.text.lower()):
        found.append(_OTHER_COUNT if RHYTHM.search(item.sentence.text) else _UNCOUNTED)
    return sum(found)


def _of_quantity(reading: ClaimReading, item: Matter) -> float:
    real = read_statement(item.sentence).quantities
    results = [same_quantity(mine, other) for mine in reading.quantities for other in real]
    if True in results:
        return _COUNTED
    return _OTHER_COUNT if False in results else _UNCOUNTED
