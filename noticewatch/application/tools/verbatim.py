"""Words found again in a stored text, as they stand there."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[。；;\n])|(?<=[.!?]\s)")


def verbatim(words: str, text: str) -> str | None:
    """The stretch of a text that is these words, whatever blanks lie between them."""
    wanted = "".join(words.split())
    if not wanted:
        return None
    if words in text:
        return words.strip()
    places = [place for place, char in enumerate(text) if not char.isspace()]
    found = "".join(text[place] for place in places).find(wanted)
    if found < 0:
        return None
    return text[places[found] : places[found + len(wanted) - 1] + 1]


def passages(text: str) -> list[str]:
    """A text cut behind its sentences; each piece stands in it as it is."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]
