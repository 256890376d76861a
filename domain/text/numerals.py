"""Read Chinese and Arabic numerals as they stand in legal text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "◯": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9, "兩": 2, "貳": 2, "參": 3, "陸": 6,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
NUMERAL_CHARACTERS = "".join([*DIGITS, *_TENS, *_MYRIADS])

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# 5×10³, 10⁻⁴, 10^6
_POWER = re.compile(
    r"(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)[×xX*·])?10(?:\^(-?[0-9]{1,2})|(⁻?[⁰¹²³⁴-⁹]{1,2}))"
)
_UNRAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 40  # characters; 万元万元… is no number, however often it is said


def parse_chinese_number(text: str) -> int | float | None:
    """The value of 一百二十, 二〇二六, 五十万, 3.5万, 1,000, 5×10³; None if it is not a number."""
    return None if len(text) > 4 * _LONGEST else _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> int | float | None:
    if power := _POWER.fullmatch(text.replace(" ", "")):
        return _power(power)
    if any(ord(char) in _UNRAISED for char in text):
        return None  # 98², whose mark is no digit
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    text = text.replace("廿", "二十").replace("卅", "三十")
    value = _value(text) if 0 < len(text) <= _LONGEST else None
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _power(match: re.Match[str]) -> int | float:
    """The value of a power of ten, with what stands before it as a factor."""
    exponent = int((match[2] or match[3]).translate(_UNRAISED))
    value = Decimal(match[1] or 1).scaleb(exponent)
    return int(value) if value == value.to_integral_value() else float(value)


def _value(text: str) -> Decimal | None:
    """亿 and 万 split the number; what stands before them is a number below 10,000."""
    for mark in ("亿", "億", "万", "萬"):
        head, found, tail = text.rpartition(mark)
        if not found:
            continue
        high = _value(head) if head else None
        if high is None:
            return None
        if not tail:
            return high * _MYRIADS[mark]
        if len(tail) == 1 and DIGITS.get(tail):  # 一万五 is 15,000
            return high * _MYRIADS[mark] + DIGITS[tail] * _MYRIADS[mark] // 10
        low = _value(tail)
        return None if low is None else high * _MYRIADS[mark] + low
    return _below_myriad(text)


def _below_myriad(text: str) -> Decimal | None:
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    whole, point, fraction = text.partition("点")
    if point:
        high, low = _below_myriad(whole), _digit_string(fraction)
        if high is None or low is None:
            return None
        return high + Decimal(f"0.{low}")
    if not any(c in _TENS for c in text):
        digits = _digit_string(text)
        return None if digits is None else Decimal(digits)
    return _with_tens(text)


def _digit_string(text: str) -> str | None:
    """二〇二六 as 2026; the zero may be Arabic."""
    if not text or any(c not in DIGITS and c != "0" for c in text):
        return None
    return "".join(str(DIGITS.get(c, 0)) for c in text)


def _with_tens(text: str) -> Decimal | None:
    """一百二十, 十五, 三千零五, 2千, 一百五 (150)."""
    total, pending, last_unit = Decimal(0), "", 10**4
    zero_seen = False
    for char in text:
        if char in _TENS:
            unit = _TENS[char]
            if unit >= last_unit:
                return None
            head = Decimal(1) if not pending else _simple(pending)
            if head is None:
                return None
            total, pending, last_unit, zero_seen = total + head * unit, "", unit, False
        elif char in "零〇○" and not pending:
            zero_seen = True
        else:
            pending += char
    if pending:
        low = _simple(pending)
        if low is None:
            return None
        short = last_unit > 10 and not zero_seen and len(pending) == 1
        total += low * (last_unit // 10) if short else low
    return total


def _simple(text: str) -> Decimal | None:
    if len(text) == 1 and text in DIGITS:
        return Decimal(DIGITS[text])
    try:
        return Decimal(text) if _PLAIN.fullmatch(text) else None
    except InvalidOperation:
        return None


@lru_cache(maxsize=1024)
def chinese_numeral(value: int) -> str:
    """The number of an article as it is printed: 21 as 二十一; for 1 to 9,999."""
    digits = "零一二三四五六七八九"
    text = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if not digit:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + digits[digit] + name
        zero = False
    return text[1:] if text.startswith("一十") else text
