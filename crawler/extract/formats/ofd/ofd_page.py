"""What a page of an OFD shows: its objects, those of its templates and of composite units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from crawler.extract.formats.ofd.ofd_glyphs import MOST_GLYPHS, seen_glyphs
from crawler.extract.formats.ofd.ofd_objects import (
    PlacedObject,
    colour_of_object,
    is_hidden,
    numbers,
    placed_in,
    tag_of,
)
from crawler.extract.layout.outlines import Matrix, Outline, Point, applied, box_of
from crawler.extract.layout.page_content import Glyph, Rule
from crawler.extract.layout.painted_areas import OPAQUE, PageShapes

POINTS = 72 / 25.4  # in a millimetre
_MOST_OBJECTS = 60_000
_MOST_DEPTH = 8
_LONGEST_PATH = 1_000_000
# M 0 0 L 10 0.5 C
_WORD = re.compile(r"[SMLQBAC]|[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")
_CURVES = "QBA"


@dataclass(slots=True)
class _Walk:
    """The objects met so far, in the order of drawing."""

    units: Mapping[str, Any]
    found: list[PlacedObject] = field(default_factory=list)


class DrawnPage(NamedTuple):
    """The visible characters, shapes and pictures of a page, and whether all of it was taken.
    A picture is the number of its resource and its box."""

    glyphs: list[Glyph]
    shapes: PageShapes
    pictures: list[tuple[str, Rule]]
    whole: bool


def drawn_page(
    parts: Sequence[Any], units: Mapping[str, Any], size: tuple[float, float]
) -> DrawnPage:
    """What is seen of a page whose contents are these elements."""
    walk = _Walk(units)
    to_points: Matrix = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)
    for part in parts:
        _walk(walk, part, placed_in(part, PlacedObject(0, part, to_points)), 0)
    shapes = PageShapes(size[0] * size[1])
    for placed in walk.found:
        _add_shape(shapes, placed)
    shapes.bound()
    glyphs: list[Glyph] = []
    for placed in walk.found:
        if tag_of(placed.item) == "TextObject" and len(glyphs) < MOST_GLYPHS:
            glyphs += seen_glyphs(placed, shapes, size)
    whole = len(walk.found) < _MOST_OBJECTS and len(glyphs) < MOST_GLYPHS
    return DrawnPage(glyphs, shapes, list(_pictures(walk.found)), whole)


def _pictures(found: Sequence[PlacedObject]) -> Iterator[tuple[str, Rule]]:
    for placed in found:
        boundary = numbers(placed.item.get("Boundary"))
        if tag_of(placed.item) == "ImageObject" and len(boundary) == 4:
            yield placed.item.get("ResourceID") or "", _image_box(placed, boundary)


def _walk(walk: _Walk, element: Any, around: PlacedObject, depth: int) -> None:
    """Objects of an element in their order; blocks and composite units give theirs."""
    for child in element:
        tag = tag_of(child)
        if depth > _MOST_DEPTH or len(walk.found) >= _MOST_OBJECTS or is_hidden(child):
            continue
        if tag in {"TextObject", "PathObject", "ImageObject"}:
            placed = placed_in(child, around)
            walk.found.append(replace(placed, order=len(walk.found)))
        elif tag == "CompositeObject":
            number = child.get("ResourceID") or ""
            if number in walk.units and number not in around.units:
                placed = replace(placed_in(child, around), units=around.units | {number})
                _walk(walk, walk.units[number], placed, depth + 1)
        elif tag in {"Layer", "PageBlock", "Content"}:
            _walk(walk, child, around, depth + 1)


# -------------------------------------------------------------------------------- shapes


def _add_shape(shapes: PageShapes, placed: PlacedObject) -> None:
    item = placed.item
    if tag_of(item) == "ImageObject":
        boundary = numbers(item.get("Boundary"))
        if len(boundary) == 4:
            shapes.add_picture(placed.order, _image_box(placed, boundary))
    elif tag_of(item) == "PathObject":
        fills, strokes = item.get("Fill") == "true", item.get("Stroke") != "false"
        colour, opacity = colour_of_object(item, "FillColor", placed.opacity)
        for outline in _outlines(shapes, placed):
            if strokes:
                shapes.add_stroked(outline)
            if fills:
                shapes.add_filled(placed.order, outline, colour if opacity >= OPAQUE else None)


def _image_box(placed: PlacedObject, boundary: Sequence[float]) -> Rule:
    """The box of a picture: its matrix makes it of the unit square, or its boundary is it."""
    wide, high = (1.0, 1.0) if placed.item.get("CTM") else (boundary[2], boundary[3])
    return box_of([applied(placed.matrix, x, y) for x in (0.0, wide) for y in (0.0, high)])


def _outlines(shapes: PageShapes, placed: PlacedObject) -> Iterator[Outline]:
    """The outlines of abbreviated path data: S and M begin one, L goes on, C closes it."""
    data = next((each.text or "" for each in placed.item.iterchildren("{*}AbbreviatedData")), "")
    points: list[Point] = []
    curved = False
    for step, at in _steps(data[:_LONGEST_PATH]):
        if not shapes.has_room_for_segment():
            return
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


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each letter of path data with the numbers behind it."""
    letter, at = "", ""
    for word in _WORD.findall(data):
        if not word.isalpha():
            at += f" {word}"
            continue
        if letter:
            yield letter, numbers(at)
        letter, at = word, ""
    if letter:
        yield letter, numbers(at)
