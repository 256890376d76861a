"""Fit linear heads over examples and cross-validate them by author.

scikit-learn and scipy are needed here only, never to classify.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.encoder.bundled_weights import Floats
from classifier.topics.act_stage import stage_marks
from classifier.topics.examples import Example
from classifier.topics.heads import LEXICON_SCALE, RELEVANCE, VECTOR_SCALE, LinearHeads
from classifier.topics.lexicon import has_trace
from classifier.topics.ngrams import Vocabulary

FOLDS = 7
COST = 10.0
MEMBERS = {"vector": (True, False), "full": (True, True), "words": (False, True)}
Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass
class TrainingSet:
    """The examples and, a row each, what is known of them; outputs are the topics and relevance."""

    examples: list[Example]
    topics: tuple[str, ...]
    vectors: Floats
    lexicon: Floats
    targets: Bools  # examples x (topics + relevance)
    known: Bools  # which targets count
    groups: list[int]
    labelled: Bools = field(init=False)  # passages and titles, not prototypes
    traced: Bools = field(init=False)  # the prefilter lets only these pass

    def __post_init__(self) -> None:
        self.labelled = np.array([e.kind != "prototype" for e in self.examples])
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
        sizes = Counter(self.examples[row].origin for row in rows if self.labelled[row])
        bins: list[list[str]] = [[] for _ in range(FOLDS)]
        held = [0] * FOLDS
        for origin, size in sizes.most_common():
            smallest = held.index(min(held))
            bins[smallest].append(origin)
            held[smallest] += size
        for origins in bins:
            unseen = [r for r in rows if self.labelled[r] and self.examples[r].origin in origins]
            alike = {self.groups[row] for row in unseen}
            seen = [r for r in rows if r not in set(unseen) and self.groups[r] not in alike]
            if unseen and seen:
                yield np.array(seen, np.int64), np.array(unseen, np.int64)

    def real_titles(self) -> Bools:
        """Titles as they were published, and those written after them; the other authored ones
        are harder than a real feed."""
        real = np.array([e.kind == "title" and e.origin == "titles" for e in self.examples])
        return real if real.any() else self.kind("title")


@dataclass(frozen=True, kw_only=True)
class FeatureSpace:
    """How texts become rows of a matrix: the known n-grams, and the centre of the vectors."""

    vocabulary: Vocabulary
    mean: Floats

    @classmethod
    def fit(cls, data: TrainingSet, rows: Rows) -> FeatureSpace:
        """The space as these rows alone show it."""
        vocabulary = Vocabulary.fit([data.examples[row].text for row in rows])
        return cls(vocabulary=vocabulary, mean=np.asarray(data.vectors[rows].mean(0), np.float32))


def cross_validate(data: TrainingSet) -> dict[str, Doubles]:
    """Logits of every example by heads that saw nothing by its author."""
    found = {member: np.zeros(data.targets.shape) for member in MEMBERS}
    for seen, unseen in data.folds(np.arange(len(data.examples))):
        space = FeatureSpace.fit(data, seen)
        for member in MEMBERS:
            head = fit(data, seen, space, member)
            found[member][unseen] = _logits(data, unseen, head, space, member)
    return found


def stage_accuracy(data: TrainingSet) -> float:
    """Share of right stages by heads that saw nothing by a text's author."""
    rows = data.staged(np.arange(len(data.examples)))
    if len({data.examples[row].stage for row in rows}) <= 2:
        return 0.0
    right = 0
    for seen, unseen in data.folds(rows):
        space = FeatureSpace.fit(data, seen)
        head = fit_stage(data, seen, space, "full")
        logits = _logits(data, unseen, head, space, "full", _marks(data, unseen))
        names = sorted({str(data.examples[row].stage) for row in seen})
        right += sum(
            names[best] == data.examples[row].stage
            for best, row in zip(logits.argmax(1), unseen, strict=True)
        )
    return right / len(rows)


def fit(data: TrainingSet, rows: Rows, space: FeatureSpace, member: str) -> LinearHeads:
    """A head an output from these rows; ``member`` (of MEMBERS) says what it may look at."""
    from sklearn.linear_model import LogisticRegression

    matrix = _matrix(data, rows, space, member)
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
    parts = np.split(stacked, [lexicon, lexicon + (space.mean.size if uses_vector else 0)], axis=1)
    return LinearHeads(
        lexicon=parts[0],
        vector=parts[1] if uses_vector else None,
        grams=parts[2] if uses_grams else None,
        bias=np.array(biases, np.float32),
    )


def fit_stage(data: TrainingSet, rows: Rows, space: FeatureSpace, member: str) -> LinearHeads:
    """One head over the stages, with each stage's marks in place of the vocabulary's groups."""
    from sklearn.linear_model import LogisticRegression

    lexicon = _marks(data, rows)
    matrix = _matrix(data, rows, space, member, lexicon)
    head = LogisticRegression(C=COST, class_weight="balanced", max_iter=3000)
    head.fit(matrix, [str(data.examples[row].stage) for row in rows])
    weights = head.coef_.astype(np.float32)
    first = lexicon.shape[1]
    second = first + (space.mean.size if MEMBERS[member][0] else 0)
    return LinearHeads(
        lexicon=weights[:, :first],
        vector=weights[:, first:second] if second > first else None,
        grams=weights[:, second:],
        bias=head.intercept_.astype(np.float32),
    )


def _marks(data: TrainingSet, rows: Rows) -> Floats:
    return np.stack([stage_marks(data.examples[row].text) for row in rows])


def _matrix(
    data: TrainingSet,
    rows: Rows,
    space: FeatureSpace,
    member: str,
    lexicon: Floats | None = None,
) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]

    uses_vector, uses_grams = MEMBERS[member]
    first = data.lexicon[rows] * LEXICON_SCALE if lexicon is None else lexicon
    parts = [sparse.csr_matrix(first)]
    if uses_vector:
        parts.append(sparse.csr_matrix((data.vectors[rows] - space.mean) * VECTOR_SCALE))
    if uses_grams:
        found = [space.vocabulary.vector(data.examples[row].text) for row in rows]
        ends = np.cumsum([0, *(len(positions) for positions, _ in found)])
        shape = (len(rows), len(space.vocabulary.index))
        values = np.concatenate([v for _, v in found])
        positions = np.concatenate([p for p, _ in found])
        parts.append(sparse.csr_matrix((values, positions, ends), shape=shape))
    return sparse.hstack(parts).tocsr()


def _logits(
    data: TrainingSet,
    rows: Rows,
    head: LinearHeads,
    space: FeatureSpace,
    member: str,
    lexicon: Floats | None = None,
) -> Doubles:
    matrix = _matrix(data, rows, space, member, lexicon)
    parts = [part for part in (head.lexicon, head.vector, head.grams) if part is not None]
    return np.asarray(matrix @ np.concatenate(parts, axis=1).T + head.bias, np.float64)
