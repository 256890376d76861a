"""The things that a question asks about, each with the words of both languages for it.

An English question has to find Chinese texts: its words are looked up in the glossary and in
the lexicon of ``config/question_words.yml``. A Chinese one is cut into the terms that are known
there, so that 网点补录期限 finds a text on 回收服务网点信息补录 as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from config.glossary import load_glossary, load_question_words
from domain.questions.english_stems import stem, words_of

MOST_CONCEPTS = 14
_MOST_CHINESE = 6  # words of one concept that are looked for
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SIGNS = re.compile(r"[a-z0-9]")
_LONGEST_TERM = 12
_OF_A_TOPIC = 3  # Chinese names that an English name of a topic leads to
_UNITS = {
    "working day": ("个工作日",), "day": ("日", "天"), "hour": ("小时",), "month": ("个月",),
    "year": ("年",), "kg": ("千克", "公斤"), "tonne": ("吨",), "ton": ("吨",), "t": ("吨",),
    "percent": ("%",), "per cent": ("%",), "m": ("米",), "metre": ("米",), "yuan": ("元",),
    "天": ("日", "天"), "日": ("日", "天"), "公斤": ("千克", "公斤"), "千克": ("千克", "公斤"),
}  # fmt: skip
# 30个工作日, 10日, 91.6%, 400 kg, 15 working days, 5MB
_AMOUNT = re.compile(
    r"(?<![A-Za-z0-9.])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,6}(?:\.\d{1,3})?)\s?"
    r"(?P<unit>working days?|days?|hours?|months?|years?|kg|tonnes?|tons?|t|%|per ?cent|mb|metres?"
    r"|m|yuan|个?工作日|个月|小时|千克|公斤|万元|万吨|天|日|年|吨|米|元|倍|组)(?![a-z])",
    re.IGNORECASE,
)
_PHRASE_WORDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """One thing asked about. ``spelled`` are words as texts have them, the asker's own first;
    ``english`` the stems of its English phrase; ``sure`` is False for a piece of an unknown
    run."""

    words: str
    spelled: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    own: int = 0  # how many of ``spelled`` are the asker's own words
    sure: bool = True

    def stands_in(self, text: str) -> bool:
        """Whether any of its words stands in a Chinese text."""
        return any(word in text for word in self.spelled)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Chinese of English phrases by their stems, and the other Chinese words for a term."""

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    siblings: dict[str, tuple[str, ...]]
    english_stops: frozenset[str]
    chinese_stops: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    words = load_question_words()
    phrases: dict[tuple[str, ...], dict[str, None]] = {}
    siblings: dict[str, dict[str, None]] = {}
    for english, chinese in words.lexicon.items():
        stems = tuple(stem(word) for word in words_of(english))
        phrases.setdefault(stems, {}).update(dict.fromkeys(chinese))
        for term in chinese:
            siblings.setdefault(term, {}).update(dict.fromkeys(chinese))
    for names in words.roles.values():
        _add_names(names, phrases, siblings)
    for names in words.topics.values():
        _add_topic(names, phrases, siblings)
    for term, english in _glossary_terms():
        stems = tuple(stem(word) for word in words_of(english))
        if stems:
            phrases.setdefault(stems, {}).setdefault(term)
            siblings.setdefault(term, {})
    return _Lexicon(
        {stems: tuple(terms) for stems, terms in phrases.items()},
        {term: tuple(others) for term, others in siblings.items()},
        frozenset(stem(word) for word in words.stop_words["en"]),
        frozenset(words.stop_words["zh"]),
    )


def _add_names(
    names: Iterable[str],
    phrases: dict[tuple[str, ...], dict[str, None]],
    siblings: dict[str, dict[str, None]],
) -> None:
    """What a role or a topic is called: its English leads to its Chinese."""
    chinese = [name for name in names if not name.isascii()]
    for name in names:
        if name.isascii():
            stems = tuple(stem(word) for word in words_of(name))
            phrases.setdefault(stems, {}).update(dict.fromkeys(chinese))
    for name in chinese:
        siblings.setdefault(name, {})


def _add_topic(
    names: Sequence[str],
    phrases: dict[tuple[str, ...], dict[str, None]],
    siblings: dict[str, dict[str, None]],
) -> None:
    """What a topic is called: its names are of one field, and not of one meaning (import and
    export), so that an English one leads to Chinese only where nothing else is known of it."""
    chinese = [name for name in names if not name.isascii() and len(name) > 1]
    for name in names:
        stems = tuple(stem(word) for word in words_of(name)) if name.isascii() else ()
        if stems and stems not in phrases and not all((one,) in phrases for one in stems):
            phrases[stems] = dict.fromkeys(chinese[:_OF_A_TOPIC])
    for name in chinese:
        siblings.setdefault(name, {})


def _glossary_terms() -> Iterator[tuple[str, str]]:
    glossary = load_glossary()
    for section in (glossary.terms, glossary.objects, glossary.parameters, glossary.actors):
        for term, english in section.items():
            if len(term) > 1 and "(" not in english:
                yield term, english
    for term, english in glossary.document_types.items():
        if len(term) > 2:
            yield term, english


