"""Text as names are compared: width, blanks, brackets and case alike, with the way back."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from domain.text.normalization import INVISIBLE

_BRACKETS = {
    **dict.fromkeys("（﹙([〔［【﹝{｛〖", "("),
    **dict.fromkeys("）﹚)]〕］】﹞}｝〗", ")"),
}
_LEFT_OUT = frozenset(INVISIBLE)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """The folded characters, and for each where it stands in the original."""

    original: str
    folded: str
    places: tuple[int, ...]

    def start(self, at: int) -> int:
        """Where a folded character begins in the original."""
        return self.places[at]

    def end(self, at: int) -> int:
        """Behind the folded character before ``at`` in the original."""
        return self.places[at - 1] + 1


@lru_cache(maxsize=8192)
def fold_character(char: str) -> str:
    """A character as it is compared; '' for blanks and what cannot be seen."""
    if char.isspace() or char in _LEFT_OUT:
        return ""
    plain = unicodedata.normalize("NFKC", _BRACKETS.get(char, char)).lower()
    return "".join(_BRACKETS.get(one, one) for one in plain if not one.isspace())


def fold(text: str) -> str:
    """A name as it is compared."""
    return "".join(map(fold_character, text))


def folded(text: str) -> FoldedText:
    """A text ready to be searched."""
    pieces: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        piece = fold_character(char)
        pieces.append(piece)
        places += [at] * len(piece)
    return FoldedText(text, "".join(pieces), tuple(places))
