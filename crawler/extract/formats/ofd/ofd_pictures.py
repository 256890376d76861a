"""Pictures on a page of an OFD that hold text: read where somebody reads such."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.formats.ofd.ofd_package import OfdDocument
from crawler.extract.formats.packed import BROKEN_PART, Member, Unsupported
from crawler.extract.formats.picture import picture_page
from crawler.extract.formats.picture_sizes import is_large
from crawler.extract.layout.page_content import PageContent, Rule
from crawler.extract.scans.page_with_scan import placed, with_scan
from crawler.extract.scans.scan_session import may_be_scans
from crawler.extract.scans.scanned_page import ScannedPage

_CENTIMETRE = 72 / 2.54


def with_pictures_read(
    content: PageContent, document: OfdDocument, pictures: Sequence[tuple[str, Rule]]
) -> tuple[PageContent, bool]:
    """A page with what its large pictures say, and whether all of them were read."""
    large = [(number, box) for number, box in pictures if _is_large(box)]
    if not large or not may_be_scans():
        return content, False
    whole = True
    for number, box in large:
        scan = _scan(document.images.get(number))
        if scan is None:
            whole = False
        else:
            content = with_scan(content, placed(scan, box, (content.width, content.height)))
    return content, whole


def _is_large(box: Rule) -> bool:
    return is_large((box.right - box.left) / _CENTIMETRE, (box.bottom - box.top) / _CENTIMETRE)


def _scan(image: Member | None) -> ScannedPage | None:
    if image is None:
        return None
    try:
        return picture_page(image.unpack())
    except (*BROKEN_PART, Unsupported):
        return None
