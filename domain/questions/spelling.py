"""Slips of the keyboard in the English words of a question: platfrom, Sichaun, storge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from string import ascii_lowercase

from config.glossary import load_cities, load_glossary, load_question_words
from config.loader import load_jurisdictions
from domain.questions.english_stems import stem, words_of
from domain.questions.named_days import MONTHS

_LEAST = 5  # letters: a shorter word is near too many others
# platfrom, but not GB, e-mail, 49015 or UN38.3
_WORD = re.compile(r"(?<![\w./-])[A-Za-z]{5,20}(?![\w/-])")
# "as written", 《a title》, -word, title:word
_AS_WRITTEN = re.compile(
    r"(\"[^\"]{0,300}\"|“[^“”]{0,300}”|《[^《》]{0,300}》|「[^「」]{0,300}」|(?<!\S)-\S{1,300}"
    r"|(?<!\S)[a-z]{3,20}:\S{1,300})"
)


def mended(text: str, is_held: Callable[[str], bool]) -> str:
    """The text with each word that neither questions nor the archive use (``is_held``) replaced
    by the one known word that is a single slip away."""
    parts = _AS_WRITTEN.split(text)
    for place in range(0, len(parts), 2):
        parts[place] = _WORD.sub(lambda match: _mended(match[0], is_held), parts[place])
    return "".join(parts)


def _mended(word: str, is_held: Callable[[str], bool]) -> str:
    lower = word.lower()
    known = _known()
    if lower in known or stem(lower) in _stems():
        return word
    near = [other for other in _slips(lower) if other in known and other[0] == lower[0]]
    if not near or is_held(lower):
        return word
    longest = max(len(other) for other in near)  # a letter is left out more often than added
    best = {stem(other): other for other in near if len(other) == longest}
    return next(iter(best.values())) if len(best) == 1 else word


def _slips(word: str) -> Iterator[str]:
    """All that is one letter more, one less, another one, or two that changed places."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (f"{head}{letter}{tail}" for letter in ascii_lowercase)
        if tail:
            yield head + tail[1:]
            yield from (f"{head}{letter}{tail[1:]}" for letter in ascii_lowercase)
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"


@cache
def _known() -> frozenset[str]:
    """The English words by which the shipped files name things and places."""
    words, glossary, cities = load_question_words(), load_glossary(), load_cities()
    names = [name for group in (words.roles, words.topics, words.stages, words.publishers)
             for some in group.values() for name in some]  # fmt: skip
    sections = (glossary.terms, glossary.objects, glossary.parameters, glossary.actors)
    names += [english for section in sections for english in section.values()]
    names += [*words.lexicon, *words.stop_words["en"], *MONTHS]
    names += [places.en or "" for places in load_jurisdictions().values()]
    names += [english for known in cities.cities.values() for english in known.values()]
    found = {word for name in names for word in words_of(name) if word.isalpha()}
    return frozenset(word for word in found if len(word) >= _LEAST)


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _known())
