"""Digits as Chinese characters, for formats with [DBNum1] (一), [DBNum2] (壹), [DBNum3] (１)."""

from __future__ import annotations

from domain.text.numerals import chinese_numeral

_PLAIN = str.maketrans("0123456789", "〇一二三四五六七八九")
_LEGAL = str.maketrans(
    "0123456789〇零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖零零壹贰叁肆伍陆柒捌玖拾佰仟"
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def in_chinese(text: str, kind: int, *, as_numeral: bool) -> str:
    """A number digit by digit, or as it is spoken: 123 as 一二三 or 一百二十三."""
    if kind == 3:
        return text.translate(_WIDE)
    whole, point, fraction = text.partition(".")
    if as_numeral and whole.isdigit():
        whole = numeral(int(whole))
        if whole.startswith("十"):
            whole = f"一{whole}"
    if as_numeral and point:
        point = "点"
    plain = whole.translate(_PLAIN) + point + fraction.translate(_PLAIN)
    return plain.translate(_LEGAL) if kind == 2 else plain


def numeral(value: int) -> str:
    """12 as 十二, 120000 as 十二万; as digits where it is too long to be said."""
    if value == 0:
        return "零"
    if value >= 10**12:
        return str(value)
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        high, low = divmod(value, unit)
        if high:
            gap = "零" if low and low < unit // 10 else ""
            return numeral(high) + name + gap + (numeral(low) if low else "")
    return chinese_numeral(value)
