"""Forms of English nouns: one of several, several of one, with their article."""

from __future__ import annotations

import re

# Words that have no other form.
_SAME = frozenset(
    {"data", "equipment", "waste", "goods", "customs", "premises", "gas", "loss", "process",
     "access", "apparatus", "contents", "residues", "dimensions", "electrolyte", "personnel"}
)  # fmt: skip
_UNCOUNTED = _SAME | frozenset(
    {"progress", "evidence", "transport", "storage", "quality", "weight", "voltage", "temperature",
     "packaging", "appearance", "damage", "moisture", "wiring", "protection", "staff", "software",
     "information"}
)  # fmt: skip
_DETERMINED = re.compile(
    r"^(?:the|its|their|each|any|all|other|last|this|one|two|three|four|five|a|an)\b"
)


def singular(phrase: str) -> str:
    """The phrase's last word in the singular: "battery packs" as "battery pack"."""
    lead, _, word = phrase.rpartition(" ")
    return f"{lead} {_one(word)}".strip()


def _one(word: str) -> str:
    if word in _SAME or word.endswith(("ss", "us", "is", "'s")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def plural(phrase: str) -> str:
    """The phrase's last word in the plural, where it has one."""
    lead, _, word = phrase.rpartition(" ")
    if word in _UNCOUNTED or word.endswith("s") or re.search(r" (?:of|in|for) ", phrase):
        return phrase
    if re.search(r"[^aeiou]y$", word):
        word = word[:-1] + "ies"
    else:
        word += "es" if word.endswith(("x", "ch", "sh")) else "s"
    return f"{lead} {word}".strip()


def with_article(phrase: str) -> str:
    """The phrase with "the", unless a word before its noun says which already."""
    return phrase if _DETERMINED.match(phrase) else f"the {phrase}"
