"""The official sentences that come nearest to a claim, and how near they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.claims.claim import OfficialSource
from domain.claims.claim_reading import ClaimReading, article_number
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.words.bearing import Force, force_of, is_denied, scope_words
from domain.claims.words.claim_concepts import COMMON, WEAK, concept_keys, find_concepts
from domain.claims.words.plain_form import is_chinese, plain, without
from domain.claims.words.quantities import Quantity, find_quantities, same_quantity

# What divides the members of a row of numbers: copper 98 %, lithium 90 %
_DIVIDER = re.compile(
    r"(?<!\d)[,，、;；]|[,，、;；](?!\d)|\band (?=[a-z])|[。:：]|，|和(?=[\u4e00-\u9fff])"
)
_NAMED_BY = {
    "money": frozenset({"fine"}), "percent": frozenset({"rate"}),
    "code": frozenset({"goods_code", "customs", "code"}),
}  # fmt: skip
_PART = re.compile(r"[:;：；。]|, |，")
_GAP = re.compile(r"[^\u4e00-\u9fff]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialWords:
    """A statement read as a claim is."""

    statement: OfficialSentence
    concepts: frozenset[str]
    quantities: tuple[Quantity, ...]
    force: Force | None
    denied: bool
    scope: tuple[str, ...]

    @property
    def article(self) -> str | None:
        return article_number(self.statement.article) if self.statement.article else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearness:
    """How near official words come to a claim: the ideas they share, and the claim's part of
    them from 0 to 1."""

    words: OfficialWords
    shared: frozenset[str]
    part: float
    cited: bool
    literal: float = 0.0
    ideas: int = 0
    same_force: bool = False
    counted: float = 0.0  # whether it counts what the claim counts, and the same

    @property
    def rank(self) -> tuple[float, ...]:
        near = 2.0 * self.cited + len(self.shared) + 3 * self.literal + self.counted
        return (near, self.part)

    @property
    def is_close(self) -> bool:
        """Near enough for a number to be held against the claim's."""
        if self.cited:
            return self.part >= 0.4 or self.literal > 0.3
        whole = self.part == 1.0 and bool(self.shared)
        return whole or (self.part >= 0.6 and len(self.shared) >= 2) or self.literal >= 0.6


@lru_cache(maxsize=20_000)
def read_statement(statement: OfficialSentence) -> OfficialWords:
    """The slots of an official sentence."""
    text = statement.text
    return OfficialWords(
        statement=statement, quantities=tuple(find_quantities(text)), force=force_of(text),
        denied=is_denied(_unexcluded(text)),
        concepts=official_concepts(statement), scope=tuple(scope_words(text)),
    )  # fmt: skip


def official_concepts(statement: OfficialSentence) -> frozenset[str]:
    """The ideas of an official sentence; a sum names a fine, and what is not there is missing."""
    found = concept_keys(statement.text) | concept_keys(statement.said)
    found |= {"list"} if "delist" in found else frozenset()
    found |= {"forbidden"} if force_of(statement.text) == "must_not" else frozenset()
    for item in find_quantities(statement.text):
        found |= _NAMED_BY.get(item.kind, frozenset())
    return found | {"missing"} if is_denied(statement.text) else found


def content_keys(reading: ClaimReading) -> frozenset[str]:
    """The ideas of a claim that say something of their own."""
    return frozenset().union(*content_groups(reading))


def content_groups(reading: ClaimReading) -> list[frozenset[str]]:
    """The same, word by word: of the ideas that one word may stand for one is enough."""
    by_place: dict[tuple[int, int], set[str]] = {}
    for hit in reading.concepts:
        by_place.setdefault((hit.start, hit.end), set()).add(hit.key)
    return list(dict.fromkeys(frozenset(keys - WEAK) for keys in by_place.values() if keys - WEAK))


def is_borne_out(reading: ClaimReading, held: frozenset[str]) -> bool:
    """Whether every word of a claim that says something has an idea that is held."""
    return all(group & held for group in content_groups(reading))


def nearest(reading: ClaimReading, statements: Iterable[OfficialSentence]) -> list[Nearness]:
    """The official sentences that share an idea with a claim, the nearest first."""
    groups = content_groups(reading)
    wanted = content_keys(reading)
    found = []
    for statement in statements:
        words = read_statement(statement)
        shared = (wanted - COMMON) & words.concepts
        literal = _literal(reading, statement) if reading.chinese else 0.0
        cited = words.article is not None and words.article in reading.articles
        if shared or literal > 0.3 or (cited and wanted & words.concepts):
            part = _share(groups, words.concepts) if groups else literal
            found.append(
                Nearness(
                    words=words, shared=shared, part=part, cited=cited, literal=literal,
                    same_force=reading.force is not None and reading.force == words.force,
                    ideas=len(groups), counted=_counted_alike(reading, words),
                )
            )  # fmt: skip
    found.sort(key=lambda item: item.rank, reverse=True)
    return [item for item in found if item.cited] or found


