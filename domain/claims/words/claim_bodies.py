"""Bodies as articles name them: MIIT, the Ministry of Commerce, 工信部, and five others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from config.claims.claim_terms import load_claim_terms
from domain.acts.issuers import canonical, named_bodies, spellings_of
from domain.claims.words.plain_form import plain
from domain.claims.words.quantity_forms import NUMBER_WORDS
from domain.text.numerals import NUMERAL_CHARACTERS, parse_chinese_number

_WORDS = {word: number for word, number in NUMBER_WORDS.items() if 2 <= number <= 12}
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
_NOUN = (
    r"(?:government |state |central |national |chinese |cabinet )?"
    r"(?:departments?|ministries|ministry|agencies|bodies|authorities|regulators|commissions)"
)
# six departments, six-department, MIIT and five other ministries
_COUNT = re.compile(rf"\b(?P<n>{_NUMBER})(?P<other> (?:other|further|more))?(?: |-){_NOUN}\b")
# 等六部门, 六部委, 七个部门
_CHINESE_COUNT = re.compile(rf"(?P<n>[{NUMERAL_CHARACTERS}]{{1,3}}|\d{{1,2}})个?(?:部门|部委)")
# and others, among others, 等部门
_OPEN = re.compile(
    r"and (?:several |some )?other(?:s\b| (?:departments|ministries|agencies))|among others|"
    r"等(?:多个?)?(?:部门|部委|单位)"
)
_BODY_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body in its one Chinese spelling, and where its name stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BodyCount:
    """How many bodies a text says there are; ``others`` besides those that it names."""

    number: int
    others: bool
    start: int
    end: int


def find_bodies(text: str) -> list[NamedBody]:
    """The bodies that a text names in English or Chinese, in reading order."""
    found = [*_english(text), *_chinese(text)]
    kept: list[NamedBody] = []
    for body in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(body.end <= other.start or other.end <= body.start for other in kept):
            kept.append(body)
    return sorted(kept, key=lambda item: item.start)


def find_body_count(text: str) -> BodyCount | None:
    """The number of bodies, where a text gives it."""
    searched = plain(text)
    if match := _COUNT.search(searched):
        number = _WORDS[match["n"]] if match["n"] in _WORDS else int(match["n"])
        return BodyCount(number, bool(match["other"]), match.start(), match.end())
    if match := _CHINESE_COUNT.search(searched):
        value = parse_chinese_number(match["n"])
        return BodyCount(int(value), False, match.start(), match.end()) if value else None
    return None


def is_open_list(text: str) -> bool:
    """Whether a text says that there are more bodies than it names."""
    return _OPEN.search(plain(text)) is not None


def _english(text: str) -> list[NamedBody]:
    return [
        NamedBody(name, match.start(), match.end())
        for name, pattern in _patterns()
        for match in pattern.finditer(text)
    ]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Abbreviations as they are written, names without regard to case."""
    found = []
    for name, words in load_claim_terms().bodies.items():
        short = [re.escape(word) for word in words if word.isupper() or word == "Customs"]
        full = [
            f"(?i:{re.escape(word)})" for word in words if not (word.isupper() or word == "Customs")
        ]
        form = "|".join(sorted(full + short, key=len, reverse=True))
        found.append((canonical(name), re.compile(rf"(?<![A-Za-z])(?:{form})(?![A-Za-z])")))
    return tuple(found)


def _chinese(text: str) -> list[NamedBody]:
    """Each name that :func:`named_bodies` finds, at the places where it is written."""
    if not _BODY_WORD.search(text):
        return []
    found = []
    for name in named_bodies(text):
        for form in sorted(spellings_of(name), key=len, reverse=True):
            found += [
                NamedBody(name, match.start(), match.end())
                for match in re.finditer(re.escape(form) + "(?!门)", text)
            ]
    return found
