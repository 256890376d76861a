"""How many chapters and articles an act is said to have."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading, article_number
from domain.claims.known_acts import KnownAct, OfficialSentence, counted
from domain.claims.words.quantities import Quantity

_PARTS = ("chapter", "article")


def counts_parts(quantity: Quantity) -> bool:
    """Whether a number counts chapters or articles."""
    return quantity.kind == "count" and quantity.unit in _PARTS


def check_parts(
    reading: ClaimReading, act: KnownAct, words: Sequence[OfficialSentence], source: OfficialSource
) -> list[CheckedSlot]:
    """A slot for each number of parts; null where nothing says how many there are."""
    found = []
    for quantity in reading.quantities:
        if not counts_parts(quantity):
            continue
        told = _told(quantity.unit, act, words)
        found.append(
            CheckedSlot(
                slot="amount", claim=quantity.text, source=source,
                official=f"{told:g} {quantity.unit}" if told is not None else None,
                equal=None if told is None else told == quantity.low,
            )
        )  # fmt: skip
    return found


def _told(unit: str, act: KnownAct, words: Sequence[OfficialSentence]) -> float | None:
    """The number that the register gives, or the last article of a text that is held whole."""
    given = set(counted([item for item in words if not item.exact], unit))
    if len(given) == 1:
        return given.pop()
    if unit != "article" or act.held != "full":
        return None
    numbers = [article_number(item.article or "") for item in words if item.exact and item.current]
    whole = [int(number) for number in numbers if number.isdecimal()]
    return float(max(whole)) if whole and set(range(1, max(whole))) <= set(whole) else None
