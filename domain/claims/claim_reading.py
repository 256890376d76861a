"""One sentence read into its slots: acts, days, bodies, numbers, places, ideas, bearing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.claims.claim_terms import PortalTerms, load_claim_terms
from domain.claims.act_mentions import find_mentions, goes_on_about
from domain.claims.act_names import KnownNames, Mention
from domain.claims.known_acts import KnownAct
from domain.claims.words.bearing import Force, force_of, is_denied, scope_words
from domain.claims.words.claim_bodies import BodyCount, NamedBody, find_bodies, find_body_count
from domain.claims.words.claim_concepts import FoundConcept, find_concepts
from domain.claims.words.claim_places import NamedPlace, find_places
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.plain_form import is_chinese, plain, without
from domain.claims.words.quantities import Quantity, find_quantities
from domain.text.numerals import NUMERAL_CHARACTERS, parse_chinese_number

# Article 24(7), arts. 4 and 18, 第二十四条第七项
_ARTICLES = re.compile(
    r"\b(?:articles?|arts?\.?|sections?) (?P<first>\d{1,4})(?:\(\d{1,2}\))*(?:(?:,| and|"
    r",? or| to|-) ?(?P<more>\d{1,4}))?"
    rf"(?:,? item \d+)?|"
    rf"第(?P<han>[{NUMERAL_CHARACTERS}\d]{{1,8}})条(?:第[{NUMERAL_CHARACTERS}\d]+[款项])*"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPortal:
    """A portal that a sentence names, and where."""

    terms: PortalTerms
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimReading:
    """A sentence with what was read in it. ``told_of`` is the act that an earlier sentence
    named and this one goes on about; ``rest`` the text without acts, days and bodies."""

    text: str
    chinese: bool
    mentions: tuple[Mention, ...]
    told_of: KnownAct | None
    days: tuple[PartialDay, ...]
    bodies: tuple[NamedBody, ...]
    count: BodyCount | None
    quantities: tuple[Quantity, ...]
    places: tuple[NamedPlace, ...]
    portals: tuple[NamedPortal, ...]
    articles: tuple[str, ...]
    concepts: tuple[FoundConcept, ...]
    force: Force | None
    denied: bool
    scope: tuple[str, ...]
    rest: str
    bare: str  # without the names of acts and portals: what the sentence says of them

    @property
    def acts(self) -> list[KnownAct]:
        """The acts it is about, each once: the one it goes on about, then those it names."""
        told = [] if self.told_of is None else [self.told_of]
        named = [item.act for item in self.mentions if item.act is not None]
        return list({act.ref: act for act in (*told, *named)}.values())

    @property
    def unknown(self) -> list[Mention]:
        """What it names that is no act known here."""
        return [item for item in self.mentions if item.act is None]


def read_claim(text: str, names: KnownNames, before: Sequence[KnownAct]) -> ClaimReading:
    """Read one sentence; ``before`` are the acts that the text spoke of, the last one first."""
    mentions = find_mentions(text, names)
    portals = _portals(text)
    taken = _spans(mentions) + [(item.start, item.end) for item in portals]
    told_of = None
    named = any(item.act for item in mentions)
    if back := goes_on_about(text, names, before, at_start=named):
        told_of, place = back
        taken.append(place)
    bare = without(text, taken)
    days = find_days(bare)
    bodies, count = find_bodies(bare), find_body_count(bare)
    articles, article_spans = _articles(bare)
    dateless = without(bare, [*_spans(days), *_spans(bodies), *article_spans])
    if count is not None:
        dateless = without(dateless, [(count.start, count.end)])
    quantities = find_quantities(dateless)
    rest = without(dateless, _spans(quantities))
    places = [place for place in find_places(text) if not _in_any(place, taken)]
    rest = without(rest, _spans(places))
    concepts = find_concepts(without(bare, [*_spans(bodies), *article_spans]))
    return ClaimReading(
        text=text, chinese=is_chinese(text), mentions=tuple(mentions), told_of=told_of,
        days=tuple(days), bodies=tuple(bodies), count=count, quantities=tuple(quantities),
        places=tuple(places), portals=tuple(portals), articles=articles, concepts=concepts,
        force=force_of(without(bare, _spans(days))),
        denied=is_denied(_without_exclusions(bare, concepts)),
        scope=tuple(scope_words(bare)), rest=rest, bare=bare,
    )  # fmt: skip


def article_number(label: str) -> str:
    """24 for 第二十四条 and for 24; a label that is none comes back as it is."""
    match = re.search(rf"第([{NUMERAL_CHARACTERS}\d]+)条", label)
    value = parse_chinese_number(match[1]) if match else None
    return str(value) if value is not None else label


def cited_articles(text: str) -> tuple[str, ...]:
    """The numbers of the articles that a sentence cites."""
    return _articles(text)[0]


def _without_exclusions(text: str, concepts: Iterable[FoundConcept]) -> str:
    """``does not apply to`` is an exclusion, and no denial besides."""
    return without(text, [(hit.start, hit.end) for hit in concepts if hit.key == "exclude"])


def _spans(
    items: Iterable[Mention | PartialDay | NamedBody | Quantity | NamedPlace],
) -> list[tuple[int, int]]:
    return [(item.start, item.end) for item in items]


def _in_any(place: NamedPlace, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place.start < end for start, end in spans)


def _portals(text: str) -> list[NamedPortal]:
    searched = plain(text)
    found = []
    for terms in load_claim_terms().portals:
        for name in sorted(terms.names, key=len, reverse=True):
            at = searched.find(plain(name))
            if at >= 0:
                found.append(NamedPortal(terms=terms, start=at, end=at + len(name)))
                break
    found.sort(key=lambda item: item.start - item.end)
    kept: list[NamedPortal] = []
    for item in found:
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return kept


def _articles(text: str) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    numbers, spans = [], []
    for match in _ARTICLES.finditer(plain(text)):
        spans.append((match.start(), match.end()))
        if match["han"]:
            numbers.append(article_number(f"第{match['han']}条"))
        else:
            numbers += [number for number in (match["first"], match["more"]) if number]
    return tuple(numbers), spans
