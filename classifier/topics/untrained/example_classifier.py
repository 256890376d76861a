"""Predict the topics of a field without trained heads: by its subject and its topics' examples.

A notice is relevant when its title, or a passage of a body that is not of a neighbouring field,
names the subject. Its passages then have the topics whose example sentences they are like; what a
likeness means was learned on the shipped topics (:mod:`classifier.topics.prototypes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.encoder.bundled_weights import Floats, ModelUnavailable
from classifier.encoder.encoders import Encoder
from classifier.encoder.lazy_vectors import LazyVectors
from classifier.topics.act_stage import stage_of
from classifier.topics.heads import RULES_MODEL, LearnedLikeness
from classifier.topics.passages import TITLE, Passage
from classifier.topics.predictor import EVIDENCE, NEAREST, OWN_TOPIC_THRESHOLD, Prediction
from classifier.topics.prefilter import MOST, is_neighbouring_field
from classifier.topics.prototypes import PrototypeScorer
from classifier.topics.subject import SubjectMark, is_mention, subject_of, titles_neighbour
from config.model import Stage, Topic
from domain.records.fact import Evidence, Label

_SHORTEST = 8  # characters of a passage that can have a topic
_POSSIBLE = 0.5  # how relevant a notice is that may have the subject
_NAMED = 0.9


@dataclass(frozen=True, slots=True)
class _Scored:
    """A passage with its score of each topic."""

    passage: Passage
    scores: dict[str, float]


class ExampleClassifier:
    """Predicts by examples; by the topics' terms alone where the model does not serve."""

    def __init__(
        self,
        topics: Sequence[Topic],
        likeness: LearnedLikeness,
        *,
        encoder: str | Encoder = "bundled",
    ) -> None:
        self.topics = tuple(topics)
        self.vectors = LazyVectors(encoder)
        self._likeness = likeness
        self._scorer: PrototypeScorer | None = None

    @property
    def failure(self) -> str | None:
        """Why the model does not serve, in one sentence."""
        try:
            if self.vectors.failure is None and self.vectors.encoder.id != self._likeness.encoder:
                return f"what a likeness means is known for {self._likeness.encoder} only"
        except ModelUnavailable as error:
            self.vectors.failure = str(error)
        return self.vectors.failure

    @property
    def model_id(self) -> str:
        return RULES_MODEL if self.failure else f"{self._likeness.encoder}+examples"

    def predict_many(self, notices: Sequence[Sequence[Passage]]) -> list[Prediction]:
        return [self._predict(passages) for passages in notices]

    def topics_of(self, title: str, changed: Sequence[Passage]) -> tuple[str, ...]:
        labels = self._labels(changed, nearest=False)
        return tuple(label.topic for label in labels)

    def stage_of(self, title: str, text: str) -> Stage | None:
        return stage_of(title, text)

    def _predict(self, passages: Sequence[Passage]) -> Prediction:
        relevance, near = _relevance(passages)
        if relevance < _NAMED:
            return Prediction((), relevance, self.model_id, near)
        return Prediction(tuple(self._labels(passages, nearest=True)), relevance, self.model_id)

    def _labels(self, passages: Sequence[Passage], *, nearest: bool) -> list[Label]:
        scored = self._score([p for p in passages if len(p.text) >= _SHORTEST][:MOST])
        least = OWN_TOPIC_THRESHOLD["rules" if self.failure else "model"]
        labels = [
            self._label(topic, found)
            for topic in self.topics
            if (found := [s for s in scored if s.scores[topic.id] >= (topic.threshold or least)])
        ]
        if labels or not nearest or not scored:
            return labels
        best = max(((max(s.scores.values()), s) for s in scored), key=lambda pair: pair[0])
        topic = max(self.topics, key=lambda one: best[1].scores[one.id])
        return [self._label(topic, [best[1]])] if best[0] >= NEAREST else []

    def _score(self, passages: Sequence[Passage]) -> list[_Scored]:
        scorer = self._prototypes()
        vectors = self._encode([passage.text for passage in passages])
        return [
            _Scored(passage, scorer.score(passage.text, vector))
            for passage, vector in zip(passages, vectors, strict=True)
        ]

    def _encode(self, texts: Sequence[str]) -> Sequence[Floats | None]:
        found = self.vectors(texts) if texts and self.failure is None else None
        return [None] * len(texts) if found is None else found

    def _prototypes(self) -> PrototypeScorer:
        if self._scorer is None:
            mean = None if self.failure else self._likeness.mean
            self._scorer = PrototypeScorer(self.topics, self.vectors, mean, self._likeness.weights)
        return self._scorer

    def _label(self, topic: Topic, found: Sequence[_Scored]) -> Label:
        best = sorted(found, key=lambda item: -item.scores[topic.id])[:EVIDENCE]
        evidence = tuple(Evidence(text=s.passage.text, where=s.passage.where) for s in best)
        score = round(best[0].scores[topic.id], 4)
        return Label(topic=topic.id, score=score, evidence=evidence, model=self.model_id)


def _relevance(passages: Sequence[Passage]) -> tuple[float, tuple[Evidence, ...]]:
    """How likely a notice is of the field, from 0 to 1, and what came near where it is not."""
    titles = [p for p in passages if p.where == TITLE]
    marks = {p: subject_of(p.text) for p in passages}
    named = [p for p in passages if marks[p] is SubjectMark.NAMED and not is_mention(p.text)]
    elsewhere = any(is_mention(p.text) or titles_neighbour(p.text) for p in titles)
    in_title = any(p in named for p in titles)
    if in_title or (named and not elsewhere and not is_neighbouring_field(passages)):
        return _NAMED, ()
    near = [p for p in passages if marks[p] is not SubjectMark.NONE]
    shown = tuple(Evidence(text=p.text, where=p.where) for p in near[:EVIDENCE])
    return (_POSSIBLE if near else 0.0), shown
