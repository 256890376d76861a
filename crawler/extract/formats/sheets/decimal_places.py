"""Write a number into the places of a format: 1,234.50, 138-0000-1234, 12.3万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from crawler.extract.formats.sheets.format_codes import FormatToken


class DecimalPlaces(NamedTuple):
    """What a format makes of a number: how it is scaled and rounded, and where its digits go."""

    before: tuple[FormatToken, ...]
    behind: tuple[FormatToken, ...]
    factor: Decimal
    unit: Decimal  # of the last place
    digits_before: int
    needed_behind: int  # places that are written also for a zero
    grouped: bool


def decimal_text(value: float, tokens: tuple[FormatToken, ...]) -> str:
    """Digits in their places, also with other characters between them."""
    places = _places_of(tokens)
    scaled = Decimal(repr(value)) * places.factor
    whole, _, fraction = f"{scaled.quantize(places.unit, ROUND_HALF_UP):f}".partition(".")
    return _whole(whole.lstrip("0"), places) + _fractional(fraction, places)


@lru_cache(maxsize=512)
def _places_of(tokens: tuple[FormatToken, ...]) -> DecimalPlaces:
    point = next((n for n, token in enumerate(tokens) if token.kind == "."), len(tokens))
    before, behind = tokens[:point], tokens[point:]
    percents = sum(token.kind == "%" for token in tokens)
    needed = [n for n, text in enumerate(_digits(behind), 1) if text == "0"]
    return DecimalPlaces(
        before=before,
        behind=behind,
        factor=Decimal(100) ** percents / Decimal(1000) ** _scaling(before, behind),
        unit=Decimal(1).scaleb(-len(_digits(behind))),
        digits_before=len(_digits(before)),
        needed_behind=max(needed, default=0),
        grouped=_grouped(before),
    )


def _digits(tokens: Sequence[FormatToken]) -> list[str]:
    return [token.text for token in tokens if token.kind == "digit"]


def _scaling(before: Sequence[FormatToken], behind: Sequence[FormatToken]) -> int:
    """How many commas stand behind the last digit on either side: each is a thousand."""
    commas = 0
    for tokens in (before, behind):
        last = max((n for n, token in enumerate(tokens) if token.kind == "digit"), default=-1)
        commas += sum(token.kind == "," for token in tokens[last + 1 :])
    return commas


def _grouped(tokens: Sequence[FormatToken]) -> bool:
    places = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    return any(t.kind == "," for t in tokens[places[0] : places[-1]]) if places else False


def _whole(digits: str, places: DecimalPlaces) -> str:
    """The part before the point; its first place takes all digits that have no place."""
    if not places.digits_before:
        return digits + "".join(t.text for t in places.before if t.kind in {"text", "%"})
    padded = digits.rjust(places.digits_before)
    left = len(padded)
    first = left - places.digits_before + 1
    chunks = iter([padded[:first], *padded[first:]])
    out = ""
    for token in places.before:
        if token.kind != "digit":
            out += token.text if token.kind in {"text", "%"} else ""
            continue
        for char in next(chunks):
            left -= 1
            shown = char.strip() or token.text.strip("#?")
            out += shown + ("," if places.grouped and shown and left and left % 3 == 0 else "")
    return out


def _fractional(digits: str, places: DecimalPlaces) -> str:
    shown = max(len(digits.rstrip("0")), places.needed_behind)
    out, position = "", 0
    for token in places.behind:
        if token.kind == "digit":
            out += digits[position : position + 1] if position < shown else ""
            position += 1
        elif token.kind == ".":
            out += "." if not out.endswith(".") else ""
        elif token.kind in {"text", "%"}:
            out += token.text
    return out
