"""Fit the heads from the project's data plus feedback, deterministic, with score floors.

Scores that decide (calibration, thresholds, floors) come from cross-validation by author: every
text is scored by heads that saw nothing by its author and no text worded alike, as the texts of
tomorrow are by other authors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.encoder.bundled_weights import Floats
from classifier.encoder.encoders import Encoder, load_encoder
from classifier.topics.calibration import (
    calibrate,
    prefilter_thresholds,
    probabilities_of,
    scores_of,
    thresholds_of,
)
from classifier.topics.examples import Example, data_sha256, group_alike, shipped_examples
from classifier.topics.fitting import (
    MEMBERS,
    FeatureSpace,
    TrainingSet,
    cross_validate,
    fit,
    fit_stage,
    stage_accuracy,
)
from classifier.topics.heads import HEADS_DIR, Heads, save_heads
from classifier.topics.lexicon import features
from classifier.topics.prototypes import PrototypeScorer, fingerprint
from config.model import Topic

STAGE_MEMBERS = ("full", "words")


class WorseThanBefore(Exception):
    """The new heads fall below the floors; nothing was written."""


@dataclass(frozen=True)
class TrainReport:
    """Cross-validated scores of the new heads."""

    examples: int
    data_sha256: str
    encoder: str
    scores: dict[str, float]
    folder: Path
    below_floor: tuple[str, ...] = ()


def train(
    topics: Sequence[Topic], *, extra: Sequence[Example] = (), encoder: str | Encoder = "bundled",
    folder: Path = HEADS_DIR, floors: Path = HEADS_DIR / "floors.json", allow_worse: bool = False,
) -> TrainReport:  # fmt: skip
    """Fit and save heads for the topics. Raises WorseThanBefore, and writes nothing, if a
    cross-validated score falls below its floor and ``allow_worse`` is not set."""
    if isinstance(encoder, str):
        encoder = load_encoder(encoder)
    data = _prepare([*shipped_examples(topics), *extra], topics, encoder)
    logits = cross_validate(data)
    model = (logits["vector"] + logits["full"]) / 2
    calibration = {"model": calibrate(data, model), "rules": calibrate(data, logits["words"])}
    probabilities = {
        "model": probabilities_of(calibration["model"], model),
        "rules": probabilities_of(calibration["rules"], logits["words"]),
    }
    for values in probabilities.values():
        values[~data.traced, -1] = 0.0
    thresholds = {kind: thresholds_of(data, values) for kind, values in probabilities.items()}
    thresholds["gate"] = prefilter_thresholds(data, logits["words"][:, -1])
    scores = scores_of(data, probabilities["model"], thresholds["model"])
    scores["stage_accuracy"] = round(stage_accuracy(data), 4)
    below = _below(scores, floors)
    if below and not allow_worse:
        raise WorseThanBefore("; ".join(below))
    heads = _fit_all(data, topics, encoder.id, calibration, thresholds, scores)
    save_heads(heads, folder)
    return TrainReport(
        examples=len(data.examples), data_sha256=heads.meta["data_sha256"], encoder=encoder.id,
        scores=scores, folder=folder, below_floor=tuple(below),
    )  # fmt: skip


def _prepare(examples: list[Example], topics: Sequence[Topic], encoder: Encoder) -> TrainingSet:
    ids = tuple(topic.id for topic in topics)
    labelled = {label for example in examples if example.kind != "prototype"
                for label in example.labels}  # fmt: skip
    ids = tuple(topic for topic in ids if topic in labelled)
    examples = [e for e in examples if not e.labels or set(e.labels) & set(ids)]
    targets = np.array([[*(t in e.labels for t in ids), bool(e.labels)] for e in examples])
    known = np.array([
        [*(e.kind != "prototype" or t in e.labels for t in ids), True] for e in examples
    ])  # fmt: skip
    texts = [example.text for example in examples]
    return TrainingSet(
        examples=examples, topics=ids, vectors=encoder.embed_documents(texts),
        lexicon=np.stack([features(text) for text in texts]),
        targets=targets, known=known, groups=group_alike(texts),
    )  # fmt: skip


def _fit_all(
    data: TrainingSet, topics: Sequence[Topic], encoder_id: str, calibration: dict[str, Floats],
    thresholds: dict[str, dict[str, float]], scores: dict[str, float],
) -> Heads:  # fmt: skip
    rows = np.arange(len(data.examples))
    space = FeatureSpace.fit(data, rows)
    staged = data.staged(rows)
    stages = tuple(sorted({str(data.examples[row].stage) for row in staged}))
    return Heads(
        stages=stages if len(stages) > 2 else (),
        stage_members={
            member: fit_stage(data, staged, space, member)
            for member in STAGE_MEMBERS
            if len(stages) > 2
        },
        encoder_id=encoder_id,
        outputs=data.outputs,
        mean=space.mean,
        vocabulary=space.vocabulary,
        members={member: fit(data, rows, space, member) for member in MEMBERS},
        calibration=calibration,
        thresholds=thresholds,
        meta={
            "data_sha256": data_sha256(data.examples),
            "examples": len(data.examples),
            "topics": {t.id: fingerprint(t) for t in topics if t.id in data.topics},
            "prototypes": _prototype_weights(data, topics, space.mean),
            "cross_validated": scores,
        },
    )


def _below(scores: dict[str, float], floors: Path) -> list[str]:
    if not floors.exists():
        return []
    limits = json.loads(floors.read_text(encoding="utf-8"))
    return [
        f"{name} is {scores.get(name, 0.0):.3f}, its floor {least:.3f}"
        for name, least in limits.items()
        if scores.get(name, 0.0) < least
    ]


def _prototype_weights(
    data: TrainingSet, topics: Sequence[Topic], mean: Floats
) -> dict[str, list[float]]:
    """What likeness to example sentences and term hits mean, learned over all topics alike."""
    from sklearn.linear_model import LogisticRegression

    rows = np.flatnonzero(data.kind("passage"))
    trained = [topic for topic in topics if topic.id in data.topics]
    known = {
        example.text: vector for example, vector in zip(data.examples, data.vectors, strict=True)
    }
    # Sentences of what is not meant are not among the examples: they count from use on.
    scorer = PrototypeScorer(trained, lambda texts: [known[t] for t in texts if t in known], mean,
                             {})  # fmt: skip
    seen, target = [], []
    for topic in trained:
        column = data.topics.index(topic.id)
        for row in rows:
            seen.append(scorer.features(topic, data.examples[row].text, data.vectors[row]))
            target.append(data.targets[row, column])
    matrix, answers = np.stack(seen), np.array(target)
    full = LogisticRegression(C=10.0, class_weight={0: 1, 1: 2}).fit(matrix, answers)
    words = LogisticRegression(C=10.0, class_weight={0: 1, 1: 2}).fit(
        matrix * [0, 0, 0, 1], answers
    )
    return {
        "prototypes": [*map(float, full.coef_[0]), float(full.intercept_[0])],
        "words": [*map(float, words.coef_[0]), float(words.intercept_[0])],
    }
