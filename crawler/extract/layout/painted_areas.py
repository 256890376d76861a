"""Filled areas of a page in drawing order: what they cover and what stands on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.extract.layout.outlines import (
    Outline,
    centre_line,
    is_thin,
    rectangle,
    sides,
    stroked_lines,
)
from crawler.extract.layout.page_content import Rule

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
OPAQUE = 250  # of 255
_SAME_COLOUR = 24
_PALE = 0.62  # brightness of a watermark's grey
_GREY = 60  # by which the parts of a grey may differ
_CLEAR = 110  # of 255: a watermark's opacity
_MOST_AREAS = 500
_MOST_PICTURES = 60
_MOST_SEGMENTS = 40_000
_SCAN = 0.5  # of the page's area
_PICTURE = 0.03
_LARGE_PICTURE = 0.12
_FEW = 100  # characters on a page that a picture fills
_FEW_INSIDE = 20
_MANY_CURVES = 400  # more are letters drawn as outlines


@dataclass(frozen=True, slots=True)
class Area:
    """An opaque filled rectangle, when it is drawn and in which colour."""

    order: int
    box: Rule
    colour: Colour

    def holds(self, x: float, y: float) -> bool:
        return self.box.has(x, y)


@dataclass(slots=True)
class PageShapes:
    """What a page draws besides its text, in shown coordinates."""

    page_area: float
    rules: list[Rule] = field(default_factory=list)
    faint_rules: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    picture_orders: list[int] = field(default_factory=list)
    pictures: list[Rule] = field(default_factory=list)
    picture_area: float = 0.0
    curves: int = 0
    segments: int = 0
    _suffixes: dict[int, Sequence[Area]] = field(default_factory=dict)
    _seen_colours: set[Colour] = field(default_factory=set)

    def has_room_for_segment(self) -> bool:
        """Count a step of an outline; False if there are so many that this is a drawing."""
        self.segments += 1
        return self.segments < _MOST_SEGMENTS

    @property
    def is_scan(self) -> bool:
        """Whether pictures fill the page."""
        return self.picture_area >= _SCAN * self.page_area

    def holds_more_than(self, middles: Sequence[tuple[float, float]]) -> bool:
        """Whether pictures may say what the page's characters, by their middles, do not: there
        is writing nowhere, or only beside a large picture."""
        if not middles:
            return self.picture_area >= _PICTURE * self.page_area or self.curves >= _MANY_CURVES
        if self.picture_area < _LARGE_PICTURE * self.page_area:
            return False
        if self.is_scan and len(middles) < _FEW:
            return True
        inside = sum(any(box.has(x, y) for box in self.pictures) for x, y in middles)
        return inside < _FEW_INSIDE  # more are written on a ground

    def add_picture(self, order: int, box: Rule) -> None:
        """Note a picture and its share of the page."""
        self.picture_orders.append(order)
        if len(self.pictures) < _MOST_PICTURES:
            self.pictures.append(box)
        self.picture_area += (box.right - box.left) * (box.bottom - box.top)

    def add_stroked(self, outline: Outline) -> None:
        """Note the lines of an outline that is drawn along."""
        self.rules += stroked_lines(outline)

    def add_filled(self, order: int, outline: Outline, colour: Colour | None) -> None:
        """Note a filled rectangle; ``colour`` None if what is behind it shines through."""
        box = rectangle(outline)
        if box is None:
            return
        if is_thin(box):
            self.rules.append(centre_line(box))
            return
        self.faint_rules += sides(box)
        if colour is not None:
            self.areas.append(Area(order, box, colour))

    def bound(self) -> None:
        """Keep the largest areas, and no lines if they are too many for tables."""
        if self.segments >= _MOST_SEGMENTS:
            self.rules, self.faint_rules = [], []
        largest = sorted(self.areas, key=lambda area: _size(area.box))[-_MOST_AREAS:]
        self.areas = sorted(largest, key=lambda area: area.order)

    def over(self, order: int) -> Sequence[Area]:
        """The areas that are drawn over what comes at this place in the order."""
        first = bisect_right(self.areas, order, key=lambda area: area.order)
        if first not in self._suffixes:
            self._suffixes[first] = self.areas[first:]
        return self._suffixes[first]

    def is_under_picture(self, order: int) -> bool:
        """Whether a picture that fills the page is drawn over what comes at this place."""
        return self.is_scan and any(picture > order for picture in self.picture_orders)

    def has_colour_of_ground(self, colour: Colour, order: int, x: float, y: float) -> bool:
        """Whether a text has the colour of what it stands on: paper, or an area before it."""
        if not alike(colour, WHITE) and not any(alike(each, colour) for each in self._colours()):
            return False
        ground = self._ground(order, x, y)
        return ground is not None and alike(colour, ground)

    def _colours(self) -> set[Colour]:
        if not self._seen_colours:
            self._seen_colours.update(area.colour for area in self.areas)
        return self._seen_colours

    def looks_pale(self, ink: tuple[Colour, int], order: int, x: float, y: float) -> bool:
        """Whether a text, by its colour and opacity, is a watermark on white paper."""
        if not is_pale(*ink):
            return False
        ground = self._ground(order, x, y)
        return ink[1] <= _CLEAR or (ground is not None and alike(ground, WHITE))

    def _ground(self, order: int, x: float, y: float) -> Colour | None:
        """The colour behind a point when something is drawn there, None on a picture."""
        for area in reversed(self.areas):
            if area.order < order and area.holds(x, y):
                return area.colour
        return None if any(picture < order for picture in self.picture_orders) else WHITE


def _size(box: Rule) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def is_covered(areas: Iterable[Area], x: float, y: float) -> bool:
    """Whether a point lies under one of these areas."""
    return any(area.holds(x, y) for area in areas)


def is_pale(colour: Colour, opacity: int) -> bool:
    """Whether this is the grey of a watermark."""
    red, green, blue = colour
    grey = max(colour) - min(colour) <= _GREY
    bright = (0.3 * red + 0.59 * green + 0.11 * blue) / 255 >= _PALE
    return (grey and bright) or opacity <= _CLEAR


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two colours cannot be told apart."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _SAME_COLOUR
