"""Score topics without trained heads by their example sentences and terms alone.

An operator's topic works as soon as it stands in the YAML file. What a similarity means was
learned once on the shipped topics (:mod:`classifier.topics.train`) and carries over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from classifier.encoder.bundled_weights import Floats
from classifier.topics.heads import sigmoid
from config.model import Topic

Embed = Callable[[Sequence[str]], Sequence[Floats] | None]
FEATURES = 4  # best and mean similarity, similarity to what is not meant, term hits


def fingerprint(topic: Topic) -> str:
    """Changes when a topic's terms or sentences change: its trained head then speaks of
    something else and the sentences are asked as well."""
    parts = (topic.terms, topic.prototypes_zh, topic.prototypes_en)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def term_hits(topic: Topic, text: str) -> int:
    lower = text.lower()
    return sum(term.lower() in lower for term in topic.terms)


class PrototypeScorer:
    """Scores of some topics by likeness to their sentences."""

    def __init__(
        self, topics: Sequence[Topic], embed: Embed, mean: Floats | None,
        weights: Mapping[str, Sequence[float]],
    ) -> None:  # fmt: skip
        self.topics = tuple(topics)
        self._mean = np.zeros(1, np.float32) if mean is None else mean
        self._weights = {kind: np.asarray(values) for kind, values in weights.items()}
        self._meant: dict[str, Floats] = {}
        self._not_meant: dict[str, Floats] = {}
        if mean is None:  # no encoder: by terms alone
            return
        for topic in self.topics:
            self._meant[topic.id] = self._rows(embed, example_sentences(topic))
            self._not_meant[topic.id] = self._rows(embed, _not_meant(topic))

    def _rows(self, embed: Embed, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, 1), np.float32)
        rows = list(embed(texts) or ())
        return self._centred(np.stack(rows)) if rows else np.zeros((0, 1), np.float32)

    def _centred(self, rows: Floats) -> Floats:
        rows = rows - self._mean
        return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)

    def features(self, topic: Topic, text: str, vector: Floats | None) -> Floats:
        found = np.zeros(FEATURES, np.float32)
        found[3] = min(term_hits(topic, text), 3) / 3
        meant = self._meant.get(topic.id)
        if vector is None or meant is None or not len(meant):
            return found
        centred = self._centred(vector)
        likeness = np.sort(meant @ centred)[::-1]
        found[0], found[1] = likeness[0], likeness[:3].mean()
        if len(unlike := self._not_meant[topic.id]):
            found[2] = (unlike @ centred).max()
        return found

    def score(self, text: str, vector: Floats | None) -> dict[str, float]:
        """Probability of each topic; by terms alone without a vector."""
        kind = "words" if vector is None else "prototypes"
        *weights, bias = self._weights[kind]
        return {
            topic.id: float(
                sigmoid(self.features(topic, text, vector) @ np.asarray(weights) + bias)
            )
            for topic in self.topics
        }


def example_sentences(topic: Topic) -> list[str]:
    sentences = [*topic.prototypes_zh, *topic.prototypes_en]
    return sentences or [topic.definition.zh or topic.name.zh]


def _not_meant(topic: Topic) -> list[str]:
    if topic.not_in_topic is None:
        return []
    return [part for part in re.split(r"[，。；]", topic.not_in_topic.zh) if len(part) > 3]
