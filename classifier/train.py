"""Fit the heads: from the project's data plus staff feedback, deterministic, with a gate.

Scores that decide (calibration, thresholds, floors) come from cross-validation by author: every
text is judged by heads that saw nothing by its author and no text worded alike, as the texts of
tomorrow are by other authors. scikit-learn is needed here
only, never to classify.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.bundled import Floats
from classifier.encoder import Encoder, load_encoder
from classifier.examples import Example, data_sha256, group_alike, shipped_examples
from classifier.judge import NEAREST
from classifier.lexicon import features, has_trace
from classifier.model import (
    HEADS_DIR,
    LEXICON_SCALE,
    RELEVANCE,
    VECTOR_SCALE,
    Heads,
    Linear,
    of_field,
    save_heads,
    sigmoid,
)
from classifier.ngrams import Vocabulary
from classifier.stage import marks
from classifier.topics import PrototypeScorer, fingerprint
from config.model import Topic

FOLDS = 7
COST = 10.0
USUAL_CUT = 0.4  # where F1 peaks for calibrated scores; one topic's own peak is half chance
STAGE_MEMBERS = ("full", "words")
MEMBERS = {"vector": (True, False), "full": (True, True), "words": (False, True)}

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


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


@dataclass
class _Data:
    examples: list[Example]
    topics: tuple[str, ...]
    vectors: Floats
    lexicon: Floats
    targets: Bools  # examples x (topics + relevance)
    known: Bools  # which targets count
    groups: list[int]
    judged: Bools = field(init=False)  # passages and titles, not prototypes
    traced: Bools = field(init=False)  # the gate lets only these pass

    def __post_init__(self) -> None:
        self.judged = np.array([e.kind != "prototype" for e in self.examples])
        self.traced = np.array([has_trace(e.text) for e in self.examples])

    @property
    def outputs(self) -> tuple[str, ...]:
        return (*self.topics, RELEVANCE)

    def staged(self, rows: Rows) -> Rows:
        return np.array([row for row in rows if self.examples[row].stage], np.int64)

    def kind(self, *kinds: str) -> Bools:
        return np.array([e.kind in kinds for e in self.examples])

    def folds(self, rows: Rows) -> Iterator[tuple[Rows, Rows]]:
        """Seen and unseen rows: each author is unseen once, and whatever is worded like a text
        of an unseen author is not seen either. Prototypes are always seen."""
        sizes = Counter(self.examples[row].origin for row in rows if self.judged[row])
        bins: list[list[str]] = [[] for _ in range(FOLDS)]
        held = [0] * FOLDS
        for origin, size in sizes.most_common():
            smallest = held.index(min(held))
            bins[smallest].append(origin)
            held[smallest] += size
        for origins in bins:
            unseen = [r for r in rows if self.judged[r] and self.examples[r].origin in origins]
            alike = {self.groups[row] for row in unseen}
            seen = [r for r in rows if r not in set(unseen) and self.groups[r] not in alike]
            if unseen and seen:
                yield np.array(seen, np.int64), np.array(unseen, np.int64)

    def real_titles(self) -> Bools:
        """Titles as they were published, and those written after them; the other authored ones
        are harder than a real feed."""
        real = np.array([e.kind == "title" and e.origin == "titles" for e in self.examples])
        return real if real.any() else self.kind("title")


def train(
    topics: Sequence[Topic], *, extra: Sequence[Example] = (), encoder: str | Encoder = "bundled",
    folder: Path = HEADS_DIR, floors: Path = HEADS_DIR / "floors.json", allow_worse: bool = False,
) -> TrainReport:  # fmt: skip
    """Fit and save heads for the topics. Raises WorseThanBefore, and writes nothing, if a
    cross-validated score falls below its floor and ``allow_worse`` is not set."""
    if isinstance(encoder, str):
        encoder = load_encoder(encoder)
    data = _prepare([*shipped_examples(topics), *extra], topics, encoder)
    logits = _cross_validate(data)
    model = (logits["vector"] + logits["full"]) / 2
    calibration = {"model": _calibrate(data, model), "rules": _calibrate(data, logits["words"])}
    probabilities = {
        "model": _apply(calibration["model"], model),
        "rules": _apply(calibration["rules"], logits["words"]),
    }
    for values in probabilities.values():
        values[~data.traced, -1] = 0.0
    thresholds = {kind: _thresholds(data, values) for kind, values in probabilities.items()}
    thresholds["gate"] = _gate_thresholds(data, logits["words"][:, -1])
    scores = _scores(data, probabilities["model"], thresholds["model"])
    scores["stage_accuracy"] = round(_stage_accuracy(data), 4)
    below = _below(scores, floors)
    if below and not allow_worse:
        raise WorseThanBefore("; ".join(below))
    heads = _fit_all(data, topics, encoder.id, calibration, thresholds, scores)
    save_heads(heads, folder)
    return TrainReport(
        examples=len(data.examples), data_sha256=heads.meta["data_sha256"], encoder=encoder.id,
        scores=scores, folder=folder, below_floor=tuple(below),
    )  # fmt: skip


def _prepare(examples: list[Example], topics: Sequence[Topic], encoder: Encoder) -> _Data:
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
    return _Data(
        examples=examples, topics=ids, vectors=encoder.embed_documents(texts),
        lexicon=np.stack([features(text) for text in texts]),
        targets=targets, known=known, groups=group_alike(texts),
    )  # fmt: skip


# ---------------------------------------------------------------- linear heads


def _fit(data: _Data, rows: Rows, vocabulary: Vocabulary, mean: Floats,
         member: str) -> Linear:  # fmt: skip
    from sklearn.linear_model import LogisticRegression

    matrix = _matrix(data, rows, vocabulary, mean, member)
    weights, biases = [], []
    for output in range(len(data.outputs)):
        known = data.known[rows, output]
        target = data.targets[rows, output][known]
        head = LogisticRegression(
            C=COST, class_weight="balanced", solver="liblinear", max_iter=1000, random_state=0
        ).fit(matrix[known], target)
        weights.append(head.coef_[0])
        biases.append(head.intercept_[0])
    stacked = np.stack(weights).astype(np.float32)
    uses_vector, uses_grams = MEMBERS[member]
    lexicon = data.lexicon.shape[1]
    parts = np.split(stacked, [lexicon, lexicon + (mean.size if uses_vector else 0)], axis=1)
    return Linear(
        lexicon=parts[0], vector=parts[1] if uses_vector else None,
        grams=parts[2] if uses_grams else None, bias=np.array(biases, np.float32),
    )  # fmt: skip


def _fit_stage(data: _Data, rows: Rows, vocabulary: Vocabulary, mean: Floats,
               member: str) -> Linear:  # fmt: skip
    """One head over the stages, with each stage's marks in place of the vocabulary's groups."""
    from sklearn.linear_model import LogisticRegression

    lexicon = _marks(data, rows)
    matrix = _matrix(data, rows, vocabulary, mean, member, lexicon)
    head = LogisticRegression(C=COST, class_weight="balanced", max_iter=3000)
    head.fit(matrix, [str(data.examples[row].stage) for row in rows])
    weights = head.coef_.astype(np.float32)
    first = lexicon.shape[1]
    second = first + (mean.size if MEMBERS[member][0] else 0)
    return Linear(
        lexicon=weights[:, :first], grams=weights[:, second:],
        vector=weights[:, first:second] if second > first else None,
        bias=head.intercept_.astype(np.float32),
    )  # fmt: skip


def _marks(data: _Data, rows: Rows) -> Floats:
    return np.stack([marks(data.examples[row].text) for row in rows])


def _stage_accuracy(data: _Data) -> float:
    """Share of right stages by heads that saw nothing by a text's author."""
    rows = data.staged(np.arange(len(data.examples)))
    if len({data.examples[row].stage for row in rows}) <= 2:
        return 0.0
    right = 0
    for seen, unseen in data.folds(rows):
        vocabulary = Vocabulary.fit([data.examples[row].text for row in seen])
        mean = data.vectors[seen].mean(0)
        head = _fit_stage(data, seen, vocabulary, mean, "full")
        logits = _logits(data, unseen, head, vocabulary, mean, "full", _marks(data, unseen))
        names = sorted({str(data.examples[row].stage) for row in seen})
        right += sum(
            names[best] == data.examples[row].stage
            for best, row in zip(logits.argmax(1), unseen, strict=True)
        )
    return right / len(rows)


