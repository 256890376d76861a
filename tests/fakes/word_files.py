"""Word documents of parts: paragraphs with lists and styles, notes, inserted files."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

from tests.fakes.files import WORD, ole, zipped

_NAMES = (
    f'xmlns:w="{WORD}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0"?><w:{root} {_NAMES}>{inner}</w:{root}>'


def word_file(
    inner: str,
    *,
    numbering: str = "",
    styles: str = "",
    related: dict[str, tuple[str, bytes | str]] | None = None,
    parts: dict[str, str] | None = None,
) -> bytes:
    """A .docx; ``related`` are the files that an id such as rId1 of the body stands for."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": part("document", f"<w:body>{inner}</w:body>"),
    }
    if numbering:
        members["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        members["word/styles.xml"] = part("styles", styles)
    relations = ""
    for identity, (path, data) in (related or {}).items():
        members[f"word/{path}"] = data
        relations += f'<Relationship Id="{identity}" Type="{_OFFICE}/x" Target="{path}"/>'
    members["word/_rels/document.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    for root, content in (parts or {}).items():
        members[f"word/{root}.xml"] = part(root, content)
    return zipped(members)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{run(text) if text else ''}</w:p>"
    )


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def level(number: int, text: str, style: str = "decimal", extra: str = "") -> str:
    """A level of a list's definition."""
    start = "" if "w:start" in extra else '<w:start w:val="1"/>'
    return (
        f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{nums}'


# ------------------------------------------------------------------ the binary format


def sprm(code: int, value: bytes) -> bytes:
    """One property of characters or paragraphs."""
    return struct.pack("<H", code) + value


def binary_list(levels: Sequence[tuple[str, int, int]], *, flags: int = 0) -> tuple[bytes, bytes]:
    """The structures of one list, number 1: text with %1 for the first number, format, start."""
    head = struct.pack("<H", 1) + struct.pack("<ii", 77, 0) + bytes(18) + b"\0\0"
    rest = [*levels, *[("", 255, 1)] * (9 - len(levels))]
    body = b""
    for text, style, start in rest:
        characters = re.sub("%([1-9])", lambda m: chr(int(m[1]) - 1), text)
        raw = characters.encode("utf-16-le")
        fixed = struct.pack("<iBB", start, style, flags) + bytes(9) + b"\2" + bytes(12)
        body += fixed + struct.pack("<H", len(raw) // 2) + raw
    overrides = struct.pack("<I", 1) + struct.pack("<i", 77) + bytes(12) + b"\xff" * 4
    return head + body, overrides


def binary_doc(
    paragraphs: Sequence[tuple[Sequence[tuple[str, bytes]], str, bytes]],
    *,
    lists: tuple[bytes, bytes] = (b"", b""),
    list_head: int = 30,
    stories: Sequence[int] = (),
    content: bytes = b"",
) -> bytes:
    """A .doc: paragraphs of runs with properties, a mark, and properties of the paragraph.

    ``stories`` are the sizes of body, footnotes, headers, macros, comments, endnotes, boxes.
    """
    text = ""
    runs: list[tuple[int, int, bytes]] = []
    ends: list[tuple[int, int, bytes]] = []
    for pieces, mark, properties in paragraphs:
        begin = _units(text)
        for words, look in [*pieces, (mark, b"")]:
            runs.append((_units(text), _units(text + words), look))
            text += words
        ends.append((begin, _units(text), struct.pack("<H", 0) + properties))
    raw = text.encode("utf-16-le")
    word = bytearray(1024) + raw
    word += bytes(-len(word) % 512)
    first = len(word) // 512
    word += _page(runs, 1) + _page(ends, 13)
    struct.pack_into("<HH", word, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    struct.pack_into("<II", word, 0x18, 1024, 1024 + len(raw))
    sizes = [*stories] or [_units(text)]
    struct.pack_into(f"<{len(sizes)}i", word, 0x4C, *sizes)
    table = bytearray(b"\0" * 8)
    bins = struct.pack("<III", 1024, 1024 + len(raw), first)
    pieces_ = struct.pack("<II", 0, _units(text)) + struct.pack("<HIH", 0, 1024, 0)
    for number, data, size in [
        (12, bins, 12), (13, bins[:8] + struct.pack("<I", first + 1), 12),
        (33, b"\2" + struct.pack("<I", len(pieces_)) + pieces_, 0),
        (73, lists[0], list_head), (74, lists[1], 0),
    ]:  # fmt: skip
        struct.pack_into("<II", word, 0x9A + 8 * number, len(table), size or len(data))
        table += data
    streams = {"WordDocument": bytes(word), "1Table": bytes(table)}
    return ole({**streams, "Data": content} if content else streams)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _page(runs: Sequence[tuple[int, int, bytes]], entry: int) -> bytes:
    """A formatted disk page of characters' (1) or paragraphs' (13) properties."""
    page = bytearray(512)
    page[511] = len(runs)
    places = [runs[0][0], *(end for _, end, _ in runs)]
    struct.pack_into(f"<{len(places)}I", page, 0, *(1024 + 2 * place for place in places))
    free = 511
    for number, (_, _, data) in enumerate(runs):
        if not data:
            continue
        data += b"\0" * ((len(data) + 1) % 2) if entry == 13 else b""
        body = bytes([(len(data) + 1) // 2 if entry == 13 else len(data)]) + data
        free = (free - len(body)) // 2 * 2
        page[free : free + len(body)] = body
        page[4 * len(places) + entry * number] = free // 2
    return bytes(page)
