"""PDF: what its pages show, read line by line and table by table; files and fields inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from crawler.extract.formats.packed import (
    MAX_PAGES,
    MAX_TEXT,
    Broken,
    Encrypted,
    Member,
    Read,
    UnreadPart,
)
from crawler.extract.formats.pdf.pdf_annotations import flattened, read_notes
from crawler.extract.formats.pdf.pdf_glyphs import PageGlyphs, read_glyphs
from crawler.extract.formats.pdf.pdf_members import embedded_files
from crawler.extract.formats.pdf.pdf_pictures import without_covered
from crawler.extract.formats.pdf.pdf_scans import scanned_page
from crawler.extract.formats.pdf.pdf_shapes import PdfShapes, read_shapes
from crawler.extract.formats.unread_pages import PICTURE, UnreadPage, unread_parts
from crawler.extract.layout.outlines import Matrix
from crawler.extract.layout.page_content import Glyph, PageContent
from crawler.extract.layout.page_text import ReadPage, document_text, page_of_lines, read_page
from crawler.extract.scans.page_with_scan import with_scan
from domain.records.states import AttachmentStatus
from domain.text.legibility import is_legible

_MOST_ON_A_PAGE = 100_000
_MOST_CAREFULLY = 300_000  # characters that are placed one by one; more take too long


def read_pdf(body: bytes) -> Read:
    """The text, tables and files of a PDF; pages of which only a picture is there are named."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Encrypted from error
        raise Broken from error
    try:
        form = _unread_form(document)
        document.init_forms()
        found = list(_pages(document))
        members = embedded_files(document)
    finally:
        document.close()
    text, tables = document_text([page.content for page in found if page.content is not None])
    members += [member for page in found for member in page.members]
    unread = unread_parts(unread for page in found for unread in page.unread)
    return Read(text, tables, (*unread, *form), members)


def _unread_form(document: Any) -> tuple[UnreadPart, ...]:
    """A form that is drawn by a program (XFA): its pages only ask for another reader."""
    import pypdfium2.raw as pdfium

    if document.get_formtype() != pdfium.FORMTYPE_XFA_FULL:
        return ()
    return (UnreadPart("XFA表单", AttachmentStatus.UNSUPPORTED),)


class _Page(NamedTuple):
    """One page as it was read, and what of it was not."""

    content: ReadPage | None
    unread: Sequence[UnreadPage] = ()
    members: Sequence[Member] = ()
    characters: int = 0


def _pages(document: Any) -> Iterator[_Page]:
    import pypdfium2 as pdfium

    characters = 0
    for index in range(len(document)):
        if index >= MAX_PAGES or characters >= MAX_TEXT:
            for left in range(index, len(document)):
                yield _unread(left, AttachmentStatus.TOO_LARGE)
            return
        try:
            careful = characters < _MOST_CAREFULLY
            page = _page(document, index) if careful else _plain_page(document, index)
        except pdfium.PdfiumError:
            page = _unread(index, AttachmentStatus.BROKEN)
        characters += page.characters
        yield page


def _unread(index: int, why: AttachmentStatus) -> _Page:
    return _Page(None, (UnreadPage(index + 1, why),))


def _page(document: Any, index: int) -> _Page:
    page = document[index]
    try:
        to_shown, size = shown_matrix(page)
        notes = read_notes(page, to_shown)
        if notes.found and flattened(page):
            page.close()
            page = document[index]
        shapes = read_shapes(page, to_shown, size[0] * size[1])
        glyphs, whole = _glyphs(page, shapes, to_shown, size)
        seen = without_covered(glyphs.seen, shapes, document, page)
        kept, missing = _readable(seen, glyphs.layer, shapes)
        scan = scanned_page(page) if missing else None
    finally:
        page.close()
    if scan is not None:
        kept, missing = (seen if missing == [PICTURE] else []), []
    unread = [UnreadPage(index + 1, AttachmentStatus.NO_TEXT, what) for what in missing]
    if not whole:
        unread.append(UnreadPage(index + 1, AttachmentStatus.TOO_LARGE))
    content = PageContent(
        width=size[0], height=size[1], glyphs=[*kept, *notes.glyphs],
        rules=shapes.rules, strikes=notes.strikes, faint_rules=shapes.faint_rules,
    )  # fmt: skip
    shown = with_scan(content, scan) if scan is not None else content
    return _Page(read_page(shown), unread, notes.members, len(shown.glyphs))


def _plain_page(document: Any, index: int) -> _Page:
    """A page of a very long document as PDFium puts its text together."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        textpage.close()
    finally:
        page.close()
    if not is_legible(text):
        return _unread(index, AttachmentStatus.NO_TEXT)
    return _Page(page_of_lines(text.splitlines()), characters=len(text))


def _glyphs(
    page: Any, shapes: PdfShapes, to_shown: Matrix, size: tuple[float, float]
) -> tuple[PageGlyphs, bool]:
    """The characters of a page, and whether these are all."""
    textpage = page.get_textpage()
    try:
        found = read_glyphs(textpage, shapes, to_shown, size, _MOST_ON_A_PAGE)
        return found, textpage.count_chars() <= _MOST_ON_A_PAGE
    finally:
        textpage.close()


def _readable(
    seen: list[Glyph], layer: list[Glyph], shapes: PdfShapes
) -> tuple[list[Glyph], list[str]]:
    """The characters of a page that are text, and what of the page has none: '' for all."""
    if not is_legible(_text(seen)):
        return [], [""]
    if not shapes.holds_more_than([glyph.middle for glyph in seen]):
        return seen, []
    if layer and is_legible(_text(layer)):
        return seen + layer, [PICTURE]
    return seen, [PICTURE] if seen else [""]


def _text(glyphs: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def shown_matrix(page: Any) -> tuple[Matrix, tuple[float, float]]:
    """From a page's own coordinates to those of its visible part as it is shown, with the
    origin in its upper left corner, and the size of that part."""
    left, bottom, right, top = _visible_box(page)
    width, height = right - left, top - bottom
    turns: dict[int, Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }
    rotation = page.get_rotation() % 360
    return turns[rotation], (height, width) if rotation in (90, 270) else (width, height)


def _visible_box(page: Any) -> tuple[float, float, float, float]:
    """The crop box inside the media box; their corners may be named in any order."""
    media, crop = box_of_corners(page.get_mediabox()), box_of_corners(page.get_cropbox())
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def box_of_corners(
    corners: tuple[float, float, float, float],
) -> tuple[float, float, float, float]:
    """Two opposite corners as the lower left and the upper right one."""
    x, y, to_x, to_y = corners
    return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
