"""Score passages with linear heads in plain numpy, and read and write them.

Each topic, and relevance itself, has three linear heads over the same passage: ``vector``
(embedding and vocabulary), ``full`` (embedding, vocabulary and n-grams) and ``words``
(vocabulary and n-grams). Score = the mean of the first two, calibrated; ``words`` alone is the
prefilter, and the whole answer when the embedding model is missing. Heads belong to one encoder id
and are small files without pickles, made by :mod:`classifier.topics.train`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from classifier.encoder.bundled_weights import Floats
from classifier.topics.act_stage import stage_marks
from classifier.topics.lexicon import feature_names, features
from classifier.topics.ngrams import Vocabulary
from config import paths
from config.model import Stage

HEADS_DIR = paths.HEADS
VECTOR_SCALE = 3.0
LEXICON_SCALE = 0.3
RELEVANCE = "relevance"
RULES_MODEL = "rules"


class HeadsUnavailable(Exception):
    """The heads are missing, broken or belong to another encoder."""


@dataclass(frozen=True)
class LinearHeads:
    """Linear heads over one selection of features; rows are outputs."""

    vector: Floats | None  # outputs x dimensions
    grams: Floats | None  # outputs x n-grams
    lexicon: Floats
    bias: Floats


@dataclass(frozen=True)
class PassageScores:
    """Calibrated probabilities of one passage."""

    relevance: float
    topics: dict[str, float]


@dataclass(frozen=True)
class PassageFeatures:
    """A passage's features, computed once for prefilter and heads."""

    positions: Any
    values: Floats
    lexicon: Floats


@dataclass(frozen=True)
class Heads:
    """All that training leaves behind; see the module for the members."""

    encoder_id: str
    outputs: tuple[str, ...]  # topics in order, then relevance
    mean: Floats
    vocabulary: Vocabulary
    members: dict[str, LinearHeads]
    calibration: dict[str, Floats]  # "model" and "rules": outputs x (slope, offset)
    thresholds: dict[str, dict[str, float]]
    meta: dict[str, Any]
    stages: tuple[str, ...] = ()
    stage_members: dict[str, LinearHeads] = field(default_factory=dict)  # "full" and "words"

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(name for name in self.outputs if name != RELEVANCE)

    def prepare(self, text: str) -> PassageFeatures:
        positions, values = self.vocabulary.vector(text)
        return PassageFeatures(positions, values, features(text))

    def raw(self, member: str, item: PassageFeatures, vector: Floats | None = None) -> Floats:
        """The outputs' logits by one member."""
        return self._logits(self.members[member], item, item.lexicon * LEXICON_SCALE, vector)

    def _logits(
        self, head: LinearHeads, item: PassageFeatures, lexicon: Floats, vector: Floats | None
    ) -> Floats:
        logits: Any = head.bias + head.lexicon @ lexicon
        if head.grams is not None:
            logits = logits + head.grams[:, item.positions] @ item.values
        if head.vector is not None and vector is not None:
            logits = logits + head.vector @ ((vector - self.mean) * VECTOR_SCALE)
        return np.asarray(logits, np.float32)

    def score(self, item: PassageFeatures, vector: Floats | None) -> PassageScores:
        """Scores of a passage; without a vector by rules (vocabulary and n-grams) alone."""
        if vector is None:
            logits: Any = self.raw("words", item)
            kind = "rules"
        else:
            logits = (self.raw("vector", item, vector) + self.raw("full", item, vector)) / 2
            kind = "model"
        slope, offset = self.calibration[kind].T
        values = sigmoid(slope * logits + offset)
        scores = {name: float(value) for name, value in zip(self.outputs, values, strict=True)}
        relevance = float(field_relevance(values[None])[0])
        del scores[RELEVANCE]
        return PassageScores(relevance, scores)

    def stage(self, text: str, vector: Floats | None) -> Stage | None:
        """The stage a text reads like; None if the heads were fitted without stages."""
        if not self.stages:
            return None
        positions, values = self.vocabulary.vector(text)
        found = stage_marks(text)
        head = self.stage_members["words" if vector is None else "full"]
        logits = self._logits(head, PassageFeatures(positions, values, found), found, vector)
        return self.stages[int(logits.argmax())]  # type: ignore[return-value]

    def prefilter_score(self, item: PassageFeatures) -> float:
        """How likely the passage is of the field, by its words alone (uncalibrated)."""
        head = self.members["words"]
        row = self.outputs.index(RELEVANCE)
        assert head.grams is not None
        logit = head.bias[row] + head.lexicon[row] @ (item.lexicon * LEXICON_SCALE)
        return float(sigmoid(logit + head.grams[row, item.positions] @ item.values))


