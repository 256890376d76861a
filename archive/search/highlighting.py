"""Snippets and highlights, made from the original text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.search.query import Query, Term, parse_query
from domain.text.normalization import search_key

if TYPE_CHECKING:
    from domain.questions.question_concepts import Concept

_MARKED = 3  # words of one concept that are marked
_LIMIT = 300_000  # characters of a text that are looked at for a snippet


@lru_cache(maxsize=20_000)
def _key_of(char: str) -> str:
    return search_key(unicodedata.normalize("NFC", char))


def _mapped(text: str) -> tuple[str, list[int]]:
    """The search key of a text and, for each of its characters, where it came from."""
    key: list[str] = []
    origin: list[int] = []
    blank = False
    for index, char in enumerate(text):
        if char.isspace():
            blank = True
            continue
        for piece in _key_of(char):
            if blank and key and _is_word(key[-1]) and _is_word(piece):
                key.append(" ")
                origin.append(index - 1)
            blank = False
            key.append(piece)
            origin.append(index)
    return "".join(key), origin


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the query's terms stand in a text: merged, in order."""
    key, origin = _mapped(text)
    found = []
    for term in query.terms:
        for wanted in filter(None, term.keys):  # a control character alone has an empty key
            at = key.find(wanted)
            while at >= 0:
                found.append((origin[at], origin[at + len(wanted) - 1] + 1))
                at = key.find(wanted, at + len(wanted))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def concept_terms(concepts: Iterable[Concept]) -> tuple[Term, ...]:
    """The words to mark for what a question asks about."""
    words = [word for concept in concepts for word in concept.spelled[:_MARKED]]
    return tuple(Term(word, (search_key(word),)) for word in dict.fromkeys(words) if len(word) > 1)


def question_terms(question: str) -> Query:
    """The words to mark for a whole question, as a query."""
    from domain.questions.question_concepts import concepts_of
    from domain.questions.question_reading import split_own_syntax

    whole = question.strip()
    terms = (Term(whole, (search_key(whole),)), *concept_terms(concepts_of(question)))
    parsed = parse_query(split_own_syntax(question)[0])
    return Query((*parsed.groups, terms) if whole else parsed.groups)


def highlight(text: str, query: Query | str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit; the pieces joined are the text."""
    query = parse_query(query) if isinstance(query, str) else query
    at = 0
    for start, end in _hits(text, query):
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def snippet(
    text: str, query: Query | str, width: int = 120, marks: tuple[str, str] = ("**", "**")
) -> str:
    """About ``width`` characters around the first hits, on one line, hits between ``marks``;
    the beginning of the text if there is no hit."""
    query = parse_query(query) if isinstance(query, str) else query
    text = text[:_LIMIT]
    start, end = _window(text, query, width)
    piece = " ".join(text[start:end].split())
    marked = (
        piece
        if not any(marks)
        else "".join(
            f"{marks[0]}{part}{marks[1]}" if hit else part for part, hit in highlight(piece, query)
        )
    )
    return ("…" if start else "") + marked + ("…" if end < len(text) else "")


def _window(text: str, query: Query, width: int) -> tuple[int, int]:
    """The stretch of the text to show: one third of it before the first hit."""
    places = [at for term in query.terms if (at := text.find(term.text)) >= 0]
    if not places:
        hits = _hits(text, query) if query.terms else []
        places = [hits[0][0]] if hits else [0]
    start = max(0, min(places) - width // 3)
    start = max(0, min(start, len(text) - width))
    return start, min(len(text), start + width)
