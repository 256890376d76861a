"""The stored vectors of a SQLite archive as one matrix."""

from __future__ import annotations

import sqlite3

from archive.search.unit_vectors import VectorMatrix, gathered, kept_matrix


def vector_matrix(conn: sqlite3.Connection, encoder: str) -> VectorMatrix:
    """The vectors of one encoder; read anew only after vectors were stored or removed."""
    path = next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")
    value = conn.execute("SELECT value FROM search_state WHERE key = 'vectors'").fetchone()
    stamp = str(value[0] if value else 0)
    return kept_matrix(path, encoder, stamp, lambda: _read(conn, encoder, stamp))


def _read(conn: sqlite3.Connection, encoder: str, stamp: str) -> VectorMatrix:
    count, size = conn.execute(
        "SELECT count(*), coalesce(max(length(vector)), 4) FROM vectors WHERE encoder = ?",
        (encoder,),
    ).fetchone()
    rows = conn.execute(
        "SELECT notice_id, vector FROM vectors "
        "WHERE encoder = ? AND length(vector) = ? ORDER BY kind, notice_id, place LIMIT ?",
        (encoder, size, count),
    )
    return gathered(stamp, size, count, rows)
