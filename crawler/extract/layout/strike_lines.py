"""Text that a line runs through is no longer said: it and its line are left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.layout.page_content import Glyph, PageContent, Rule

_HIGHEST, _LOWEST = 0.62, 0.16  # above the base line, of the type's size
_BEYOND = 1.2  # of the type's size that the line may go on beside its text
_BEFORE = 2.7  # and before it, over the two blanks that begin a paragraph
_MOST_RULES = 2000


def without_struck(page: PageContent) -> PageContent:
    """The page with nothing said where characters are struck through, and without their lines."""
    drawn = [rule for rule in (*page.rules, *page.strikes) if rule.is_level]
    levels = sorted(drawn, key=lambda rule: rule.top)
    if not levels or len(levels) > _MOST_RULES:
        return page
    heights = [rule.top for rule in levels]
    struck: dict[Rule, list[Glyph]] = {}
    for glyph in page.glyphs:
        if glyph.turn:
            continue
        first = bisect_left(heights, glyph.base_y - _HIGHEST * glyph.size)
        last = bisect_left(heights, glyph.base_y - _LOWEST * glyph.size)
        for rule in levels[first:last]:
            if rule.left <= glyph.middle[0] <= rule.right:
                struck.setdefault(rule, []).append(glyph)
    marked = set(page.strikes)
    lines = {rule for rule, glyphs in struck.items() if rule in marked or _ends_with(rule, glyphs)}
    if not lines:
        return page
    gone = {id(glyph) for rule in lines for glyph in struck[rule]}
    return replace(
        page,
        glyphs=[g._replace(text="") if id(g) in gone else g for g in page.glyphs],
        rules=[rule for rule in page.rules if rule not in lines],
    )


def _ends_with(rule: Rule, glyphs: Sequence[Glyph]) -> bool:
    """Whether the line is as long as the text it runs through, unlike the lines of a table."""
    size = max(glyph.size for glyph in glyphs)
    return (
        min(glyph.left for glyph in glyphs) - rule.left <= _BEFORE * size
        and rule.right - max(glyph.right for glyph in glyphs) <= _BEYOND * size
    )
