"""The graphic objects of an OFD: where they stand, their numbers and their colours."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.extract.layout.outlines import IDENTITY, Matrix, multiplied
from crawler.extract.layout.painted_areas import WHITE, Colour

# -12.5, 3e2
_NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class PlacedObject:
    """An object, when it is drawn, and how its coordinates become shown ones."""

    order: int
    item: Any
    matrix: Matrix
    opacity: int = 255
    units: frozenset[str] = frozenset()  # the composite units it stands in


def placed_in(item: Any, around: PlacedObject) -> PlacedObject:
    """An object's own coordinates begin at its box, its matrix acts inside of it."""
    boundary = numbers(item.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    own = numbers(item.get("CTM"))
    inner = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    moved = multiplied(inner, (1.0, 0.0, 0.0, 1.0, left, top))
    opacity = _opacity(item) * around.opacity // 255
    return PlacedObject(0, item, multiplied(moved, around.matrix), opacity, around.units)


def tag_of(element: Any) -> str:
    """An element's name without its name space."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def is_hidden(element: Any) -> bool:
    """Whether an object says that it is not shown."""
    return (element.get("Visible") or "").lower() == "false"


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute, none of them endless."""
    found = [float(each) for each in _NUMBER.findall(text or "")]
    return found if all(math.isfinite(each) for each in found) else []


def _opacity(item: Any) -> int:
    found = numbers(item.get("Alpha"))
    return min(255, max(0, int(found[0]))) if found else 255


def colour_of_object(item: Any, tag: str, opacity: int) -> tuple[Colour, int]:
    """The colour that an object names, black if it names none, and how opaque it is."""
    element = next(item.iterchildren(f"{{*}}{tag}"), None)
    if element is None:
        return (0, 0, 0), opacity
    values = [min(255, max(0, int(value))) for value in numbers(element.get("Value"))]
    opacity = opacity * _opacity(element) // 255
    if len(values) == 1:
        return (values[0], values[0], values[0]), opacity
    if len(values) == 4:  # cyan, magenta, yellow, black
        return _of_inks(values), opacity
    return ((values[0], values[1], values[2]) if len(values) == 3 else (0, 0, 0)), opacity


def _of_inks(values: Sequence[int]) -> Colour:
    if not any(values):
        return WHITE
    cyan, magenta, yellow, black = (255 - value for value in values)
    return cyan * black // 255, magenta * black // 255, yellow * black // 255
