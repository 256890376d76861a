"""Run a sentence-transformers model in this process: the one module that loads torch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from classifier.encoder.bundled_weights import Floats


class SentenceTransformerModel:
    """The model itself; lives in the worker process (and in benchmarks)."""

    def __init__(self, model: str) -> None:
        local = Path(model).is_dir()
        if local:
            os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        import torch
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(
            model, device="cpu", local_files_only=local, model_kwargs={"dtype": torch.float32}
        )

    def encode(self, texts: Sequence[str], batch_size: int = 8) -> Floats:
        """Unit rows; small batches keep the peak of memory under 1 GiB at full length."""
        vectors = self._model.encode(
            list(texts),
            prompt="query: ",
            batch_size=batch_size,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)
