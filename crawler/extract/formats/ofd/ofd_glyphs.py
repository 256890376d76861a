"""The characters of an OFD's text objects: each stands where its object's steps lead."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.ofd.ofd_objects import PlacedObject, colour_of_object, numbers
from crawler.extract.layout.outlines import Matrix, Point, applied, box_of
from crawler.extract.layout.page_content import Glyph, quarter_turn
from crawler.extract.layout.painted_areas import PageShapes, is_covered

MOST_GLYPHS = 100_000
_SMALLEST = 1.5
_BLANKS = " \u00a0\u3000\t"
_ASCENT = 0.86  # of the size: from the base line to the top of a character
_NARROW = 0.5  # of the size that a Latin letter takes where nothing says how far to go


def seen_glyphs(
    placed: PlacedObject, shapes: PageShapes, size: tuple[float, float]
) -> Iterator[Glyph]:
    """The characters of a text object that a reader sees."""
    item = placed.item
    if item.get("Fill") == "false" and item.get("Stroke") != "true":
        return
    colour, opacity = colour_of_object(item, "FillColor", placed.opacity)
    if opacity == 0:
        return
    later = shapes.over(placed.order)
    for glyph in _glyphs(placed):
        x, y = glyph.middle
        if not (0 <= x <= size[0] and 0 <= y <= size[1]) or is_covered(later, x, y):
            continue
        if not shapes.has_colour_of_ground(colour, placed.order, x, y):
            pale = shapes.looks_pale((colour, opacity), placed.order, x, y)
            yield glyph._replace(pale=pale, run=placed.order)


def _glyphs(placed: PlacedObject) -> Iterator[Glyph]:
    item = placed.item
    own = _type_size(item)
    wide = next(iter(numbers(item.get("HScale"))), 1.0)
    turn = quarter_turn(*_direction(placed.matrix, _degrees(item.get("CharDirection"))))
    size = own * _scale(placed.matrix)
    if turn is None or size < _SMALLEST:
        return
    x, y = 0.0, _ASCENT * own
    after_blank = False
    for code in item.iterchildren("{*}TextCode"):
        text = code.text or ""
        x, y = _start(code, "X", x), _start(code, "Y", y)
        for char, (left, base) in zip(
            text, _positions(code, text, (x, y), own * wide), strict=False
        ):
            x, y = left, base
            if char in _BLANKS or char < " ":
                after_blank = True
                continue
            yield _glyph(placed, char, (left, base), own, wide * own)._replace(
                turn=turn, after_blank=after_blank
            )
            after_blank = False


def _type_size(item: Any) -> float:
    """The size of a text object's type, that of its box if it names none."""
    size, boundary = numbers(item.get("Size")), numbers(item.get("Boundary"))
    return size[0] if size else (boundary[3] if len(boundary) == 4 else 0.0)


def _glyph(placed: PlacedObject, char: str, at: Point, own: float, wide: float) -> Glyph:
    advance = _advance(char, wide)
    left, base = at
    corners = [
        applied(placed.matrix, x, y)
        for x in (left, left + advance)
        for y in (base - _ASCENT * own, base + (1 - _ASCENT) * own)
    ]
    box = box_of(corners)
    base_x, base_y = applied(placed.matrix, left, base)
    return Glyph(
        char, box.left, box.top, box.right, box.bottom, base_x, base_y,
        own * _scale(placed.matrix),
    )  # fmt: skip


def _advance(char: str, wide: float) -> float:
    return wide * (_NARROW if char.isascii() else 1.0)


def _start(code: Any, axis: str, before: float) -> float:
    return next(iter(numbers(code.get(axis))), before)


def _positions(code: Any, text: str, start: Point, wide: float) -> Iterator[Point]:
    """Where each character stands: by the steps that are told, or one behind the other."""
    across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
    x, y = start
    for index, char in enumerate(text):
        yield x, y
        if not across and not down:
            x += _advance(char, wide)
            continue
        if across:
            x += across[min(index, len(across) - 1)]
        if down:
            y += down[min(index, len(down) - 1)]


def _steps(text: str | None) -> list[float]:
    """The distances of an attribute; ``g 4 3.2`` says the same one four times."""
    words = (text or "").split()
    found: list[float] = []
    index = 0
    while index < len(words) and len(found) < MOST_GLYPHS:
        if words[index] == "g" and index + 2 < len(words):
            times = next(iter(numbers(words[index + 1])), 0.0)
            found += numbers(words[index + 2])[:1] * min(int(times), MOST_GLYPHS)
            index += 3
        else:
            found += numbers(words[index])[:1]
            index += 1
    return found


def _degrees(text: str | None) -> float:
    return next(iter(numbers(text)), 0.0)


def _direction(matrix: Matrix, turned: float) -> Point:
    """Which way writing runs on the page, for characters turned clockwise by some degrees."""
    angle = math.radians(turned)
    x, y = math.cos(angle), math.sin(angle)
    return matrix[0] * x + matrix[2] * y, matrix[1] * x + matrix[3] * y


def _scale(matrix: Matrix) -> float:
    return math.hypot(matrix[2], matrix[3])
