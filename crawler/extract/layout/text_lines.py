"""Characters that stand on one level put together: pieces of lines, raised marks, blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crawler.extract.layout.page_content import Glyph
from domain.text.raised_marks import raised

_SAME_LEVEL = 0.2  # of the type's size
_WORD_GAP = 0.3
_PIECE_GAP = 0.8  # as narrow as the gutter between two columns of text can be
_DRAWN_TWICE = 0.4  # of the character's width
_SMALL = 0.85
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePiece:
    """Characters of one line without a wide gap between them."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    pale: bool = False


Row = list[LinePiece]  # the pieces that stand on one base line, from left to right


def text_rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """The lines of upright characters from top to bottom, each cut at its wide gaps."""
    levels = _with_marks(_levels(glyphs))
    return [row for level in levels if (row := _pieces(level))]


def _levels(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by their base line; type of other sizes on the same base line included."""
    levels: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base_y, glyph.left)):
        if levels and glyph.base_y - base <= _SAME_LEVEL * glyph.size:
            levels[-1].append(glyph)
        else:
            levels.append([glyph])
        base = glyph.base_y
    return levels


def _with_marks(levels: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Raised and lowered characters put into the line that they stand at."""
    sizes = [median(glyph.size for glyph in level) for level in levels]
    bases = [level[0].base_y for level in levels]
    moved: set[int] = set()
    joined = [list(level) for level in levels]
    for number, level in enumerate(levels):
        for host in (number + 1, number - 1, number + 2, number - 2):
            if not 0 <= host < len(levels) or host in moved or number in moved:
                continue
            rise = bases[host] - bases[number]
            if _is_beside(rise, sizes[number], sizes[host]):
                rest = _moved_into(joined[host], level, rise)
                joined[number] = rest
                if not rest:
                    moved.add(number)
                level = rest
    return [sorted(level, key=lambda glyph: glyph.left) for level in joined if level]


def _is_beside(rise: float, size: float, host: float) -> bool:
    """Small type a little above or below a line, or type of its size raised by half of it."""
    if size <= _SMALL * host:
        return -0.45 * host <= rise <= 0.75 * host
    return size <= 1.05 * host and 0.25 * host <= rise <= 0.6 * host


def _moved_into(host: list[Glyph], level: Sequence[Glyph], rise: float) -> list[Glyph]:
    """Add to a line the marks that touch its characters; give those that do not."""
    rest: list[Glyph] = []
    for mark in _marks(level):
        touched = [glyph for glyph in host if _touches(glyph, mark)]
        if not touched or len(mark) > 6:
            rest += mark
            continue
        text = "".join(glyph.text for glyph in mark)
        if rise > 0.15 * touched[0].size:
            text = raised(text)
        near = touched[0]
        left = near.right if near.left < mark[0].left else mark[0].left
        host.append(
            mark[0]._replace(
                text=text,
                left=left,
                right=max(left, mark[-1].right),
                top=near.top,
                base_y=near.base_y,
                after_blank=False,
            )
        )
    return rest


def _marks(level: Sequence[Glyph]) -> list[list[Glyph]]:
    marks: list[list[Glyph]] = []
    for glyph in sorted(level, key=lambda glyph: glyph.left):
        if marks and glyph.left - marks[-1][-1].right <= _WORD_GAP * glyph.size:
            marks[-1].append(glyph)
        else:
            marks.append([glyph])
    return marks


def _touches(glyph: Glyph, mark: Sequence[Glyph]) -> bool:
    """A mark stands directly behind a larger character, or directly before it."""
    reach = 0.35 * glyph.size
    return glyph.size >= mark[0].size * 0.95 and (
        abs(mark[0].left - glyph.right) <= reach or abs(glyph.left - mark[-1].right) <= reach / 2
    )


def _pieces(level: Sequence[Glyph]) -> Row:
    row: Row = []
    part: list[Glyph] = []
    for glyph in level:
        if part and _is_copy(part[-1], glyph):
            continue
        if part and glyph.left - part[-1].right > _PIECE_GAP * max(glyph.size, part[-1].size):
            row.append(_piece(part))
            part = []
        part.append(glyph)
    if part:
        row.append(_piece(part))
    return [piece for piece in row if piece.text.strip()]


def joined_pieces(row: Row, gap: float) -> Row:
    """The pieces of a line, those put together that stand nearer than ``gap`` times the type."""
    found: Row = []
    for piece in row:
        if found and piece.left - found[-1].right <= gap * piece.size:
            last = found.pop()
            piece = replace(
                last, text=f"{last.text} {piece.text}", right=piece.right,
                top=min(last.top, piece.top), bottom=max(last.bottom, piece.bottom),
            )  # fmt: skip
        found.append(piece)
    return found


def _is_copy(one: Glyph, other: Glyph) -> bool:
    """The same character drawn again at its place, as writers make bold type."""
    return (
        one.text == other.text
        and (one.run != other.run or one.run < 0)
        and abs(one.left - other.left) <= _DRAWN_TWICE * (other.right - other.left)
        and abs(one.base_y - other.base_y) <= _SAME_LEVEL * other.size
    )


def _piece(part: Sequence[Glyph]) -> LinePiece:
    text = part[0].text
    for before, glyph in pairwise(part):
        gap = glyph.left - before.right
        wide = glyph.after_blank or gap > _WORD_GAP * max(glyph.size, before.size)
        blank = wide and not (glyph.text[:1] in _RAISED and before.text.isalnum())
        text += (" " if blank else "") + glyph.text
    return LinePiece(
        text=text,
        left=part[0].left,
        right=max(glyph.right for glyph in part),
        top=min(glyph.top for glyph in part),
        bottom=max(glyph.bottom for glyph in part),
        base=max(glyph.base_y for glyph in part),
        size=median(glyph.size for glyph in part),
        pale=all(glyph.pale for glyph in part),
    )
