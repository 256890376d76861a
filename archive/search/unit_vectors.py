"""The stored vectors as one matrix: kept as a memory-mapped file beside the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_cache: dict[tuple[str, str], VectorMatrix] = {}
_lock = Lock()
_KEPT_FROM = 5000  # so many vectors are worth a file


@dataclass(frozen=True, slots=True)
class VectorMatrix:
    """Unit vectors and the notice that each belongs to, as of one state of the archive."""

    stamp: str
    notice_ids: np.ndarray
    vectors: np.ndarray

    def nearest(
        self, vector: np.ndarray, count: int, allowed: set[int] | None = None
    ) -> list[tuple[int, float]]:
        """The notices closest to a query vector with their cosine, best first; a notice counts
        by its best passage."""
        import numpy as np

        if not len(self.notice_ids) or vector.size != self.vectors.shape[1]:
            return []
        query = vector.astype(np.float32).ravel()
        length = float(np.linalg.norm(query))
        if not length or not np.isfinite(length):
            return []
        scores = self.vectors @ (query / length)
        if allowed is not None:
            inside = np.isin(self.notice_ids, np.fromiter(allowed, dtype=np.int64))
            scores = np.where(inside, scores, -np.inf)
        reach = min(len(scores), count * 8)
        order = np.argpartition(-scores, reach - 1)[:reach]
        order = order[np.argsort(-scores[order], kind="stable")]
        best: dict[int, float] = {}
        for index in order:
            if np.isfinite(scores[index]):
                best.setdefault(int(self.notice_ids[index]), float(scores[index]))
            if len(best) == count:
                break
        return list(best.items())


def kept_matrix(
    path: str, encoder: str, stamp: str, read: Callable[[], VectorMatrix]
) -> VectorMatrix:
    """The matrix of one encoder as of a stamp: from memory, from the file beside ``path`` (an
    archive without one has it empty), or read."""
    with _lock:
        known = _cache.get((path, encoder))
        if known is not None and known.stamp == stamp and path:
            return known
        matrix = _from_file(path, encoder, stamp)
        if matrix is None:
            matrix = read()
            if path and len(matrix.notice_ids) > _KEPT_FROM and _keep(path, encoder, matrix):
                matrix = _from_file(path, encoder, stamp) or matrix
        _cache[path, encoder] = matrix
    return matrix


def gathered(stamp: str, size: int, count: int, rows: Iterable[tuple[int, bytes]]) -> VectorMatrix:
    """The matrix of (notice, vector of ``size`` bytes): they may fill much of the memory."""
    import numpy as np

    ids = np.zeros(count, dtype=np.int64)
    vectors = np.zeros((count, size // 4), dtype=np.float32)
    filled = 0
    for filled, (notice, blob) in enumerate(rows, 1):
        ids[filled - 1] = notice
        vectors[filled - 1] = np.frombuffer(blob, dtype="<f4")
    ids, vectors = ids[:filled], vectors[:filled]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    return VectorMatrix(stamp, ids, vectors)


def _file(path: str, encoder: str, stamp: str) -> Path:
    name = hashlib.sha256(encoder.encode()).hexdigest()[:12]
    return Path(path).with_name(f"{Path(path).stem}-vectors-{name}-{stamp}.npy")


def _from_file(path: str, encoder: str, stamp: str) -> VectorMatrix | None:
    import numpy as np

    if not path:
        return None
    file = _file(path, encoder, stamp)
    try:
        vectors = np.load(file, mmap_mode="r")
        ids = np.load(file.with_suffix(".ids.npy"))
    except (OSError, ValueError, EOFError):
        return None
    return VectorMatrix(stamp, ids, vectors) if len(ids) == len(vectors) else None


def _keep(path: str, encoder: str, matrix: VectorMatrix) -> bool:
    """Write the file for other processes; a folder that cannot be written does without."""
    import numpy as np

    file = _file(path, encoder, matrix.stamp)
    older = file.name.rsplit("-", 1)[0]
    try:
        for name, array in (
            (file.with_suffix(".ids.npy"), matrix.notice_ids),
            (file, matrix.vectors),
        ):
            part = name.with_suffix(".part.npy")
            np.save(part, array)
            part.replace(name)
        for stale in file.parent.glob(f"{older}-*.npy"):
            if f"-{matrix.stamp}." not in stale.name:
                stale.unlink(missing_ok=True)
    except OSError:
        return False
    return True
