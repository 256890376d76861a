"""Two texts held against each other: other days, bodies or numbers for one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims.checks.day_checks import day_kind
from domain.claims.checks.issuer_checks import issuers_of, number_of_issuers
from domain.claims.claim import Conflict
from domain.claims.claim_reading import ClaimReading
from domain.claims.official_words import content_groups, content_keys
from domain.claims.words.partial_days import PartialDay
from domain.claims.words.quantities import Quantity, same_quantity

_ANNOUNCED = ("published", "signed", "started", None)
_ALIKE = 0.5


def find_conflicts(a: Sequence[ClaimReading], b: Sequence[ClaimReading]) -> list[Conflict]:
    """What the texts disagree on, each disagreement once."""
    found: dict[tuple[str, str, str, str], Conflict] = {}
    for one in a:
        for other in b:
            matter = _same_matter(one, other)
            if matter is None:
                continue
            for slot, mine, theirs in _disagreements(one, other):
                known = (slot, matter, mine, theirs)
                found.setdefault(
                    known,
                    Conflict(
                        slot=slot,
                        about=matter,
                        a=mine,
                        b=theirs,
                        a_text=one.text,
                        b_text=other.text,
                    ),
                )
    return list(found.values())


def _same_matter(one: ClaimReading, other: ClaimReading) -> str | None:
    """What two claims are both about: an act, or the same ideas where neither names one."""
    mine, theirs = {act.ref: act for act in one.acts}, {act.ref for act in other.acts}
    shared = [act for ref, act in mine.items() if ref in theirs]
    if shared:
        return shared[0].title
    if mine and theirs:
        return None
    ideas, others = content_groups(one), content_groups(other)
    both = content_keys(one) & content_keys(other)
    least = min(len(ideas), len(others))
    if len(both) >= 2 and least and len(both) >= _ALIKE * least:
        return ", ".join(sorted(both)).replace("_", " ")
    return None


def _disagreements(one: ClaimReading, other: ClaimReading) -> Iterator[tuple[str, str, str]]:
    yield from _days(one, other)
    yield from _bodies(one, other)
    yield from _numbers(one, other)
    same = content_keys(one) == content_keys(other) != frozenset()
    if same and one.force and other.force and one.force != other.force:
        yield "modality", one.force, other.force


def _days(one: ClaimReading, other: ClaimReading) -> Iterator[tuple[str, str, str]]:
    mine, theirs = _by_group(one), _by_group(other)
    for kind, days in mine.items():
        others = theirs.get(kind, [])
        if others and not any(_compatible(day, item) for day in days for item in others):
            yield "day", days[0].text, others[0].text


def _by_group(reading: ClaimReading) -> dict[str | None, list[PartialDay]]:
    found: dict[str | None, list[PartialDay]] = {}
    for day in reading.days:
        found.setdefault(_group(day_kind(reading, day)), []).append(day)
    return found


def _group(kind: str | None) -> str | None:
    return "announced" if kind in _ANNOUNCED else kind


def _compatible(one: PartialDay, other: PartialDay) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _bodies(one: ClaimReading, other: ClaimReading) -> Iterator[tuple[str, str, str]]:
    mine, theirs = issuers_of(one), issuers_of(other)
    counts = (number_of_issuers(one), number_of_issuers(other))
    if all(counts) and counts[0] != counts[1]:
        yield "bodies", f"{counts[0]} bodies", f"{counts[1]} bodies"
    elif len(mine) > 1 and len(theirs) > 1 and mine != theirs and not (_some(one) or _some(other)):
        yield "bodies", "、".join(sorted(mine)), "、".join(sorted(theirs))


def _some(reading: ClaimReading) -> bool:
    """Whether it names only some of those whom it counts."""
    return reading.count is not None and len(issuers_of(reading)) < reading.count.number


def _numbers(one: ClaimReading, other: ClaimReading) -> Iterator[tuple[str, str, str]]:
    alike = len(content_keys(one) & content_keys(other)) >= 2
    for quantity in one.quantities if alike else ():
        theirs = [item for item in other.quantities if _comparable(quantity, item)]
        if theirs and all(same_quantity(quantity, item) is False for item in theirs):
            slot = "period" if quantity.kind == "period" else "amount"
            yield slot, quantity.text, theirs[0].text


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and (one.kind != "count" or one.unit == other.unit)
