"""Numbers one above the other with a stroke between them: a fraction of the line beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.layout.page_content import Glyph, PageContent, Rule

_LONGEST = 60.0  # points of the stroke
_MOST_STROKES = 200
_MOST_DIGITS = 4
_NEAR = 0.6  # of the type's size between the stroke and a number
_WIDER = 0.8  # of the type's size that the stroke may be longer than the numbers
_BESIDE = 0.9  # of the type's size from the stroke to the line


def with_fractions(page: PageContent) -> PageContent:
    """The page with each such fraction as one piece of its line, written 2/3."""
    strokes = [r for r in page.rules if r.is_level and 2 <= r.right - r.left <= _LONGEST]
    if not strokes or len(strokes) > _MOST_STROKES:
        return page
    glyphs, used = list(page.glyphs), set()
    for stroke in strokes:
        near = [g for g in glyphs if g.turn == 0 and abs(g.middle[1] - stroke.top) <= 2 * g.size]
        if found := _fraction(stroke, near):
            fraction, parts = found
            gone = {id(part) for part in parts}
            glyphs = [*(glyph for glyph in glyphs if id(glyph) not in gone), fraction]
            used.add(stroke)
    if not used:
        return page
    return replace(page, glyphs=glyphs, rules=[rule for rule in page.rules if rule not in used])


def _fraction(stroke: Rule, near: Sequence[Glyph]) -> tuple[Glyph, list[Glyph]] | None:
    """The fraction that a stroke draws, as one character of its line, and what it is made of."""
    over = [g for g in near if _within(g, stroke) and 0 <= stroke.top - g.base_y <= _NEAR * g.size]
    under = [g for g in near if _within(g, stroke) and 0 < g.middle[1] - stroke.top <= 1.2 * g.size]
    if not (_is_number(over) and _is_number(under)):
        return None
    parts = [*over, *under]
    width = max(max(g.right for g in p) - min(g.left for g in p) for p in (over, under))
    if stroke.right - stroke.left > width + _WIDER * over[0].size:
        return None  # the side of a cell
    line = [g for g in near if g not in parts and _is_beside(g, stroke)]
    if not line:
        return None
    host = line[0]
    text = f"{_text(over)}/{_text(under)}"
    behind_number = any(g.text.isdigit() and g.left < stroke.left for g in line)
    fraction = host._replace(
        text=text, left=stroke.left, right=stroke.right, base_x=stroke.left,
        after_blank=behind_number, run=-1,
    )  # fmt: skip
    return fraction, parts


def _within(glyph: Glyph, stroke: Rule) -> bool:
    return stroke.left - 1 <= glyph.middle[0] <= stroke.right + 1


def _is_number(glyphs: Sequence[Glyph]) -> bool:
    return 0 < len(glyphs) <= _MOST_DIGITS and all(
        g.text.isascii() and g.text.isdigit() for g in glyphs
    )


def _is_beside(glyph: Glyph, stroke: Rule) -> bool:
    """Whether a character of the line stands directly before or behind the stroke."""
    gap = max(stroke.left - glyph.right, glyph.left - stroke.right)
    level = glyph.base_y - 0.7 * glyph.size <= stroke.top <= glyph.base_y
    return level and -0.2 * glyph.size <= gap <= _BESIDE * glyph.size


def _text(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in sorted(glyphs, key=lambda glyph: glyph.left))