def _matrix(data: _Data, rows: Rows, vocabulary: Vocabulary, mean: Floats,
            member: str, lexicon: Floats | None = None) -> Any:  # fmt: skip
    from scipy import sparse  # type: ignore[import-untyped]

    uses_vector, uses_grams = MEMBERS[member]
    first = data.lexicon[rows] * LEXICON_SCALE if lexicon is None else lexicon
    parts = [sparse.csr_matrix(first)]
    if uses_vector:
        parts.append(sparse.csr_matrix((data.vectors[rows] - mean) * VECTOR_SCALE))
    if uses_grams:
        found = [vocabulary.vector(data.examples[row].text) for row in rows]
        ends = np.cumsum([0, *(len(positions) for positions, _ in found)])
        shape = (len(rows), len(vocabulary.index))
        values = np.concatenate([v for _, v in found])
        positions = np.concatenate([p for p, _ in found])
        parts.append(sparse.csr_matrix((values, positions, ends), shape=shape))
    return sparse.hstack(parts).tocsr()


def _logits(data: _Data, rows: Rows, head: Linear, vocabulary: Vocabulary,
            mean: Floats, member: str, lexicon: Floats | None = None) -> Doubles:  # fmt: skip
    matrix = _matrix(data, rows, vocabulary, mean, member, lexicon)
    parts = [part for part in (head.lexicon, head.vector, head.grams) if part is not None]
    return np.asarray(matrix @ np.concatenate(parts, axis=1).T + head.bias, np.float64)


