"""Numbers as official texts write them: 15, 十五, 二〇二六, 三万五千, 1,000, 2.5."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "0": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

# Pieces of regular expressions over folded text.
CHINESE = r"[一二两三四五六七八九十百千][〇零一二两三四五六七八九十百千]{0,12}"
ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?"


def parse_number(text: str) -> float | None:
    """The value of a number in digits or Chinese numerals; None if it is none.

    >>> parse_number("三万五千"), parse_number("二〇二六"), parse_number("1,000")
    (35000.0, 2026.0, 1000.0)
    """
    text = text.replace(",", "").replace("，", "").strip()
    if not text:
        return None
    scale = 1.0
    while len(text) > 1 and text[0].isascii() and text[-1] in "十百千万亿":
        scale *= _UNITS.get(text[-1]) or _GROUPS[text[-1]]
        text = text[:-1]
    if text[0].isascii():
        try:
            return float(text) * scale
        except ValueError:
            return None
    whole, point, fraction = text.partition("点")
    value = _parse_chinese(whole)
    if value is None or not point:
        return value
    digits = [_DIGITS.get(char) for char in fraction]
    if not digits or None in digits:
        return None
    return float(f"{int(value)}.{''.join(str(digit) for digit in digits)}")


def _parse_chinese(text: str) -> float | None:
    if text and all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or (1 if not section else 0)) * _UNITS[char]
            digit = 0
        elif char in _GROUPS:
            total = (total + section + digit) * _GROUPS[char]
            section = digit = 0
        else:
            return None
    return float(total + section + digit) if text else None


def plain(value: float) -> int | float:
    """An int where the value is whole; floating noise of unit conversion rounded away."""
    value = round(value, 6)
    return int(value) if value == int(value) else value
