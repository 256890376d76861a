"""The sentence that answers, where it stands out among all sentences of the best acts.

Words, numbers and the kind of fact that is asked for choose it; its value is the answer's line
and the sentence is the quote. Where two sentences come as near there is no answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.claims.words.claim_sentences import law_sentences
from domain.claims.words.quantities import Quantity, find_quantities, same_quantity
from domain.law.provisions import Provision, provisions_on
from domain.questions.answering_clauses import states_fact
from domain.questions.fact_questions import AskedFact, AskedTime
from domain.questions.question_concepts import Concept
from domain.records.search_hit import QuestionAnswer, SearchHit
from domain.text.numerals import NUMERAL_CHARACTERS, parse_chinese_number
from noticewatch.application.asked.quoted_answers import quoted_answer
from noticewatch.application.asked.stored_meaning import HeldSentence

if TYPE_CHECKING:
    from archive.store import Archive

_READ = 3  # best acts whose sentences are looked at
_LATER = 0.08  # what a sentence of a later act needs more
_OPENING, _AROUND, _TITLE = 0.8, 0.6, 0.5
_FOREIGN = 0.4  # of an English word without any Chinese for it
_KIND, _OTHER_KIND = 0.12, -0.25  # of the kind of fact that is asked for, and of none
_COUNTS = 0.15  # it counts what the question counts
_BESIDE = -0.25  # on scope, purpose or who explains
_ENOUGH, _LEAD = 0.52, 0.04  # by words and meaning
_ENOUGH_THERE = 0.38  # the same of the acts of a place that is asked about
_SURELY, _CLEARLY = 0.75, 0.2  # the same where words alone will do
_HELD = 0.66  # of what is asked about that stands in the sentence, its article or title
_HELD_NEAR, _NEAR_BY = 0.45, 1.8  # the same of one near in meaning, in standard deviations
_APART = 0.12  # by which an act leads one that says otherwise
_CHANGES = frozenset({"延长", "延期", "推迟", "修改为", "改为", "缩短"})
_WEIGHED = 30  # sentences whose meaning is compared
_MEANT = 0.08  # what one standard deviation of meaning weighs
_UNHEARD = -0.15  # for each thing that none of the acts speaks of
_SCOPE = re.compile(r"制定本|适用本|负责解释|^[^，。]{0,12}所称|请认真贯彻|现印发|现将")
_ABOUT_SCOPE = re.compile(r"\b(?:appl|cover|scope|mean|defin)|适用|范围|是指|所称|包括", re.I)
# 逾期15日以上不满45日, 10日以上60日以下, 20包以上, 不足20包
_NUMERAL = rf"(?:\d{{1,7}}|[{NUMERAL_CHARACTERS}]{{1,6}})"
_UNIT = "(?:日|天|包|组|吨|辆)"
_RANGE = re.compile(
    rf"(?P<low>{_NUMERAL})(?P<unit>{_UNIT})?以上(?:不满|不足|未满)?(?P<high>{_NUMERAL})(?P<last>{_UNIT})"
    rf"|(?P<over>{_NUMERAL})(?P<of>{_UNIT})以上|(?:不满|不足|未满)(?P<under>{_NUMERAL})(?P<than>{_UNIT})"
    rf"|(?P<most>{_NUMERAL})(?P<by>{_UNIT})以下"
)
_UNITS = {"日": "day", "天": "day", "包": "pack", "组": "pack", "吨": "t", "辆": "vehicle"}
_IN_RANGE, _DRAFT = 0.2, 0.3
_PAST = re.compile(r"\b(?:did|was|were|old|former|previous|used to)\b|原来|以前|当时|旧|过去", re.I)
# 三、擅自拆解电池包; …按照下列标准处罚：
_COSTS = re.compile(
    r"多少钱|\bhow much (?:does|do|is|are|money)\b.{0,60}\b(?:cost|paid?|fee)", re.I
)
_MONEY = re.compile(r"元|免费|不收取|倍")
_HEADING = re.compile(r"[：:]$|^[^，。；\d\t]{0,16}$")


Nearness = Callable[[Sequence[HeldSentence]], Sequence[float | None] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedPassage:
    """What a sentence is held against."""

    question: str
    concepts: Sequence[tuple[Concept, float]]
    role_words: tuple[str, ...]
    fact: AskedFact | None
    time: AskedTime
    drafts: bool
    unit: str | None = None  # Y or H: years or hours are asked for
    placed: bool = False  # whether all acts are of a place, or by a name, that it has


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweringPassage:
    """A sentence of a hit with how well it answers."""

    hit: SearchHit
    article: str | None
    text: str
    opening: str
    around: str
    place: int
    score: float = 0.0
    close: float = 0.0


def answering_passage(
    archive: Archive, hits: Sequence[SearchHit], asked: AskedPassage, nearness: Nearness
) -> QuestionAnswer | None:
    """The sentence that answers; None where none has enough of the question or stands out.
    ``nearness`` tells how near sentences come in meaning, where words leave it open."""
    ranked = ranked_passages(archive, hits, asked)
    if len(ranked) > 1 and not _is_clear(ranked, _SURELY, _CLEARLY):
        ranked = _by_meaning(ranked, nearness)
    enough = _ENOUGH_THERE if asked.placed else _ENOUGH
    if not _is_clear(ranked, enough, _LEAD) or not _speaks_of_it(ranked[0], asked):
        return None
    return None if _differs_elsewhere(ranked, asked) else _told(ranked[0], asked)


def _speaks_of_it(best: AnsweringPassage, asked: AskedPassage) -> bool:
    """Whether a sentence states what is asked for, of whom it is asked, with hardly anything of
    it missing."""
    said = f"{best.hit.title} {best.opening} {best.text} {best.around}"
    if asked.fact is not None and not _states(best, asked):
        return False
    if asked.role_words and not any(word in said for word in asked.role_words):
        return False
    known = [(one, weight) for one, weight in asked.concepts if _has_chinese(one)]
    whole = sum(weight for _, weight in known)
    held = sum(weight for one, weight in known if one.stands_in(said))
    changed = [one for one, _ in known if one.spelled[0] in _CHANGES]
    share = _HELD_NEAR if best.close >= _NEAR_BY else _HELD
    return held >= share * whole and all(one.stands_in(best.text) for one in changed)


def _states(best: AnsweringPassage, asked: AskedPassage) -> bool:
    if _COSTS.search(asked.question) and not _MONEY.search(best.text):
        return False
    fits = asked.fact is not None and states_fact(best.text, asked.fact, asked.time)
    return fits and (asked.unit != "Y" or "年" in best.text)


def _differs_elsewhere(ranked: Sequence[AnsweringPassage], asked: AskedPassage) -> bool:
    """Whether another act that comes nearly as near states another value."""
    best = ranked[0]
    mine = find_quantities(best.text)
    for one in ranked[1:]:
        if one.hit.id == best.hit.id or one.score + _LATER * one.place < best.score - _APART:
            continue
        real = find_quantities(one.text)
        if any(same_quantity(a, b) is False for a in mine for b in real) and not asked.placed:
            return True
    return False


def _is_clear(ranked: Sequence[AnsweringPassage], enough: float, lead: float) -> bool:
    """Whether the first answers enough of a question, and leads all that say otherwise."""
    if not ranked or ranked[0].score < enough:
        return False
    best = ranked[0]
    rivals = (one.score for one in ranked[1:] if one.text != best.text)
    return max(rivals, default=0.0) <= best.score - lead


def _by_meaning(ranked: Sequence[AnsweringPassage], nearness: Nearness) -> list[AnsweringPassage]:
    """The first few by words and by meaning."""
    first = list(ranked[:_WEIGHED])
    close = nearness([HeldSentence(one.hit.id, one.text) for one in first])
    if close is None:
        return list(ranked)
    near = [
        one if how is None
        else replace(one, score=one.score + _MEANT * max(-1.5, min(how, 3.5)), close=how)
        for one, how in zip(first, close, strict=True)
    ]  # fmt: skip
    return sorted(near, key=lambda one: -one.score)


def ranked_passages(
    archive: Archive, hits: Sequence[SearchHit], asked: AskedPassage
) -> list[AnsweringPassage]:
    """The sentences of the best acts, the one that answers best first."""
    past = bool(_PAST.search(asked.question))
    read = [
        passage
        for place, hit in enumerate(hits[:_READ])
        if (past or hit.status not in NO_LONGER_BINDING)
        and (asked.drafts or hit.status != "draft" or not place)
        for passage in _passages(archive, hit, place)
    ]
    weights = _weights(asked, read)
    unheard = _UNHEARD * min(2, _unheard(asked, read))
    counted = find_quantities(asked.question)
    found = [_scored(one, asked, weights, counted) for one in read]
    found = [replace(one, score=one.score + unheard) for one in found]
    return sorted(found, key=lambda one: -one.score)


def _passages(archive: Archive, hit: SearchHit, place: int) -> list[AnsweringPassage]:
    history = archive.ledger.provisions(hit.id)
    reads = provisions_on(history, archive.notices.today()) or _last(history)
    around: dict[str, str] = {}
    for item in reads:
        around[item.article or ""] = around.get(item.article or "", "") + item.text
    return [
        AnsweringPassage(
            hit=hit, article=item.article, text=sentence, opening=opening,
            around=around[item.article] if item.article else "", place=place,
        )
        for item in reads
        for sentence, opening in law_sentences(item.text)
    ]  # fmt: skip


def _last(history: Sequence[Provision]) -> list[Provision]:
    """The last wording of an act that is over, or all of one to come."""
    ends = [item.until for item in history if item.until is not None]
    return provisions_on(history, max(ends)) if ends else list(history)


def _weights(asked: AskedPassage, read: Sequence[AnsweringPassage]) -> dict[str, float]:
    """What each thing asked about tells: the rarer among the sentences, the more."""
    count = len(read)
    found = {}
    for concept, weight in asked.concepts:
        having = sum(concept.stands_in(one.text) for one in read)
        rare = math.log(1 + (1 + count) / (1 + having)) / math.log(2 + count)
        foreign = all(word.isascii() for word in concept.spelled)
        found[concept.words] = weight * max(rare, 0.25) * (_FOREIGN if foreign else 1.0)
    return found


def _unheard(asked: AskedPassage, read: Sequence[AnsweringPassage]) -> int:
    """How many things that are asked about stand nowhere in the acts."""
    known = [one for one, weight in asked.concepts if weight >= 1.0 and _has_chinese(one)]
    return sum(
        not any(one.stands_in(f"{item.hit.title}{item.text}{item.opening}") for item in read)
        for one in known
    )


def _has_chinese(concept: Concept) -> bool:
    return any(not word.isascii() for word in concept.spelled)


def _scored(
    one: AnsweringPassage,
    asked: AskedPassage,
    weights: dict[str, float],
    counted: Sequence[Quantity],
) -> AnsweringPassage:
    whole = sum(weights.values()) or 1.0
    parts = {concept.words: _strength(concept, one) for concept, _ in asked.concepts}
    fits = sum(weights[words] * part for words, part in parts.items()) / whole
    lean = _of_kind(one, asked) + _of_role(one, asked) - _LATER * one.place
    lean += sum(_within(mine, one.text) for mine in counted)
    lean -= _DRAFT if one.hit.status == "draft" and not asked.drafts else 0.0
    if any(same_quantity(mine, real) for mine in counted for real in find_quantities(one.text)):
        lean += _COUNTS
    if _HEADING.search(one.text):
        lean += _BESIDE
    if _SCOPE.search(one.text) and not _ABOUT_SCOPE.search(asked.question):
        lean += _BESIDE
    return replace(one, score=fits + lean)


def _within(mine: Quantity, text: str) -> float:
    """More for a row whose range has a number of the question, less for one that has not."""
    found = [
        _in_range(mine.low, match)
        for match in _RANGE.finditer(text)
        if mine.low is not None and _UNITS.get(_unit(match)) == mine.unit
    ]
    return _IN_RANGE if any(found) else -_IN_RANGE if found else 0.0


def _unit(match: re.Match[str]) -> str:
    return match["last"] or match["of"] or match["than"] or match["by"]


def _in_range(value: float, match: re.Match[str]) -> bool:
    low = parse_chinese_number(match["low"] or match["over"] or "0") or 0
    high = parse_chinese_number(match["high"] or match["under"] or match["most"] or "")
    return value >= low and (high is None or value <= high)


def _strength(concept: Concept, one: AnsweringPassage) -> float:
    if concept.stands_in(one.text):
        return 1.0
    if concept.stands_in(one.opening):
        return _OPENING
    if concept.stands_in(one.around):
        return _AROUND
    return _TITLE if concept.stands_in(one.hit.title) else 0.0


def _of_kind(one: AnsweringPassage, asked: AskedPassage) -> float:
    if asked.fact is None:
        return 0.0
    return _KIND if states_fact(one.text, asked.fact, asked.time) else _OTHER_KIND


def _of_role(one: AnsweringPassage, asked: AskedPassage) -> float:
    if not asked.role_words:
        return 0.0
    return 0.08 if any(word in one.text + one.opening for word in asked.role_words) else 0.0


def _told(best: AnsweringPassage, asked: AskedPassage) -> QuestionAnswer:
    return quoted_answer(best.hit, best.article, best.text, value=_value(best.text, asked))


def _value(text: str, asked: AskedPassage) -> str:
    """The only value of the asked kind in a sentence, in English; nothing where several are."""
    kinds = _VALUES.get(asked.fact, ()) if asked.fact else ()
    found = [one for one in find_quantities(text) if one.kind in kinds]
    return _in_english(found[0]) if len(found) == 1 else ""


_VALUES: dict[AskedFact, tuple[str, ...]] = {
    AskedFact.PERIOD: ("period",),
    AskedFact.FINE: ("money",),
    AskedFact.LIMIT: ("percent", "mass", "count"),
}


def _in_english(one: Quantity) -> str:
    """within 30 days, 10000-50000 yuan."""
    plural = one.kind == "period" and (one.high or one.low or 0) != 1
    return f"{one.text}s" if plural else one.text