def sigmoid(values: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))


def field_relevance(values: Any) -> Any:
    """Relevance of rows of probabilities (topics, then relevance itself): what its own head says
    and whether any topic shows, with equal weight. Either alone is wrong more often on another
    author's texts."""
    any_topic = 1 - np.prod(1 - values[:, :-1], axis=1)
    return sigmoid((_logit(values[:, -1]) + _logit(any_topic)) / 2)


def _logit(values: Any) -> Any:
    values = np.clip(values, 1e-6, 1 - 1e-6)
    return np.log(values / (1 - values))


def save_heads(heads: Heads, folder: Path) -> None:
    """Write ``heads.npz`` and ``heads.json``; the next :func:`load_heads` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {
        "mean": heads.mean,
        "weight": heads.vocabulary.weight,
        "grams": np.frombuffer("\n".join(heads.vocabulary.grams).encode(), np.uint8),
    }
    members = {**heads.members, **{f"stage.{n}": head for n, head in heads.stage_members.items()}}
    for name, head in members.items():
        arrays[f"{name}.lexicon"] = head.lexicon
        arrays[f"{name}.bias"] = head.bias
        if head.vector is not None:
            arrays[f"{name}.vector"] = head.vector
        if head.grams is not None:
            arrays[f"{name}.grams"] = head.grams.astype(np.float16)
    for kind, values in heads.calibration.items():
        arrays[f"calibration.{kind}"] = values
    np.savez_compressed(folder / "heads.npz", **arrays)
    description = {
        "encoder": heads.encoder_id,
        "outputs": heads.outputs,
        "stages": heads.stages,
        "features": feature_names(),
        "thresholds": heads.thresholds,
        **heads.meta,
    }
    text = json.dumps(description, ensure_ascii=False, indent=1)
    (folder / "heads.json").write_text(text + "\n", encoding="utf-8")
    load_heads.cache_clear()


@cache
def load_heads(folder: Path = HEADS_DIR) -> Heads:
    """The heads as they stand in a folder; HeadsUnavailable if they cannot be used."""
    try:
        meta = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz", allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if tuple(meta.pop("features")) != feature_names():
            raise HeadsUnavailable("the heads were trained on another vocabulary: train them again")
        grams = arrays["grams"].tobytes().decode().split("\n")
        vocabulary = Vocabulary({gram: n for n, gram in enumerate(grams)}, arrays["weight"])
        stages = tuple(meta.pop("stages", ()))
        return Heads(
            stages=stages,
            stage_members={
                name: _linear(arrays, f"stage.{name}") for name in ("full", "words") if stages
            },
            encoder_id=meta.pop("encoder"),
            outputs=tuple(meta.pop("outputs")),
            mean=arrays["mean"],
            vocabulary=vocabulary,
            members={name: _linear(arrays, name) for name in ("vector", "full", "words")},
            calibration={kind: arrays[f"calibration.{kind}"] for kind in ("model", "rules")},
            thresholds=meta.pop("thresholds"),
            meta=meta,
        )
    except (OSError, ValueError, KeyError) as error:
        raise HeadsUnavailable(f"the trained heads in {folder} cannot be read: {error}") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class LearnedLikeness:
    """What the likeness of a passage to an example sentence means: the encoder it was learned
    for, the mean of its vectors, and the weights of :mod:`classifier.topics.prototypes`."""

    encoder: str
    mean: Floats
    weights: dict[str, list[float]]


def load_likeness(folder: Path = HEADS_DIR) -> LearnedLikeness:
    """What was learned with the heads and holds for topics of any field; HeadsUnavailable if it
    cannot be read."""
    try:
        meta = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz", allow_pickle=False) as file:
            mean = file["mean"]
        return LearnedLikeness(encoder=meta["encoder"], mean=mean, weights=meta["prototypes"])
    except (OSError, ValueError, KeyError) as error:
        raise HeadsUnavailable(f"the trained heads in {folder} cannot be read: {error}") from error


def _linear(arrays: dict[str, Any], name: str) -> LinearHeads:
    grams = arrays.get(f"{name}.grams")
    return LinearHeads(
        vector=arrays.get(f"{name}.vector"),
        grams=None if grams is None else grams.astype(np.float32),
        lexicon=arrays[f"{name}.lexicon"],
        bias=arrays[f"{name}.bias"],
    )
