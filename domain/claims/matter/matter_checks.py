"""A claim that names no act, held against the sentences that speak of its matter.

Only a sentence that has nearly all of a claim's words speaks of the same matter; what another act
says otherwise leaves a claim open, unless the text speaks of the one and not of the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct
from domain.claims.matter.changed_values import earlier_wordings, with_changes
from domain.claims.matter.claim_parts import ClaimPart, part_at, parts_of, segment_at
from domain.claims.matter.claim_regions import regions_of
from domain.claims.matter.claim_words import matter_concepts, system_names
from domain.claims.matter.department_slots import acting_slots, issued_slots
from domain.claims.matter.event_slots import (
    event_slots,
    left_out_slots,
    place_slots,
    word_denial_slots,
)
from domain.claims.matter.matter_bearing import bearing_slots
from domain.claims.matter.matter_days import day_side, day_slot, ordinal_slots, rhythm_slots
from domain.claims.matter.matter_slots import (
    address_slots,
    agent_slots,
    body_slots,
    counted_slot,
    counting_alike,
    digit_slots,
    level_slots,
)
from domain.claims.matter.matters import (
    DRAFT,
    ENOUGH,
    SURE,
    Matter,
    OfficialText,
    matters_of,
    tells_of_act,
)
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.matter.standing_slots import standing_slots
from domain.claims.words.bearing import is_denied
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.quantities import same_quantity
from domain.questions.question_concepts import Concept, concepts_of

_BORNE_OUT = 0.78
_MEASURED = re.compile(r" (?:yuan|%|t|mg/m3|mg/l)$")  # 5 t, 30 %
_OF_THE_MATTER = ("period", "amount", "day", "modality", "negation", "subject", "object")
_CLAUSES = re.compile(r",? and |; |, |[，；]")
_IN_PART = 0.38  # of a sentence that may bear out a part of a claim
_FEWEST = 2  # things that a part of a claim must speak of
_TOLD = 3  # things of a claim that its sentence has
_MEANT_SO = 1.0  # standard deviations by which a sentence is near in meaning
_MEANT_SURELY, _WELL_APART = 1.5, 0.2  # the same, with a lead, of one with fewer words
_HARDLY_SO = -0.8  # the same where it counts what the claim counts
_APART = 0.06  # by which the act that is meant leads the next one
_NEAR = 0.12  # what comes so near speaks of the same matter


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterCheck:
    """The act and sentence that a claim is held against, with the slots that come of it."""

    act: KnownAct
    slots: tuple[CheckedSlot, ...]
    whole: bool = False  # whether the act surely speaks of all that the claim says


def check_matter(
    reading: ClaimReading, book: OfficialText, focus: Sequence[str] = ()
) -> MatterCheck | None:
    """What the sentences on a claim's matter make of it; None where none is near enough.
    ``focus`` are the references of the acts that the text speaks of."""
    matters = [item for item in matters_of(reading, book, focus) if _is_there(reading, item, focus)]
    best = _best(reading, matters)
    if best is None:
        return None
    if not best.near and best.close is not None and best.rank < _IN_PART:
        return None
    if not best.near:
        return _in_part(reading, best, focus)
    if best.told + _grounds(reading, best) < 2:
        return None  # a single word may be on another matter
    if best.act.ref not in focus and _open(reading, best, matters):
        return None
    past = [item for item in matters if item.act.over and item.part >= best.part - 2 * _NEAR]
    past += earlier_wordings(best, matters, book)
    parts = parts_of(reading, best, matters, book)
    own = [item for item in matters if item.act is best.act]
    slots = with_changes(_slots(reading, best, past, focus, parts, own), reading, best, book)
    if all(slot.equal is None for slot in slots):
        slots = list(in_part.slots) if (in_part := _in_part(reading, best, focus)) else slots
    whole = best.sure and all(part.covered for part in parts)
    return MatterCheck(act=best.act, slots=tuple(slots), whole=whole)


def act_told_of(
    reading: ClaimReading, book: OfficialText, focus: Sequence[str] = ()
) -> KnownAct | None:
    """The act that a claim on an act itself (who issued it, since when it holds) is about, where
    one alone comes near."""
    if not tells_of_act(reading):
        return None
    matters = [item for item in matters_of(reading, book, focus) if _is_there(reading, item, focus)]
    if not matters or not matters[0].near:
        return None
    best = matters[0]
    if best.act.status == "draft" and not DRAFT.search(reading.text.lower()):
        return None
    if reading.days and (dated := _dated(reading, matters)):
        return dated
    other = next((item for item in matters if item.act.ref != best.act.ref), None)
    apart = other is None or other.rank <= best.rank - _APART
    return best.act if apart or best.act.ref in focus[:1] else None


def _dated(reading: ClaimReading, matters: Sequence[Matter]) -> KnownAct | None:
    """Of the acts that come near the one that has a day of the claim for its own."""
    for item in matters:
        days = [day for own in item.act.days.values() for day in own]
        if item.near and any(mine.day and mine.fits(day) for mine in reading.days for day in days):
            return item.act
    return None


def _in_part(reading: ClaimReading, best: Matter, focus: Sequence[str]) -> MatterCheck | None:
    """A claim of several parts of which one stands in a sentence of the law with all its words."""
    if best.act.status == "draft" or best.act.over:
        return None
    if any(not slot.equal for slot in agent_slots(reading, best)):
        return None
    borne = [part for part in _CLAUSES.split(reading.text) if _is_whole(part, reading, best)]
    known = best.act.ref in focus or bool(regions_of(reading.text)) or best.told > _FEWEST
    if not borne or not known:
        return None
    source = source_of_matter(best)
    told = CheckedSlot(
        slot="object",
        claim=borne[0].strip(),
        official=best.sentence.text,
        equal=True,
        source=source,
    )
    rest = CheckedSlot(slot="object", claim="", official=None, equal=None, source=source)
    return MatterCheck(act=best.act, slots=(told, rest))


def _is_whole(part: str, reading: ClaimReading, best: Matter) -> bool:
    """Whether every thing that a part of a claim speaks of, and what it counts, stands in a
    sentence."""
    near = {one.words for one in concepts_of(part)}
    own = [one for one in matter_concepts(reading) if one.words in near and one.sure]
    at = reading.text.find(part)
    counted = [one for one in reading.quantities if at <= one.start < at + len(part)]
    words = f"{best.sentence.said} {best.sentence.text}"
    around = f"{words} {best.around} {best.act.title}"
    return (
        len(own) >= _FEWEST
        and all(one.stands_in(around) for one in own)
        and sum(one.stands_in(words) for one in own) >= _FEWEST
        and all(counted_slot(reading, one, best).equal for one in counted)
        and (reading.denied == is_denied(words))
    )


def _grounds(reading: ClaimReading, best: Matter) -> int:
    """What besides words tells that a sentence is on the matter: place, act, what is counted."""
    counts = bool(_results(reading, best))
    placed = best.act.jurisdiction in {one.code for one in regions_of(reading.text)}
    dated = bool(reading.days) and bool(find_days(best.sentence.text))
    return counts + placed + dated


def _is_there(reading: ClaimReading, item: Matter, focus: Sequence[str]) -> bool:
    """Whether a sentence is of a place that the claim names, or names that place itself; of a
    claim that names none, whether its act is the country's or one that the text speaks of."""
    regions = regions_of(reading.text)
    codes = {one.code for one in regions}
    if item.act.jurisdiction in (codes or {"CN"}):
        return True
    if not codes:
        named = any(name in item.sentence.text for name in system_names(reading.text))
        return item.act.ref in focus or named
    return all(any(name in item.sentence.text for name in one.names) for one in regions)


