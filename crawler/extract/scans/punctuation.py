"""Punctuation in the form that its neighbours ask for: readers of pictures mix the two."""

from __future__ import annotations

from collections.abc import Sequence

_WIDE = {":": "：", ";": "；", ",": "，", "!": "！", "?": "？", "(": "（", ")": "）"}
_PAUSES = frozenset(",，;；、。")
_PARTING = frozenset(",;!?")  # 98%,锂 as well; but 1)企业 and 8:30至
_CLOSING = {"(": ")", "（": "）"}


def in_chinese_forms(chars: Sequence[str]) -> list[str]:
    """The characters of a line, halfwidth marks between Chinese ones made full."""
    found = [_mark(chars, number) for number in range(len(chars))]
    opened: list[str] = []
    for number, char in enumerate(found):
        if char in _CLOSING:
            opened.append(char)
        elif char in (")", "）") and opened:
            found[number] = _CLOSING[opened.pop()]
    return found


def is_doubled(before: str, char: str) -> bool:
    """Whether a comma or the like was read twice, once in each form: 98%,，锂."""
    return (
        char in _PAUSES and before in _PAUSES and _WIDE.get(before, before) == _WIDE.get(char, char)
    )


def _mark(chars: Sequence[str], number: int) -> str:
    char = chars[number]
    if char not in _WIDE:
        return char
    before = chars[number - 1] if number else ""
    after = chars[number + 1] if number + 1 < len(chars) else ""
    if char == "(":
        return _WIDE[char] if _is_han(after) or (_is_han(before) and not after.isascii()) else char
    return _WIDE[char] if _is_han(before) or (char in _PARTING and _is_han(after)) else char


def _is_han(text: str) -> bool:
    return bool(text) and ("\u3400" <= text <= "\u9fff" or text in "》”」』）】、。，")
