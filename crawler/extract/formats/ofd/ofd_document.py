"""OFD: the pages of its documents in their order, read line by line and table by table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.ofd.ofd_objects import numbers
from crawler.extract.formats.ofd.ofd_package import OfdDocument, OfdPackage, documents
from crawler.extract.formats.ofd.ofd_page import POINTS, drawn_page
from crawler.extract.formats.ofd.ofd_pictures import with_pictures_read
from crawler.extract.formats.packed import (
    MAX_PAGES,
    Broken,
    Member,
    Read,
    TooLarge,
    open_zip,
)
from crawler.extract.formats.unread_pages import PICTURE, UnreadPage, unread_parts
from crawler.extract.layout.page_content import PageContent
from crawler.extract.layout.page_text import ReadPage, document_text, read_page
from domain.records.states import AttachmentStatus
from domain.text.legibility import is_legible

_PAPER = (210.0, 297.0)  # millimetres
_MOST_IN_ALL = 500_000
_ABOVE = "Foreground"


def read_ofd(body: bytes) -> Read:
    """The text, tables and files of an OFD; pages of which only a picture is there are named."""
    package = OfdPackage(open_zip(body))
    texts: list[str] = []
    whole = Read("")
    members: list[Member] = []
    for document in documents(package):
        found = _read(package, document)
        texts.append(found.text)
        members += document.members
        whole = Read("", whole.tables + found.tables, whole.unread + found.unread)
    return Read("\n".join(filter(None, texts)), whole.tables, whole.unread, members)


def _read(package: OfdPackage, document: OfdDocument) -> Read:
    pages: list[ReadPage] = []
    unread: list[UnreadPage] = []
    characters = 0
    for index, name in enumerate(document.pages):
        if index >= MAX_PAGES or characters >= _MOST_IN_ALL:
            unread.append(UnreadPage(index + 1, AttachmentStatus.TOO_LARGE))
            continue
        try:
            content, missing = _page(package, document, index, name)
        except (Broken, TooLarge, ValueError) as error:
            large = isinstance(error, TooLarge)
            why = AttachmentStatus.TOO_LARGE if large else AttachmentStatus.BROKEN
            unread.append(UnreadPage(index + 1, why))
            continue
        pages.append(read_page(content))
        characters += len(content.glyphs)
        unread += missing
    text, tables = document_text(pages)
    return Read(text, tables, unread_parts(unread))


def _page(
    package: OfdPackage, document: OfdDocument, index: int, name: str | None
) -> tuple[PageContent, list[UnreadPage]]:
    root = package.xml(name)
    size = _size(root, document)
    parts = [*_layers(package, document, root), *_annotations(document, index)]
    drawn = drawn_page(parts, document.units, size)
    glyphs = drawn.glyphs if is_legible("".join(glyph.text for glyph in drawn.glyphs)) else []
    content = PageContent(
        width=size[0], height=size[1], glyphs=glyphs,
        rules=drawn.shapes.rules, faint_rules=drawn.shapes.faint_rules,
    )  # fmt: skip
    unread = []
    more = drawn.shapes.holds_more_than([glyph.middle for glyph in glyphs])
    if more or not (glyphs or _is_blank(root)):
        content, all_read = with_pictures_read(content, document, drawn.pictures)
        if not all_read:
            what = PICTURE if glyphs else ""
            unread.append(UnreadPage(index + 1, AttachmentStatus.NO_TEXT, what))
    if not drawn.whole:
        unread.append(UnreadPage(index + 1, AttachmentStatus.TOO_LARGE))
    return content, unread


def _is_blank(root: Any) -> bool:
    """Whether a page has no text object at all, so that none can have been illegible."""
    return next(root.iter("{*}TextObject", "{*}CompositeObject"), None) is None


def _size(root: Any, document: OfdDocument) -> tuple[float, float]:
    """The page's width and height in points: its own, else those of the document."""
    own = next((each.text or "" for each in root.iter("{*}PhysicalBox")), "")
    for box in (numbers(own), numbers(document.box)):
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[2] * POINTS, box[3] * POINTS
    return _PAPER[0] * POINTS, _PAPER[1] * POINTS


def _layers(package: OfdPackage, document: OfdDocument, root: Any) -> Iterator[Any]:
    """What is drawn on a page: templates behind it, its own content, templates before it."""
    templates = list(root.iterchildren("{*}Template"))
    for above in (False, True):
        for template in templates:
            name = document.templates.get(template.get("TemplateID") or "")
            if (template.get("ZOrder") == _ABOVE) == above and name is not None:
                yield from package.xml(name).iterchildren("{*}Content")
        if not above:
            yield from root.iterchildren("{*}Content")


def _annotations(document: OfdDocument, index: int) -> Iterator[Any]:
    if index < len(document.page_ids):
        yield from document.annotations.get(document.page_ids[index], ())
