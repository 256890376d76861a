"""Find acts of the law list by name, alias, number or English words; wrong names are answered
with the right act."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from config.registered_act import WrongName, plain_name
from domain.law.law_list import LawEntry
from domain.law.register_names import number_name

# Words that English names of one act have in turn.
_SAME: Mapping[str, str] = {
    "provisional": "interim", "temporary": "interim",
    "traction": "power",
    "recovery": "recycling", "recycle": "recycling",
    "waste": "used", "spent": "used", "retired": "used",
    "utilization": "utilisation",
    "measure": "measures", "provision": "provisions", "regulations": "regulation",
    "batteries": "battery",
}  # fmt: skip
_DASHES = re.compile(r"[–—−‐]")
_LATIN = re.compile(r"[a-z][a-z']*")
_FILLERS = frozenset({"the", "of", "on", "for", "and", "in", "a", "an", "to", "what", "is"})


def find_law(
    entries: Iterable[LawEntry], query: str = "", jurisdiction: str | None = None
) -> list[LawEntry]:
    """The entries that a query names: the one whose key, name or number it is; else those that
    it calls by a wrong name, then those whose names hold every word of it."""
    placed = [one for one in entries if jurisdiction in (None, one.jurisdiction)]
    if not query.strip():
        return placed
    exact = [one for one in placed if _is_named(one, query)]
    if exact:
        return exact + [one for one in placed if one not in exact and _is_part(one, query)]
    wrong = [
        replace(one, asked_as=name)
        for one in placed
        if (name := _wrong_name(one, query)) is not None
    ]
    known = {one.key for one in wrong}
    words = [word for word in query.lower().split() if word not in _FILLERS]
    return wrong + [one for one in placed if one.key not in known and _holds_all(one, words)]


def _is_named(entry: LawEntry, query: str) -> bool:
    """A whole name, the key, or the number however it is spelled."""
    asked = plain_name(query)
    names = {plain_name(name) for name in _names(entry)} | {plain_name(entry.key or "")}
    number = entry.document_number
    return asked in names - {""} or bool(number and number_name(query) == number_name(number))


def _is_part(entry: LawEntry, query: str) -> bool:
    """A part or an edition of the standard whose number a query is: GB/T 34015.2-2020 of
    GB/T 34015."""
    asked, number = _spelled(query), _spelled(entry.document_number or "")
    return number.startswith(asked) and number[len(asked) :][:1] in (".", "-")


def _spelled(text: str) -> str:
    """A number or name without blanks and slashes, its dashes alike."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("/", "")
    return _DASHES.sub("-", "".join(plain.split()))


def _holds_all(entry: LawEntry, words: Iterable[str]) -> bool:
    """Whether the names of an act have every word; of a number all its digits: 3号 is not in
    43号, nor GB/T 3401 in GB/T 34014."""
    folded = _searched(entry)
    spelled = " ".join(_spelled(name) for name in _names(entry))
    for word in words:
        number = _spelled(word)
        if number[:1].isdigit() or number[-1:].isdigit():
            if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", spelled):
                return False
        elif _folded(word) not in folded:
            return False
    return True


def _wrong_name(entry: LawEntry, query: str) -> WrongName | None:
    """The wrong name of an act all whose words a query has."""
    if entry.registered is None:
        return None
    asked = set(_words(query))
    whole = _folded(query)
    for wrong in entry.registered.wrong_names:
        words = _words(wrong.name)
        if set(words) <= asked or "".join(words) in whole:
            return wrong
    return None


def _names(entry: LawEntry) -> list[str]:
    given = (entry.title, entry.title_en, entry.document_number, *entry.aliases)
    return [name for name in given if name]


def _searched(entry: LawEntry) -> str:
    kind = entry.registered.kind or "" if entry.registered else ""
    return " ".join(_folded(name) for name in (*_names(entry), entry.key or "", kind))


def _words(query: str) -> list[str]:
    """The words of a query that tell acts apart, as :func:`_folded` has them."""
    words = [word for word in query.lower().split() if word not in _FILLERS]
    return [folded for word in words if (folded := _folded(word))]


def _folded(text: str) -> str:
    """A text without marks and blanks, its English words in the one form that stands for all."""
    lower = text.lower()
    return plain_name(_LATIN.sub(lambda word: _SAME.get(word[0], word[0]), lower))
