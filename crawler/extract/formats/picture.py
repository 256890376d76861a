"""A picture as a file: a scanned page, where somebody reads such."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from crawler.extract.formats.packed import Broken, Read, TooLarge, UnreadPart, Unsupported
from crawler.extract.layout.page_text import document_text, read_page
from crawler.extract.scans.scan_session import may_be_scans, scanned
from crawler.extract.scans.scanned_page import ScannedPage
from domain.records.states import AttachmentStatus

if TYPE_CHECKING:
    from crawler.extract.scans.scan_engine import Image, ScanEngine

_MOST_PIXELS = 60_000_000
_MOST_FRAMES = 50
_SMALLEST = 150  # points either way: less is an icon or a line


def read_image(body: bytes) -> Read:
    """The writing on a picture, page by page if it holds several."""
    if not may_be_scans():
        raise Unsupported("nobody reads pictures here")
    with _opened(body) as picture:
        frames = min(getattr(picture, "n_frames", 1), _MOST_FRAMES)
        if min(picture.size) < _SMALLEST:
            raise Unsupported("too small for a page")
        if picture.size[0] * picture.size[1] > _MOST_PIXELS:
            raise TooLarge
        animated = picture.format == "GIF"
        pages = [_page(picture, number) for number in range(1 if animated else frames)]
    found = [page for page in pages if page is not None]
    text, tables = document_text([read_page(page.content()) for page in found])
    unread = UnreadPart("图像", AttachmentStatus.NO_TEXT)
    return Read(text, tables, (unread,) if len(found) < len(pages) else ())


def _opened(body: bytes) -> Any:
    try:
        from PIL import Image as Pictures
    except ImportError as error:
        raise Unsupported("nobody reads pictures here") from error
    try:
        return Pictures.open(io.BytesIO(body))
    except (OSError, ValueError, SyntaxError) as error:
        raise Broken from error


def _page(picture: Any, number: int) -> ScannedPage | None:
    def read(engine: ScanEngine) -> ScannedPage:
        from crawler.extract.scans.page_reading import read_picture

        picture.seek(number)
        return read_picture(engine, _pixels(picture))

    return scanned(read)


def _pixels(picture: Any) -> Image:
    """Blue, green and red on white, the way up that its camera says."""
    import numpy as np
    from PIL import Image as Pictures
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    ground = Pictures.new("RGBA", upright.size, (255, 255, 255, 255))
    whole = Pictures.alpha_composite(ground, upright).convert("RGB")
    return np.ascontiguousarray(np.asarray(whole)[:, :, ::-1])
