"""A claim that names no act, held against the sentences that speak of its matter.

Only a sentence that has nearly all of a claim's words speaks of the same matter; what another act
says otherwise leaves a claim open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.claims.bearing_checks import check_bearing
from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct
from domain.claims.matter.matter_slots import (
    ENOUGH,
    SURE,
    WHOLE,
    address_slots,
    agent_slots,
    body_slots,
    counted_slot,
    counting_alike,
    day_slot,
    rhythm_slots,
)
from domain.claims.matter.matters import Matter, WordsOf, matters_of
from domain.claims.official_words import Nearness, content_keys, read_statement, source_of
from domain.claims.words.quantities import same_quantity

_DRAFT = re.compile(r"draft|consult|comment|proposal|征求意见|意见稿|草案")
_ALL = 0.95
_NEAR = 0.12  # what comes so near speaks of the same matter


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterCheck:
    """The act and sentence that a claim is held against, with the slots that come of it."""

    act: KnownAct
    slots: tuple[CheckedSlot, ...]


def check_matter(
    reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf
) -> MatterCheck | None:
    """What the sentences on a claim's matter make of it; None where none is near enough."""
    matters = _law_before_drafts(reading, matters_of(reading, acts, words_of))
    if not matters or matters[0].part < ENOUGH or not matters[0].told:
        return None
    near = [item for item in matters if item.part >= matters[0].part - _NEAR]
    best = _best(reading, near)
    if any(item.act is not best.act and _differs(reading, item, best) for item in near):
        return None
    if best.told < 2 and (best.part < _ALL or not all(_results(reading, best) or [False])):
        return None  # a single word and another number may be on another matter
    slots = _slots(reading, best)
    return MatterCheck(act=best.act, slots=tuple(slots)) if slots else None


def _law_before_drafts(reading: ClaimReading, matters: list[Matter]) -> list[Matter]:
    """Without drafts where law speaks of the same, unless the claim is on a draft."""
    law = [item for item in matters if item.act.status != "draft"]
    if not law or _DRAFT.search(reading.text.lower()):
        return matters
    return law if law[0].part >= max(ENOUGH, matters[0].part - 2 * _NEAR) else matters


def differing(
    reading: ClaimReading, acts: Sequence[KnownAct], words_of: WordsOf
) -> KnownAct | None:
    """An act whose sentence on the claim's matter counts the same otherwise."""
    for item in matters_of(reading, acts, words_of):
        if item.part < SURE:
            return None
        if (results := _results(reading, item)) and not any(results):
            return item.act
    return None


def _best(reading: ClaimReading, near: Sequence[Matter]) -> Matter:
    """The nearest sentence that counts what the claim counts, else the nearest."""
    counting = [item for item in near if _results(reading, item)]
    return (counting or near)[0] if reading.quantities else near[0]


def _results(reading: ClaimReading, item: Matter) -> list[bool]:
    return [
        result
        for mine in reading.quantities
        for real in counting_alike(reading, mine, item)
        if (result := same_quantity(mine, real)) is not None
    ]


def _differs(reading: ClaimReading, one: Matter, best: Matter) -> bool:
    """Whether another act's sentence counts the same otherwise than the nearest one does."""
    mine, other = _results(reading, best), _results(reading, one)
    return bool(mine and other) and any(mine) != any(other)


def _slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    source = source_of(best.act, best.sentence)
    slots = [counted_slot(reading, item, best) for item in reading.quantities]
    slots += rhythm_slots(reading, best)
    slots += [day_slot(day.text, reading, best) for day in reading.days]
    slots += [*body_slots(reading, best), *address_slots(reading, best)]
    slots += agent_slots(reading, best)
    if best.act.status == "draft" and not _DRAFT.search(reading.text.lower()):
        equal = False if best.part >= SURE else None
        slots.append(
            CheckedSlot(
                slot="status", claim="in force", official="draft", equal=equal, source=source
            )
        )
    bearing = check_bearing(reading, _nearness(reading, best), best.act, enough=best.part >= SURE)
    counted = any(slot.equal for slot in slots)
    slots += [
        slot if best.part >= WHOLE else replace(slot, equal=None)
        for slot in bearing
        if not (counted and slot.slot == "modality")  # may for 6 months, must not exceed 6 months
    ]
    agrees = all(slot.equal for slot in slots)
    whole = best.part >= (SURE if slots and agrees else WHOLE) and not best.missing
    told = reading.text if len(reading.text) <= 80 else f"{reading.text[:79]}…"
    slots.append(CheckedSlot(slot="object", claim=told, official=best.sentence.text,
                             equal=True if agrees and whole else None, source=source))  # fmt: skip
    return slots


def _nearness(reading: ClaimReading, best: Matter) -> Nearness:
    words = read_statement(best.sentence)
    shared = content_keys(reading) & words.concepts
    return Nearness(words=words, shared=shared, part=best.part, cited=False)
