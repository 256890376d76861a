"""English words reduced to what their forms share: reports, reported, reporting."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VOWEL = re.compile(r"[aeiouy]")
_LEAST = 3  # letters that stay


def words_of(text: str) -> list[str]:
    """The English words of a text in lower case; a hyphen parts words."""
    return [part for word in _WORD.findall(_plain(text)) for part in word.split("-")]


def stems_of(text: str) -> list[str]:
    """The stems of the English words of a text, in order."""
    return [stem(word) for word in words_of(text)]


def _plain(text: str) -> str:
    return text.lower().replace("’s", "").replace("'s", "").replace("'", "").replace("’", "")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word share; British and American spellings are one."""
    word = word.replace("iz", "is")
    word = _singular(word)
    for ending in ("isation", "ation", "ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _LEAST and _VOWEL.search(rest):
            word = f"{rest}is" if ending == "isation" else _undoubled(rest)
            break
    return word.removesuffix("e") if len(word) > _LEAST + 1 else word


def _singular(word: str) -> str:
    if len(word) <= _LEAST or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def _undoubled(word: str) -> str:
    doubled = len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word
