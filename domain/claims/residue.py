"""What of a claim no official word has borne out: as long as any is left, nothing is supported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from config.claims.claim_terms import load_claim_terms
from domain.claims.claim_reading import ClaimReading
from domain.claims.words.claim_concepts import WEAK, concept_keys, find_concepts
from domain.claims.words.plain_form import plain, without

_WORD = re.compile(r"[a-z][a-z0-9'-]*[a-z0-9]|\b[a-z]\b")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
_ENDINGS = re.compile(r"(?:ing|ed|es|s|ly|ment|ation|'s)$")


def left_over(reading: ClaimReading, official: Iterable[str], told: frozenset[str]) -> list[str]:
    """The words of a claim that neither the official texts nor its own slots account for;
    ``told`` are ideas that other slots have dealt with."""
    texts = list(official)
    held = frozenset().union(*(concept_keys(text) for text in texts)) | WEAK | told
    hits = find_concepts(reading.rest)
    loose = [reading.rest[hit.start : hit.end] for hit in hits if hit.key not in held]
    # A word may stand for two ideas; one of them is enough.
    fine = {(hit.start, hit.end) for hit in hits if hit.key in held}
    loose = [
        reading.rest[hit.start : hit.end]
        for hit in hits
        if hit.key not in held and (hit.start, hit.end) not in fine
    ]
    rest = plain(without(reading.rest, [(hit.start, hit.end) for hit in hits]))
    joined = " ".join(plain(text) for text in texts)
    return [
        *_neutral_out(loose), *_english(rest, joined), *_chinese(rest, joined),
        *(Counter(_DIGITS.findall(rest)) - _digits(texts)),
    ]  # fmt: skip


def _digits(texts: Iterable[str]) -> Counter[str]:
    """How often the official sentence that has it most has a number."""
    found: Counter[str] = Counter()
    for text in texts:
        found |= Counter(_DIGITS.findall(plain(text)))
    return found


def _neutral_out(words: Iterable[str]) -> list[str]:
    """Without words that only say that something is law: requires, published."""
    english, chinese = _neutral()
    return [word for word in words if plain(word) not in english and word not in chinese]


def _english(rest: str, official: str) -> list[str]:
    neutral, _ = _neutral()
    known = {_stem(word) for word in _WORD.findall(official)}
    return [
        word
        for word in _WORD.findall(rest)
        if len(word) > 1 and word not in neutral and _stem(word) not in known
    ]


def _chinese(rest: str, official: str) -> list[str]:
    bare = _neutral_words().sub(" ", rest)
    return [
        run
        for run in _RUN.findall(bare)
        if len(run) > 1 and not all(run[at : at + 2] in official for at in range(len(run) - 1))
    ]


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)


@cache
def _neutral() -> tuple[frozenset[str], frozenset[str]]:
    terms = load_claim_terms()
    return frozenset(terms.neutral_en.split()), frozenset(terms.neutral_zh.split())


@cache
def _neutral_words() -> re.Pattern[str]:
    words = sorted(_neutral()[1], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
