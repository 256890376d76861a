"""A text as it is searched: one case, plain marks, every character at its old place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_MARKS = {
    **dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("‘’`´", "'"),
    **dict.fromkeys("“”„", '"'), "\u00a0": " ", "\u3000": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
_TABLE = {ord(char): plain for char, plain in _MARKS.items()}


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text in lower case with half-width characters and plain marks, of the same length."""
    return "".join(_one(char) for char in text).translate(_TABLE)


def _one(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese rather than English: three of its words outweigh a Han sign."""
    return 3 * len(_HAN.findall(text)) > len(_LATIN.findall(text))


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans blanked, every other character at its place."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
