"""The parts of a claim, each held against the sentence of the act that comes nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import is_common, is_foreign, matter_concepts
from domain.claims.matter.matters import Matter, OfficialText
from domain.claims.words.partial_days import find_days
from domain.claims.words.quantities import find_quantities, same_quantity
from domain.questions.question_concepts import Concept, concepts_of

# , and may be sold; 并将信息抄送; and are to be returned
_CUT = re.compile(
    r"[,;] (?:and |but |or |while |which |where )?(?!(?:\d{4}\b))"
    r"| and (?=(?:also |then )?(?:may|must|can|cannot|shall|will|has|have|is|are|be|need|keep|"
    r"keeps|send|sends|hand|report|file|limits?|may not|set|sets|add|pay|pays|"
    r"charges?|asks?|gives?|grants?|lets?|allows?|customs|the)\b)"
    r"|[，；](?!\d)|(?:并且?|而且|同时)(?=[\u4e00-\u9fff]{4})"
)
_FEWEST = 2  # things that a part speaks of
_MISSING, _MISSING_CHINESE = 0.34, 0.22  # the share of a part's words that may stand nowhere
_MISSING_OF_NEAR, _MEANS_SO = 0.45, 2.0  # the same of a sentence near in meaning
_ELSEWHERE = 0.4  # of a word that stands in another article of the act
_FOREIGN, _COMMON, _UNSURE = 0.5, 0.25, 0.4
_SAME_KIND, _SAME = 0.2, 0.2  # more for a sentence that counts the same kind, and the same
_MEANT = 0.08


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimPart:
    """A part of a claim and the sentence of the act that it is held against."""

    text: str
    start: int
    end: int
    host: Matter
    covered: bool  # whether the article and the act's title speak of nearly all of it
    says: int  # things that it speaks of


def parts_of(
    reading: ClaimReading, best: Matter, matters: Sequence[Matter], book: OfficialText
) -> list[ClaimPart]:
    """The parts of a claim in their order; a claim of one part is held against the best."""
    concepts = matter_concepts(reading)
    spans = _spans(reading, [one for one in concepts if not is_foreign(one)])
    whole = f"{best.act.title} " + " ".join(item.text for item in book.words_of(best.act))
    own = [item for item in matters if item.act.ref == best.act.ref]
    own = [item for item in own if item.sentence.text != item.act.title] or own
    found = []
    for start, end in spans:
        text = reading.text[start:end]
        near = {one.words for one in concepts_of(text)}
        mine = [one for one in concepts if one.words in near]
        host = best if len(spans) == 1 else _host(text, mine, own, book)
        said = f"{host.sentence.said} {host.sentence.text} {host.around} {host.act.title}"
        limit = _MISSING_CHINESE if reading.chinese else _MISSING
        if not reading.chinese and host.close is not None and host.close >= _MEANS_SO:
            limit = _MISSING_OF_NEAR
        covered = _share(mine, said, whole) <= limit if mine else True
        found.append(
            ClaimPart(text=text, start=start, end=end, host=host, covered=covered,
                      says=sum(one.sure for one in mine))
        )  # fmt: skip
    return found


def part_at(parts: Sequence[ClaimPart], place: int) -> ClaimPart:
    """The part in which a place of the claim lies."""
    return next((part for part in parts if part.start <= place < part.end), parts[-1])


def segment_at(text: str, place: int) -> str:
    """The piece of a claim between two cuts in which a place lies, however little it says."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return next(text[start:end] for start, end in pairwise(cuts) if start <= place < end)


def _spans(reading: ClaimReading, concepts: Sequence[Concept]) -> list[tuple[int, int]]:
    """Where the parts stand; one that speaks of hardly anything belongs to its neighbour."""
    cuts = [match.end() for match in _CUT.finditer(reading.text)]
    edges = [0, *cuts, len(reading.text)]
    spans: list[tuple[int, int]] = []
    thin = True
    for start, end in pairwise(edges):
        now_thin = len(_of_part(reading.text[start:end], concepts)) < _FEWEST
        if spans and (thin or now_thin):
            spans[-1] = (spans[-1][0], end)
            thin = thin and now_thin
        else:
            spans.append((start, end))
            thin = now_thin
    return spans


def _of_part(text: str, concepts: Sequence[Concept]) -> list[Concept]:
    """The things of a claim that a part speaks of."""
    near = {one.words for one in concepts_of(text)}
    return [one for one in concepts if one.words in near and one.sure]


def _share(concepts: Sequence[Concept], said: str, whole: str = "") -> float:
    """The share of things that stand in no words of an article, or only elsewhere in its act."""
    weights = {one.words: _weight(one) for one in concepts}
    lost = sum(
        weights[one.words] * (_ELSEWHERE if one.stands_in(whole) else 1.0)
        for one in concepts
        if not one.stands_in(said)
    )
    return lost / (sum(weights.values()) or 1.0)


def _weight(concept: Concept) -> float:
    if is_common(concept):
        return _COMMON
    if not concept.sure:
        return _UNSURE
    return _FOREIGN if is_foreign(concept) else 1.0


def _host(
    text: str, concepts: Sequence[Concept], own: Sequence[Matter], book: OfficialText
) -> Matter:
    """The sentence of the act that comes nearest to a part."""
    close = book.closeness(
        text, [f"{one.sentence.said} {one.sentence.text}".strip() for one in own]
    )
    meant = close or [0.0] * len(own)
    scored = [
        (
            _words_in(concepts, item) + _counts(text, item) + _MEANT * max(-1.5, min(one, 3.5)),
            -place,
        )
        for place, (item, one) in enumerate(zip(own, meant, strict=True))
    ]
    return own[-max(scored)[1]]


def _words_in(concepts: Sequence[Concept], item: Matter) -> float:
    said = f"{item.sentence.said} {item.sentence.text}"
    return 1.0 - _share(concepts, said) if concepts else 0.0


def _counts(text: str, item: Matter) -> float:
    """More for a sentence that counts or dates as a part does."""
    mine, real = find_quantities(text), find_quantities(item.sentence.text)
    results = [same_quantity(one, other) for one in mine for other in real]
    more = _SAME + _SAME_KIND if True in results else _SAME_KIND if False in results else 0.0
    days, told = find_days(text), find_days(item.sentence.text)
    if days and told:
        same = any((one.month, one.day) == (day.month, day.day) for one in days for day in told)
        more += _SAME + _SAME_KIND if same else _SAME_KIND
    return more
