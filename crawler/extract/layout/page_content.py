"""What stands on one page as it is shown: characters and lines in points from its upper left."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple


class Glyph(NamedTuple):
    """A visible character, its box, a point of its base line, its size and quarter turn."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base_x: float
    base_y: float
    size: float
    turn: int = 0  # degrees clockwise that its line of writing is turned
    after_blank: bool = False
    pale: bool = False  # light or translucent, as watermarks are
    run: int = -1  # characters of one number are written in one go

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A drawn line, level or upright, by its ends."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies in this one's box."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def holds(self, other: Rule) -> bool:
        """Whether the other lies within this one's box."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


_SLANT = 6.0  # degrees from level or upright: more is a watermark or the rim of a seal


def quarter_turn(x: float, y: float) -> int | None:
    """By how many degrees clockwise writing in this direction is turned; None if askew."""
    angle = math.degrees(math.atan2(y, x)) % 360
    quarter = round(angle / 90) * 90
    return quarter % 360 if abs(angle - quarter) <= _SLANT else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What can be seen on one page."""

    width: float
    height: float
    glyphs: Sequence[Glyph] = ()
    rules: Sequence[Rule] = ()
    strikes: Sequence[Rule] = ()  # marked as lines through text, however far they go
    faint_rules: Sequence[Rule] = ()  # edges of filled areas, the cells of tables without lines


def upright(page: PageContent) -> PageContent:
    """The page turned so that most of its writing runs from left to right."""
    turns = Counter(glyph.turn for glyph in page.glyphs)
    if not turns:
        return page
    turn, count = turns.most_common(1)[0]
    if turn == 0 or count <= 0.6 * len(page.glyphs):
        return page
    quarter = turn in (90, 270)
    return replace(
        page,
        width=page.height if quarter else page.width,
        height=page.width if quarter else page.height,
        glyphs=turned_back(page.glyphs, turn, page.width, page.height),
        rules=_turned_rules(page.rules, turn, page.width, page.height),
        strikes=_turned_rules(page.strikes, turn, page.width, page.height),
        faint_rules=_turned_rules(page.faint_rules, turn, page.width, page.height),
    )


def turned_back(
    glyphs: Iterable[Glyph], turn: int, width: float, height: float
) -> tuple[Glyph, ...]:
    """Characters of an area, turned so that those of this turn become upright."""
    return tuple(_turned_glyph(glyph, turn, width, height) for glyph in glyphs)


def _turned_glyph(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    one = _point(glyph.left, glyph.top, turn, width, height)
    other = _point(glyph.right, glyph.bottom, turn, width, height)
    base_x, base_y = _point(glyph.base_x, glyph.base_y, turn, width, height)
    return glyph._replace(
        left=min(one[0], other[0]), right=max(one[0], other[0]),
        top=min(one[1], other[1]), bottom=max(one[1], other[1]),
        base_x=base_x, base_y=base_y, turn=(glyph.turn - turn) % 360,
    )  # fmt: skip


def _turned_rules(
    rules: Iterable[Rule], turn: int, width: float, height: float
) -> tuple[Rule, ...]:
    found = []
    for rule in rules:
        one = _point(rule.left, rule.top, turn, width, height)
        other = _point(rule.right, rule.bottom, turn, width, height)
        found.append(
            Rule(
                min(one[0], other[0]),
                min(one[1], other[1]),
                max(one[0], other[0]),
                max(one[1], other[1]),
            )
        )
    return tuple(found)


def _point(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """Where a point comes to lie when the page is turned back by that many degrees."""
    if turn == 90:
        return y, width - x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return height - y, x
    return x, y
