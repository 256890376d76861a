"""Filled areas of a page in drawing order: what they cover and what stands on them."""

from __future__ import annotations

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
_CLEAR = 110  # of 255: a watermark's opacity
_MOST_AREAS = 500
_MOST_SEGMENTS = 40_000
_SCAN = 0.5  # of the page's area
_PICTURE = 0.03
_MANY_CURVES = 400  # more are letters drawn as outlines


@dataclass(frozen=True, slots=True)
class Area:
    """An opaque filled rectangle, when it is drawn and in which colour."""

    order: int
    box: Rule
    colour: Colour

    def holds(self, x: float, y: float) -> bool:
        box = self.box
        return box.left <= x <= box.right and box.top <= y <= box.bottom


@dataclass(slots=True)
class PageShapes:
    """What a page draws besides its text, in shown coordinates."""

    page_area: float
    rules: list[Rule] = field(default_factory=list)
    faint_rules: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    picture_orders: list[int] = field(default_factory=list)
    picture_area: float = 0.0
    curves: int = 0
    segments: int = 0

    def has_room_for_segment(self) -> bool:
        """Count a step of an outline; False if there are so many that this is a drawing."""
        self.segments += 1
        return self.segments < _MOST_SEGMENTS

    @property
    def is_scan(self) -> bool:
        """Whether pictures fill the page."""
        return self.picture_area >= _SCAN * self.page_area

    @property
    def has_unread_picture(self) -> bool:
        """Whether there may be writing in pictures or in outlines of letters."""
        return self.picture_area >= _PICTURE * self.page_area or self.curves >= _MANY_CURVES

    def add_picture(self, order: int, box: Rule) -> None:
        """Note a picture and its share of the page."""
        self.picture_orders.append(order)
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

    def over(self, order: int) -> list[Area]:
        """The areas that are drawn over what comes at this place in the order."""
        return [area for area in self.areas if area.order > order]

    def is_under_picture(self, order: int) -> bool:
        """Whether a picture that fills the page is drawn over what comes at this place."""
        return self.is_scan and any(picture > order for picture in self.picture_orders)

    def has_colour_of_ground(self, colour: Colour, order: int, x: float, y: float) -> bool:
        """Whether a text has the colour of what it stands on: paper, or an area before it."""
        behind = [area for area in self.areas if area.order < order]
        if not alike(colour, WHITE) and not any(alike(area.colour, colour) for area in behind):
            return False
        ground = next((area.colour for area in reversed(behind) if area.holds(x, y)), None)
        if ground is None:
            on_paper = not any(picture < order for picture in self.picture_orders)
            return alike(colour, WHITE) and on_paper
        return alike(colour, ground)


def _size(box: Rule) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def is_covered(areas: Iterable[Area], x: float, y: float) -> bool:
    """Whether a point lies under one of these areas."""
    return any(area.holds(x, y) for area in areas)


def is_pale(colour: Colour, opacity: int) -> bool:
    """Whether this is the grey of a watermark."""
    red, green, blue = colour
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255 >= _PALE or opacity <= _CLEAR


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two colours cannot be told apart."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _SAME_COLOUR
