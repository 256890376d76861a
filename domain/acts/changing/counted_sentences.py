"""The sentences of a provision, as decisions count them."""

from __future__ import annotations

import re

# 台账保存三年。网点应当每月核对。
_ONE = re.compile(r"[^。！？]*[。！？]|[^。！？]+$")


def with_sentence(text: str, number: int, new: str) -> str | None:
    """A text with another sentence in place of its nth one (-1: the last), or none; None where it
    has not so many."""
    found = [one[0] for one in _ONE.finditer(text) if one[0].strip()]
    place = number - 1 if number > 0 else len(found) + number
    if len(found) < 2 or not 0 <= place < len(found):
        return None
    blank = found[place][: len(found[place]) - len(found[place].lstrip())]
    found[place] = blank + new
    return "".join(found)
