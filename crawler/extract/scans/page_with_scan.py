"""What a picture on a page says, put together with the page's own characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.layout.page_content import Glyph, PageContent, Rule
from crawler.extract.scans.scanned_page import ScannedLine, ScannedPage

_NEAR = 0.3  # of the type's size
_SAME_SIZE = 2.0  # points
_SAME_SHAPE = 0.15


def placed(scan: ScannedPage, box: Rule, size: tuple[float, float]) -> ScannedPage:
    """A picture that was read as if it filled a sheet, where it stands on a page."""
    across = (box.right - box.left) / max(scan.width, 1.0)
    down = (box.bottom - box.top) / max(scan.height, 1.0)
    if abs(across - down) > _SAME_SHAPE * max(across, down):  # it was turned to be read
        across = down = min(across, down)

    def moved(rule: Rule) -> Rule:
        return Rule(
            box.left + rule.left * across, box.top + rule.top * down,
            box.left + rule.right * across, box.top + rule.bottom * down,
        )  # fmt: skip

    def moved_line(line: ScannedLine) -> ScannedLine:
        chars = tuple(
            char._replace(left=box.left + char.left * across, right=box.left + char.right * across)
            for char in line.chars
        )
        return ScannedLine(box.top + line.base * down, line.size * down, chars)

    return ScannedPage(
        width=size[0],
        height=size[1],
        lines=tuple(map(moved_line, scan.lines)),
        rules=tuple(map(moved, scan.rules)),
        strikes=tuple(map(moved, scan.strikes)),
    )


def with_scan(content: PageContent, scan: ScannedPage) -> PageContent:
    """The page's own characters and those that only its picture shows. A hidden text layer is
    no part of ``content``: what the picture shows is what people read."""
    glyphs = tuple(scan.glyphs())
    if not content.glyphs or not _same_size(content, scan):
        return scan.content()
    return replace(
        content,
        glyphs=[*content.glyphs, *_only_there(glyphs, content.glyphs)],
        rules=[*content.rules, *scan.rules],
        strikes=[*content.strikes, *scan.strikes],
    )


def _same_size(content: PageContent, scan: ScannedPage) -> bool:
    """Whether the scan is turned as the page is."""
    return (
        abs(content.width - scan.width) <= _SAME_SIZE
        and abs(content.height - scan.height) <= _SAME_SIZE
    )


def _only_there(glyphs: Sequence[Glyph], known: Sequence[Glyph]) -> list[Glyph]:
    """Characters of the scan where the page has none of its own."""
    boxes = [
        Rule(g.left - _NEAR * g.size, g.top - _NEAR * g.size,
             g.right + _NEAR * g.size, g.bottom + _NEAR * g.size)
        for g in known
    ]  # fmt: skip
    return [glyph for glyph in glyphs if not any(box.has(*glyph.middle) for box in boxes)]
