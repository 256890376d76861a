"""Notes at the foot of a page: below a short line, in smaller type than the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from crawler.extract.layout.page_blocks import Block, TextLine
from crawler.extract.layout.page_content import PageContent, Rule
from crawler.extract.layout.text_lines import Row

_SHORTEST, _LONGEST = 0.1, 0.45  # of the page's width: the line above the notes
_HIGHEST = 0.4  # of the page's height
_SMALLER = 0.92


def notes_line(page: PageContent, rows: Sequence[Row]) -> float:
    """At what height the notes of a page begin, endless if it has none."""
    heights = sorted(rule.top for rule in page.rules if _may_part_notes(rule, page))
    return next((height for height in heights if _parts_notes(height, rows)), float("inf"))


def _may_part_notes(rule: Rule, page: PageContent) -> bool:
    wide = (rule.right - rule.left) / page.width
    return (
        rule.is_level
        and _SHORTEST <= wide <= _LONGEST
        and rule.top >= _HIGHEST * page.height
        and rule.left <= page.width / 3
    )


def _parts_notes(height: float, rows: Sequence[Row]) -> bool:
    """Whether there is text above, and all that stands below is smaller."""
    above = [row[0].size for row in rows if row[0].base <= height]
    below = [row[0].size for row in rows if row[0].base > height]
    return bool(above and below) and max(below) <= _SMALLER * median(above)


def as_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lines below the text of a page, marked as such."""
    for block in blocks:
        yield replace(block, note=True) if isinstance(block, TextLine) else block
