"""What the lines found on a scanned page are: rules, lines through text, folds, strokes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.extract.layout.page_content import Rule
from crawler.extract.scans.page_image import RasterLine
from crawler.extract.scans.scanned_page import ScannedChar, ScannedLine

_HIGHEST, _LOWEST = 0.58, 0.2  # above the base line, of the type's size: a line through text
_BEYOND = 1.2  # of the type's size that such a line may go on beside its text
_SHORTEST = 1.6  # times the type's size: longer than a stroke of one character
_FEWEST = 2  # characters that are struck through
_HOLES = 1.0  # dots that are not dark, for each gap between two characters
_DASHES = frozenset("—–－-‐―ー_一二三…·.~～=＝十丁")  # drawn with a level stroke themselves
_UNDER_A_LINE = 0.9  # likeness at most


class DrawnLines(NamedTuple):
    """The lines of a page by what they are; ``folds`` run through text and far beyond it."""

    rules: tuple[Rule, ...]
    strikes: tuple[Rule, ...]
    folds: tuple[Rule, ...]


def sorted_lines(drawn: Iterable[RasterLine], lines: Sequence[ScannedLine]) -> DrawnLines:
    """Tell ruling lines from lines through text and from the strokes of characters."""
    rules, strikes, folds = [], [], []
    for rule, holes in drawn:
        struck = _struck(rule, lines) if rule.is_level else []
        if holes > _HOLES * (len(struck) - 1):
            struck = []  # strokes of neighbours on one height
        if struck and _ends_with(rule, struck):
            strikes.append(rule)
        elif struck:
            folds.append(rule)
        elif not _is_stroke(rule, lines):
            rules.append(rule)
    return DrawnLines(tuple(rules), tuple(strikes), tuple(folds))


def without_certainty(line: ScannedLine, folds: Sequence[Rule]) -> ScannedLine:
    """What a fold or the mark of a copier runs through is text, but never sure."""
    chars = tuple(
        char._replace(likely=min(char.likely, _UNDER_A_LINE))
        if any(_is_through(fold, char, line) for fold in folds)
        else char
        for char in line.chars
    )
    return line._replace(chars=chars)


def _struck(rule: Rule, lines: Sequence[ScannedLine]) -> list[ScannedChar]:
    """The characters that a level line runs through, if they are none of strokes like it."""
    for line in lines:
        found = [char for char in line.chars if _is_through(rule, char, line)]
        plain = [char for char in found if char.text not in _DASHES]
        if len(plain) >= _FEWEST and rule.right - rule.left >= _SHORTEST * line.size:
            return found
    return []


def _is_through(rule: Rule, char: ScannedChar, line: ScannedLine) -> bool:
    """Whether a level line passes the middle of a character."""
    inside = line.base - _HIGHEST * line.size <= rule.top <= line.base - _LOWEST * line.size
    return inside and rule.left <= (char.left + char.right) / 2 <= rule.right


def _ends_with(rule: Rule, struck: Sequence[ScannedChar]) -> bool:
    """Whether the line is as long as the text it runs through."""
    beyond = _BEYOND * max(char.right - char.left for char in struck)
    return struck[0].left - rule.left <= beyond and rule.right - struck[-1].right <= beyond


def _is_stroke(rule: Rule, lines: Sequence[ScannedLine]) -> bool:
    """Whether a line is the strokes of characters: it runs within a line of writing."""
    if rule.is_level:
        return any(_runs_along(rule, line) for line in lines)
    return any(
        line.base - 1.2 * line.size <= rule.top and rule.bottom <= line.base + 0.4 * line.size
        for line in lines
        if line.chars[0].left <= rule.left <= line.chars[-1].right
    )


def _runs_along(rule: Rule, line: ScannedLine) -> bool:
    shared = min(rule.right, line.chars[-1].right) - max(rule.left, line.chars[0].left)
    inside = line.base - 0.85 * line.size < rule.top < line.base - 0.05 * line.size
    return inside and shared > 0.3 * (rule.right - rule.left)
