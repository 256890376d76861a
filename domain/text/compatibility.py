"""Ordinary characters in place of their doubles: radicals, compatibility and private ones.

PDF writers, some fonts and old encodings put another code where the reader sees an ordinary
character (U+2F00 for 一). Each is replaced by one character, so that places in a text stay.
"""

from __future__ import annotations

import re
import unicodedata

# Radicals of the supplement that NFKC leaves alone, each before its character.
RADICALS = (
    "⺠民⺎兀⺟母⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻬齐⻮齿⻰龙⻳龟⻌辶⻖阝⺮竹⺩王⺨犭⺾艹⻊足⺁厂⺅亻⺊卜⺌小⺍小⺒巳⺓幺⺘扌⺜日⺝月⺡氵⺣灬"
    "⺶羊⺷羊⺸羊⺻聿⺽臼⻂衤⻍辶⻎辶"
)
# What GBK kept in the private area before Unicode had it: upright forms of punctuation.
_PUNCTUATION = dict(zip(range(0xE78D, 0xE797), "，。、：；！？〖〗…", strict=True))
# Signs of the fonts Symbol and Wingdings that mean the same in both or stand in lists.
_SIGNS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢",
    0xF0FC: "✓", 0xF0E0: "→", 0xF020: " ", 0xF0A0: " ", 0xE5E5: "\u3000",
}  # fmt: skip
# Those that Unicode took in last, which Python's table of 2000 does not know.
_LATE = {
    0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "\u9fb4",
    0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7", 0xE831: "\U000215d7",
    0xE832: "\u9fb8", 0xE83B: "\U0002298f", 0xE843: "\u9fb9", 0xE854: "\u9fba",
    0xE855: "\U000241fe", 0xE864: "\u9fbb",
}  # fmt: skip


def _of_gb18030() -> dict[int, str]:
    """The rarer characters of GBK (FE50 to FEA0) that stood at U+E815 to U+E864."""
    cells = [cell for cell in range(0x50, 0xA1) if cell != 0x7F]
    found = {}
    for code, cell in zip(range(0xE815, 0xE865), cells, strict=True):
        char = bytes((0xFE, cell)).decode("gb18030", "replace")
        if len(char) == 1 and not 0xE000 <= ord(char) <= 0xF8FF:
            found[code] = char
    return found


def _of_nfkc() -> dict[int, str]:
    """Kangxi radicals and compatibility ideographs, which have one ordinary character each."""
    codes = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E))
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    return {code: char for code, char in plain.items() if len(char) == 1 and char != chr(code)}


_PLAIN: dict[int, str] = {
    **_of_nfkc(), **_of_gb18030(), **_LATE, **_PUNCTUATION, **_SIGNS,
    **{ord(RADICALS[i]): RADICALS[i + 1] for i in range(0, len(RADICALS), 2)},
}  # fmt: skip
# Where such doubles stand; others stand there too.
PRIVATE_RANGES = ((0xE5E5, 0xE5E6), (0xE78D, 0xE865), (0xF020, 0xF0FD))
_DOUBLES = re.compile(r"[\u2e80-\u2fdf\ue000-\ufaff\U0002f800-\U0002fa1f]")


def plain_characters(text: str) -> str:
    """The text with ordinary characters for their doubles, as long as it was: ⼀ is 一."""
    return text.translate(_PLAIN) if _DOUBLES.search(text) else text
