"""Parse the language of search queries.

``a b`` or ``a AND b`` both · ``a OR b`` either (binds tighter than the blank) · ``"a b"`` exactly
so · ``-a`` not · ``title:a`` ``number:a`` ``issuer:a`` ``body:a`` in that field · ``topic:portal``
``jurisdiction:CN-GD`` ``source:cn-miit`` ``severity:red`` ``status:draft`` ``kind:revised``.
Minus and field work at a word's start only; everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.search.notice_text import NoticeText
from archive.search.tokens import AskedTokens, asked_tokens
from domain.text.document_numbers import find_document_numbers
from domain.text.normalization import has_ligatures, search_key, search_pattern

_FIELDS = {
    "title": "title", "标题": "title", "number": "number", "文号": "number", "issuer": "issuer",
    "发文机关": "issuer", "body": "body", "正文": "body", "topic": "topic", "主题": "topic",
    "jurisdiction": "jurisdiction", "地区": "jurisdiction", "source": "source", "来源": "source",
    "severity": "severity", "status": "status", "kind": "kind",
}  # fmt: skip
TEXT_FIELDS = {None, "title", "number", "issuer", "body"}
MOST_CHOICES = 32  # alternatives, refused words and filters of one query
_ASKED = 12  # words of a query that the index is asked for; the check looks at all
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})[:：](?=\S)", re.IGNORECASE)
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "„": "“", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase; ``keys`` are the spellings of which one must stand in the text."""

    text: str
    keys: tuple[str, ...]
    field: str | None = None

    def found_in(self, text: NoticeText) -> bool:
        """The exact check."""
        if self.field in (None, "title") and self._in(text.title):
            return True
        if self.field in (None, "body") and self._in(text.body):
            return True
        if self.field is None:
            return self._in(text.meta)
        if self.field in ("number", "issuer"):
            values = text.numbers if self.field == "number" else text.issuers
            return any(self._in(value) for value in values)
        return False

    def _in(self, text: str) -> bool:
        if self.text in text or any(pattern.search(text) for pattern in _patterns(self.keys)):
            return True
        if not has_ligatures(text):
            return False
        key = search_key(text)
        return any(k in key for k in self.keys)


@lru_cache(maxsize=256)
def _patterns(keys: tuple[str, ...]) -> list[re.Pattern[str]]:
    return [search_pattern(key) for key in keys]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: all ``groups`` (any term of each), none of ``without``; ``filters`` are
    the fields that are no text, as (name, value)."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.groups or self.filters)

    @property
    def choices(self) -> int:
        """How many alternatives, refused words and filters it has: each costs a look of its own,
        while a word that must stand in the text only narrows the search down."""
        alternatives = sum(len(group) for group in self.groups if len(group) > 1)
        return alternatives + len(self.without) + len(self.filters)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms to highlight."""
        return tuple(term for group in self.groups for term in group)

    def matches(self, text: NoticeText) -> bool:
        return all(any(t.found_in(text) for t in group) for group in self.groups) and not any(
            t.found_in(text) for t in self.without
        )

    def asked(self) -> tuple[tuple[AskedTokens, ...], ...]:
        """What the index is asked: of each of these groups one; none if the index cannot narrow
        the query down."""
        groups = (
            tuple(asked_tokens(key) for term in group for key in term.keys)
            for group in sorted(self.groups, key=lambda g: -len(g[0].text))[:_ASKED]
        )
        return tuple(dict.fromkeys(group for group in groups if all(group)))

    @property
    def single_character(self) -> bool:
        """The whole query is one character."""
        return (
            not self.without
            and len(self.groups) == 1
            and [t.field for t in self.groups[0]] == [None]
            and [len(key) for key in self.groups[0][0].keys] == [1]
        )

    @property
    def precise(self) -> bool:
        """Every entry of the index that fits has the text: no need to look at all of them."""
        return not self.without and all(
            len(group) == 1 and group[0].field is None and _is_precise(group[0].keys)
            for group in self.groups
        )


def _is_precise(keys: tuple[str, ...]) -> bool:
    return (
        len(keys) == 1 and 0 < len(keys[0]) <= 2 and (keys[0].isalnum() and not keys[0].isascii())
    )


def parse_query(text: str) -> Query:
    """The query that a user typed; never fails, odd input is text."""
    groups: list[list[Term]] = []
    without: list[Term] = []
    filters: list[tuple[str, str]] = []
    joining = False
    for word, field, negative, quoted in _words(text):
        if word in {"OR", "AND"} and not (quoted or field or negative):
            joining = word == "OR" and bool(groups)
            continue
        if field is not None and field not in TEXT_FIELDS:
            filters.append((("-" if negative else "") + field, word))
            continue
        term = _term(word, field)
        if term is None:
            continue
        if negative:
            without.append(term)
        elif joining:
            groups[-1].append(term)
        else:
            groups.append([term])
        joining = False
    return Query(tuple(tuple(group) for group in groups), tuple(without), tuple(filters))


def _words(text: str) -> Iterator[tuple[str, str | None, bool, bool]]:
    """Word, field, negative, quoted."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        negative = text[at] in "-－" and at + 1 < len(text) and not text[at + 1].isspace()
        at += negative
        match = _FIELD.match(text, at)
        field = _FIELDS[match[1].lower()] if match else None
        at = match.end() if match else at
        closing = _QUOTES.get(text[at], "")
        end = text.find(closing, at + 1) if closing else -1
        if end > 0:
            yield text[at + 1 : end], field, negative, True
            at = end + 1
            continue
        at += bool(closing)  # a quote that is never closed says nothing
        end = at
        while end < len(text) and not text[end].isspace():
            end += 1
        yield text[at:end], field, negative, False
        at = end


def _term(word: str, field: str | None) -> Term | None:
    key = search_key(word)
    if not key:
        return None
    numbers = [search_key(number) for number in find_document_numbers(word)]
    # 第17号 and 17号, 公告2026年第20号 and 2026年第20号公告 are one number.
    return Term(word.strip(), tuple(dict.fromkeys([key, *numbers[:1]])), field)
