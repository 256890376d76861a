"""Bring text to one spelling for comparison and for search.

Pure functions that every stage uses.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from domain.text.compatibility import PRIVATE_RANGES, RADICALS, plain_characters
from domain.text.traditional import SIMPLIFIED

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e"
    "\u200f\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa"
    "\ufffb\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ALIKE = {
    '"': "“”„‟«»「」『』〝〞〟＂｢｣",
    "'": "‘’‚‛＇`´",
    "[": "〔［【﹝〖〘〚",
    "]": "〕］】﹞〗〙〛",
    "-": "‐‑‒–—―−－﹣﹘─━ー",
    "·": "•‧∙⋅・･●",
    "~": "～〜∼",
    "〇": "○◯",
}


def _number_like(code: int) -> str | None:
    """①, ², ½ … keep apart from the plain digit that NFKC would make of them."""
    char = chr(code)
    form, _, _ = unicodedata.decomposition(char).partition(" ")
    if form not in {"<circle>", "<super>", "<fraction>"}:
        return None
    plain = unicodedata.normalize("NFKC", char)
    if not any(c.isdigit() for c in plain):
        return None
    return {"<circle>": f"({plain})", "<super>": f"^{plain}"}.get(form, f" {plain} ")


_BEFORE = {
    code: spelled
    for low, high in (
        (0xB2, 0xBF),
        (0x2070, 0x2090),
        (0x2150, 0x2190),
        (0x2460, 0x24FF),
        (0x3251, 0x32C0),
    )
    for code in range(low, high)
    if (spelled := _number_like(code)) is not None
}
_CLEAN: dict[int, str | None] = {ord(c): None for c in INVISIBLE}
_CLEAN |= dict.fromkeys((*range(0xFE00, 0xFE10), *range(0x7F, 0x85), *range(0x86, 0xA0)))
_CLEAN |= {c: None for c in range(0x20) if chr(c) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"}
_CLEAN |= {ord(c): plain for plain, alike in _ALIKE.items() for c in alike}
_CLEAN |= {ord(RADICALS[i]): RADICALS[i + 1] for i in range(0, len(RADICALS), 2)}
_BEFORE[0xB4] = "'"
_SPELLED = re.compile("[" + "".join(map(chr, _BEFORE)) + "]")

_SPACES = re.compile(r"\s+")
# A blank means something between two letters, between two digits, and after a point that may
# belong to a number; everywhere else it is layout.
# For example 动力 电池.
_LAYOUT_SPACE = re.compile(
    r"(?<![A-Za-z0-9.,]) | (?![A-Za-z0-9.,])|(?<=[A-Za-z]) (?=[0-9])|(?<=[0-9]) (?=[A-Za-z])"
    r"|(?<=[A-Za-z]) (?=[.,])|(?<=[.,]) (?=[A-Za-z])"
)
_DASHES = re.compile(r"-{2,}")


def normalise(text: str) -> str:
    """The text for comparison: what differs only in width, invisible characters, blanks, line
    breaks or the style of quotes, brackets and dashes comes out equal; a changed letter or
    digit never does. Not for display."""
    if _SPELLED.search(text):
        text = text.translate(_BEFORE)
    text = unicodedata.normalize("NFKC", plain_characters(text)).translate(_CLEAN)
    text = _SPACES.sub(" ", text).strip()
    return _DASHES.sub("-", _LAYOUT_SPACE.sub("", text))


_BRACKETS = {ord(c): "[" for c in "({"} | {ord(c): "]" for c in ")}"}
_SEARCH: dict[int, str | None] = {**SIMPLIFIED, **_CLEAN, **_BRACKETS}
# For example 动力 电池.
_OUTSIDE_WORDS = re.compile(
    r"(?<![a-z0-9]) | (?![a-z0-9])|(?<=[a-z]) (?=[0-9])|(?<=[0-9]) (?=[a-z])"
)


def search_key(text: str) -> str:
    """The text as search compares it: NFKC, lower case, simplified characters, one style of
    brackets, quotes and dashes, no blanks except between letters or between digits (GB/T 34014
    is GB/T34014). A piece of a text
    has a key that is a piece of the text's key."""
    text = unicodedata.normalize("NFKC", plain_characters(text)).lower().translate(_SEARCH)
    text = _SPACES.sub(" ", text)
    return _OUTSIDE_WORDS.sub("", text)


# Where characters can stand for others: not among the Han characters and Hangul themselves.
_VARIANT_RANGES = (
    (0xA0, 0x180), (0x2B0, 0x370), (0x1D00, 0x1DC0), (0x2000, 0x2E00), (0x2E80, 0x2FE0),
    (0x3000, 0x3400), (0xF900, 0xFB10), (0xFE10, 0xFFF0), *PRIVATE_RANGES,
)  # fmt: skip


@lru_cache(maxsize=1)
def _variants() -> tuple[dict[str, str], re.Pattern[str]]:
    """For each character of a search key the ones that become it, and a pattern for characters
    that become several."""
    alike: dict[str, list[str]] = {}
    several: list[str] = []
    codes = [c for low, high in _VARIANT_RANGES for c in range(low, high)]
    for code in (*range(0x21, 0x7F), *codes, *SIMPLIFIED):
        char = chr(code)
        key = search_key(char)
        if len(key) > 1:
            several.append(char)
        elif key and key != char:
            alike.setdefault(key, []).append(char)
    classes = {key: "".join(chars) for key, chars in alike.items()}
    return classes, re.compile("[" + re.escape("".join(several)) + "]|[^\u0000-\uffff]")


def search_pattern(key: str) -> re.Pattern[str]:
    """A pattern that finds a search key in text as it stands, without making the text's key;
    it misses characters that stand for several (:func:`has_ligatures`)."""
    classes, _ = _variants()
    pieces: list[str] = []
    for index, char in enumerate(key):
        if index:
            inside_word = _one_word(key[index - 1], char)
            pieces.append(_UNSEEN_GAP if inside_word else _ANY_GAP)
        if char == " ":
            pieces.append(r"\s+")
        elif char in classes:
            pieces.append("[" + re.escape(char + classes[char]) + "]")
        else:
            pieces.append(re.escape(char))
    return re.compile("".join(pieces))


def has_ligatures(text: str) -> bool:
    """True if a character of the text becomes several in its search key (㎡, ①, ㈠)."""
    return bool(_variants()[1].search(text))


_UNSEEN_GAP = "[" + re.escape(INVISIBLE) + "]*"
_ANY_GAP = r"[\s" + re.escape(INVISIBLE) + "]*"


def _one_word(left: str, right: str) -> bool:
    """Two letters, or two digits: a blank between them would count."""
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())
