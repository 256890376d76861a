"""What a claim says that an act orders, against the official words of that act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.claims.checks.bearing_checks import FULL, LITERAL, check_bearing
from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.official_words import (
    Nearness,
    content_keys,
    is_borne_out,
    nearest,
    official_concepts,
    quantities_for,
    read_statement,
    source_of,
)
from domain.claims.words.claim_concepts import (
    COMMON,
    ROLES,
    WEAK,
    concept_keys,
)
from domain.claims.words.quantities import Quantity, same_quantity

_WORDED, _FEWER = 0.5, 0.25  # literal parts of a claim
_MOST = 12  # official sentences that are looked at more closely


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentCheck:
    """The slots of what an act orders, and the official sentences that they rest on."""

    slots: tuple[CheckedSlot, ...] = ()
    used: tuple[OfficialSentence, ...] = ()
    bound: frozenset[str] = frozenset()  # the roles that the official words bind
    rank: tuple[float, ...] = ()
    same_denial: bool = False  # what the claim denies, the same words deny
    thin: bool = False  # they rest on a single shared idea


def check_content(
    reading: ClaimReading,
    act: KnownAct,
    statements: Sequence[OfficialSentence],
    *,
    strict: bool = False,
) -> ContentCheck:
    """Hold a claim against the official sentences; ``strict`` where the claim names no act, so
    that only words that say nearly the same count."""
    near = [item for item in nearest(reading, statements) if item.words.statement.current][:_MOST]
    if strict:
        near = [item for item in near if _is_same_matter(reading, item)]
    if not near and not strict:
        near = _only_one(reading, statements)
    if not near:
        return ContentCheck(slots=tuple(_unheld(item) for item in reading.quantities))
    past = [item for item in nearest(reading, statements) if not item.words.statement.current]
    best = near[0]
    slots, used = [], {best.words.statement: None}
    for quantity in reading.quantities:
        slot, where = _quantity(reading, quantity, near, past, act)
        if strict and slot.equal is False and not _is_of(slot, best):
            slot, where = _unheld(quantity), None  # another sentence may be on another matter
        slots.append(slot)
        if where is not None and slot.equal:
            used[where] = None
    best = _best_of_used(near, slots, used)
    slots += _articles(reading, near, act)
    counted = any(slot.equal and _is_of(slot, best) for slot in slots)
    enough = counted or _is_enough(reading, best)
    bearing = check_bearing(reading, best, act, enough=enough)
    slots += bearing
    grounds = _Grounds(
        used=tuple({best.words.statement: None, **used}), agrees=not bearing,
        bound=_whom_it_binds(best, statements),
        counted=counted,
    )  # fmt: skip
    slots += _whole(reading, best, grounds, act)
    return ContentCheck(
        slots=tuple(slots), used=grounds.used, rank=best.rank, bound=grounds.bound,
        same_denial=best.literal >= FULL and best.words.denied == reading.denied,
        thin=len(best.shared) < 2 and not best.cited and best.literal < LITERAL,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grounds:
    """What a claim as a whole may rest on: the official sentences, the roles that they bind;
    whether must, not and only agree, and whether the nearest one has the claim's number."""

    used: tuple[OfficialSentence, ...]
    bound: frozenset[str]
    agrees: bool
    counted: bool


def _is_of(slot: CheckedSlot, item: Nearness) -> bool:
    return slot.source is not None and slot.source.quote == item.words.statement.text


def _only_one(reading: ClaimReading, statements: Sequence[OfficialSentence]) -> list[Nearness]:
    """The only sentence with a sum, for a claim that says of an act no more than the sum."""
    if not reading.quantities or content_keys(reading) - COMMON:
        return []
    kinds = {item.kind for item in reading.quantities} & {"money"}
    found = [read_statement(item) for item in statements if item.current]
    having = [words for words in found if any(item.kind in kinds for item in words.quantities)]
    if len(having) != 1:
        return []
    return [Nearness(words=having[0], shared=frozenset(), part=1.0, cited=True)]


def _is_same_matter(reading: ClaimReading, item: Nearness) -> bool:
    if item.literal >= 0.75 or (item.part >= FULL and len(item.shared) >= 3):
        return True
    return item.part == 1.0 and len(item.shared) >= 2 and bool(reading.quantities)


def _best_of_used(
    near: Sequence[Nearness], slots: Sequence[CheckedSlot], used: dict[OfficialSentence, None]
) -> Nearness:
    """The nearest sentence, or the one whose number is the claim's, if it comes as near."""
    if any(slot.equal for slot in slots):
        for item in near:
            if (
                item.words.statement in list(used)[1:]
                and len(item.shared) >= len(near[0].shared) - 1
            ):
                return item
    return near[0]


