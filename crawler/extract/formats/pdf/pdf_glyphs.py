"""The characters of a PDF page that a reader sees, in the coordinates of the shown page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.extract.formats.pdf.pdf_shapes import PdfShapes, address_of, colour_of
from crawler.extract.layout.outlines import Matrix, applied, multiplied
from crawler.extract.layout.page_content import Glyph, quarter_turn
from crawler.extract.layout.painted_areas import Area, is_covered
from domain.text.legibility import UNKNOWN, is_mapped

_SMALLEST = 1.5  # points: smaller type cannot be read
_INVISIBLE = {3, 7}  # text render modes: drawn not at all, and only as an outline to clip by
_STROKED = {1, 5}
_BROKEN_WORD = 2  # what PDFium gives for a hyphen at the end of a line
_BLANKS = {0x20, 0xA0, 0x3000, 0x09, 0x2002, 0x2003, 0x2009}


@dataclass(frozen=True, slots=True)
class _TextStyle:
    """What all characters of one text object share; ``turn`` None if it stands askew."""

    size: float
    turn: int | None
    base_x: float
    base_y: float
    pale: bool = False
    hidden: bool = False
    layer: bool = False  # text behind a scanned picture
    later: Sequence[Area] = ()  # areas drawn over it
    run: int = -1


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """Characters that are seen, and those of a text layer behind a scan."""

    seen: list[Glyph]
    layer: list[Glyph]


def read_glyphs(
    textpage: Any, shapes: PdfShapes, to_shown: Matrix, size: tuple[float, float], most: int
) -> PageGlyphs:
    """All visible characters of a page, ``most`` at the most."""
    import pypdfium2.raw as pdfium

    reader = _Reader(textpage.raw, shapes, to_shown, size)
    after_blank = False
    for index in range(min(pdfium.FPDFText_CountChars(textpage.raw), most)):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        odd = _may_be_code(code) and pdfium.FPDFText_HasUnicodeMapError(textpage.raw, index)
        if not odd and (code in _BLANKS or (code < 32 and code != _BROKEN_WORD) or code == 0xFFFE):
            after_blank = True
            continue
        text = "-" if code == _BROKEN_WORD else chr(code)
        reader.take(index, text, bool(odd), after_blank)
        after_blank = False
    _replace_unmapped(reader.unmapped)
    return reader.found


class _Reader:
    """Takes the characters of one page one by one."""

    def __init__(
        self, raw: Any, shapes: PdfShapes, to_shown: Matrix, size: tuple[float, float]
    ) -> None:
        import pypdfium2.raw as pdfium

        self.found = PageGlyphs([], [])
        self.unmapped: list[tuple[list[Glyph], int]] = []
        self._raw, self._shapes, self._to_shown, self._size = raw, shapes, to_shown, size
        self._styles: dict[int, _TextStyle] = {}
        self._box = pdfium.FS_RECTF()

    def take(self, index: int, text: str, odd: bool, after_blank: bool) -> None:
        """Keep a character if it is seen; an odd one has no map to Unicode."""
        style = self._style(index)
        glyph = self._glyph(index, text, style, after_blank)
        if not _is_seen(glyph, style, self._size):
            return
        kind = self.found.layer if style.layer else self.found.seen
        if odd:
            self.unmapped.append((kind, len(kind)))
        kind.append(glyph)

    def _style(self, index: int) -> _TextStyle:
        import pypdfium2.raw as pdfium

        item = pdfium.FPDFText_GetTextObject(self._raw, index)
        address = address_of(item)
        style = self._styles.get(address)
        if style is None:
            place = _placed(self._raw, index, self._to_shown)
            style = _coloured(place, item, self._shapes) if item else place
            run = self._shapes.text_orders.get(address, -1)
            style = self._styles[address] = replace(style, run=run)
        return style

    def _glyph(self, index: int, text: str, style: _TextStyle, after_blank: bool) -> Glyph:
        import pypdfium2.raw as pdfium

        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, box)
        left, top = applied(self._to_shown, box.left, box.top)
        right, bottom = applied(self._to_shown, box.right, box.bottom)
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        return Glyph(
            text, left, top, right, bottom, style.base_x, style.base_y, style.size,
            style.turn or 0, after_blank, style.pale, style.run,
        )  # fmt: skip


def _may_be_code(code: int) -> bool:
    """Whether this may be the bare number of a glyph: no Han character, no punctuation."""
    return code < 0x2000 or 0x2060 < code < 0x2E80 or 0x3100 < code < 0x4E00 or code > 0xFFEF


def _replace_unmapped(places: list[tuple[list[Glyph], int]]) -> None:
    """Characters without a map to Unicode, unless their codes happen to be true."""
    if is_mapped("".join(glyphs[index].text for glyphs, index in places)):
        return
    for glyphs, index in places:
        glyphs[index] = glyphs[index]._replace(text=UNKNOWN)


def _is_seen(glyph: Glyph, style: _TextStyle, size: tuple[float, float]) -> bool:
    if style.turn is None or style.size < _SMALLEST or (style.hidden and not style.layer):
        return False
    x, y = glyph.middle
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return False
    return not style.later or not is_covered(style.later, x, y)


# ---------------------------------------------------------------------------------- style


def _placed(raw: Any, index: int, to_shown: Matrix) -> _TextStyle:
    """Where the line of a character begins, how large it is and which way it runs."""
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, found)
    own = (found.a, found.b, found.c, found.d, found.e, found.f)
    a, b, c, d, base_x, base_y = multiplied(own, to_shown)
    size = pdfium.FPDFText_GetFontSize(raw, index) * (math.hypot(c, d) or 1.0)
    return _TextStyle(abs(size), quarter_turn(a, b), base_x, base_y)


def _coloured(place: _TextStyle, item: Any, shapes: PdfShapes) -> _TextStyle:
    import pypdfium2.raw as pdfium

    address = address_of(item)
    order = shapes.text_orders.get(address, 0)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    colour, opacity = colour_of(item, stroked=mode in _STROKED)
    invisible = mode in _INVISIBLE or opacity == 0
    x, y = place.base_x + 0.2 * place.size, place.base_y - 0.3 * place.size
    return replace(
        place,
        pale=shapes.looks_pale((colour, opacity), order, x, y) or address in shapes.artifacts,
        hidden=invisible or shapes.has_colour_of_ground(colour, order, x, y),
        layer=shapes.is_scan and (invisible or shapes.is_under_picture(order)),
        later=shapes.over(order),
    )
