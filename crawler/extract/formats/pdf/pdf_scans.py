"""Pages of a PDF of which a picture is all there is, or holds more than the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.extract.scans.scan_session import may_be_scans, scanned
from crawler.extract.scans.scanned_page import ScannedPage

if TYPE_CHECKING:
    from crawler.extract.scans.scan_engine import Image, ScanEngine

_MOST_PIXELS = 30_000_000
_INCH = 72.0


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
