"""Watermarks: pale words that lie across the text, or on several pages at one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from crawler.extract.layout.page_content import PageContent
from crawler.extract.layout.text_lines import LinePiece, Row

_LARGE = 1.8  # times the type of the text
_SAME_PLACE = 6.0  # points


def without_watermarks(page: PageContent) -> PageContent:
    """The page without pale words of large type, which lie across its text."""
    dark = [glyph for glyph in page.glyphs if not glyph.pale]
    if not dark or len(dark) == len(page.glyphs):
        return page
    large = _LARGE * median(glyph.size for glyph in dark)
    kept = [glyph for glyph in page.glyphs if not glyph.pale or glyph.size < large]
    return replace(page, glyphs=kept)


def repeated_watermarks(pages: Sequence[Sequence[Row]]) -> set[int]:
    """The pale pieces, by identity, that stand on several pages at one height."""
    pale: dict[str, list[tuple[int, LinePiece]]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for row in rows:
            for piece in row:
                if piece.pale:
                    pale[piece.text].append((number, piece))
    return {id(piece) for group in pale.values() for piece in _repeated(group)}


def _repeated(group: Sequence[tuple[int, LinePiece]]) -> list[LinePiece]:
    """Those of the pieces at whose height another page has one."""
    pages: dict[int, set[int]] = defaultdict(set)
    for number, piece in group:
        pages[round(piece.base / _SAME_PLACE)].add(number)
    return [piece for _, piece in group if len(pages[round(piece.base / _SAME_PLACE)]) > 1]
