"""The large pictures of a rich text (RTF) file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.formats.picture_sizes import is_large

_PICTURE = re.compile(r"\\pict(?![a-z])")
_BRACE = re.compile(r"(?<!\\)[{}]")
# \picwgoal8300, \pngblip
_WORD = re.compile(r"\\([a-z]{1,32})(-?[0-9]{1,10})?[ ]?")
_NOT_HEX = re.compile(r"[^0-9a-fA-F]")
_FOR_OLD_READERS = "\\nonshppict"  # the same picture again
_TWIPS = 567.0  # in a centimetre


def large_pictures(source: str) -> Iterator[bytes | None]:
    """The bytes of each picture that may be a page; None for one that is not written as digits."""
    end = 0
    for match in _PICTURE.finditer(source):
        if match.start() < end:
            continue
        words, end = _own_words(source, match.end())
        if _FOR_OLD_READERS in source[max(0, match.start() - 40) : match.start()]:
            continue
        told = {word[1]: word[2] for word in _WORD.finditer(words)}
        if is_large(_centimetres(told, "w", "x"), _centimetres(told, "h", "y")):
            yield _bytes(_NOT_HEX.sub("", _WORD.sub("", words)))


def _own_words(source: str, start: int) -> tuple[str, int]:
    """What stands in the group itself and not in groups in it, and where the group ends."""
    parts, depth, place = [], 0, start
    for brace in _BRACE.finditer(source, start):
        if depth == 0:
            parts.append(source[place : brace.start()])
        depth += 1 if brace[0] == "{" else -1
        place = brace.end()
        if depth < 0:
            break
    return "".join(parts), place


def _centimetres(told: dict[str, str | None], side: str, scale: str) -> float:
    """How large a picture is shown one way: its goal in twips, as scaled."""
    return (
        int(told.get(f"pic{side}goal") or 0)
        * int(told.get(f"picscale{scale}") or 100)
        / 100
        / _TWIPS
    )


def _bytes(digits: str) -> bytes | None:
    return bytes.fromhex(digits[: len(digits) // 2 * 2]) or None
