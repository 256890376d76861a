"""From a notice's passages to its labels: gate, vectors, heads, thresholds, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from archive.records import Evidence, Label
from classifier.bundled import Floats, ModelUnavailable
from classifier.encoder import Encoder, load_encoder
from classifier.gate import Chosen, Gate
from classifier.model import (
    HEADS_DIR,
    RELEVANCE,
    RULES_MODEL,
    Heads,
    Scores,
    VectorCache,
    load_heads,
)
from classifier.passages import TITLE, Passage
from classifier.topics import PrototypeScorer, fingerprint
from config.model import Topic

EVIDENCE = 5  # passages shown for a label
OWN_TOPIC_THRESHOLD = 0.5


@dataclass(frozen=True)
class Judged:
    chosen: Chosen
    scores: Scores
    own: Mapping[str, float]

    @property
    def is_title(self) -> bool:
        return self.chosen.passage.where == TITLE


@dataclass(frozen=True)
class Judgement:
    """``labels`` is empty exactly when the notice is not relevant by its own words."""

    labels: tuple[Label, ...]
    relevance: float
    model: str

    @property
    def relevant(self) -> bool:
        return bool(self.labels)


class Judge:
    """Judges notices; the embedding model is loaded at the first passage that needs it."""

    def __init__(
        self, topics: Sequence[Topic], *, encoder: str | Encoder = "bundled",
        heads: Heads | None = None,
    ) -> None:  # fmt: skip
        self.topics = {topic.id: topic for topic in topics}
        self.heads = heads or load_heads(HEADS_DIR)
        known: Mapping[str, str] = self.heads.meta.get("topics", {})
        self.own_topics = [t for t in topics if known.get(t.id) != fingerprint(t)]
        self.gate = Gate(self.heads, self.own_topics)
        self._encoder = encoder
        self._vectors: VectorCache | None = None
        self._scorer: PrototypeScorer | None = None
        self.failure: str | None = None  # why the model does not serve, in one sentence

    # ------------------------------------------------------------------ the model

    def vectors(self, texts: Sequence[str]) -> list[Floats] | None:
        """Vectors of texts; None once the model has failed (see :attr:`failure`)."""
        if self.failure is not None:
            return None
        try:
            if self._vectors is None:
                encoder = self._encoder
                if isinstance(encoder, str):
                    encoder = load_encoder(encoder)
                self._vectors = VectorCache(encoder)
            return self._vectors(texts)
        except ModelUnavailable as error:
            self.failure = str(error)
            return None

    @property
    def matched(self) -> bool:
        """True if the heads belong to the encoder in use."""
        return self._vectors is not None and self._vectors.encoder.id == self.heads.encoder_id

    @property
    def model_id(self) -> str:
        if self.failure is not None or not self.matched:
            return RULES_MODEL
        return f"{self.heads.encoder_id}+{self.heads.meta['data_sha256'][:8]}"

    def _own(self) -> PrototypeScorer:
        if self._scorer is None:
            embed = None
            if self.own_topics and self.matched and self.failure is None:
                embed = self._vectors
            mean = self.heads.mean if embed is not None else None
            weights = self.heads.meta["prototypes"]
            self._scorer = PrototypeScorer(self.own_topics, embed, mean, weights)
        return self._scorer

    # ------------------------------------------------------------------ judging

    def judge(self, passages: Sequence[Passage]) -> Judgement:
        return self.judge_many([passages])[0]

    def judge_many(self, notices: Sequence[Sequence[Passage]]) -> list[Judgement]:
        """Judge several notices with one call of the encoder."""
        chosen = [self.gate.choose(passages) for passages in notices]
        vectors = self.vectors([item.text for items in chosen for item in items])
        usable = vectors is not None and self.matched
        judgements, at = [], 0
        for passages, items in zip(notices, chosen, strict=True):
            judged = []
            for item in items:
                vector = vectors[at] if usable and vectors is not None else None
                at += 1
                judged.append(self._judge_passage(item, vector))
            judgements.append(self._decide(passages, judged))
        return judgements

    def _judge_passage(self, item: Chosen, vector: Floats | None) -> Judged:
        scores = self.heads.score(item.item, vector)
        own = self._own().score(item.passage.text, vector) if self.own_topics else {}
        return Judged(item, scores, own)

    def _decide(self, passages: Sequence[Passage], judged: Sequence[Judged]) -> Judgement:
        kind = "rules" if self.model_id == RULES_MODEL else "model"
        thresholds = self.heads.thresholds[kind]
        relevance, relevant = _relevance(passages, judged, thresholds)
        labels = []
        for topic in self.topics:
            found = self._passages_of(topic, judged, thresholds, relevant)
            if found:
                labels.append(self._label(topic, found))
        if relevant and not labels:
            labels = self._nearest(judged)
        return Judgement(tuple(labels), relevance, self.model_id)

    def _passages_of(
        self, topic: str, judged: Sequence[Judged], thresholds: Mapping[str, float],
        relevant: bool,
    ) -> list[tuple[float, Chosen]]:  # fmt: skip
        """Scores and passages that carry a topic. Trained topics need the field."""
        own_threshold = self.topics[topic].threshold
        found = []
        for item in judged:
            score = item.scores.topics.get(topic, 0.0) if relevant else 0.0
            if score < (own_threshold or thresholds.get(topic, 1.0)):
                score = item.own.get(topic, 0.0)
                if score < (own_threshold or OWN_TOPIC_THRESHOLD):
                    continue
            found.append((score, item.chosen))
        return found

    def _label(self, topic: str, found: Sequence[tuple[float, Chosen]]) -> Label:
        best = sorted(range(len(found)), key=lambda n: -found[n][0])[:EVIDENCE]
        evidence = tuple(
            Evidence(text=found[n][1].passage.text, where=found[n][1].passage.where)
            for n in sorted(best)
        )
        score = round(max(score for score, _ in found), 4)
        return Label(topic=topic, score=score, evidence=evidence, model=self.model_id)

    def _nearest(self, judged: Sequence[Judged]) -> list[Label]:
        """The likeliest topic of a relevant notice that reaches no topic's threshold."""
        scored = [
            (item.scores.topics[topic], topic, item.chosen)
            for item in judged
            for topic in self.heads.topics
            if topic in self.topics
        ]
        if not scored:
            return []
        score, topic, chosen = max(scored, key=lambda entry: entry[0])
        return [self._label(topic, [(score, chosen)])]


def _relevance(
    passages: Sequence[Passage], judged: Sequence[Judged], thresholds: Mapping[str, float]
) -> tuple[float, bool]:
    """How likely the notice is of the field, and whether that is enough.

    A single passage is judged by its own threshold. In a longer notice a title of the field is
    enough, or two passages of it, or one that leaves little doubt: a list that names the
    battery once is not.
    """
    own = [item for item in judged if not item.chosen.in_context]
    title = max((item.scores.relevance for item in own if item.is_title), default=0.0)
    body = sorted((item.scores.relevance for item in own if not item.is_title), reverse=True)
    best = max([title, *body[:1]], default=0.0)
    has_title = any(passage.where == TITLE for passage in passages)
    count = len(passages) - has_title
    if has_title and title >= thresholds[f"{RELEVANCE}.title"]:
        return best, True
    if not body:
        return best, False
    if not has_title and count <= 2:
        return best, body[0] >= thresholds[RELEVANCE]
    second = body[1] if len(body) > 1 else 0.0
    enough = body[0] >= thresholds[f"{RELEVANCE}.lone"] or (
        second >= thresholds[f"{RELEVANCE}.pair"]
    )
    return best, enough


