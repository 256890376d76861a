"""Must against may, a denial against none, *only*, *all*, and who acts on whom."""

from __future__ import annotations

import re

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct
from domain.claims.official_words import (
    Nearness,
    content_keys,
    force_there,
    forces_in,
    is_denied_there,
    source_of,
)
from domain.claims.words.claim_concepts import ROLES, find_concepts, opposite_of

# 由进口企业承担, 由省级生态环境主管部门审批
AGENT = re.compile(
    r"由(?P<who>[\u4e00-\u9fff、]{2,20}?)(?P<what>承担|负责|审批|批准|组织|支付|登记|报告)"
)
FULL = 0.8
LITERAL = 0.7
_FORCES = {("must", "may"), ("may", "must"), ("must", "must_not"), ("must_not", "must"),
           ("may", "must_not"), ("must_not", "may")}  # fmt: skip


def check_bearing(
    reading: ClaimReading, best: Nearness, act: KnownAct, *, enough: bool
) -> list[CheckedSlot]:
    """What a claim makes of the matter against what the nearest official words make of it;
    ``enough``: they speak of the claim's matter at all."""
    source = source_of(act, best.words.statement)
    found = _force(reading, best, source) if enough else []
    found = found or _denial(reading, best, source, enough=enough)
    return [
        *found, *_scope(reading, best, source), *_opposites(reading, best, source),
        *_order(reading, best, source), *_agents(reading, best, source),
    ]  # fmt: skip


def _agents(reading: ClaimReading, best: Nearness, source: OfficialSource) -> list[CheckedSlot]:
    """Who does or bears it: 费用由海关承担 against 费用由进口企业承担."""
    mine, real = AGENT.search(reading.text), AGENT.search(best.words.statement.text)
    if mine is None or real is None or mine["what"] != real["what"]:
        return []
    if mine["who"] in real["who"] or real["who"] in mine["who"]:
        return []
    equal = False if _near_enough(best) else None
    return [
        CheckedSlot(
            slot="subject", claim=mine["who"], official=real["who"], equal=equal, source=source
        )
    ]


def _near_enough(best: Nearness) -> bool:
    if best.part < FULL:
        return best.literal >= FULL
    several = len(best.shared) >= 2 or best.cited or best.literal >= LITERAL
    return several or (best.part == 1.0 and bool(best.shared))


def _force(reading: ClaimReading, best: Nearness, source: OfficialSource) -> list[CheckedSlot]:
    several, theirs = forces_in(reading.rest), forces_in(best.words.statement.text)
    if len(several) > 1:
        equal = False if _near_enough(best) else None
        return [
            CheckedSlot(
                slot="modality", claim=force, official=", ".join(sorted(theirs)), equal=equal,
                source=source,
            )
            for force in sorted(several - theirs)
        ]  # fmt: skip
    mine, real = reading.force, force_there(reading, best.words)
    if mine is None or real is None or (mine, real) not in _FORCES:
        return []
    if {mine, real} == {"must", "may"} and "only" in best.words.scope:
        return []  # what may be handed to lawful recyclers only must be handed to them
    equal = False if _near_enough(best) else None
    return [CheckedSlot(slot="modality", claim=mine, official=real, equal=equal, source=source)]


def _denial(
    reading: ClaimReading, best: Nearness, source: OfficialSource, *, enough: bool
) -> list[CheckedSlot]:
    denies = reading.denied or any(hit.key == "missing" for hit in reading.concepts)
    there = is_denied_there(reading, best.words)
    if there in (denies, None) or not (enough or reading.denied):
        return []
    if reading.force == best.words.force == "must_not" or _word_for_word(best, reading):
        return []
    sure = _near_enough(best) and best.part == 1.0 and len(best.shared) >= 2
    return [
        CheckedSlot(
            slot="negation", claim="not" if reading.denied else "", source=source,
            official="not" if there else "", equal=False if sure else None,
        )
    ]  # fmt: skip


def _word_for_word(best: Nearness, reading: ClaimReading) -> bool:
    """Nearly the same words, with as many denials: the denial belongs to the same clause."""
    return best.literal >= FULL and best.words.denied == reading.denied


def _scope(reading: ClaimReading, best: Nearness, source: OfficialSource) -> list[CheckedSlot]:
    found = []
    for word in reading.scope:
        if word in best.words.scope:
            continue
        against = word == "anyone" and "only" in best.words.scope and _near_enough(best)
        found.append(
            CheckedSlot(
                slot="scope", claim=word, official="only" if against else None,
                equal=False if against else None, source=source,
            )
        )  # fmt: skip
    return found


def _opposites(reading: ClaimReading, best: Nearness, source: OfficialSource) -> list[CheckedSlot]:
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
                    slot="object", claim=key.replace("_", " "), equal=False, source=source,
                    official=", ".join(sorted(against)).replace("_", " "),
                )
            )  # fmt: skip
    return found


def _order(reading: ClaimReading, best: Nearness, source: OfficialSource) -> list[CheckedSlot]:
    """Who must do something to whom: two roles the other way round."""
    mine = [hit.key for hit in reading.concepts if hit.key in ROLES]
    said = find_concepts(f"{best.words.statement.said} {best.words.statement.text}")
    real = [hit.key for hit in said if hit.key in ROLES]
    both = [key for key in dict.fromkeys(mine) if key in real]
    if len(both) < 2 or " by " in reading.text or both == sorted(both, key=real.index):
        return []
    return [
        CheckedSlot(
            slot="subject", claim=both[0].replace("_", " "), source=source,
            official=min(both, key=real.index).replace("_", " "),
            equal=False if best.part == 1.0 else None,
        )
    ]  # fmt: skip