def _counted_alike(reading: ClaimReading, words: OfficialWords) -> float:
    """1 for a sentence that gives a number of the claim, a half for one that gives another."""
    results = [
        same_quantity(mine, theirs)
        for mine in reading.quantities
        for theirs in words.quantities
        if mine.kind == theirs.kind and mine.kind != "count"
    ]
    return 1.0 if True in results else 0.5 if False in results else 0.0


def _share(groups: Sequence[frozenset[str]], held: frozenset[str]) -> float:
    return sum(bool(group & held) for group in groups) / len(groups)


def quantities_for(reading: ClaimReading, wanted: Quantity, words: OfficialWords) -> list[Quantity]:
    """The official quantities that speak of the same thing as one of the claim: in a row of
    several the member that shares an idea with it."""
    same_kind = [item for item in words.quantities if item.kind == wanted.kind]
    if wanted.kind in ("code", "count"):
        return [item for item in same_kind if item.unit == wanted.unit]
    if len(same_kind) < 2:
        return same_kind
    mine = _ideas_at(reading.text, wanted, reading.quantities)
    scored = [
        (len(mine & _ideas_at(words.statement.text, item, words.quantities)), item)
        for item in same_kind
    ]
    most = max(score for score, _ in scored)
    return [item for score, item in scored if score == most] if most else []


def _ideas_at(text: str, quantity: Quantity, all_of_it: Sequence[Quantity]) -> frozenset[str]:
    """The ideas of the part of a sentence in which a quantity stands; of a sentence with a
    single one of its kind, all."""
    if sum(item.kind == quantity.kind for item in all_of_it) < 2:
        return concept_keys(text) - WEAK
    start = max((item.end for item in all_of_it if item.end <= quantity.start), default=0)
    end = min((item.start for item in all_of_it if item.start >= quantity.end), default=len(text))
    before, after = text[start : quantity.start], text[quantity.end : end]
    tail = _DIVIDER.split(after)[0]
    return (concept_keys(before) | concept_keys(tail)) - WEAK


def force_there(reading: ClaimReading, words: OfficialWords) -> Force | None:
    """Whether the part of the official sentence that speaks of the claim's matter obliges; one
    that does not say takes it over from the part before. None where two come as near."""
    wanted = content_keys(reading)
    parts = _PART.split(words.statement.text)
    found: set[Force] = set()
    last: Force | None = None
    most = -1
    for part in parts:
        last = force_of(part) or last
        near = len(wanted & official_concepts(OfficialSentence(text=part)))
        if near > most:
            most, found = near, set()
        if near == most and last is not None:
            found.add(last)
    if not found:
        return words.force
    return next(iter(found)) if len(found) == 1 else None


def forces_in(text: str) -> frozenset[Force]:
    """All that the parts of a sentence oblige, allow and forbid."""
    return frozenset(force for part in _PART.split(text) if (force := force_of(part)))


def is_denied_there(reading: ClaimReading, words: OfficialWords) -> bool | None:
    """Whether the part of the official sentence that speaks of the claim's matter denies it;
    None where one part does and another does not."""
    if not words.denied:
        return False
    wanted = content_keys(reading)
    parts = _PART.split(words.statement.text)
    scored = [
        (len(wanted & official_concepts(OfficialSentence(text=part))), part) for part in parts
    ]
    most = max(score for score, _ in scored)
    near = {is_denied(_unexcluded(part)) for score, part in scored if score == most}
    return near.pop() if len(near) == 1 else None


def _unexcluded(text: str) -> str:
    return without(
        text, [(hit.start, hit.end) for hit in find_concepts(text) if hit.key == "exclude"]
    )


def _literal(reading: ClaimReading, statement: OfficialSentence) -> float:
    """How much of a Chinese claim stands word for word in the official sentence, 0 to 1."""
    if not is_chinese(statement.text):
        return 0.0
    mine = _pairs(reading.rest)
    return len(mine & _pairs(statement.text)) / len(mine) if len(mine) >= 4 else 0.0


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    runs = _GAP.split(plain(text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def source_of(act: KnownAct, statement: OfficialSentence | None = None) -> OfficialSource:
    """The act as a source, with the words of one of its sentences."""
    return OfficialSource(
        notice_id=act.notice_id, key=act.key, title=act.title,
        article=statement.article if statement else None,
        quote=statement.text if statement else "", url=act.url, evidence=act.evidence,
    )  # fmt: skip
