"""The goods that a duty is about, and whether a company deals in them."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from domain.law.applicability.conditions import subject_phrase
from domain.law.duties import Duty

# What a company may deal in, with the words of the law; battery words are all one group, as the
# law of used power batteries speaks of packs, modules and cells together.
_GOODS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        frozenset({"black_mass", "black-mass", "blackmass", "black_powder", "black-powder"}),
        re.compile(r"黑粉"),
    ),
    (
        frozenset({"vehicles", "cars", "vehicle", "evs", "new_energy_vehicles"}),
        re.compile(r"进口车|整车|(?:新能源|进口)汽车(?!(?:废旧)?动力)"),
    ),
    (
        frozenset({"lead_acid", "lead-acid", "lead_batteries", "lead_acid_batteries"}),
        re.compile(r"铅蓄电池|铅酸"),
    ),
    (
        frozenset({"storage_batteries", "storage", "energy_storage", "ess", "packs"}),
        re.compile(r"储能"),
    ),
)
_BATTERIES = re.compile(r"动力(?:蓄)?电池|电池包|锂(?:离子)?电池|废旧?电池")
VEHICLE_HANDLES = _GOODS[1][0]
# 进口新能源汽车的, not 进口新能源汽车动力电池
_VEHICLES_IN = re.compile(
    r"(?:进口|出口)(?:的)?(?:新能源)?(?:汽车|车辆|整车|机动车)(?!(?:废旧)?动力|企业|用)"
)


def other_goods_of_subject(duty: Duty, entity: Entity) -> str:
    """The goods by which a subject is named and in which the company, by its own word, does not
    deal: 进口再生黑粉的收货人; '' where there are none or what it deals in is not known."""
    if not entity.handles:
        return ""
    mine = {handle.replace("-", "_") for handle in entity.handles}
    phrase = subject_phrase(duty)
    for names, words in _GOODS:
        found = words.search(phrase)
        if found and not mine & {name.replace("-", "_") for name in names}:
            return "" if _BATTERIES.search(words.sub("", phrase)) else found[0]
    return ""


def other_goods(duty: Duty, title: str, entity: Entity) -> str:
    """The words for goods that a duty is only about and the company does not deal in; '' where it
    is about batteries, or what the company deals in is not known."""
    if not entity.handles:
        return ""
    mine = {handle.replace("-", "_") for handle in entity.handles}
    vehicles = _VEHICLES_IN.search(duty.quote)
    if vehicles and not mine & VEHICLE_HANDLES:
        return vehicles[0]
    for text in (duty.object, title):
        for names, words in _GOODS:
            found = words.search(text)
            if found and not _BATTERIES.search(words.sub("", text)):
                known = {name.replace("-", "_") for name in names}
                return "" if mine & known else found[0]
        if _BATTERIES.search(text):
            return ""
    return ""
