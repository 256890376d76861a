"""Encode by character pairs or by the bundled model, with the shipped topics."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from classifier.encoder.bundled_weights import Floats
from classifier.encoder.encoders import LightEncoder
from config.loader import load_topics
from config.model import Topic


class FakeEncoder:
    """Vectors from character pairs: no model, but alike texts are alike."""

    id = "fake"
    dim = 64

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        self.calls.append(list(texts))
        rows = np.full((len(texts), self.dim), 1e-3, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in pairwise(text):
                row[zlib.crc32("".join(pair).encode("utf-8", "replace")) % self.dim] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    embed_queries = embed_documents


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def light() -> LightEncoder:
    return LightEncoder()


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return load_topics()
