"""The streams of a binary Word file: where its characters stand, and which properties they have.

Layout after [MS-DOC]: FIB 2.5, piece table 2.8.35, bin tables and formatted disk pages 2.8.5 ff.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import olefile

from crawler.extract.formats.packed import Broken, Encrypted

_WORD_97 = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PAGE = 512
_POSITIONS = 0x9A  # pairs of offset and length in the table stream
STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, LISTS, OVERRIDES = 1, 12, 13, 15, 33, 73, 74
_HUGE = 0x6646  # the properties stand in the stream "Data"
_COUNTS = 0x4C
_STREAM_LIMIT = 96 * 1024 * 1024


class Sprm(NamedTuple):
    """One property: its code and its value."""

    code: int
    value: bytes

    @property
    def number(self) -> int:
        return int.from_bytes(self.value[:4], "little")


class Piece(NamedTuple):
    """A run of characters: the first one's position in the text and in the stream."""

    start: int
    end: int
    offset: int
    width: int  # bytes a character


class PropertyRuns(NamedTuple):
    """Properties by the place of the characters in the stream, in order."""

    starts: list[int]
    ends: list[int]
    raw: list[bytes]

    def at(self, offset: int) -> bytes:
        """The properties of what stands at an offset, b'' where none are kept."""
        place = bisect_right(self.starts, offset) - 1
        return self.raw[place] if place >= 0 and offset < self.ends[place] else b""


class Stories(NamedTuple):
    """How many characters each part of the text has, in the order of the file."""

    main: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int


class WordStreams:
    """The parts of a binary Word file that its text needs."""

    def __init__(self, body: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            self.word = _stream(ole, "WordDocument")
            if len(self.word) < 0x200 or _u16(self.word, 0) != _WORD_97:
                raise Broken
            flags = _u16(self.word, 0x0A)
            if flags & _ENCRYPTED:
                raise Encrypted
            self.table = _stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table")
            self.data = _stream(ole, "Data") if ole.exists("Data") else b""
        self.stories = Stories(*struct.unpack_from("<7i", self.word, _COUNTS))
        self.pieces = list(_pieces(self._piece_table(), len(self.word)))

    def part(self, number: int) -> bytes:
        """A structure of the table stream by its number in the FIB; b'' where it is missing."""
        offset, size = self._place(number)
        return self.table[offset : offset + size] if offset + size <= len(self.table) else b""

    def behind(self, number: int, until: int) -> bytes:
        """What stands between the end of one structure and the start of another."""
        offset, size = self._place(number)
        return self.table[offset + size : self._place(until)[0]]

    def _place(self, number: int) -> tuple[int, int]:
        place = _POSITIONS + 8 * number
        return (
            struct.unpack_from("<II", self.word, place) if place + 8 <= len(self.word) else (0, 0)
        )

    def runs(self, number: int, *, head: int) -> PropertyRuns:
        """Properties of characters or paragraphs; a paragraph's begin with ``head`` bytes more."""
        entry = self.part(number)
        count = max(len(entry) - 4, 0) // 8
        found: list[tuple[int, int, bytes]] = []
        for page in struct.unpack_from(f"<{count}I", entry, 4 * (count + 1)) if count else ():
            start = (page & 0x3FFFFF) * _PAGE
            found += _page_runs(self.word[start : start + _PAGE], head)
        found.sort()
        return PropertyRuns([r[0] for r in found], [r[1] for r in found], [r[2] for r in found])

    def sprms(self, raw: bytes) -> Iterator[Sprm]:
        """The properties of a group, also of one that is kept elsewhere for its size."""
        for sprm in _sprms(raw):
            if sprm.code == _HUGE and sprm.number + 2 <= len(self.data):
                size = _u16(self.data, sprm.number)
                yield from _sprms(self.data[sprm.number + 2 : sprm.number + 2 + size])
            else:
                yield sprm

    def _piece_table(self) -> bytes:
        found = _clx_pieces(self.part(PIECES)) if self._place(PIECES)[1] else b""
        if found:
            return found
        for start in range(max(len(self.table) - 16, 0)):  # writers that leave the place empty
            if self.table[start] == 2 and (found := _clx_pieces(self.table[start:])):
                return found
        raise Broken


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        raise Broken
    data: bytes = ole.openstream(name).read(_STREAM_LIMIT)
    return data


def _clx_pieces(clx: bytes) -> bytes:
    """The piece table behind the property groups of a Clx; b'' if there is none."""
    position = 0
    while position + 3 <= len(clx) and clx[position] == 1:
        position += 3 + _u16(clx, position + 1)
    if position + 5 > len(clx) or clx[position] != 2:
        return b""
    size = struct.unpack_from("<I", clx, position + 1)[0]
    table = clx[position + 5 : position + 5 + size]
    if len(table) < size or size < 16 or (size - 4) % 12:
        return b""
    places = struct.unpack_from(f"<{(size - 4) // 12 + 1}I", table)
    rising = all(a <= b for a, b in pairwise(places))
    return table if rising and places[0] == 0 and places[-1] else b""


def _pieces(table: bytes, length: int) -> Iterator[Piece]:
    count = (len(table) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        offset = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(offset & 0x40000000)
        offset = (offset & 0x3FFFFFFF) // (2 if narrow else 1)
        piece = Piece(places[number], places[number + 1], offset, 1 if narrow else 2)
        if offset + (piece.end - piece.start) * piece.width <= length:
            yield piece


def _page_runs(page: bytes, head: int) -> Iterator[tuple[int, int, bytes]]:
    """The runs of a formatted disk page: paragraphs' (head 2) or characters' (head 0)."""
    if len(page) < _PAGE:
        return
    count = page[-1]
    entry = 13 if head else 1
    if 4 * (count + 1) + entry * count > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        start = page[4 * (count + 1) + entry * number] * 2
        raw = b""
        if start:
            size = page[start]
            if head:
                start, size = (
                    (start + 1, 2 * page[start + 1]) if not size else (start, 2 * size - 1)
                )
            raw = page[start + 1 : start + 1 + size]
        yield places[number], places[number + 1], raw


def _sprms(raw: bytes) -> Iterator[Sprm]:
    position = 0
    while position + 3 <= len(raw):
        code = _u16(raw, position)
        position += 2
        size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
        if code == 0xD608:  # the definition of a table's row counts itself by two bytes
            size = _u16(raw, position) + 1 if position + 2 <= len(raw) else 0
        elif not size:
            size = raw[position] + 1
        yield Sprm(code, raw[position : position + size])
        position += size


def _u16(data: bytes, offset: int) -> int:
    number: int = struct.unpack_from("<H", data, offset)[0]
    return number
