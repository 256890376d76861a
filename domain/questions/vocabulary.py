"""The whole words of a question that name a place, a role, a topic, a stage or a publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from config.glossary import Cities, QuestionWords, load_cities, load_question_words
from config.loader import load_issuers, load_jurisdictions
from domain.questions.question_filters import FilterKind

_ENGLISH = re.compile(r"[a-z0-9]")
# For example "importers'" or "Jiangsu's": what may follow a word that is whole.
_GENITIVE = re.compile(r"(?:['’]s?)?(?![a-z0-9])")
_PROVINCE_ENDS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区")
_CITY_ENDS = ("市", "自治州", "地区", "盟")
# Behind a place: a street, a university, a bank, a company is not the place itself.
_NOT_THE_PLACE = re.compile(
    r"(?:路|大道|大学|银行|话|菜|人|某|(?:[\u4e00-\u9fff]{2,6}(?:有限)?(?:责任)?公司))"
)
_COMPANY = re.compile(
    r"\s+(?:[A-Z][\w.&-]{0,40}\s+){0,4}(?:Co\b|Ltd\b|Inc\b|Corp\b|Company\b|University\b)"
)

Meaning = tuple[FilterKind | None, str]
"""Kind and value of a filter; a kind of None guards its words from every other reading."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a question that name something."""

    start: int
    end: int
    kind: FilterKind | None
    value: str


@dataclass(frozen=True, slots=True)
class QuestionVocabulary:
    """Phrases of one script by their first word (English) or character (Chinese)."""

    english: Mapping[str, tuple[tuple[str, Meaning], ...]]
    chinese: Mapping[str, tuple[tuple[str, Meaning], ...]]

    def named(self, text: str) -> Iterator[Named]:
        """What the words of a text name, in order, the longest phrase at each place."""
        lower = text.lower()
        if len(lower) != len(text):  # a character that has two in lower case
            lower = text
        at = 0
        while at < len(lower):
            found = self._at(text, lower, at)
            if found is None:
                at += 1
                continue
            yield found
            at = found.end

    def _at(self, text: str, lower: str, at: int) -> Named | None:
        if _ENGLISH.match(lower[at]):
            if at and _ENGLISH.match(lower[at - 1]):
                return None
            word = re.compile(r"[a-z0-9]+").match(lower, at)
            options = self.english.get(word[0] if word else "", ())
        else:
            options = self.chinese.get(lower[at], ())
        for phrase, (kind, value) in options:
            if not lower.startswith(phrase, at):
                continue
            end = at + len(phrase)
            if phrase.isascii() and not _GENITIVE.match(lower, end):
                continue
            if kind == "jurisdiction" and _names_another(text, end, phrase):
                continue
            return Named(at, end, kind, value)
        return None


def _names_another(text: str, end: int, phrase: str) -> bool:
    """Whether a place is only the beginning of a name: 上海路, Shanghai University."""
    if phrase.isascii():
        return _COMPANY.match(text, end) is not None
    return _NOT_THE_PLACE.match(text, end) is not None


@dataclass(slots=True)
class _Phrases:
    """Phrases with their meaning while they are gathered; the first meaning stays."""

    known: dict[str, Meaning] = field(default_factory=dict)

    def add(self, kind: FilterKind | None, value: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self.known.setdefault(phrase.lower(), (kind, value))

    def vocabulary(self) -> QuestionVocabulary:
        english: dict[str, list[tuple[str, Meaning]]] = {}
        chinese: dict[str, list[tuple[str, Meaning]]] = {}
        for phrase in sorted(self.known, key=len, reverse=True):
            entry = (phrase, self.known[phrase])
            word = re.compile(r"[a-z0-9]+").match(phrase)
            if word:
                english.setdefault(word[0], []).append(entry)
            else:
                chinese.setdefault(phrase[0], []).append(entry)
        return QuestionVocabulary(
            {key: tuple(value) for key, value in english.items()},
            {key: tuple(value) for key, value in chinese.items()},
        )


@cache
def shipped_vocabulary() -> QuestionVocabulary:
    """The phrases of the shipped files, put together once."""
    words, cities = load_question_words(), load_cities()
    phrases = _Phrases()
    phrases.add(None, "", words.no_places)
    phrases.add("jurisdiction", "CN", words.national)
    _add_places(phrases, cities)
    for key, names in words.roles.items():
        phrases.add("role", key, names)
    for key, names in words.stages.items():
        phrases.add("stage", key, names)
    for key, names in words.topics.items():
        phrases.add("topic", key, names)
    _add_publishers(phrases, words)
    return phrases.vocabulary()


def _add_places(phrases: _Phrases, cities: Cities) -> None:
    for code, names in load_jurisdictions().items():
        if code == "CN":
            continue  # of the whole country are only the words of `national`
        if code == "EU":
            phrases.add("jurisdiction", code, ["eu", "european union", "欧盟"])
            continue
        english = names.en or ""
        phrases.add("jurisdiction", code, [english, f"{english} province", f"{english} city"])
        phrases.add("jurisdiction", code, [names.zh, *(names.zh + end for end in _PROVINCE_ENDS)])
    for code, others in cities.other_names.items():
        phrases.add("jurisdiction", code, others)
    once = _borne_once(cities)
    for code, known in cities.cities.items():
        for chinese, english in known.items():
            phrases.add("jurisdiction", code, [chinese, *(chinese + end for end in _CITY_ENDS)])
            if once.get(english) == code:
                phrases.add("jurisdiction", code, [english, f"{english} city"])
    for code, ambiguous in cities.with_suffix.items():
        phrases.add("jurisdiction", code, [name + "市" for name in ambiguous])


def _borne_once(cities: Cities) -> dict[str, str]:
    """English names of cities that are one city's alone, with its province."""
    codes: dict[str, set[str]] = {}
    for code, known in cities.cities.items():
        for english in known.values():
            codes.setdefault(english, set()).add(code)
    return {english: min(some) for english, some in codes.items() if len(some) == 1}


def _add_publishers(phrases: _Phrases, words: QuestionWords) -> None:
    for chinese, names in words.publishers.items():
        phrases.add("publisher", chinese, [chinese, *names])
    for chinese, english in load_issuers().items():
        if len(chinese) > 3 or chinese not in phrases.known:
            phrases.add("publisher", chinese, [english] if " " in english else [])
            phrases.add("publisher", chinese, [chinese] if len(chinese) > 3 else [])


def publisher_names(name: str) -> tuple[str, ...]:
    """Every Chinese name of the body that has this one."""
    issuers = load_issuers()
    english = issuers.get(name)
    same = [other for other, translated in issuers.items() if english and translated == english]
    return tuple(dict.fromkeys([name, *same]))


@cache
def _cities_by_name() -> dict[str, str]:
    cities = load_cities()
    found = {}
    for known in cities.cities.values():
        for chinese, english in known.items():
            found[english.lower()] = found[chinese] = chinese
    return found | {name: name for some in cities.with_suffix.values() for name in some}


def city_of(words: str) -> str | None:
    """The Chinese name of the city that the words of a filter name; None for a province."""
    plain = words.lower().removesuffix(" city").removesuffix("'s").strip()
    known = _cities_by_name()
    for end in ("", *_CITY_ENDS):
        if plain.endswith(end) and plain.removesuffix(end) in known:
            return known[plain.removesuffix(end)]
    return None
