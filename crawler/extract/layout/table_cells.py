"""The text of one cell: its lines put together, sideways writing read along its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.extract.layout.page_content import Glyph, turned_back
from crawler.extract.layout.text_lines import Row, text_rows
from domain.text.pdf_text import joined_lines

_FULL = 0.8
_TO_THE_EDGE = 1.6


def cell_text(glyphs: Sequence[Glyph], width: float) -> str:
    """The text of a cell of that width, on one line."""
    turn = Counter(glyph.turn for glyph in glyphs).most_common(1)[0][0]
    if turn:
        right, bottom = max(g.right for g in glyphs), max(g.bottom for g in glyphs)
        glyphs = turned_back([g for g in glyphs if g.turn == turn], turn, right, bottom)
        width = float("inf")
    rows = text_rows(glyph for glyph in glyphs if glyph.turn == 0)
    return joined_lines(
        [" ".join(piece.text for piece in row) for row in rows],
        unbroken=[_is_unbroken(row, width) for row in rows],
    )


def ends_at_edge(glyphs: Sequence[Glyph], right: float) -> bool:
    """Whether the last line of a cell reaches the cell's right side, so that it may go on."""
    last = max(glyphs, key=lambda glyph: (glyph.base_y, glyph.right))
    return last.turn == 0 and right - last.right <= _TO_THE_EDGE * last.size


def _is_unbroken(row: Row, width: float) -> bool:
    """Whether a line is one word too long for its cell, so that it goes on in the next line."""
    return (
        len(row) == 1
        and " " not in row[0].text
        and row[0].right - row[0].left >= _FULL * width - row[0].size
    )
