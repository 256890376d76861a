"""Weigh character n-grams by rarity, in plain numpy (sublinear counts, L2 norm)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

LONGEST = 3


def ngrams(text: str) -> Counter[str]:
    """How often each run of one to three characters stands in the text."""
    text = "".join(text.lower().split())
    found: Counter[str] = Counter()
    for size in range(1, LONGEST + 1):
        found.update(text[at : at + size] for at in range(len(text) - size + 1))
    return found


@dataclass(frozen=True)
class Vocabulary:
    """Known n-grams with their weight; a text becomes positions and values of a unit vector."""

    index: dict[str, int]
    weight: Floats

    @classmethod
    def fit(cls, texts: Sequence[str], min_texts: int = 2) -> Vocabulary:
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(ngrams(text).keys())
        kept = sorted(gram for gram, count in seen.items() if count >= min_texts)
        counts = np.array([seen[gram] for gram in kept], np.float64)
        weight = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls({gram: n for n, gram in enumerate(kept)}, weight.astype(np.float32))

    @property
    def grams(self) -> list[str]:
        return list(self.index)

    def vector(self, text: str) -> tuple[Indices, Floats]:
        known = [
            (position, count)
            for gram, count in ngrams(text).items()
            if (position := self.index.get(gram)) is not None
        ]
        if not known:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        positions = np.array([position for position, _ in known], np.int64)
        counts = np.array([count for _, count in known], np.float32)
        values = (1 + np.log(counts)) * self.weight[positions]
        return positions, (values / np.linalg.norm(values)).astype(np.float32)
