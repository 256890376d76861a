"""Cut texts and queries into index tokens: neighbour pairs, word tails, links over marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SUFFIX = 16  # letters and digits are found by the first 16 characters of each of their tails
_MARKS = 2  # so many marks between two segments are linked over
_ASKED = 40  # tokens of one term that the index is asked for
# 工信部2026a -> run 工信部, word 2026a
_SEGMENTS = re.compile(r"(?P<word>[a-z0-9]+)|(?P<run>(?:(?![a-z0-9_])\w)+)")


def segments(key: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and is-it-a-word of each run of a search key; a word is letters and digits,
    the rest are runs of Chinese (or other) characters."""
    for match in _SEGMENTS.finditer(key):
        yield match.start(), match.end(), match.lastgroup == "word"


def tokens(key: str) -> set[str]:
    """What is indexed for a search key: pairs of neighbours, the last character of each run,
    the tails of each word, the pairs where a word meets a run, and links over marks."""
    found: set[str] = set()
    previous_end, previous_word = 0, False
    for start, end, is_word in segments(key):
        if is_word:
            for tail in range(start, end):
                found.add(key[tail : min(end, tail + _SUFFIX)])
        else:
            found.update(a + b for a, b in pairwise(key[start:end]))
            found.add(key[end - 1])
        if previous_end and start == previous_end:
            found.add(key[start - 1 : start + 1])
        elif previous_end:
            found.update(_link(key, previous_end, start, end, words=is_word and previous_word))
        previous_end, previous_word = end, is_word
    return found


def _link(key: str, before: int, start: int, end: int, *, words: bool) -> tuple[str, ...]:
    """Two segments with a mark or two between (〔2026〕17, 3.5, 规定的，由): the last character of
    the first, the marks, the first character of the second; of words with one mark between
    them the whole second. The first segment ends at ``before``; none if they are far apart."""
    marks = key[before:start]
    if len(marks) > _MARKS:
        return ()
    # FTS5 would split at the marks themselves.
    code = chr(0xE000 + sum(ord(mark) * 31**place for place, mark in enumerate(marks)) % 0x1000)
    end = min(end, start + _SUFFIX) if words and len(marks) == 1 else start + 1
    return (key[before - 1] + code + key[start:end],)


def beginnings(key: str) -> set[str]:
    """What an open-ended word or character may begin with, for an index that knows no prefixes:
    every start of each tail of a word, every character of a run."""
    found: set[str] = set()
    for start, end, is_word in segments(key):
        if not is_word:
            found.update(key[start:end])
            continue
        for tail in range(start, end):
            longest = min(end, tail + _SUFFIX - 1)
            found.update(key[tail:stop] for stop in range(tail + 1, longest + 1))
    return found


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """What every text with a key has in the index: all of ``whole``, and tokens that begin as
    ``begun`` say."""

    whole: tuple[str, ...]
    begun: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.begun)


def asked_tokens(key: str) -> AskedTokens:
    """What the index is asked for a key; nothing where nothing in it is indexed."""
    needed: dict[str, None] = {}
    open_ended: list[str] = []
    previous_end, previous_word = 0, False
    for start, end, is_word in segments(key):
        piece, last = key[start:end], end == len(key)
        complete = not last or len(piece) >= _SUFFIX  # a word that may go on is found by prefix
        meets = bool(previous_end) and start == previous_end
        words = is_word and previous_word
        if meets:
            needed[key[start - 1 : start + 1]] = None
        elif previous_end and (complete or not words):
            needed.update(dict.fromkeys(_link(key, previous_end, start, end, words=words)))
        previous_end, previous_word = end, is_word
        if is_word:
            if complete:
                needed[piece[:_SUFFIX]] = None
            else:
                open_ended.append(piece)
        elif len(piece) > 1:
            needed.update(dict.fromkeys(a + b for a, b in pairwise(piece)))
        elif not last:
            needed[piece] = None
        elif not meets:
            open_ended.append(piece)
    # A prefix reads every token that begins so: only where nothing better is there.
    begun = [t for t in open_ended if not needed or (t.isascii() and len(t) > 2)]
    return AskedTokens(tuple(_some(list(needed))), tuple(begun))


def _some(tokens: list[str]) -> list[str]:
    """Of a long phrase some pieces are enough; FTS5 bounds the size of a query."""
    return tokens[:: -(-len(tokens) // _ASKED)] if len(tokens) > _ASKED else tokens
