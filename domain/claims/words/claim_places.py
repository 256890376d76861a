"""Provinces and cities that articles name, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from config.loader import load_jurisdictions
from domain.acts.issuers import PROVINCES

_HAN_PLACE = re.compile("|".join(sorted(PROVINCES, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place by its code, and where it stands."""

    code: str
    start: int
    end: int


def find_places(text: str) -> list[NamedPlace]:
    """The provinces that a text names, in reading order; China and the EU not among them."""
    found = [
        NamedPlace(code, match.start(), match.end())
        for code, pattern in _english()
        for match in pattern.finditer(text)
    ]
    found += [
        NamedPlace(PROVINCES[match[0]], match.start(), match.end())
        for match in _HAN_PLACE.finditer(text)
    ]
    return sorted(found, key=lambda place: place.start)


@cache
def _english() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (code, re.compile(rf"\b{re.escape(names.en or names.zh)}(?:ese)?\b(?! time)"))
        for code, names in load_jurisdictions().items()
        if code not in ("CN", "EU")
    )
