"""The fonts of a rich text file: in which charset its bytes are, and what its symbols show."""

from __future__ import annotations

import re
from typing import NamedTuple

_TABLE = re.compile(r"\{\s*\\fonttbl")
_ENTRY = re.compile(r"\\f(\d{1,6})(?![a-z])")  # \f31\fnil\fcharset134 SimSun;
_CHARSET = re.compile(r"\\fcharset(\d{1,3})")
_PAGE = re.compile(r"\\cpg(\d{3,5})")
_CONTROL = re.compile(r"\{\\\*[^{}]{0,200}\}|\\[a-z]{1,32}-?\d{0,10} ?|[{}]")  # all but the name
_CHARSETS = {134: "gb18030", 136: "big5", 128: "shift_jis", 129: "cp949"}
_PAGES = {"936": "gb18030", "950": "big5", "932": "shift_jis", "949": "cp949", "65001": "utf-8"}
_SYMBOLS = 2
_LONGEST = 200_000


class RtfFont(NamedTuple):
    """``encoding`` is '' where the file's own holds."""

    name: str = ""
    encoding: str = ""
    symbols: bool = False


def read_fonts(source: str) -> dict[int, RtfFont]:
    """The fonts by their numbers."""
    start = _TABLE.search(source)
    if start is None:
        return {}
    table = source[start.end() : _end_of_group(source, start.end())]
    entries = list(_ENTRY.finditer(table))
    ends = [*(each.start() for each in entries), len(table)][1:]
    return {
        int(entry[1]): _font(table[entry.end() : end])
        for entry, end in zip(entries, ends, strict=True)
    }


def default_encoding(source: str) -> str:
    """The charset of bytes whose font says nothing; Chinese where the file says nothing."""
    match = re.search(r"\\ansicpg(\d{1,5})", source[:2000])
    if match is None:
        return "gb18030"
    return _PAGES.get(match[1], "cp1252")


def _font(entry: str) -> RtfFont:
    charset, page = _CHARSET.search(entry), _PAGE.search(entry)
    name = _CONTROL.sub("", entry).partition(";")[0].strip()
    number = int(charset[1]) if charset else 0
    encoding = _CHARSETS.get(number, _PAGES.get(page[1], "") if page else "")
    return RtfFont(name, encoding, number == _SYMBOLS)


def _end_of_group(source: str, start: int) -> int:
    depth = 1
    for place in range(start, min(len(source), start + _LONGEST)):
        if source[place] == "{":
            depth += 1
        elif source[place] == "}":
            depth -= 1
            if not depth:
                return place
    return min(len(source), start + _LONGEST)
