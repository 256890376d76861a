"""What a claim says that an act orders, against the official words of that act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.official_words import (
    Nearness,
    content_keys,
    is_borne_out,
    is_denied_there,
    nearest,
    official_concepts,
    quantities_for,
    read_statement,
)
from domain.claims.words.concepts import (
    COMMON,
    ROLES,
    WEAK,
    concept_keys,
    find_concepts,
    opposite_of,
)
from domain.claims.words.quantities import Quantity, same_quantity

_MOST = 12  # official sentences that are looked at more closely
_FULL = 0.8
_LITERAL = 0.7
_FORCES = {("must", "may"), ("may", "must"), ("must", "must_not"), ("must_not", "must"),
           ("may", "must_not"), ("must_not", "may")}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentCheck:
    """The slots of what an act orders, and the official sentences that they rest on."""

    slots: tuple[CheckedSlot, ...] = ()
    used: tuple[OfficialSentence, ...] = ()
    bound: frozenset[str] = frozenset()  # the roles that the official words bind
    rank: tuple[float, ...] = ()
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
        slots.append(slot)
        if where is not None and slot.equal:
            used[where] = None
    best = _best_of_used(near, slots, used)
    slots += _articles(reading, near, act)
    bearing = [
        *_bearing(reading, best, act), *_opposites(reading, best, act), *_order(reading, best, act),
    ]  # fmt: skip
    slots += bearing
    grounds = _Grounds(
        used=tuple({best.words.statement: None, **used}), agrees=not bearing,
        bound=_whom_it_binds(best, statements),
        counted=any(slot.equal and _is_of(slot, best) for slot in slots),
    )  # fmt: skip
    slots += _whole(reading, best, grounds, act)
    return ContentCheck(
        slots=tuple(slots), used=grounds.used, rank=best.rank, bound=grounds.bound,
        thin=len(best.shared) < 2 and not best.cited and best.literal < _LITERAL,
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


def source_of(act: KnownAct, statement: OfficialSentence | None = None) -> OfficialSource:
    """The act as a source, with the words of one of its sentences."""
    return OfficialSource(
        notice_id=act.notice_id, key=act.key, title=act.title,
        article=statement.article if statement else None,
        quote=statement.text if statement else "", url=act.url, evidence=act.evidence,
    )  # fmt: skip


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
    if item.literal >= 0.75 or (item.part >= _FULL and len(item.shared) >= 3):
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
        if any(same_quantity(quantity, other) for other in found) and _may_prove(item, near[0]):
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


def _may_prove(item: Nearness, best: Nearness) -> bool:
    return item.is_close or item is best


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
        sure = other.words.article and other.part >= _FULL and len(other.shared) >= 2
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


def _bearing(reading: ClaimReading, best: Nearness, act: KnownAct) -> list[CheckedSlot]:
    """Must against may, a denial against none, ``only`` and ``all`` that nobody wrote."""
    words, source = best.words, source_of(act, best.words.statement)
    found = []
    mine, real = reading.force, words.force
    near_enough = best.part >= _FULL and (
        len(best.shared) >= 2
        or best.cited
        or best.literal >= _LITERAL
        or (best.part == 1.0 and bool(best.shared))
    )
    enough = _is_enough(reading, best)
    if (
        mine
        and real
        and enough
        and (mine, real) in _FORCES
        and not _only_may(mine, real, words.scope)
    ):
        equal = False if near_enough else None
        found.append(
            CheckedSlot(slot="modality", claim=mine, official=real, equal=equal, source=source)
        )
    elif (there := is_denied_there(reading, words)) not in (_denies(reading), None) and (
        (enough or reading.denied) and not mine == real == "must_not"
    ):
        equal = False if near_enough and best.part == 1.0 and len(best.shared) >= 2 else None
        found.append(
            CheckedSlot(
                slot="negation", claim="not" if reading.denied else "",
                official="not" if there else "", equal=equal, source=source,
            )
        )  # fmt: skip
    for word in reading.scope:
        if word == "anyone" and "only" in words.scope and near_enough:
            found.append(
                CheckedSlot(slot="scope", claim=word, official="only", equal=False, source=source)
            )
        elif word not in words.scope:
            found.append(
                CheckedSlot(slot="scope", claim=word, official=None, equal=None, source=source)
            )
    return found


def _denies(reading: ClaimReading) -> bool:
    """A claim that something is not so, or that it is missing."""
    return reading.denied or any(hit.key == "missing" for hit in reading.concepts)


def _only_may(mine: str, real: str, scope: tuple[str, ...]) -> bool:
    """What may be handed to lawful recyclers only must be handed to them."""
    return {mine, real} == {"must", "may"} and "only" in scope


def _opposites(reading: ClaimReading, best: Nearness, act: KnownAct) -> list[CheckedSlot]:
    """An idea of which the official words have the opposite: voluntary for mandatory."""
    found = []
    official = best.words.concepts
    said = frozenset(hit.key for hit in reading.concepts)
    for key in sorted(said - official):
        against = opposite_of(key) & official
        others = content_keys(reading) - {key}
        fits = len(others & official) >= max(1, len(others) / 2)
        if against and fits and not reading.denied:
            found.append(
                CheckedSlot(
                    slot="object", claim=key.replace("_", " "), equal=False,
                    official=", ".join(sorted(against)).replace("_", " "),
                    source=source_of(act, best.words.statement),
                )
            )  # fmt: skip
    return found


def _whom_it_binds(best: Nearness, statements: Sequence[OfficialSentence]) -> frozenset[str]:
    """Whom the register says the duty binds, of which another of its sentences gives the fine."""
    matter = best.words.concepts - WEAK - COMMON - ROLES
    bound: set[str] = set()
    for sentence in statements:
        ideas = official_concepts(sentence)
        if not sentence.exact and not best.words.statement.exact and matter & ideas:
            bound |= ideas & ROLES
    return frozenset(bound)


def _order(reading: ClaimReading, best: Nearness, act: KnownAct) -> list[CheckedSlot]:
    """Who must do something to whom: two roles the other way round."""
    mine = [hit.key for hit in reading.concepts if hit.key in ROLES]
    said = find_concepts(f"{best.words.statement.said} {best.words.statement.text}")
    real = [hit.key for hit in said if hit.key in ROLES]
    both = [key for key in dict.fromkeys(mine) if key in real]
    if len(both) < 2 or " by " in reading.text or both == sorted(both, key=real.index):
        return []
    source = source_of(act, best.words.statement)
    equal = False if best.part == 1.0 else None
    return [
        CheckedSlot(slot="subject", claim=both[0].replace("_", " "), equal=equal, source=source,
                    official=min(both, key=real.index).replace("_", " "))
    ]  # fmt: skip


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
    whole = is_borne_out(reading, held) and (grounds.counted or best.part >= _FULL)
    told = reading.text if len(reading.text) <= 80 else f"{reading.text[:79]}…"
    return [
        CheckedSlot(
            slot="object", claim=told, official=best.words.statement.text,
            equal=True if grounds.agrees and whole else None,
            source=source_of(act, best.words.statement),
        )
    ]  # fmt: skip