def concepts_of(words: str) -> tuple[Concept, ...]:
    """What the words of a question ask about, each once, in their order."""
    found: dict[str, Concept] = {}
    for concept in (*_amounts(words), *_english(words), *_chinese(words)):
        found.setdefault(concept.words, concept)
    return tuple(found.values())[:MOST_CONCEPTS]


def _amounts(text: str) -> Iterator[Concept]:
    """Numbers with their units, as Chinese texts write them."""
    for match in _AMOUNT.finditer(text):
        number = match["number"].replace(",", "")
        units = _UNITS.get((match["unit"] or "").lower().rstrip("s"), (match["unit"] or "",))
        spelled = tuple(f"{number}{unit}" for unit in units)
        yield Concept(words=match[0], spelled=spelled, own=len(spelled))


# ---------------------------------------------------------------- English


def _english(text: str) -> Iterator[Concept]:
    lexicon = _lexicon()
    words = words_of(text)
    stems = [stem(word) for word in words]
    at = 0
    while at < len(stems):
        size = _phrase_at(stems, at, lexicon)
        phrase = tuple(stems[at : at + max(size, 1)])
        at += max(size, 1)
        if size:
            yield Concept(
                words=" ".join(phrase), spelled=lexicon.phrases[phrase][:_MOST_CHINESE],
                english=phrase,
            )  # fmt: skip
            if size > 1:
                parts = (part for part in phrase if part not in lexicon.english_stops)
                yield from (_part(part, lexicon) for part in parts)
        elif phrase[0] not in lexicon.english_stops and _says_something(phrase[0], text):
            yield Concept(words=phrase[0], spelled=(words[at - 1],), english=phrase, own=1)


def _says_something(word: str, text: str) -> bool:
    """Whether a word is more than a letter, and no number whose unit is read with it."""
    return len(word) > 1 and not (
        word.isdigit() and any(match["number"] == word for match in _AMOUNT.finditer(text))
    )


def _part(part: str, lexicon: _Lexicon) -> Concept:
    """A word of a phrase by itself: texts write 退役动力电池 for retired batteries."""
    chinese = lexicon.phrases.get((part,), ())[:_MOST_CHINESE]
    return Concept(words=part, spelled=chinese, english=(part,), sure=False)


def _phrase_at(stems: list[str], at: int, lexicon: _Lexicon) -> int:
    """How many words from here are a phrase that is known; a stop word alone is none."""
    for size in range(min(_PHRASE_WORDS, len(stems) - at), 0, -1):
        phrase = tuple(stems[at : at + size])
        if phrase in lexicon.phrases and not (size == 1 and phrase[0] in lexicon.english_stops):
            return size
    return 0


# ---------------------------------------------------------------- Chinese


def _chinese(text: str) -> Iterator[Concept]:
    for run in _HAN.findall(text):
        yield from _of_run(run)


def _of_run(run: str) -> Iterator[Concept]:
    """Known terms of a run, the longest first at each place, and what lies between them."""
    lexicon = _lexicon()
    at, unknown = 0, ""
    while at < len(run):
        term = _term_at(run, at, lexicon)
        if not term:
            unknown += run[at]
            at += 1
            continue
        yield from _of_unknown(unknown)
        unknown = ""
        at += len(term)
        if term not in lexicon.chinese_stops:
            yield _known(term, lexicon)
            yield from _inside(term, lexicon)
    yield from _of_unknown(unknown)


def _inside(term: str, lexicon: _Lexicon) -> Iterator[Concept]:
    """The shorter terms of a long one: 网点 and 信息 of 网点信息."""
    at = 0
    while len(term) > 3 and at < len(term) - 1:
        longest = min(len(term) - at, len(term) - 1)
        pieces = (term[at : at + size] for size in range(longest, 1, -1))
        piece = next((one for one in pieces if one in lexicon.siblings), "")
        if piece and piece not in lexicon.chinese_stops:
            yield replace(_known(piece, lexicon), sure=False)
        at += len(piece) or 1


def _term_at(run: str, at: int, lexicon: _Lexicon) -> str:
    for size in range(min(_LONGEST_TERM, len(run) - at), 0, -1):
        term = run[at : at + size]
        if term in lexicon.siblings or term in lexicon.chinese_stops:
            return term
    return ""


def _known(term: str, lexicon: _Lexicon) -> Concept:
    others = [other for other in lexicon.siblings.get(term, ()) if other != term]
    return Concept(words=term, spelled=(term, *others)[:_MOST_CHINESE], own=1)


def _of_unknown(run: str) -> Iterator[Concept]:
    """A run that no lexicon knows: whole where it is short, else by pairs of neighbours."""
    if len(run) < 2:
        if run:
            yield Concept(words=run, spelled=(run,), own=1, sure=False)
        return
    if len(run) <= 3:
        yield Concept(words=run, spelled=(run,), own=1, sure=len(run) == 2)
        return
    for start in range(len(run) - 1):
        pair = run[start : start + 2]
        yield Concept(words=pair, spelled=(pair,), own=1, sure=False)
