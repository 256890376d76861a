"""Predict a notice's labels from its passages: prefilter, vectors, heads, thresholds, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from classifier.encoder.bundled_weights import Floats, ModelUnavailable
from classifier.encoder.encoders import Encoder
from classifier.encoder.lazy_vectors import LazyVectors
from classifier.topics.act_stage import stage_of
from classifier.topics.heads import (
    HEADS_DIR,
    RULES_MODEL,
    Heads,
    HeadsUnavailable,
    PassageScores,
    load_heads,
    load_likeness,
)
from classifier.topics.keyword_rule import label_by_terms
from classifier.topics.passages import TITLE, Passage
from classifier.topics.prefilter import PassageFilter, SelectedPassage
from classifier.topics.prototypes import PrototypeScorer, fingerprint
from classifier.topics.relevance import judge_relevance
from classifier.topics.title_context import topics_by_title
from config.field.field_choice import chosen_field
from config.model import Stage, Topic
from domain.records.fact import Evidence, Label

EVIDENCE = 5  # passages shown for a label
# Of a topic without trained heads; without vectors one of its terms is all there is to ask for.
OWN_TOPIC_THRESHOLD = {"model": 0.6, "rules": 0.5}
NEAREST = 0.05  # a passage of the field that shows less than this of every topic has no label


@dataclass(frozen=True)
class ScoredPassage:
    """A passage with its scores; ``own`` are those of topics without heads."""

    selected: SelectedPassage
    scores: PassageScores
    own: Mapping[str, float]

    @property
    def is_title(self) -> bool:
        return self.selected.passage.where == TITLE


@dataclass(frozen=True)
class Prediction:
    """``labels`` is empty exactly when the notice is not relevant by its own words."""

    labels: tuple[Label, ...]
    relevance: float
    model: str
    near: tuple[Evidence, ...] = ()  # of a notice that is not relevant: what came near the line

    @property
    def relevant(self) -> bool:
        return bool(self.labels)


class Predictor(Protocol):
    """What labelling and the classify stage ask of a predictor."""

    @property
    def vectors(self) -> LazyVectors: ...
    @property
    def failure(self) -> str | None: ...
    @property
    def model_id(self) -> str: ...
    def predict_many(self, notices: Sequence[Sequence[Passage]]) -> list[Prediction]: ...
    def topics_of(self, title: str, changed: Sequence[Passage]) -> tuple[str, ...]: ...
    def stage_of(self, title: str, text: str) -> Stage | None: ...


def make_predictor(topics: Sequence[Topic], encoder: str | Encoder = "bundled") -> Predictor:
    """A predictor with the trained heads; for a field that has none by its topics' examples, and
    by key words where neither can be read."""
    try:
        if chosen_field() is not None:
            # It builds on this module.
            from classifier.topics.untrained.example_classifier import ExampleClassifier

            return ExampleClassifier(topics, load_likeness(), encoder=encoder)
        return TopicClassifier(topics, load_heads(HEADS_DIR), encoder=encoder)
    except HeadsUnavailable as error:
        return KeywordClassifier(topics, str(error), encoder=encoder)


class KeywordClassifier:
    """Predicts by key words alone; ``failure`` says why."""

    model_id = RULES_MODEL

    def __init__(
        self, topics: Sequence[Topic], failure: str, *, encoder: str | Encoder = "bundled"
    ) -> None:
        self.topics = tuple(topics)
        self.failure: str | None = failure
        self.vectors = LazyVectors(encoder)

    def predict_many(self, notices: Sequence[Sequence[Passage]]) -> list[Prediction]:
        found = (label_by_terms(passages, self.topics) for passages in notices)
        return [Prediction(labels, float(bool(labels)), self.model_id) for labels in found]

    def topics_of(self, title: str, changed: Sequence[Passage]) -> tuple[str, ...]:
        marked = [Passage(f"{title}：{item.text}", item.where) for item in changed]
        return tuple(label.topic for label in label_by_terms(marked, self.topics))

    def stage_of(self, title: str, text: str) -> Stage | None:
        return stage_of(title, text)


class TopicClassifier:
    """Predicts by the trained heads; the embedding model is loaded when a passage needs it."""

    def __init__(
        self, topics: Sequence[Topic], heads: Heads, *, encoder: str | Encoder = "bundled"
    ) -> None:
        self.topics = {topic.id: topic for topic in topics}
        self.heads = heads
        known: Mapping[str, str] = heads.meta["topics"]
        self.own_topics = [t for t in topics if known.get(t.id) != fingerprint(t)]
        self.prefilter = PassageFilter(heads, self.own_topics)
        self.vectors = LazyVectors(encoder)
        self._scorer: PrototypeScorer | None = None

    @property
    def failure(self) -> str | None:
        """Why the model does not serve, in one sentence."""
        if self.vectors.failure is None and not self._matched():
            return f"the heads belong to {self.heads.encoder_id}: train them for this encoder"
        return self.vectors.failure

    def _matched(self) -> bool:
        try:
            return self.vectors.encoder.id == self.heads.encoder_id
        except ModelUnavailable as error:
            self.vectors.failure = str(error)
            return False

    @property
    def model_id(self) -> str:
        if self.failure is not None:
            return RULES_MODEL
        return f"{self.heads.encoder_id}+{self.heads.meta['data_sha256'][:8]}"

    @property
    def _kind(self) -> str:
        return "rules" if self.failure is not None else "model"

    def _encode(self, texts: Sequence[str]) -> list[Floats] | list[None]:
        """Vectors that the heads understand, or as many None."""
        found = self.vectors(texts) if texts else []
        return [None] * len(texts) if found is None or self.failure is not None else found

    def _own(self) -> PrototypeScorer:
        if self._scorer is None:
            mean = self.heads.mean if self.failure is None else None
            self._scorer = PrototypeScorer(
                self.own_topics, self.vectors, mean, self.heads.meta["prototypes"]
            )
        return self._scorer

    def predict(self, passages: Sequence[Passage]) -> Prediction:
        return self.predict_many([passages])[0]

    def topics_of(self, title: str, changed: Sequence[Passage]) -> tuple[str, ...]:
        """Topics of some passages of a notice that is relevant, read in its context; the
        title only says what the notice is about, its own topics do not count."""
        passages = [Passage(title, TITLE), *changed]
        items = [item for item in self.prefilter.select(passages) if item.passage.where != TITLE]
        vectors = self._encode([item.text for item in items])
        scored = [self._score_passage(*pair) for pair in zip(items, vectors, strict=True)]
        thresholds = self.heads.thresholds[self._kind]
        return tuple(
            topic for topic in self.topics if self._passages_of(topic, scored, thresholds, True)
        )

    def stage_of(self, title: str, text: str) -> Stage | None:
        """The stage of a notice. Only a vector that is known already is used: no text is
        encoded for its stage alone."""
        return stage_of(title, text, self._read_stage if self.heads.stages else None)

    def _read_stage(self, text: str) -> Stage:
        vector = None if self.failure is not None else self.vectors.known(text)
        return self.heads.stage(text, vector) or "final"

    def predict_many(self, notices: Sequence[Sequence[Passage]]) -> list[Prediction]:
        """Predict several notices with one call of the encoder."""
        selected = [self.prefilter.select(passages) for passages in notices]
        vectors = iter(self._encode([item.text for items in selected for item in items]))
        return [
            self._decide(passages, [self._score_passage(item, next(vectors)) for item in items])
            for passages, items in zip(notices, selected, strict=True)
        ]

    def _score_passage(self, item: SelectedPassage, vector: Floats | None) -> ScoredPassage:
        scores = self.heads.score(item.features, vector)
        own = self._own().score(item.passage.text, vector) if self.own_topics else {}
        return ScoredPassage(item, scores, own)

    def _decide(self, passages: Sequence[Passage], scored: Sequence[ScoredPassage]) -> Prediction:
        thresholds = self.heads.thresholds[self._kind]
        pairs = [(item.selected, item.scores) for item in scored]
        verdict = judge_relevance(passages, pairs, thresholds)
        relevant = verdict.relevant
        selected = [item.selected for item in scored]
        by_title = topics_by_title(self.heads, passages, selected) if relevant else {}
        labels = []
        for topic in self.topics:
            found = self._passages_of(topic, scored, thresholds, relevant)
            found = found or by_title.get(topic, [])
            if found:
                labels.append(self._label(topic, found))
        if relevant and not labels:
            labels = self._nearest(scored, 0.0 if verdict.by_title else NEAREST)
        near = () if labels else verdict.near
        return Prediction(tuple(labels), verdict.score, self.model_id, near)

    def _passages_of(
        self, topic: str, scored: Sequence[ScoredPassage], thresholds: Mapping[str, float],
        relevant: bool,
    ) -> list[tuple[float, SelectedPassage]]:  # fmt: skip
        """Scores and passages that carry a topic. Trained topics need the field."""
        own_threshold = self.topics[topic].threshold
        found = []
        for item in scored:
            score = item.scores.topics.get(topic, 0.0) if relevant else 0.0
            if score < (own_threshold or thresholds.get(topic, 1.0)):
                score = item.own.get(topic, 0.0)
                if score < (own_threshold or OWN_TOPIC_THRESHOLD[self._kind]):
                    continue
            found.append((score, item.selected))
        return found

    def _label(self, topic: str, found: Sequence[tuple[float, SelectedPassage]]) -> Label:
        best = sorted(range(len(found)), key=lambda n: -found[n][0])[:EVIDENCE]
        evidence = tuple(
            Evidence(text=found[n][1].passage.text, where=found[n][1].passage.where)
            for n in sorted(best)
        )
        score = round(max(score for score, _ in found), 4)
        return Label(topic=topic, score=score, evidence=evidence, model=self.model_id)

    def _nearest(self, scored: Sequence[ScoredPassage], least: float) -> list[Label]:
        """The likeliest topic, from this score, of a relevant notice that reaches no topic's
        threshold."""
        likely = [
            (item.scores.topics[topic], topic, item.selected)
            for item in scored
            for topic in self.heads.topics
            if topic in self.topics
        ]
        if not likely:
            return []
        score, topic, selected = max(likely, key=lambda entry: entry[0])
        return [self._label(topic, [(score, selected)])] if score >= least else []
