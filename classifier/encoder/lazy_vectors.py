"""Encode texts on demand: the model is loaded at the first one, each text is encoded once.

A missing or broken model is remembered instead of raised.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifier.encoder.bundled_weights import Floats, ModelUnavailable
from classifier.encoder.encoders import Encoder, load_encoder

KEPT = 8192  # texts whose vectors are remembered; the oldest are forgotten


class LazyVectors:
    def __init__(self, encoder: str | Encoder = "bundled") -> None:
        self._named = encoder
        self._encoder: Encoder | None = None
        self._known: dict[str, Floats] = {}
        self.failure: str | None = None  # why the model does not serve, in one sentence

    def __call__(self, texts: Sequence[str]) -> list[Floats] | None:
        """Vectors of the texts; None once the model has failed (see :attr:`failure`)."""
        if self.failure is not None:
            return None
        try:
            missing = list(dict.fromkeys(text for text in texts if text not in self._known))
            fresh = dict(zip(missing, self.encoder.embed_documents(missing), strict=True))
        except ModelUnavailable as error:
            self.failure = str(error)
            return None
        found = [self._known[text] if text in self._known else fresh[text] for text in texts]
        self._known.update(fresh)
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found

    def known(self, text: str) -> Floats | None:
        """The vector of a text that was encoded before."""
        return self._known.get(text)

    @property
    def encoder(self) -> Encoder:
        if self._encoder is None:
            named = self._named
            self._encoder = load_encoder(named) if isinstance(named, str) else named
        return self._encoder
