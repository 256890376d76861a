"""Vectors of acts, by encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.ports import Database


class Embeddings:
    """Vectors of acts, by encoder."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, notice_id: int, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Replace a notice's vectors of an encoder. Places are ``title`` or passages'."""
        if not vectors:
            return
        with self._db.transaction():
            self._db.run(
                "DELETE FROM vectors WHERE notice_id = ? AND encoder = ?", (notice_id, encoder)
            )
            for place, vector in vectors.items():
                kind = "title" if place == "title" else "passage"
                self._db.run(
                    "INSERT INTO vectors VALUES (?,?,?,?,?)",
                    (encoder, kind, notice_id, place, vector),
                )

    def of_notice(self, encoder: str, kind: str = "title") -> tuple[Sequence[int], bytes]:
        """Notice ids and, side by side in their order, the vectors (``title`` or ``passage``)."""
        rows = self._db.rows(
            "SELECT notice_id, vector FROM vectors WHERE encoder = ? AND kind = ?"
            " ORDER BY notice_id, place",
            (encoder, kind),
        )
        return [row["notice_id"] for row in rows], b"".join(row["vector"] for row in rows)

    def passages_of(self, notice_id: int, encoder: str) -> dict[str, bytes]:
        """The vectors of a notice's passages, by their places (:meth:`save`)."""
        rows = self._db.rows(
            "SELECT place, vector FROM vectors WHERE notice_id = ? AND encoder = ?"
            " AND kind = 'passage'",
            (notice_id, encoder),
        )
        return {row["place"]: row["vector"] for row in rows}

    def any(self) -> bool:
        """Whether there is any vector at all."""
        return self._db.row("SELECT 1 FROM vectors LIMIT 1") is not None
