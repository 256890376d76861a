"""Score the classifier on labelled lines, beside a key-word rule and the embedding alone."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.duties.duty_evaluation import score_duties
from classifier.encoder.encoders import Encoder
from classifier.facts.fact_score import score_facts
from classifier.label import Labeller
from classifier.topics.keyword_rule import label_by_terms
from classifier.topics.passages import notice_passages
from classifier.topics.predictor import Predictor, TopicClassifier
from classifier.topics.prototypes import PrototypeScorer
from config.model import Topic
from config.registered_act import RegisteredAct

_LIKENESS = 0.35  # of centred vectors, from which the embedding-only baseline gives a topic


class BadEvaluationLine(Exception):
    """A line that cannot be scored; the message names it."""


@dataclass(frozen=True)
class _Case:
    title: str
    text: str
    labels: frozenset[str]
    relevant: bool

    @property
    def words(self) -> str:
        return self.text or self.title


def evaluate(
    lines: Sequence[Mapping[str, Any]], topics: Sequence[Topic], *,
    encoder: str | Encoder = "bundled", register: Sequence[RegisteredAct] = (),
    baselines: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Scores of lines with ``text`` or ``title`` and ``labels``, with ``facts``, which are
    scored by exact value, or with ``duties``, which are scored field by field.

    A line is relevant if it says so (``relevant``), else if it has a label.
    """
    cases = [
        _case(number, line)
        for number, line in enumerate(lines, 1)
        if "labels" in line or not ({"facts", "duties"} & line.keys())
    ]
    labeller = Labeller(topics, encoder=encoder, register=register)
    started = time.perf_counter()
    predictions = labeller.predictions([(case.title, case.text) for case in cases])
    seconds = time.perf_counter() - started
    found = [frozenset(label.topic for label in item.labels) for item in predictions]
    ids = [topic.id for topic in topics]
    result = {
        "n": len(cases),
        **score_labels(cases, found, ids),
        "docs_per_second": round(len(cases) / seconds, 2) if seconds else 0.0,
        "model": predictions[0].model if predictions else labeller.predictor.model_id,
        "confusion": confusion(cases, found, ids),
    }
    if facts := score_facts(lines):
        result["facts"] = facts
    if duties := score_duties(lines):
        result["duties"] = duties
    if baselines:
        result["baselines"] = {
            "rules": score_labels(cases, [_by_words(case, topics) for case in cases], ids),
            "embedding": score_labels(cases, _by_likeness(cases, topics, labeller.predictor), ids),
        }
    return result


def _case(number: int, line: Mapping[str, Any]) -> _Case:
    title, text = line.get("title") or "", line.get("text") or ""
    labels = line.get("labels")
    if not isinstance(labels, list) or not (isinstance(title, str) and isinstance(text, str)):
        raise BadEvaluationLine(f"line {number}: expected text or title, and labels as a list")
    if not title and not text:
        raise BadEvaluationLine(f"line {number}: has neither text nor title")
    relevant = line.get("relevant")
    return _Case(
        title, text, frozenset(labels), bool(labels) if relevant is None else bool(relevant)
    )


def score_labels(
    cases: Sequence[_Case], found: Sequence[frozenset[str]], ids: Sequence[str]
) -> dict[str, Any]:
    """Relevance and topics by precision, recall, F1; a topic that no line has counts nothing."""
    relevance = _measures(
        np.array([case.relevant for case in cases], bool), np.array([bool(f) for f in found], bool)
    )
    topics = {}
    for topic in ids:
        wanted = np.array([topic in case.labels for case in cases], bool)
        picked = np.array([topic in labels for labels in found], bool)
        topics[topic] = {**_measures(wanted, picked), "support": int(wanted.sum())}
    supported = [entry["f1"] for entry in topics.values() if entry["support"]]
    macro = float(np.mean(supported)) if supported else 0.0
    return {"relevance": relevance, "macro_f1": round(macro, 4), "topics": topics}


def _measures(wanted: Any, picked: Any) -> dict[str, float]:
    hits = int((wanted & picked).sum())
    precision = hits / int(picked.sum()) if picked.any() else 0.0
    recall = hits / int(wanted.sum()) if wanted.any() else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def confusion(
    cases: Sequence[_Case], found: Sequence[frozenset[str]], ids: Sequence[str]
) -> list[dict[str, Any]]:
    """Which topic was given where another was due, most frequent first ("none" on a side)."""
    counts: dict[tuple[str, str], int] = {}
    for case, labels in zip(cases, found, strict=True):
        missed = sorted(case.labels - labels) or ["none"]
        wrong = sorted(labels - case.labels) or ["none"]
        for due in missed:
            for given in wrong:
                if due != given:
                    counts[due, given] = counts.get((due, given), 0) + 1
    known = {*ids, "none"}
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [
        {"due": due, "given": given, "count": count}
        for (due, given), count in ordered
        if due in known and given in known
    ]


def _by_words(case: _Case, topics: Sequence[Topic]) -> frozenset[str]:
    """The rule-only baseline: a phrase of the field, and a term of the topic."""
    passages = notice_passages(case.title, case.text)
    return frozenset(label.topic for label in label_by_terms(passages, topics))


def _by_likeness(
    cases: Sequence[_Case], topics: Sequence[Topic], predictor: Predictor
) -> list[frozenset[str]]:
    """The embedding-only baseline: topics with a prototype sentence near enough."""
    vectors = predictor.vectors([case.words for case in cases])
    trained = isinstance(predictor, TopicClassifier) and predictor.failure is None
    if vectors is None or not trained:
        return [frozenset() for _ in cases]
    assert isinstance(predictor, TopicClassifier)
    scorer = PrototypeScorer(topics, predictor.vectors, predictor.heads.mean, {})
    return [
        frozenset(
            topic.id
            for topic in topics
            if scorer.features(topic, case.words, vector)[0] >= _LIKENESS
        )
        for case, vector in zip(cases, vectors, strict=True)
    ]
