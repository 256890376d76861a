"""The things that a claim speaks of, as words that official sentences may have."""

from __future__ import annotations

import re
from functools import cache

from config.claims.claim_terms import load_claim_terms
from config.field.field_names import load_field
from domain.claims.checks.bearing_checks import AGENT
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_regions import regions_of
from domain.claims.words.claim_numbers import ClaimNumber
from domain.questions.english_stems import stem
from domain.questions.question_concepts import Concept, concepts_of

# every month, monthly, once a year; 每月, 每季度
RHYTHM = re.compile(
    r"\b(?P<half>(?:every|each) (?:six|6) months|(?:every|each) half[- ]?year|half-yearly|"
    r"twice a year|semi-?annually)\b|每(?P<hanhalf>半年)"
    r"|\b(?:every|each|per|once an?|once in an?) (?P<unit>day|week|month|quarter|year)\b"
    r"|\b(?P<ly>daily|weekly|monthly|quarterly|annually|yearly)\b(?! capacity| output)"
    r"|每(?:个)?(?P<han>日|天|周|月|季|年)"
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9./_-]{3,120}")  # https://sy.battery.invented.example
_SYSTEM_NAME = re.compile(r"[“\"「](?P<name>[\u4e00-\u9fff]{2,8})[”\"」]")  # “苏电循”
_COMMON = frozenset({"企业", "单位", "规定", "要求", "信息"})  # besides those of the field
Span = tuple[int, int]


def matter_concepts(reading: ClaimReading) -> list[Concept]:
    """What a claim speaks of, without what is compared by itself (days, numbers, rhythms, places,
    bodies, who bears it), without parts of phrases and words that say nothing."""
    text = reading.text
    for start, end in sorted(compared_spans(reading), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    found = [one for one in concepts_of(text) if _tells(one, reading)]
    if _ADDRESS.search(reading.text) and not any("网址" in one.spelled for one in found):
        found.append(Concept(words="https", spelled=("网址", "http"), own=1))
    return [*found, *_numbers(reading)]


def system_names(text: str) -> list[str]:
    """The names of systems that stand in quotes: “苏电循”."""
    return [match["name"] for match in _SYSTEM_NAME.finditer(text)]


def compared_spans(reading: ClaimReading) -> list[Span]:
    """Where the parts of a claim stand that are compared by themselves."""
    spans = [(one.start, one.end) for one in reading.quantities]
    spans += [(one.start, one.end) for one in reading.days]
    spans += [(one.start, one.end) for one in reading.bodies]
    spans += [(one.start, one.end) for one in regions_of(reading.text)]
    spans += [(one.start, one.end) for one in reading.mentions]
    spans += [match.span() for match in RHYTHM.finditer(reading.text.lower())]
    spans += [match.span() for match in _ADDRESS.finditer(reading.text)]
    spans += [match.span("who") for match in AGENT.finditer(reading.text)]
    spans += [match.span() for match in _SYSTEM_NAME.finditer(reading.text)]
    if reading.count is not None:
        spans.append((reading.count.start, reading.count.end))
    return _apart(spans)


def is_common(concept: Concept) -> bool:
    """Whether nearly every sentence of the field has it."""
    return any(word in _COMMON or word in load_field().common for word in concept.spelled[:1])


def is_foreign(concept: Concept) -> bool:
    """Whether it is an English word that no lexicon leads to Chinese."""
    return bool(concept.english) and all(word.isascii() for word in concept.spelled)


def _tells(one: Concept, reading: ClaimReading) -> bool:
    if not one.spelled or len(one.words) < 2 or not (one.sure or reading.chinese):
        return False
    return not one.words[0].isdigit() and one.words not in _light() | _light_chinese()


def _apart(spans: list[Span]) -> list[Span]:
    """Without spans that lie within others or overlap them."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: span[0] - span[1]):
        if all(end <= other or start >= after for other, after in kept):
            kept.append((start, end))
    return kept


def _numbers(reading: ClaimReading) -> list[Concept]:
    """The numbers of acts that a claim names, as texts spell them."""
    numbers = [item.number for item in reading.mentions if item.number is not None]
    return [
        Concept(words=spelled[0], spelled=spelled, own=len(spelled))
        for number in numbers
        if (spelled := _spelled(number))
    ]


def _spelled(number: ClaimNumber) -> tuple[str, ...]:
    if number.kind == "standard" or number.year is None:
        return ()
    serial, year = number.serial, number.year
    return (f"{year}年第{serial}号", f"〔{year}〕{serial}号")


@cache
def _light_chinese() -> frozenset[str]:
    return frozenset(load_claim_terms().light_zh.split())


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(word) for word in load_claim_terms().light_en.split())
