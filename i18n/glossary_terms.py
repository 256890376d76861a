"""Look up the locked glossary's terms in Chinese text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.duty_terms import Actions, Roles
    from config.glossary import Glossary
    from config.phrase_terms import PhraseWords


def glossary() -> Glossary:
    """The glossary, read when it is first needed."""
    from config.glossary import load_glossary

    return load_glossary()


def roles() -> Roles:
    """The roles of duties, read when they are first needed."""
    from config.duty_terms import load_roles

    return load_roles()


def actions() -> Actions:
    """The acts and events of duties, read when they are first needed."""
    from config.duty_terms import load_actions

    return load_actions()


def phrase_words() -> PhraseWords:
    """The words of noun phrases, read when they are first needed."""
    from config.phrase_terms import load_phrase_words

    return load_phrase_words()


@cache
def _ordered(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(terms, key=len, reverse=True))


def longest_first(terms: Iterable[str]) -> tuple[str, ...]:
    """In the order in which a longer term hides the shorter one inside it."""
    return _ordered(tuple(terms))


def first_term(text: str, terms: Mapping[str, str], *, last: bool = False) -> str | None:
    """The English of the first (or last) term in a text, the longest where several start."""
    best: tuple[int, int] | None = None
    english: str | None = None
    for term, name in terms.items():
        position = text.rfind(term) if last else text.find(term)
        if position < 0:
            continue
        rank = (-(position + len(term)) if last else position, -len(term))
        if best is None or rank < best:
            best, english = rank, name
    return english
