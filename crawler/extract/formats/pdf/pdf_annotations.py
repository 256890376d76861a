"""What lies on a PDF page: form fields, free text, lines through text, attached files."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crawler.extract.formats.packed import Member
from crawler.extract.formats.pdf.pdf_members import taken_out
from crawler.extract.layout.outlines import Matrix, applied, box_of
from crawler.extract.layout.page_content import Glyph, Rule

_MOST = 2000
_LONGEST = 10_000
_SIZE = 12.0
_LINE = 1.2
_NARROW = 0.5  # of the size that a Latin letter takes


@dataclass(frozen=True, slots=True)
class PageNotes:
    """What annotations without an appearance of their own add to a page, and their files."""

    glyphs: list[Glyph]
    strikes: list[Rule]
    members: list[Member]
    found: int


def read_notes(page: Any, to_shown: Matrix) -> PageNotes:
    """The annotations of a page that has not been flattened yet."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)
    notes = PageNotes([], [], [], count)
    for index in range(count):
        if len(notes.glyphs) > _LONGEST:
            break
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            _add(notes, note, to_shown)
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return notes


def flattened(page: Any) -> bool:
    """Draw what annotations show into the page, in memory; True if the page has to be opened
    anew to be read."""
    import pypdfium2.raw as pdfium

    done = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    return bool(done == pdfium.FLATTEN_SUCCESS)


def _add(notes: PageNotes, note: Any, to_shown: Matrix) -> None:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
        if attachment := pdfium.FPDFAnnot_GetFileAttachment(note):
            notes.members.append(taken_out(attachment, len(notes.members)))
        return
    hidden = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
    if pdfium.FPDFAnnot_GetFlags(note) & hidden or _has_appearance(note):
        return
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        notes.glyphs.extend(_written(_contents(note), _box(note, to_shown)))
    elif kind == pdfium.FPDF_ANNOT_STRIKEOUT:
        notes.strikes.extend(_strikes(note, to_shown))


def _has_appearance(note: Any) -> bool:
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)) > 2


def _contents(note: Any) -> str:
    import pypdfium2.raw as pdfium

    return utf16_of(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(
        note, b"Contents", buffer, size
    ))  # fmt: skip


def utf16_of(ask: Callable[[Any, int], int]) -> str:
    """A text that is asked for twice: for its size, and to be written into a buffer."""
    size = min(ask(None, 0), 2 * _LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _box(note: Any, to_shown: Matrix) -> Rule:
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, rect)
    corners = ((rect.left, rect.bottom), (rect.right, rect.top))
    return box_of([applied(to_shown, x, y) for x, y in corners])


def _written(text: str, box: Rule) -> Iterator[Glyph]:
    """The characters of a text as they fill a box from its upper left."""
    size = min(_SIZE, max(box.bottom - box.top, 2.0))
    x, base = box.left, box.top + 0.9 * size
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        wide = size * (_NARROW if char.isascii() else 1.0)
        if char == "\n" or (x > box.left and x + wide > box.right + size):
            x, base = box.left, base + _LINE * size
        if char > " ":
            yield Glyph(char, x, base - 0.86 * size, x + wide, base + 0.14 * size, x, base, size)
        if char != "\n":
            x += wide


def _strikes(note: Any, to_shown: Matrix) -> Iterator[Rule]:
    """The middle line of each stretch of text that is marked as struck through."""
    import pypdfium2.raw as pdfium

    quad = pdfium.FS_QUADPOINTSF()
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(note), _MOST)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, index, quad):
            left = applied(to_shown, (quad.x1 + quad.x3) / 2, (quad.y1 + quad.y3) / 2)
            right = applied(to_shown, (quad.x2 + quad.x4) / 2, (quad.y2 + quad.y4) / 2)
            yield box_of([left, right])
