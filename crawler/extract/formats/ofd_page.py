"""What a page of an OFD shows: its objects, those of its templates and of composite units."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.extract.layout.outlines import (
    IDENTITY,
    Matrix,
    Outline,
    Point,
    applied,
    box_of,
    multiplied,
)
from crawler.extract.layout.page_content import Glyph, quarter_turn
from crawler.extract.layout.painted_areas import (
    OPAQUE,
    WHITE,
    Colour,
    PageShapes,
    is_covered,
    is_pale,
)

POINTS = 72 / 25.4  # in a millimetre
_MOST_OBJECTS = 60_000
_MOST_GLYPHS = 20_000
_MOST_DEPTH = 8
_SMALLEST = 1.5
_NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")
# M 0 0 L 10 0 C
_STEP = re.compile(r"([SMLQBACC])((?:[\s,]*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)*)")
_CURVES = "QBA"
_BLANKS = " \u00a0\u3000\t"
_ASCENT = 0.86  # of the size: from the base line to the top of a character
_NARROW = 0.5  # of the size that a Latin letter takes where nothing says how far to go


@dataclass(frozen=True, slots=True)
class _Placed:
    """An object, when it is drawn, and how its coordinates become shown ones."""

    order: int
    item: Any
    matrix: Matrix
    opacity: int = 255
    units: frozenset[str] = frozenset()  # the composite units it stands in


@dataclass(slots=True)
class _Walk:
    """The objects met so far, in the order of drawing."""

    units: Mapping[str, Any]
    found: list[_Placed] = field(default_factory=list)


def drawn_page(
    parts: Sequence[Any], units: Mapping[str, Any], size: tuple[float, float]
) -> tuple[list[Glyph], PageShapes, bool]:
    """The visible characters and the shapes of a page whose contents are these elements, and
    whether all of it was taken."""
    walk = _Walk(units)
    to_points: Matrix = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)
    for part in parts:
        _walk(walk, part, _placed(part, _Placed(0, part, to_points)), 0)
    shapes = PageShapes(size[0] * size[1])
    for placed in walk.found:
        _add_shape(shapes, placed)
    shapes.keep_largest_areas()
    glyphs: list[Glyph] = []
    for placed in walk.found:
        if _tag(placed.item) == "TextObject" and len(glyphs) < _MOST_GLYPHS:
            glyphs += _seen(placed, shapes, size)
    return glyphs, shapes, len(walk.found) < _MOST_OBJECTS and len(glyphs) < _MOST_GLYPHS


def _walk(walk: _Walk, element: Any, around: _Placed, depth: int) -> None:
    """Objects of an element in their order; blocks and composite units give theirs."""
    for child in element:
        tag = _tag(child)
        if depth > _MOST_DEPTH or len(walk.found) >= _MOST_OBJECTS or _is_hidden(child):
            continue
        if tag in {"TextObject", "PathObject", "ImageObject"}:
            placed = _placed(child, around)
            walk.found.append(replace(placed, order=len(walk.found)))
        elif tag == "CompositeObject":
            number = child.get("ResourceID") or ""
            if number in walk.units and number not in around.units:
                placed = replace(_placed(child, around), units=around.units | {number})
                _walk(walk, walk.units[number], placed, depth + 1)
        elif tag in {"Layer", "PageBlock", "Content"}:
            _walk(walk, child, around, depth + 1)


def _placed(item: Any, around: _Placed) -> _Placed:
    """An object's own coordinates begin at its box, its matrix acts inside of it."""
    boundary = numbers(item.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    own = numbers(item.get("CTM"))
    inner = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    moved = multiplied(inner, (1.0, 0.0, 0.0, 1.0, left, top))
    opacity = _opacity(item) * around.opacity // 255
    return _Placed(0, item, multiplied(moved, around.matrix), opacity, around.units)


def _tag(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _is_hidden(element: Any) -> bool:
    return (element.get("Visible") or "").lower() == "false"


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute, none of them endless."""
    found = [float(each) for each in _NUMBER.findall(text or "")]
    return found if all(math.isfinite(each) for each in found) else []


def _opacity(item: Any) -> int:
    found = numbers(item.get("Alpha"))
    return min(255, max(0, int(found[0]))) if found else 255


# -------------------------------------------------------------------------------- shapes


def _add_shape(shapes: PageShapes, placed: _Placed) -> None:
    item = placed.item
    if _tag(item) == "ImageObject":
        boundary = numbers(item.get("Boundary"))
        if len(boundary) == 4:
            shapes.add_picture(placed.order, _image_box(placed, boundary))
    elif _tag(item) == "PathObject":
        fills, strokes = item.get("Fill") == "true", item.get("Stroke") != "false"
        colour, opacity = _colour(item, "FillColor", placed.opacity)
        for outline in _outlines(shapes, placed):
            if strokes:
                shapes.add_stroked(outline)
            if fills:
                shapes.add_filled(placed.order, outline, colour if opacity >= OPAQUE else None)


def _image_box(placed: _Placed, boundary: Sequence[float]) -> Any:
    """The box of a picture: its matrix makes it of the unit square, or its boundary is it."""
    wide, high = (1.0, 1.0) if placed.item.get("CTM") else (boundary[2], boundary[3])
    return box_of([applied(placed.matrix, x, y) for x in (0.0, wide) for y in (0.0, high)])


def _outlines(shapes: PageShapes, placed: _Placed) -> Iterator[Outline]:
    """The outlines of abbreviated path data: S and M begin one, L goes on, C closes it."""
    data = next((each.text or "" for each in placed.item.iterchildren("{*}AbbreviatedData")), "")
    points: list[Point] = []
    curved = False
    for step, values in _STEP.findall(data):
        at = numbers(values)
        if step in "SM" and points:
            yield Outline(points, curved)
            points, curved = [], False
        if step in _CURVES:
            curved = True
            shapes.curves += 1
        if len(at) >= 2:
            points.append(applied(placed.matrix, at[-2], at[-1]))
        elif step == "C" and points:
            points.append(points[0])
    if points:
        yield Outline(points, curved)


def _colour(item: Any, tag: str, opacity: int) -> tuple[Colour, int]:
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


# ---------------------------------------------------------------------------- characters


def _seen(placed: _Placed, shapes: PageShapes, size: tuple[float, float]) -> Iterator[Glyph]:
    """The characters of a text object that a reader sees."""
    item = placed.item
    if item.get("Fill") == "false" and item.get("Stroke") != "true":
        return
    colour, opacity = _colour(item, "FillColor", placed.opacity)
    if opacity == 0:
        return
    later = shapes.over(placed.order)
    pale = is_pale(colour, opacity)
    for glyph in _glyphs(placed):
        x, y = glyph.middle
        if not (0 <= x <= size[0] and 0 <= y <= size[1]) or is_covered(later, x, y):
            continue
        if not shapes.has_colour_of_ground(colour, placed.order, x, y):
            yield glyph._replace(pale=pale)


def _glyphs(placed: _Placed) -> Iterator[Glyph]:
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


def _glyph(placed: _Placed, char: str, at: Point, own: float, wide: float) -> Glyph:
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
    while index < len(words) and len(found) < _MOST_GLYPHS:
        if words[index] == "g" and index + 2 < len(words):
            times = next(iter(numbers(words[index + 1])), 0.0)
            found += numbers(words[index + 2])[:1] * min(int(times), _MOST_GLYPHS)
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
