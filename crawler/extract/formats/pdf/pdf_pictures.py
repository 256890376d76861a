"""Pictures that are laid over the text of a PDF page and let nothing shine through."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from crawler.extract.formats.pdf.pdf_shapes import DrawnPicture, PdfShapes
from crawler.extract.layout.page_content import Glyph

_MOST = 20
_MOST_PIXELS = 2_000_000


def without_covered(
    glyphs: Sequence[Glyph], shapes: PdfShapes, document: Any, page: Any
) -> list[Glyph]:
    """The characters that no opaque picture covers; a scan's text layer is another matter."""
    kept = list(glyphs)
    if shapes.is_scan:
        return kept
    for picture in shapes.drawn_pictures[-_MOST:]:
        below = {id(glyph) for glyph in kept if _is_below(glyph, picture)}
        if below and _is_opaque(picture, document, page):
            kept = [glyph for glyph in kept if id(glyph) not in below]
    return kept


def _is_below(glyph: Glyph, picture: DrawnPicture) -> bool:
    return 0 <= glyph.run < picture.order and picture.box.has(*glyph.middle)


def _is_opaque(picture: DrawnPicture, document: Any, page: Any) -> bool:
    """Whether all points of a picture are opaque, masks taken into account."""
    import pypdfium2.raw as pdfium

    box = picture.box
    if (box.right - box.left) * (box.bottom - box.top) > _MOST_PIXELS:
        return False
    if pdfium.FPDFPageObj_HasTransparency(picture.item):
        return False
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, picture.item)
    if not bitmap:
        return False
    try:
        if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
            return False
        size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
        points = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
        return bool(points) and min(points[3::4]) == 255
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
