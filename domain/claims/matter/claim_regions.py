"""The provinces and cities that a claim names, by the code of the province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.acts.issuers import PROVINCES
from domain.claims.words.claim_places import find_places
from domain.questions.vocabulary import city_of, shipped_vocabulary

_ADDRESS = re.compile(r"https?://[A-Za-z0-9./_-]{3,120}")  # https://sdx.jiangsu.example


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedRegion:
    """A province or a city; ``city`` is its Chinese name, None for a province."""

    code: str
    start: int
    end: int
    city: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """As Chinese texts name it: the city, or the province in any of its spellings."""
        provinces = tuple(name for name, code in PROVINCES.items() if code == self.code)
        return (self.city,) if self.city else provinces


@lru_cache(maxsize=2048)
def regions_of(text: str) -> tuple[NamedRegion, ...]:
    """The places that a text names, in reading order; the whole country is none."""
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    found = [
        NamedRegion(code=one.value, start=one.start, end=one.end, city=city)
        for one in shipped_vocabulary().named(text)
        if one.kind == "jurisdiction" and one.value != "CN"
        for city in (city_of(text[one.start : one.end]),)
    ]
    taken = [(one.start, one.end) for one in found]
    found += [
        NamedRegion(code=place.code, start=place.start, end=place.end)
        for place in find_places(text)
        if all(place.end <= start or place.start >= end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda one: one.start))
