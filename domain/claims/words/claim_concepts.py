"""Ideas in a text, the same for English and Chinese words (``config/claim_terms.yml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from config.claims.claim_terms import load_claim_terms
from domain.claims.words.plain_form import plain

# So general in this field that they need no proof, nor do they prove anything.
WEAK = frozenset(
    [
        "power_battery",
        "used",
        "nev",
        "recycle",
        "company",
        "authority",
        "information",
        "joint",
        "product",
        "automotive",
        "comply",
        "include",
        "order",
        "treat",
        "build",
        "match",
        "stop",
        "notify",
        "clearance",
    ]
)

# Shared by sentences on quite different things: they bring no two of them nearer.
COMMON = frozenset(
    [
        "fine",
        "missing",
        "penalty",
        "correct",
        "information",
        "report",
        "lawful",
        "requirement",
        "limits",
    ]
)

# Who acts: of two in a sentence the first one.
ROLES = frozenset({
    "recycler", "vehicle_maker", "battery_maker", "importer", "exporter", "cascade_user",
    "outlet", "collector", "dismantler", "swap_operator", "repair_shop", "storage_operator",
    "consignor", "carrier", "warehouse_keeper", "customs_broker", "domestic_agent",
    "testing_lab", "authority",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """An idea and where its words stand."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def find_concepts(text: str) -> tuple[FoundConcept, ...]:
    """The ideas of a text in reading order; of words that overlap the longest count."""
    searched = plain(text).replace("-", " ")
    hits = [
        FoundConcept(key, match.start(), match.end())
        for key, pattern in _patterns()
        for match in pattern.finditer(searched)
    ]
    hits.sort(key=lambda hit: (hit.start - hit.end, hit.start, hit.key))
    kept: list[FoundConcept] = []
    for hit in hits:
        if all(_apart(hit, other) for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: (hit.start, hit.key)))


def concept_keys(text: str) -> frozenset[str]:
    """The ideas of a text, without their places."""
    return frozenset(hit.key for hit in find_concepts(text))


def opposite_of(key: str) -> frozenset[str]:
    """What excludes an idea: importer for exporter."""
    pairs = load_claim_terms().opposites
    return frozenset(other for pair in pairs if key in pair for other in pair if other != key)


def _apart(one: FoundConcept, other: FoundConcept) -> bool:
    same = (one.start, one.end) == (other.start, other.end)
    return same or one.end <= other.start or other.end <= one.start


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for key, words in load_claim_terms().concepts.items():
        forms = [_english(phrase) for phrase in words.en] + [re.escape(word) for word in words.zh]
        found.append((key, re.compile("|".join(sorted(forms, key=len, reverse=True)))))
    return tuple(found)


def _english(phrase: str) -> str:
    """A phrase as whole words: ``recycl*`` finds recycled, ``car`` does not find care."""
    form = re.escape(phrase.replace("-", " ").lower()).replace(r"\*", "[a-z]*")
    return rf"(?<![a-z]){form}(?![a-z])"
