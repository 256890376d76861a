"""Drawn outlines as the lines and filled rectangles that they look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.extract.layout.page_content import Rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

THIN = 2.5  # points: a rectangle this thin is a line
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ASLANT = 1.0  # points that a level line may rise


@dataclass(frozen=True, slots=True)
class Outline:
    """A run of straight lines as shown; ``curved`` if some of it was no line."""

    points: Sequence[Point]
    curved: bool = False


def multiplied(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(points: Sequence[Point]) -> Rule:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return Rule(min(xs), min(ys), max(xs), max(ys))


def stroked_lines(outline: Outline) -> Iterator[Rule]:
    """The level and upright lines of an outline that is drawn along."""
    if outline.curved:
        return
    for one, other in pairwise(outline.points):
        box = box_of((one, other))
        wide, high = box.right - box.left, box.bottom - box.top
        if min(wide, high) <= _ASLANT and max(wide, high) > THIN:
            yield centre_line(box)


def rectangle(outline: Outline) -> Rule | None:
    """The box of an outline whose sides are level and upright."""
    if outline.curved or not 4 <= len(outline.points) <= 6:
        return None
    box = box_of(outline.points)
    at_corners = all(
        min(x - box.left, box.right - x) <= 0.5 and min(y - box.top, box.bottom - y) <= 0.5
        for x, y in outline.points
    )
    return box if at_corners else None


def is_thin(box: Rule) -> bool:
    """Whether a filled rectangle is drawn as a line."""
    return min(box.right - box.left, box.bottom - box.top) <= THIN


def centre_line(box: Rule) -> Rule:
    """The line in the middle of a thin box."""
    if box.is_level:
        y = (box.top + box.bottom) / 2
        return Rule(box.left, y, box.right, y)
    x = (box.left + box.right) / 2
    return Rule(x, box.top, x, box.bottom)


def sides(box: Rule) -> list[Rule]:
    """The four sides of a rectangle."""
    left, top, right, bottom = box
    return [
        Rule(left, top, right, top), Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom), Rule(right, top, right, bottom),
    ]  # fmt: skip
