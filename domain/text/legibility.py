"""Tell text from what comes out when a file's glyphs have no true map to characters."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.text.traditional import simplify

UNKNOWN = "\ufffd"

_FEWEST = 12  # characters that can be judged
_MOST_FOREIGN = 0.3
_FEWEST_COMMON = 0.5
_MOST_SIGNS = 0.25
_FEWEST_LETTERS = 60
_FEWEST_VOWELS = 0.2
_MOSTLY = 0.8
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Scripts, signs and punctuation of Chinese and English notices.
_EXPECTED = re.compile(
    r"[\s!-~\u00a0-\u00bf\u00d7\u00f7\u02c6-\u02dc\u0391-\u03c9\u2000-\u206f\u2070-\u209f"
    r"\u20a0-\u20bf\u2100-\u23ff\u2460-\u27bf\u2e80-\u30ff\u3105-\u312f\u3200-\u9fff"
    r"\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U0001f000-\U0003ffff]"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SIGNS = re.compile(r"[^\w\s.,;:()（）/%\-]", re.ASCII)


def is_legible(text: str) -> bool:
    """Whether this reads as Chinese or English; short text is given the benefit of the doubt."""
    text = "".join(text.split())
    if len(text) < _FEWEST:
        return UNKNOWN not in text or len(text.replace(UNKNOWN, "")) > len(text) / 2
    if _share(_foreign(text), text) > _MOST_FOREIGN:
        return False
    han = _HAN.findall(text)
    if len(han) >= max(_FEWEST, 0.2 * len(text)):
        return common_share("".join(han)) >= _FEWEST_COMMON
    if len(han) > 0.05 * len(text):
        return True
    signs = _SIGNS.findall("".join(char for char in text if char.isascii()))
    return _share(signs, text) <= _MOST_SIGNS and _has_vowels(text)


def _has_vowels(text: str) -> bool:
    """Whether the Latin letters of a text could be words, and not the codes of other glyphs."""
    letters = [char for char in text.lower() if char.isascii() and char.isalpha()]
    if len(letters) < max(_FEWEST_LETTERS, _MOSTLY * len(text)):  # numbers and codes with them
        return True
    return sum(char in "aeiouy" for char in letters) >= _FEWEST_VOWELS * len(letters)


def is_mapped(text: str) -> bool:
    """Whether characters that a file names by bare codes are Chinese all the same."""
    han = _HAN.findall(text)
    return len(han) > 0.3 * len(text) and common_share("".join(han)) >= _FEWEST_COMMON


def _foreign(text: str) -> list[str]:
    """Characters that such notices do not hold; Latin letters with accents between others."""
    accents = [char for char in text if _LATIN.match(char) and not char.isascii()]
    words = sum(1 for char in text if char.isascii() and char.isalpha())
    foreign = [char for char in text if not _EXPECTED.match(char) and not _LATIN.match(char)]
    return foreign + (accents if len(accents) > 0.4 * words else [])


def common_share(han: str) -> float:
    """The share of Han characters that belong to the 3,755 most common ones."""
    simple = simplify(han)
    return sum(char in _common() for char in simple) / len(simple) if simple else 0.0


def _share(found: list[str], text: str) -> float:
    return len(found) / len(text)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Level 1 of GB/T 2312: rows 16 to 55."""
    rows = range(0xB0, 0xD8)
    codes = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes)