def _best(reading: ClaimReading, matters: Sequence[Matter]) -> Matter | None:
    """The highest of the law; of drafts or of what is over where the law says hardly anything,
    and of drafts for a claim on one."""
    if not matters:
        return None
    law = [item for item in matters if item.act.status != "draft" and not item.act.over]
    if DRAFT.search(reading.text.lower()) or not law:
        return matters[0]
    enough = max(ENOUGH, matters[0].part - 2 * _NEAR)
    return law[0] if law[0].part >= enough else matters[0]


def _open(reading: ClaimReading, best: Matter, matters: Sequence[Matter]) -> bool:
    """Whether another act that binds counts the same otherwise."""
    return any(
        _differs(reading, item, best)
        for item in matters
        if item.part >= best.part - _NEAR
        and item.act is not best.act
        and item.act.jurisdiction == best.act.jurisdiction
        and item.act.status != "draft"
        and not item.act.over
    )


def differing(
    reading: ClaimReading, book: OfficialText, own: Collection[str], focus: Sequence[str] = ()
) -> KnownAct | None:
    """An act but a claim's ``own`` whose sentence on its matter counts the same otherwise."""
    for item in matters_of(reading, book, focus):
        binds = item.act.status != "draft" and not item.act.over and item.act.ref not in own
        if not item.sure or not binds or not _is_there(reading, item, focus):
            continue
        if (results := _results(reading, item)) and not any(results):
            return item.act
    return None


def is_so_elsewhere(reading: ClaimReading, book: OfficialText) -> bool:
    """Whether an act that binds, of whatever place, counts what a claim counts."""
    for item in matters_of(reading, book):
        if not item.sure or item.act.status == "draft" or item.act.over:
            continue
        if (results := _results(reading, item)) and all(results):
            return True
    return False


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


def _as_sure(slot: CheckedSlot, compared: Sequence[CheckedSlot]) -> CheckedSlot:
    """A duty of which the sentence does not count what the claim counts may be another one."""
    counts = [
        one for one in compared if one.slot in ("period", "day") or _MEASURED.search(one.claim)
    ]
    if (
        slot.equal is False
        and slot.slot != "negation"
        and counts
        and all(one.equal is None for one in counts)
    ):
        return replace(slot, equal=None)
    return slot


def _is_sure_of_matter(reading: ClaimReading, best: Matter, focus: Sequence[str]) -> bool:
    """Whether enough tells that a sentence which says otherwise is on the same matter."""
    placed = best.act.jurisdiction in {one.code for one in regions_of(reading.text)}
    meant = best.close is not None and best.close >= _MEANT_SURELY and best.told >= _FEWEST
    apart = best.lead >= _WELL_APART or best.rank >= SURE
    return placed or best.act.ref in focus or best.told >= _TOLD or (meant and apart)


