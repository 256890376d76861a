"""Take a spreadsheet's number format apart (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "¥#,##0;¥-#,##0;¥-",
    43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;¥-#,##0.00;¥-", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    # of Chinese systems
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number alone, as a Chinese system shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'  # "年"
    r"|[\\!](?P<escaped>.)"  # \- or, on Chinese systems, !-
    r"|[_*](?P<space>.)"  # a blank as wide as, or filled with, the next character
    r"|\[(?P<bracket>[^\]]*)\]"  # [h], [红色], [>=100], [$¥-804], [DBNum1]
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>E[+-]0+)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|b{1,4})"
    r"|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-([0-9A-Fa-f]+))?")
_SYSTEM_DATE = "f800"


class FormatToken(NamedTuple):
    """A piece of a section: ``kind`` is text, digit, date, elapsed, half, general, exponent,
    text_place or one of the signs . , % /."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FormatSection:
    """One of the up to four parts of a format."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, float] | None = None
    chinese: int = 0  # [DBNum1] is 一, [DBNum2] is 壹
    chinese_names: bool = False  # [$-804]: 星期二, 上午
    kinds: frozenset[str] = frozenset()

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


def section_of(tokens: Iterable[FormatToken], brackets: Iterable[str] = ()) -> FormatSection:
    """A section that knows which kinds of tokens it has, and what its brackets say."""
    found = tuple(tokens)
    said = list(brackets)
    return FormatSection(
        tokens=found,
        condition=next(filter(None, map(_condition, said)), None),
        chinese=max(map(_chinese, said), default=0),
        chinese_names=any(map(_is_chinese, said)),
        kinds=frozenset(token.kind for token in found),
    )


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format code, at least one."""
    found: list[FormatSection] = []
    tokens: list[FormatToken] = []
    brackets: list[str] = []
    for match in _TOKEN.finditer(code[:255]):
        if match["other"] == ";":
            found.append(section_of(tokens, brackets))
            tokens, brackets = [], []
        elif match["bracket"] is not None:
            brackets.append(match["bracket"])
            tokens += _bracket(match["bracket"])
        elif token := _token(match):
            tokens.append(token)
    return (*found, section_of(tokens, brackets))


def _token(match: re.Match[str]) -> FormatToken | None:
    for kind in ("half", "general", "exponent", "date"):
        if match[kind] is not None:
            return FormatToken(
                kind=kind, text=match[kind].lower() if kind == "date" else match[kind]
            )
    if match["space"] is not None:
        return None
    if match["other"] is not None:
        return _sign(match["other"])
    return FormatToken(kind="text", text=match["quoted"] or match["escaped"] or "")


def _sign(char: str) -> FormatToken:
    if char in "0#?":
        return FormatToken(kind="digit", text=char)
    if char in ".,%/":
        return FormatToken(kind=char, text=char)
    return FormatToken(kind="text_place" if char == "@" else "text", text=char)


def _bracket(content: str) -> list[FormatToken]:
    lowered = content.lower()
    if re.fullmatch(r"h+|m+|s+", lowered):
        return [FormatToken(kind="elapsed", text=lowered)]
    currency = _CURRENCY.fullmatch(content)
    if currency is None:
        return []
    if (currency[2] or "").lower() == _SYSTEM_DATE:
        return [FormatToken(kind="system_date", text="")]
    return [FormatToken(kind="text", text=currency[1])] if currency[1] else []


def _condition(content: str) -> tuple[str, float] | None:
    match = _CONDITION.fullmatch(content)
    return (match[1], float(match[2])) if match else None


def _chinese(content: str) -> int:
    match = re.fullmatch(r"DBNum([123])", content, re.I)
    return int(match[1]) if match else 0


def _is_chinese(content: str) -> bool:
    """Whether a locale such as $-804 or $-1004 is one of a Chinese language."""
    match = _CURRENCY.fullmatch(content)
    if match is None or not match[2]:
        return False
    return int(match[2], 16) & 0x3FF == 4