def _quantity(
    reading: ClaimReading,
    quantity: Quantity,
    near: Sequence[Nearness],
    past: Sequence[Nearness],
    act: KnownAct,
) -> tuple[CheckedSlot, OfficialSentence | None]:
    """A number of the claim against those of the nearest sentences that count the same."""
    for item in near:
        found = quantities_for(reading, quantity, item.words)
        if any(same_quantity(quantity, other) for other in found) and _may_prove(item, near):
            return _number(quantity, found[0], item, act, equal=True), item.words.statement
    for item in near:
        found = quantities_for(reading, quantity, item.words)
        results = [same_quantity(quantity, other) for other in found]
        close = item.is_close or (quantity.kind == "code" and item.shared)
        other = quantity.kind == "code" and len(reading.quantities) > 1
        if results and close and not other and all(result is False for result in results):
            slot = _number(
                quantity, found[0], item, act, equal=False, past=_once(reading, quantity, past)
            )
            return slot, item.words.statement
    return _unheld(quantity), None


def _may_prove(item: Nearness, near: Sequence[Nearness]) -> bool:
    """Whether a sentence is near enough to bear a number out: of Chinese ones none that has far
    fewer of the claim's words than another."""
    literal = max(other.literal for other in near)
    if literal >= _WORDED and item.literal < literal - _FEWER:
        return False
    return item.is_close or item is near[0]


def _once(reading: ClaimReading, quantity: Quantity, past: Sequence[Nearness]) -> bool:
    """Whether an earlier wording has the claim's number."""
    return any(
        same_quantity(quantity, other)
        for item in past[:_MOST]
        if item.is_close
        for other in quantities_for(reading, quantity, item.words)
    )


def _number(
    quantity: Quantity,
    official: Quantity,
    item: Nearness,
    act: KnownAct,
    *,
    equal: bool,
    past: bool = False,
) -> CheckedSlot:
    return CheckedSlot(
        slot=_slot_name(quantity), claim=quantity.text, official=official.text, equal=equal,
        source=source_of(act, item.words.statement), outdated=past,
    )  # fmt: skip


def _unheld(quantity: Quantity) -> CheckedSlot:
    return CheckedSlot(slot=_slot_name(quantity), claim=quantity.text, official=None, equal=None)


def _slot_name(quantity: Quantity) -> str:
    return "period" if quantity.kind == "period" else "amount"


def _articles(reading: ClaimReading, near: Sequence[Nearness], act: KnownAct) -> list[CheckedSlot]:
    """Whether what is claimed stands in the article that the claim names."""
    found = []
    for number in reading.articles:
        cited = [item for item in near if item.words.article == number]
        if cited and (cited[0].is_close or cited[0].part >= 0.5):
            found.append(_article(number, number, cited[0], act, equal=True))
            continue
        other = near[0]
        sure = other.words.article and other.part >= FULL and len(other.shared) >= 2
        if sure and act.held != "reference" and other.words.article is not None:
            found.append(_article(number, other.words.article, other, act, equal=False))
        else:
            found.append(CheckedSlot(slot="article", claim=number, official=None, equal=None))
    return found


def _article(
    number: str, official: str, item: Nearness, act: KnownAct, *, equal: bool
) -> CheckedSlot:
    return CheckedSlot(
        slot="article", claim=number, official=official, equal=equal, proves=False,
        source=source_of(act, item.words.statement),
    )  # fmt: skip


def _whom_it_binds(best: Nearness, statements: Sequence[OfficialSentence]) -> frozenset[str]:
    """Whom the register says the duty binds, of which another of its sentences gives the fine."""
    matter = best.words.concepts - WEAK - COMMON - ROLES
    bound: set[str] = set()
    for sentence in statements:
        ideas = official_concepts(sentence)
        if not sentence.exact and not best.words.statement.exact and matter & ideas:
            bound |= ideas & ROLES
    return frozenset(bound)


def _is_enough(reading: ClaimReading, best: Nearness) -> bool:
    """Whether the official words speak of the claim's matter at all."""
    if len(best.shared) >= 2 or best.literal >= 0.75:
        return True
    if not best.shared:
        return False
    return best.cited or (best.part == 1.0 and len(reading.concepts) >= 2)


def _whole(
    reading: ClaimReading, best: Nearness, grounds: _Grounds, act: KnownAct
) -> list[CheckedSlot]:
    """Whether all that a claim says of its own stands in the official words."""
    if not (grounds.counted or _is_enough(reading, best)):
        return []
    held = grounds.bound | concept_keys(act.title) | concept_keys(act.title_en or "") | WEAK
    for sentence in grounds.used:
        held |= official_concepts(sentence)
    whole = is_borne_out(reading, held) and (grounds.counted or best.part >= FULL)
    told = reading.text if len(reading.text) <= 80 else f"{reading.text[:79]}…"
    return [
        CheckedSlot(
            slot="object", claim=told, official=best.words.statement.text,
            equal=True if grounds.agrees and whole else None,
            source=source_of(act, best.words.statement),
        )
    ]  # fmt: skip