def _cross_validate(data: _Data) -> dict[str, Doubles]:
    """Logits of every example by heads that saw nothing by its author."""
    found = {member: np.zeros(data.targets.shape) for member in MEMBERS}
    for seen, unseen in data.folds(np.arange(len(data.examples))):
        vocabulary = Vocabulary.fit([data.examples[row].text for row in seen])
        mean = data.vectors[seen].mean(0)
        for member in MEMBERS:
            head = _fit(data, seen, vocabulary, mean, member)
            found[member][unseen] = _logits(data, unseen, head, vocabulary, mean, member)
    return found


def _fit_all(
    data: _Data, topics: Sequence[Topic], encoder_id: str, calibration: dict[str, Floats],
    thresholds: dict[str, dict[str, float]], scores: dict[str, float],
) -> Heads:  # fmt: skip
    rows = np.arange(len(data.examples))
    vocabulary = Vocabulary.fit([example.text for example in data.examples])
    mean = np.asarray(data.vectors.mean(0), np.float32)
    staged = data.staged(rows)
    stages = tuple(sorted({str(data.examples[row].stage) for row in staged}))
    return Heads(
        stages=stages if len(stages) > 2 else (),
        stage_members={
            member: _fit_stage(data, staged, vocabulary, mean, member)
            for member in STAGE_MEMBERS
            if len(stages) > 2
        },
        encoder_id=encoder_id,
        outputs=data.outputs,
        mean=mean,
        vocabulary=vocabulary,
        members={member: _fit(data, rows, vocabulary, mean, member) for member in MEMBERS},
        calibration=calibration,
        thresholds=thresholds,
        meta={
            "data_sha256": data_sha256(data.examples),
            "examples": len(data.examples),
            "topics": {t.id: fingerprint(t) for t in topics if t.id in data.topics},
            "prototypes": _prototype_weights(data, topics, mean),
            "cross_validated": scores,
        },
    )


# ---------------------------------------------- calibration, thresholds, scores


def _calibrate(data: _Data, logits: Doubles) -> Floats:
    """Slope and offset for each output that turn held-out logits into probabilities."""
    from sklearn.linear_model import LogisticRegression

    rows = data.judged
    pairs = []
    for output in range(len(data.outputs)):
        fitted = LogisticRegression(C=10.0).fit(
            logits[rows, output, None], data.targets[rows, output]
        )
        pairs.append((fitted.coef_[0, 0], fitted.intercept_[0]))
    return np.array(pairs, np.float32)


def _apply(calibration: Floats, logits: Doubles) -> Doubles:
    slope, offset = calibration.T
    values = np.asarray(sigmoid(slope * logits + offset), np.float64)
    values[:, -1] = of_field(values)
    return values


def _thresholds(data: _Data, probabilities: Doubles) -> dict[str, float]:
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


def _gate_thresholds(data: _Data, logits: Doubles) -> dict[str, float]:
    """The gate lets pass what its words do not rule out: all but three in a thousand of the
    held-out texts of the field, with room for the words of other authors."""
    alone = data.kind("passage", "feedback", "title") & data.targets[:, -1]
    scores = np.sort(sigmoid(logits[alone]))
    return {"passage": round(float(scores[int(len(scores) * 0.003)]) / 2, 5), "title": 0.5}


def _f1(picked: Bools, target: Bools) -> float:
    hits = float((picked & target).sum())
    total = float(picked.sum() + target.sum())
    return 2 * hits / total if total else 0.0


def _scores(data: _Data, values: Doubles, thresholds: dict[str, float]) -> dict[str, float]:
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


def _below(scores: dict[str, float], floors: Path) -> list[str]:
    if not floors.exists():
        return []
    limits = json.loads(floors.read_text(encoding="utf-8"))
    return [
        f"{name} is {scores.get(name, 0.0):.3f}, its floor {least:.3f}"
        for name, least in limits.items()
        if scores.get(name, 0.0) < least
    ]


# --------------------------------------------------------- topics without heads


def _prototype_weights(
    data: _Data, topics: Sequence[Topic], mean: Floats
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
