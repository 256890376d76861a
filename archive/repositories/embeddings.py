"""Embeddings of notices as float32 bytes, by encoder; the archive never computes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.backends.sqlite.connection import Connected


class Embeddings(Connected):
    def save_vectors(self, notice_id: int, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Replace a notice's vectors of an encoder. Places are ``title`` or passages'."""
        if not vectors:
            return
        with self.write_tx():
            self._run(
                "DELETE FROM vectors WHERE notice_id = ? AND encoder = ?", (notice_id, encoder)
            )
            for place, vector in vectors.items():
                kind = "title" if place == "title" else "passage"
                self._run(
                    "INSERT INTO vectors VALUES (?,?,?,?,?)",
                    (encoder, kind, notice_id, place, vector),
                )

    def vectors(self, encoder: str, kind: str = "title") -> tuple[Sequence[int], bytes]:
        """Notice ids and, side by side in their order, the vectors (``title`` or ``passage``)."""
        rows = self._rows(
            "SELECT notice_id, vector FROM vectors WHERE encoder = ? AND kind = ?"
            " ORDER BY notice_id, place",
            (encoder, kind),
        )
        return [row["notice_id"] for row in rows], b"".join(row["vector"] for row in rows)
