"""Calibrate held-out logits: probabilities, the thresholds that decide, and scores."""

from __future__ import annotations

import numpy as np

from classifier.encoder.bundled_weights import Floats
from classifier.topics.fitting import Bools, Doubles, TrainingSet
from classifier.topics.heads import RELEVANCE, field_relevance, sigmoid
from classifier.topics.predictor import NEAREST

USUAL_CUT = 0.4  # where F1 peaks for calibrated scores; one topic's own peak is half chance


def calibrate(data: TrainingSet, logits: Doubles) -> Floats:
    """Slope and offset for each output that turn held-out logits into probabilities."""
    from sklearn.linear_model import LogisticRegression

    rows = data.labelled
    pairs = []
    for output in range(len(data.outputs)):
        fitted = LogisticRegression(C=10.0).fit(
            logits[rows, output, None], data.targets[rows, output]
        )
        pairs.append((fitted.coef_[0, 0], fitted.intercept_[0]))
    return np.array(pairs, np.float32)


def probabilities_of(calibration: Floats, logits: Doubles) -> Doubles:
    """Calibrated probabilities (examples x outputs), the last column the field's own."""
    slope, offset = calibration.T
    values = np.asarray(sigmoid(slope * logits + offset), np.float64)
    values[:, -1] = field_relevance(values)
    return values


def thresholds_of(data: TrainingSet, probabilities: Doubles) -> dict[str, float]:
    """The probability from which each topic is given, and those that decide on relevance: of a
    passage, of a title, of a passage that stands alone."""
    passages = data.kind("passage", "context", "feedback")
    found = {
        topic: (_best_f1(probabilities[passages, n], data.targets[passages, n]) + USUAL_CUT) / 2
        for n, topic in enumerate(data.topics)
    }
    alone, titles = data.kind("passage", "feedback"), data.real_titles()
    found[RELEVANCE] = _for_recall(probabilities[alone, -1], data.targets[alone, -1], 0.99)
    found[f"{RELEVANCE}.title"] = _for_precision(
        probabilities[titles, -1], data.targets[titles, -1]
    )
    found[f"{RELEVANCE}.lone"] = max(0.5, found[RELEVANCE])
    return {name: round(value, 4) for name, value in found.items()}


def _best_f1(values: Doubles, target: Bools) -> float:
    """The threshold with the best F1 on a smoothed curve, leaning to recall."""
    grid = np.linspace(0.1, 0.8, 71)
    curve = np.array([_f1(values >= cut, target) for cut in grid])
    smooth = np.convolve(np.pad(curve, 5, mode="edge"), np.ones(11) / 11, mode="valid")
    good = np.flatnonzero(smooth >= smooth.max() - 0.004)
    return float(grid[good[0] + (good[-1] - good[0]) // 3])


def _for_recall(values: Doubles, target: Bools, recall: float) -> float:
    positives = np.sort(values[target])
    cut = float(positives[int(len(positives) * (1 - recall))])
    return min(max(cut * 0.95, 0.1), 0.5)


def _for_precision(values: Doubles, target: Bools) -> float:
    """The threshold with the least cost where a false alarm costs as much as two misses; in the
    lower part of the best stretch, as another author's titles score lower."""
    grid = np.linspace(0.4, 0.8, 81)
    cost = np.array(
        [2 * (values[~target] >= cut).sum() + (values[target] < cut).sum() for cut in grid]
    )
    return max(float(np.quantile(grid[cost == cost.min()], 0.25)), 0.5)


def prefilter_thresholds(data: TrainingSet, logits: Doubles) -> dict[str, float]:
    """Thresholds of the prefilter: all but three in a thousand of the held-out texts of the field
    pass, with room for the words of other authors."""
    alone = data.kind("passage", "feedback", "title") & data.targets[:, -1]
    scores = np.sort(sigmoid(logits[alone]))
    return {"passage": round(float(scores[int(len(scores) * 0.003)]) / 2, 5), "title": 0.5}


def scores_of(data: TrainingSet, values: Doubles, thresholds: dict[str, float]) -> dict[str, float]:
    """Cross-validated scores on passages and on titles, decided as the product decides."""
    found: dict[str, float] = {}
    passages, titles = data.kind("passage", "feedback"), data.real_titles()
    for name, rows, cut in (
        ("relevance", passages, thresholds[RELEVANCE]),
        ("title_relevance", titles, thresholds[f"{RELEVANCE}.title"]),
    ):
        target, picked = data.targets[rows, -1], values[rows, -1] >= cut
        found[f"{name}_precision"] = float(target[picked].mean())
        found[f"{name}_recall"] = float(picked[target].mean())
    relevant = values[passages, -1] >= thresholds[RELEVANCE]
    cuts = np.array([thresholds[topic] for topic in data.topics])
    picked = (values[passages, :-1] >= cuts) & relevant[:, None]
    best = values[passages, :-1]
    lost = relevant & ~picked.any(1) & (best.max(1) >= NEAREST)
    picked[lost, best[lost].argmax(1)] = True
    topics = {
        topic: _f1(picked[:, n], data.targets[passages, n]) for n, topic in enumerate(data.topics)
    }
    found["macro_f1"] = float(np.mean(list(topics.values())))
    found.update({f"f1:{topic}": value for topic, value in topics.items()})
    return {name: round(value, 4) for name, value in found.items()}


def _f1(picked: Bools, target: Bools) -> float:
    hits = float((picked & target).sum())
    total = float(picked.sum() + target.sum())
    return 2 * hits / total if total else 0.0
