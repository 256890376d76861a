"""A picture as a file: a scanned page, where somebody reads such."""

from __future__ import annotations

import io
from collections.abc import Iterable
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


def read_inner_picture(body: bytes | None) -> Read:
    """What a picture inside a document says; None for one that is not there."""
    unread = Read("", (), (UnreadPart("图片", AttachmentStatus.NO_TEXT),))
    if body is None:
        return unread
    try:
        found = read_image(body)
    except (Unsupported, Broken, TooLarge):
        return unread
    return found._replace(unread=unread.unread if found.unread else ())


def with_pictures(read: Read, pictures: Iterable[Read]) -> Read:
    """A document with what its pictures say behind its own text."""
    found = list(pictures)
    return read._replace(
        text="\n".join(text for text in (read.text, *(each.text for each in found)) if text),
        tables=(*read.tables, *(table for each in found for table in each.tables)),
        unread=(*read.unread, *(part for each in found for part in each.unread)),
    )


def picture_page(body: bytes) -> ScannedPage | None:
    """The page that the first picture of a file shows, of unknown scale; None if nobody reads
    it (yet)."""
    with _opened(body) as picture:
        if min(picture.size) < _SMALLEST or picture.size[0] * picture.size[1] > _MOST_PIXELS:
            raise Unsupported("no page")
        return _page(picture, 0)


def _opened(body: bytes) -> Any:
    try:
        from PIL import Image as Pictures
    except ImportError as error:
        raise Unsupported("nobody reads pictures here") from error
    try:
        return Pictures.open(io.BytesIO(body))
    except Pictures.DecompressionBombError as error:
        raise TooLarge from error
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
