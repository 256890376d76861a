"""What a PDF page draws besides its text: lines, filled areas, pictures, in drawing order."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crawler.extract.layout.outlines import (
    IDENTITY,
    Matrix,
    Outline,
    Point,
    applied,
    box_of,
    multiplied,
)
from crawler.extract.layout.page_content import Rule
from crawler.extract.layout.painted_areas import OPAQUE, Colour, PageShapes

_MOST_OBJECTS = 60_000
_MOST_DEPTH = 6


class DrawnPicture(NamedTuple):
    """A picture on a page, when it is drawn and where."""

    order: int
    box: Rule
    item: Any


@dataclass(slots=True)
class PdfShapes(PageShapes):
    """The shapes of a page, and its text objects by their address."""

    text_orders: dict[int, int] = field(default_factory=dict)
    artifacts: set[int] = field(default_factory=set)
    drawn_pictures: list[DrawnPicture] = field(default_factory=list)


def read_shapes(page: Any, to_shown: Matrix, page_area: float) -> PdfShapes:
    """Walk through all objects of a page, those of its forms where the forms stand."""
    import pypdfium2.raw as pdfium

    shapes = PdfShapes(page_area)
    for order, (item, matrix) in enumerate(_objects(page.raw, to_shown)):
        if order >= _MOST_OBJECTS:
            break
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _note_text(shapes, order, item)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(shapes, order, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            whole = multiplied(_matrix_of(item), matrix)
            corners = [applied(whole, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
            shapes.add_picture(order, box_of(corners))
            shapes.drawn_pictures.append(DrawnPicture(order, box_of(corners), item))
    shapes.bound()
    return shapes


def _objects(page: Any, matrix: Matrix) -> Iterator[tuple[Any, Matrix]]:
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if item:
            yield from _with_inner(item, matrix, 0)


def _with_inner(item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    import pypdfium2.raw as pdfium

    yield item, matrix
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM or depth >= _MOST_DEPTH:
        return
    inner = multiplied(_matrix_of(item), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(item)):
        child = pdfium.FPDFFormObj_GetObject(item, index)
        if child:
            yield from _with_inner(child, inner, depth + 1)


def _matrix_of(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def address_of(item: Any) -> int:
    """What tells a page object from the others while its page is open."""
    return ctypes.addressof(item.contents) if item else 0


def colour_of(item: Any, *, stroked: bool = False) -> tuple[Colour, int]:
    """The colour of an object and how opaque it is, up to 255; black if it has none."""
    import pypdfium2.raw as pdfium

    parts = [ctypes.c_uint() for _ in range(4)]
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not ask(item, *parts):
        return (0, 0, 0), 255
    red, green, blue, opacity = (part.value for part in parts)
    return (red, green, blue), opacity


def _note_text(shapes: PdfShapes, order: int, item: Any) -> None:
    address = address_of(item)
    shapes.text_orders[address] = order
    if _is_artifact(item):
        shapes.artifacts.add(address)


def _is_artifact(item: Any) -> bool:
    """Whether the writer marked a text as no content of the document, as it does watermarks."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPageObj_CountMarks(item)
    return any(_name_of(pdfium.FPDFPageObj_GetMark(item, n)) == "Artifact" for n in range(count))


def _name_of(mark: Any) -> str:
    import pypdfium2.raw as pdfium

    size = ctypes.c_ulong()
    name = ctypes.create_string_buffer(40)
    pointer = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
    found = pdfium.FPDFPageObjMark_GetName(mark, pointer, len(name), size)
    return name.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0") if found else ""


# --------------------------------------------------------------------------------- paths


def _add_path(shapes: PdfShapes, order: int, item: Any, matrix: Matrix) -> None:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    if not fill.value and not stroke.value:
        return
    colour, opacity = colour_of(item)
    opaque = opacity >= OPAQUE and not pdfium.FPDFPageObj_HasTransparency(item)
    for outline in _outlines(shapes, item, multiplied(_matrix_of(item), matrix)):
        if stroke.value:
            shapes.add_stroked(outline)
        if fill.value:
            shapes.add_filled(order, outline, colour if opaque else None)


def _outlines(shapes: PdfShapes, item: Any, matrix: Matrix) -> Iterator[Outline]:
    import pypdfium2.raw as pdfium

    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        if not shapes.has_room_for_segment():
            return
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield Outline(points, curved)
            points, curved = [], False
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
            shapes.curves += 1
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(applied(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield Outline(points, curved)
