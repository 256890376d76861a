"""Pages of a PDF of which a picture is all there is, or holds more than the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawler.extract.layout.page_content import Glyph, PageContent, Rule
from crawler.extract.scans.scan_session import may_be_scans, scanned
from crawler.extract.scans.scanned_page import ScannedPage

if TYPE_CHECKING:
    from crawler.extract.scans.scan_engine import Image, ScanEngine

_MOST_PIXELS = 30_000_000
_INCH = 72.0
_NEAR = 0.3  # of the type's size
_SAME_SIZE = 2.0  # points


def scanned_page(page: Any) -> ScannedPage | None:
    """What the picture of a page says, in the coordinates of the page as it is read."""
    if not may_be_scans():
        return None

    def read(engine: ScanEngine) -> ScannedPage:
        from crawler.extract.scans.page_reading import read_page_image

        return read_page_image(engine, lambda dpi: _drawn(page, dpi))

    return scanned(read)


def _drawn(page: Any, dpi: int) -> Image:
    import numpy as np

    width, height = page.get_size()
    most = (_MOST_PIXELS * _INCH**2 / max(width * height, 1.0)) ** 0.5
    if dpi > most:  # a poster
        raise ValueError("the page is too large to be drawn")
    bitmap = page.render(scale=dpi / _INCH, may_draw_forms=True, rev_byteorder=False)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return np.ascontiguousarray(pixels[:, :, :3])
    finally:
        bitmap.close()


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
