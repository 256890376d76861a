"""How near official sentences come in meaning to a sentence of any language.

The vectors of sentences are made when they are first needed and kept while the process lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from classifier.encoder.encoders import Encoder

_KEPT = 20_000  # sentences whose vectors are remembered, 30 MB; the oldest are forgotten
_LONGEST = 300  # characters of a sentence that tell what it is about
_FEW = 8  # sentences among which nothing can be told to stand out
_USUAL, _SPREAD = 0.84, 0.025  # cosines of the bundled encoder between sentences of the field


class PassageMeaning:
    """Closeness of sentences by an encoder; none where it cannot be had."""

    def __init__(self, encoder: str) -> None:
        self._encoder = encoder
        self._model: Encoder | None = None
        self._known: dict[str, np.ndarray] = {}
        self._lock = Lock()
        self._failed = False

    def closeness(self, text: str, sentences: Sequence[str]) -> list[float] | None:
        """For each sentence by how many standard deviations it is nearer than the usual one."""
        if not sentences or self._failed:
            return None
        import numpy as np

        from classifier.encoder.bundled_weights import ModelUnavailable

        short = [sentence[:_LONGEST] for sentence in sentences]
        try:
            with self._lock:
                asked, *rows = self._vectors([text[:_LONGEST], *short])
        except ModelUnavailable:
            self._failed = True
            return None
        cosines = np.stack(rows) @ asked
        usual, spread = float(cosines.mean()), float(cosines.std())
        if len(sentences) < _FEW or spread < _SPREAD / 5:
            usual, spread = _USUAL, _SPREAD
        return [float(one) for one in (cosines - usual) / spread]

    def _vectors(self, texts: Sequence[str]) -> list[np.ndarray]:
        from noticewatch.application.notice_search import query_encoder

        model = query_encoder(self._encoder)
        if model is not self._model:  # another space: its vectors cannot be compared
            self._model, self._known = model, {}
        missing = list(dict.fromkeys(text for text in texts if text not in self._known))
        if missing:
            rows = model.embed_queries(missing)
            self._known.update(zip(missing, rows, strict=True))
        found = [self._known[text] for text in texts]
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return found


@lru_cache(maxsize=4)
def passage_meaning(encoder: str) -> PassageMeaning:
    """The one of this process for an encoder."""
    return PassageMeaning(encoder)