def _slots(
    reading: ClaimReading,
    best: Matter,
    past: Sequence[Matter],
    focus: Sequence[str],
    parts: Sequence[ClaimPart],
    own: Sequence[Matter],
) -> list[CheckedSlot]:
    slots = [
        counted_slot(reading, item, part_at(parts, item.start).host, past)
        for item in reading.quantities
    ]
    slots += rhythm_slots(reading, best)
    slots += [_day(day, reading, parts, own) for day in reading.days]
    slots += [*ordinal_slots(reading, best), *level_slots(reading, best)]
    slots += [*_departments(reading, best), *address_slots(reading, best)]
    slots += [*agent_slots(reading, best), *event_slots(reading, best)]
    slots += [*place_slots(reading, best), *left_out_slots(reading, best)]
    slots += word_denial_slots(reading, best)
    slots += digit_slots(reading, best)
    slots += [_as_sure(slot, slots) for slot in bearing_slots(reading, best)]
    slots += standing_slots(reading, best, focus)
    if not _is_sure_of_matter(reading, best, focus):
        slots = [
            replace(slot, equal=None)
            if slot.equal is False and slot.slot in _OF_THE_MATTER
            else slot
            for slot in slots
        ]
    return [*slots, *_objects(reading, best, slots, parts)]


def _day(
    mine: PartialDay, reading: ClaimReading, parts: Sequence[ClaimPart], own: Sequence[Matter]
) -> CheckedSlot:
    """A day in the sentence nearest to its part; one that the claim gives beside all else (since
    1 June, it runs until) in any sentence of the act."""
    host = part_at(parts, mine.start).host
    slot = day_slot(mine, reading, host)
    if slot.equal is not None:
        return slot
    if mine.day is None and mine.month is not None and _is_months_own(mine, reading, host):
        return replace(slot, equal=True, official=mine.text, proves=False)  # struck off in May
    beside = [
        one
        for one in matter_concepts(reading)
        if one.words in {other.words for other in concepts_of(segment_at(reading.text, mine.start))}
    ]
    elsewhere = [
        day_slot(mine, reading, item) for item in own if not beside or _shares(item, beside)
    ]
    return next((one for one in elsewhere if one.equal), slot)


def _is_months_own(mine: PartialDay, reading: ClaimReading, host: Matter) -> bool:
    """Whether a month is the one in which an act was published or took effect."""
    days = [*host.act.days.get("published", ()), *host.act.days.get("effective", ())]
    return day_side(reading.text, mine) != "until" and any(mine.fits(day) for day in days)


def _shares(item: Matter, concepts: Sequence[Concept]) -> bool:
    return all(one.stands_in(f"{item.sentence.said} {item.sentence.text}") for one in concepts)


def _departments(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The bodies of a claim: those that issued the act, or those that act under it."""
    if issued := issued_slots(reading, best.act):
        return issued
    found = acting_slots(reading, best) or body_slots(reading, best)
    issuers = {body.name for body in reading.bodies} <= best.act.issuers and bool(reading.bodies)
    return [
        replace(slot, equal=True, proves=False) if slot.equal is None and issuers else slot
        for slot in found
    ]


def _objects(
    reading: ClaimReading, best: Matter, slots: Sequence[CheckedSlot], parts: Sequence[ClaimPart]
) -> list[CheckedSlot]:
    """What a claim says besides: borne out where the act has nearly all of its words; of several
    parts each by itself."""
    agrees = all(slot.equal for slot in slots)
    words = best.part >= (SURE if slots and agrees else _BORNE_OUT) and not best.missing
    if agrees and (words or (best.sure and _are_borne(best, slots, parts))):
        return [_object(reading.text, best, equal=True)]
    borne = [part for part in parts if best.sure and part.covered and part.says >= _FEWEST]
    if len(parts) < 2 or not borne or len(borne) == len(parts):
        return [_object(reading.text, best, equal=None)]
    if any(slot.equal is None for slot in slots if slot.claim in borne[0].text and slot.claim):
        return [_object(reading.text, best, equal=None)]
    return [_object(borne[0].text, borne[0].host, equal=True), _object("", best, equal=None)]


def _are_borne(best: Matter, slots: Sequence[CheckedSlot], parts: Sequence[ClaimPart]) -> bool:
    """Whether the act has nearly all that every part says, and its meaning is near."""
    if best.close is None or not all(part.covered for part in parts):
        return False
    counted = any(slot.equal and slot.slot in ("amount", "period", "day") for slot in slots)
    return best.close >= (_HARDLY_SO if counted else _MEANT_SO)


def _object(text: str, best: Matter, *, equal: bool | None) -> CheckedSlot:
    told = text.strip() if len(text) <= 80 else f"{text[:79]}…"
    return CheckedSlot(
        slot="object", claim=told, official=best.sentence.text, equal=equal,
        source=source_of_matter(best),
    )  # fmt: skip
