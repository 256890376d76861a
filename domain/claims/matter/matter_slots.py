"""What an official sentence makes of a claim: numbers, rhythms, days, bodies, addresses."""

from __future__ import annotations

import re

from domain.claims.bearing_checks import AGENT
from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.matters import RHYTHM, Matter, matter_concepts
from domain.claims.official_words import quantities_for, read_statement, source_of
from domain.claims.words.claim_bodies import find_bodies
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.quantities import Quantity, find_quantities, same_quantity

ENOUGH, SURE, WHOLE = 0.6, 0.72, 0.86  # parts of a claim that a sentence has
_UNIT_OF = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "annually": "year", "yearly": "year", "日": "day", "天": "day", "周": "week", "月": "month",
    "季": "quarter", "年": "year",
}  # fmt: skip
_CHANGED = re.compile(r"(?:延长|推迟|修改|改|调整|缩短)(?:至|到|为)")  # 由7月31日延长至10月31日
_HOST = re.compile(r"https?://([A-Za-z0-9.-]{3,80})")  # https://sy.battery.invented.example
_CUT = re.compile(r"[，,；;：。]")


def counted_slot(reading: ClaimReading, mine: Quantity, best: Matter) -> CheckedSlot:
    """A number of the claim: equal, another one where the sentence is surely on the matter, or
    not told."""
    found = counting_alike(reading, mine, best)
    results = [same_quantity(mine, real) for real in found]
    words = read_statement(best.sentence)
    elsewhere = any(same_quantity(mine, real) for real in words.quantities)
    equal = True if True in results else None
    if results and not any(results) and best.part >= SURE and not elsewhere:
        equal = False
    before = _was(best.sentence.text)
    outdated = elsewhere and any(same_quantity(mine, old) for old in find_quantities(before))
    return CheckedSlot(
        slot="period" if mine.kind == "period" else "amount", claim=mine.text,
        official=found[0].text if found else None, equal=False if outdated else equal,
        source=source_of(best.act, best.sentence), outdated=outdated,
    )  # fmt: skip


def counting_alike(reading: ClaimReading, mine: Quantity, item: Matter) -> list[Quantity]:
    """What the sentence counts in the place of a number of the claim: where it counts several,
    what the part with most of the claim's words counts."""
    words = read_statement(item.sentence)
    same = [real for real in words.quantities if (real.kind, real.unit) == (mine.kind, mine.unit)]
    if len(same) < 2:
        return quantities_for(reading, mine, words)
    concepts = matter_concepts(reading)
    scored = [
        (sum(one.stands_in(part) for one in concepts), found)
        for part in _CUT.split(item.sentence.text)
        if (found := [real for real in find_quantities(part) if real.kind == mine.kind])
    ]
    most = max((score for score, _ in scored), default=0)
    best = [found for score, found in scored if score == most]
    return best[0] if len(best) == 1 else []


def _was(text: str) -> str:
    """The part of a sentence that tells what a change replaced: 由7月31日延长至10月31日."""
    match = _CHANGED.search(text)
    return text[: match.start()] if match else ""


def address_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The web address that a claim gives against the sentence's."""
    mine, real = _hosts(reading.text), _hosts(best.sentence.text)
    if not mine:
        return []
    equal = None if not real else True if mine <= real else False if best.part >= ENOUGH else None
    return [
        CheckedSlot(
            slot="platform", claim=", ".join(sorted(mine)), equal=equal,
            official=", ".join(sorted(real)) or None, source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _hosts(text: str) -> set[str]:
    return {match[1].lower().rstrip(".") for match in _HOST.finditer(text)}


def agent_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """Who bears or does it, where the sentence does not say so in the same way."""
    mine, text = AGENT.search(reading.text), best.sentence.text
    if mine is None or AGENT.search(text) is not None:
        return []
    return [
        CheckedSlot(
            slot="subject", claim=mine["who"], official=None,
            equal=True if mine["who"] in text else None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def body_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The bodies that a claim names among those that the sentence names."""
    real = {body.name for body in find_bodies(best.sentence.text)}
    if not reading.bodies:
        return []
    mine = {body.name for body in reading.bodies}
    differs = bool(real) and not mine & real and best.part >= SURE
    return [
        CheckedSlot(
            slot="bodies", claim=", ".join(sorted(mine)), official=", ".join(sorted(real)) or None,
            equal=True if mine <= real else False if differs else None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _rhythms(text: str) -> set[str]:
    found = (match["unit"] or match["ly"] or match["han"] for match in RHYTHM.finditer(text))
    return {_UNIT_OF.get(word, word) for word in found}


def rhythm_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """How often: every month against 每季度."""
    mine, real = _rhythms(reading.text.lower()), _rhythms(best.sentence.text)
    if len(real) > 1:
        concepts = matter_concepts(reading)
        parts = [part for part in _CUT.split(best.sentence.text) if _rhythms(part)]
        real = _rhythms(max(parts, key=lambda part: sum(one.stands_in(part) for one in concepts)))
    if len(mine) != 1:
        return []
    differs = len(real) == 1 and best.part >= SURE
    equal = True if mine <= real else False if differs else None
    return [
        CheckedSlot(
            slot="period", claim=f"each {min(mine)}", equal=equal,
            official=", ".join(f"each {unit}" for unit in sorted(real)) or None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def day_slot(text: str, reading: ClaimReading, best: Matter) -> CheckedSlot:
    """A day of the claim among those of the sentence."""
    mine = next(day for day in reading.days if day.text == text)
    told = [day for day in find_days(best.sentence.text) if day.day is not None]
    same = any(_is_same_day(mine, day) for day in told)
    outdated = same and any(_is_same_day(mine, day) for day in find_days(_was(best.sentence.text)))
    sure = len(told) == 1 and len(reading.days) == 1 and mine.day and best.part >= SURE
    return CheckedSlot(
        slot="day", claim=text, official=told[0].text if told else None,
        equal=False if outdated else True if same else False if sure else None,
        source=source_of(best.act, best.sentence), outdated=outdated,
    )  # fmt: skip


def _is_same_day(mine: PartialDay, day: PartialDay) -> bool:
    if mine.day is None:
        return (day.year, day.month) == (mine.year, mine.month)
    return (day.month, day.day) == (mine.month, mine.day) and mine.year in (None, day.year)
