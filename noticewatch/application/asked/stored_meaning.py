"""How near sentences of acts come in meaning to a question, by the vectors that the archive keeps
of their passages: nothing but the question is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from archive.store import Archive

_FEW = 8  # passages among which nothing can be told to stand out
_USUAL, _SPREAD = 0.84, 0.025  # cosines of the bundled encoder between sentences of the field
_TELLING = 60  # characters, without blanks, by which a sentence is known in its passage
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class HeldSentence:
    """A sentence of an act."""

    notice_id: int
    text: str


@dataclass(slots=True)
class StoredMeaning:
    """Closeness to one question. ``vector``: the question's, with the id of its encoder; None
    where it cannot be had."""

    archive: Archive
    vector: Callable[[], tuple[np.ndarray, str] | None]
    _known: dict[int, list[tuple[str, float]]] = field(default_factory=dict)

    def closeness(self, sentences: Sequence[HeldSentence]) -> list[float | None] | None:
        """For each sentence by how many standard deviations its passage is nearer than the usual
        one of these acts; None for one without a vector, or where there is none at all."""
        import numpy as np

        acts = dict.fromkeys(one.notice_id for one in sentences)
        cosines = np.array([near for act in acts for _, near in self._of(act)])
        if not len(cosines):
            return None
        usual, spread = float(cosines.mean()), float(cosines.std())
        if len(cosines) < _FEW or spread < _SPREAD / 5:
            usual, spread = _USUAL, _SPREAD
        found = [self._near(one) for one in sentences]
        return [None if near is None else (near - usual) / spread for near in found]

    def _near(self, sentence: HeldSentence) -> float | None:
        telling = _plain(sentence.text)[:_TELLING]
        within = (near for text, near in self._of(sentence.notice_id) if telling in text)
        return max(within, default=None) if telling else None

    def _of(self, notice_id: int) -> list[tuple[str, float]]:
        """An act's passages that have a vector, without blanks, with their cosines."""
        if notice_id not in self._known:
            self._known[notice_id] = list(self._read(notice_id))
        return self._known[notice_id]

    def _read(self, notice_id: int) -> list[tuple[str, float]]:
        import numpy as np

        from classifier.topics.passages import version_passages

        asked = self.vector()
        version = self.archive.summary.leading_version(notice_id)
        if asked is None or version is None:
            return []
        question, encoder = asked
        stored = self.archive.embeddings.passages_of(notice_id, encoder)
        found = [
            (_plain(passage.text), stored[place])
            for number, passage in enumerate(version_passages(version), 1)
            if (place := f"{number} {passage.where}") in stored
        ]
        if not found:
            return []
        rows = np.stack([np.frombuffer(vector, "<f4") for _, vector in found])
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(question)
        cosines = rows @ question / np.maximum(lengths, 1e-9)
        return [(text, float(near)) for (text, _), near in zip(found, cosines, strict=True)]


def _plain(text: str) -> str:
    return _BLANK.sub("", text)
