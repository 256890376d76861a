"""The characters of a binary Word file as they are shown, paragraph by paragraph."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from crawler.extract.formats.picture_sizes import is_large
from crawler.extract.formats.raised_runs import join_raised
from crawler.extract.formats.word.symbol_fonts import symbol_character
from crawler.extract.formats.word.word_streams import (
    CHARACTERS,
    FONTS,
    PARAGRAPHS,
    WordStreams,
)

_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_SHOWN = {"\t": "\t", "\x0b": "\n", "\x1e": "-"}
_ENDS = "\r\x07\x0c"
CELL_END = "\x07"
_DELETED, _HIDDEN, _STRUCK, _TWICE_STRUCK = 0x0800, 0x083C, 0x0837, 0x2A53
_HIDES = (_DELETED, _HIDDEN, _STRUCK, _TWICE_STRUCK)
_RAISED, _SYMBOL, _POSITION = 0x2A48, 0x6A09, 0x4845
_LIFTED = 3  # half points above the line
_PICTURE, _OBJECT = 0x6A03, 0x080A  # where a picture's head stands; that it is an object's
_TWIPS = 567.0  # in a centimetre


class BinaryParagraph(NamedTuple):
    """The text up to a mark, the mark, and the properties of the paragraph."""

    text: str
    mark: str
    properties: bytes = b""  # a style's number and the properties of the paragraph itself
    emptied: bool = False  # whatever stood in it is deleted, hidden or struck


class _CharacterLook(NamedTuple):
    hidden: bool = False
    raised: bool = False
    symbol: str | None = None  # what an opening bracket stands for here
    picture: int = -1  # where a large picture's head stands


class BinaryText:
    """Gives the paragraphs of the parts of a document's text."""

    def __init__(self, streams: WordStreams) -> None:
        self._streams = streams
        self._characters = streams.runs(CHARACTERS, head=0)
        self._paragraphs = streams.runs(PARAGRAPHS, head=2)
        self._fonts = _fonts(streams.part(FONTS))
        self.has_properties = bool(self._paragraphs.starts)
        self.pictures: list[int] = []  # large ones in the paragraphs that were given
        self._look = lru_cache(maxsize=4096)(self._look_of)
        text: list[str] = []
        self._offsets: list[int] = []  # of each character, in units of UTF-16
        for piece in streams.pieces:
            size = (piece.end - piece.start) * piece.width
            raw = streams.word[piece.offset : piece.offset + size]
            text.append(_units(raw) if piece.width == 2 else raw.decode("cp1252", "replace"))
            self._offsets += range(piece.offset, piece.offset + size, piece.width)
        self._text = "".join(text)

    def paragraphs(self, start: int, end: int) -> Iterator[BinaryParagraph]:
        """The paragraphs between two positions of the text."""
        codes = _field_codes(self._text[start:end])
        parts: list[tuple[str, bool]] = []
        written = False
        for place in range(start, min(end, len(self._text))):
            char = self._text[place]
            look = self._look(self._characters.at(self._offsets[place]))
            if char in _ENDS and not (look.hidden and char == "\r"):
                properties = self._paragraphs.at(self._offsets[place])
                text = _joined(parts)
                yield BinaryParagraph(text, char, properties, written and not text.strip())
                parts, written = [], False
                continue
            written = written or char > " "
            if not look.hidden and not codes[place - start]:
                parts.append((_shown(char, look), look.raised))
                if char == "\x01" and look.picture >= 0:
                    self.pictures.append(look.picture)
        if text := _joined(parts):
            yield BinaryParagraph(text, "\r")

    def _look_of(self, raw: bytes) -> _CharacterLook:
        hidden = lifted = is_object = False
        picture = -1
        symbol: str | None = None
        for sprm in self._streams.sprms(raw):
            if sprm.code in _HIDES:
                hidden = hidden or sprm.number in {1, 0x81}
            elif sprm.code == _RAISED:
                lifted = sprm.number == 1
            elif sprm.code == _POSITION:
                lifted = lifted or _LIFTED <= sprm.number < 0x8000
            elif sprm.code == _SYMBOL and len(sprm.value) == 4:
                font, code = struct.unpack("<HH", sprm.value)
                name = self._fonts[font] if font < len(self._fonts) else ""
                symbol = symbol_character(name, code)
            elif sprm.code == _PICTURE:
                picture = sprm.number if self._is_large(sprm.number) else -1
            elif sprm.code == _OBJECT:
                is_object = sprm.number == 1
        return _CharacterLook(hidden, lifted, symbol, -1 if is_object else picture)

    def _is_large(self, place: int) -> bool:
        """Whether a picture may be a scanned page, by the size that it is shown in."""
        if place + 36 > len(self._streams.data):
            return False
        width, height, across, down = struct.unpack_from("<hhHH", self._streams.data, place + 28)
        return is_large(width * across / 1000 / _TWIPS, height * down / 1000 / _TWIPS)


def _shown(char: str, look: _CharacterLook) -> str:
    if look.symbol is not None and char == "(":
        return look.symbol
    if char < " ":
        return _SHOWN.get(char, "")
    return char


def _field_codes(text: str) -> list[int]:
    """How many fields' orders, which are no results, each character stands in."""
    steps = [0] * (len(text) + 1)
    ends = [place for place, char in enumerate(text) if char == "\r"]
    stack: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if char == _BEGIN:
            stack.append((place, -1))
        elif char == _SEPARATE and stack and stack[-1][1] < 0:
            stack[-1] = (stack[-1][0], place)
        elif char == _END and stack:
            begin, separate = stack.pop()
            # one without a result that goes on over paragraphs has lost its end
            if separate >= 0 or bisect_left(ends, begin) == bisect_left(ends, place):
                steps[begin] += 1
                steps[place if separate < 0 else separate] -= 1
    return list(accumulate(steps))


def _units(raw: bytes) -> str:
    """One character for each unit of UTF-16, so that places in text and file agree."""
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def _joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Pairs of UTF-16 as the characters that they stand for, raised characters as raised."""
    text = join_raised(parts)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fonts(table: bytes) -> list[str]:
    """The names of the fonts: a count, then entries of a size byte, 39 bytes, and the name."""
    names: list[str] = []
    position = 4
    while position < len(table):
        size = table[position]
        entry = table[position + 1 : position + 1 + size]
        names.append(entry[39:].decode("utf-16-le", "replace").partition("\0")[0])
        position += 1 + size
    return names
