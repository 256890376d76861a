"""The automatic numbers of a binary Word file ([MS-DOC] 2.9.131, 2.9.147, 2.9.150)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from crawler.extract.formats.word.list_numbers import (
    LEVELS,
    ListCounter,
    ListLevel,
    NumberedList,
)
from crawler.extract.formats.word.word_streams import LISTS, OVERRIDES, STYLES, WordStreams

_STYLES_OF_NUMBERS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    5: "ordinal", 10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
    32: "ideographZodiacTraditional", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_LEVEL, _LIST, _OVERRIDE = 28, 28, 16
_ILFO, _ILVL = 0x460B, 0x260A
_LEGAL, _OWN_RESTART, _SIMPLE = 0x04, 0x08, 0x01
_JOINTS = {0: " ", 1: " ", 2: ""}
_MOST_LISTS = 4000


class _Style(NamedTuple):
    base: int
    properties: bytes


class BinaryLists:
    """Counts the numbered paragraphs of a document as they are asked for, in order."""

    def __init__(self, streams: WordStreams) -> None:
        self._streams = streams
        self._counter = ListCounter()
        try:
            self._styles = _styles(streams.part(STYLES))
            self._lists = _lists(streams)
        except (struct.error, IndexError):  # a document is not lost for its lists
            self._styles, self._lists = [], []

    def label(self, properties: bytes) -> str:
        """The number of a paragraph with the blank behind it, '' for one without; counts it."""
        if not self._lists or len(properties) < 2:
            return ""
        number, level = self._list_of(properties)
        if not 0 < number <= len(self._lists):
            return ""
        numbered = self._lists[number - 1]
        if numbered is None or level >= len(numbered.levels):
            return ""
        return self._counter.next(str(number), numbered, level)

    def _list_of(self, properties: bytes) -> tuple[int, int]:
        found: dict[int, int] = {}
        self._take(found, properties[2:])
        style = struct.unpack_from("<H", properties)[0]
        for _ in range(LEVELS * 2):
            if style >= len(self._styles) or len(found) == 2:
                break
            self._take(found, self._styles[style].properties)
            style = self._styles[style].base
        return found.get(_ILFO, 0), found.get(_ILVL, 0)

    def _take(self, found: dict[int, int], raw: bytes) -> None:
        """The list and the level, unless what is nearer to the paragraph has said them."""
        nearer = frozenset(found)
        for sprm in self._streams.sprms(raw):
            if sprm.code in {_ILFO, _ILVL} and sprm.code not in nearer:
                found[sprm.code] = sprm.number


def _styles(sheet: bytes) -> list[_Style]:
    """Each style's base and the properties that it gives to paragraphs."""
    if len(sheet) < 6:
        return []
    head, count, fixed = struct.unpack_from("<HHH", sheet)
    position = 2 + head
    found: list[_Style] = []
    for _ in range(count):
        size = struct.unpack_from("<H", sheet, position)[0]
        found.append(_style(sheet[position + 2 : position + 2 + size], fixed))
        position += 2 + size
    return found


def _style(entry: bytes, fixed: int) -> _Style:
    if len(entry) < fixed + 2:
        return _Style(0xFFF, b"")
    kind = struct.unpack_from("<H", entry, 2)[0]
    name = struct.unpack_from("<H", entry, fixed)[0]
    start = fixed + 2 + 2 * name + 2
    if kind & 0xF != 1 or start + 2 > len(entry):
        return _Style(kind >> 4, b"")
    size = struct.unpack_from("<H", entry, start)[0]
    return _Style(kind >> 4, entry[start + 4 : start + 2 + size])


def _lists(streams: WordStreams) -> list[NumberedList | None]:
    """The lists in the order in which paragraphs count them."""
    families = _families(streams.part(LISTS), streams.behind(LISTS, OVERRIDES))
    table = streams.part(OVERRIDES)
    if len(table) < 4:
        return []
    count = min(struct.unpack_from("<I", table)[0], _MOST_LISTS)
    position = 4 + count * _OVERRIDE
    found: list[NumberedList | None] = []
    for number in range(count):
        place = 4 + number * _OVERRIDE
        family, changed = struct.unpack_from("<i8xB", table, place)
        levels = list(families.get(family, ()))
        starts: dict[int, int] = {}
        position += 4
        for _ in range(changed):
            position = _override(table, position, levels, starts)
        found.append(
            NumberedList(family=str(family), levels=levels, starts=starts) if levels else None
        )
    return found


def _override(table: bytes, position: int, levels: list[ListLevel], starts: dict[int, int]) -> int:
    start, flags = struct.unpack_from("<iI", table, position)
    level = flags & 0xF
    position += 8
    if flags & 0x20:
        own, position = _level(table, position)
        if level < len(levels):
            levels[level] = own
        start = own.start
    if flags & 0x10:
        starts[level] = start
    return position


def _families(heads: bytes, levels: bytes) -> dict[int, list[ListLevel]]:
    if len(heads) < 2:
        return {}
    found: dict[int, list[ListLevel]] = {}
    position = 0
    for number in range(min(struct.unpack_from("<H", heads)[0], _MOST_LISTS)):
        family, flags = struct.unpack_from("<i22xB", heads, 2 + number * _LIST)
        own: list[ListLevel] = []
        for _ in range(1 if flags & _SIMPLE else LEVELS):
            level, position = _level(levels, position)
            own.append(level)
        found[family] = own
    return found


def _level(data: bytes, position: int) -> tuple[ListLevel, int]:
    """One level, and where the next one begins."""
    start, style, flags = struct.unpack_from("<iBB", data, position)
    follow = data[position + 15]
    text = position + _LEVEL + data[position + 24] + data[position + 25]
    size = struct.unpack_from("<H", data, text)[0]
    raw = data[text + 2 : text + 2 + 2 * size].decode("utf-16-le", "replace")
    level = ListLevel(
        text="".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in raw),
        style=_STYLES_OF_NUMBERS.get(style, "decimal"),
        start=max(start, 0),
        joint=_JOINTS.get(follow, " "),
        legal=bool(flags & _LEGAL),
        restart=data[position + 26] if flags & _OWN_RESTART else None,
    )
    return level, text + 2 + 2 * size
