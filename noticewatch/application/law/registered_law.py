"""What the register alone knows of the law, also offline and before the first pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from domain.law.law_list import LawEntry, law_entries
from domain.law.law_lookup import find_law

_BINDING = ("in_force", "amended", "partly_repealed", "not_yet")
_SHOWN = 3


@lru_cache(maxsize=2)
def registered_law(day: date) -> tuple[LawEntry, ...]:
    """The registered acts with their status on a day."""
    from config.loader import load_register

    return tuple(law_entries(load_register(), (), day))


def law_hits(query: str, day: date) -> list[LawEntry]:
    """The registered acts that a search names, also by a wrong name; none for no words."""
    return find_law(registered_law(day), query) if query.strip() else []


def first_hits(query: str, day: date) -> list[LawEntry]:
    """The first of the registered acts that a search names."""
    return law_hits(query, day)[:_SHOWN]


def known_in(places: Iterable[str], day: date) -> Mapping[str, list[LawEntry]]:
    """The registered acts of the field that stand in each of the places, those to come included."""
    found: dict[str, list[LawEntry]] = {place: [] for place in places}
    for entry in registered_law(day):
        act = entry.registered
        if act is not None and act.topics and entry.status in _BINDING:
            found.get(entry.jurisdiction, []).append(entry)
    return found
