"""The search index and the vectors of a SQLite archive, behind their ports."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.backends.sqlite.connection import SqliteDatabase
from archive.backends.sqlite.english_cards import (
    cards_of,
    fill_cards,
    put_card,
    remove_card,
    with_stems,
)
from archive.backends.sqlite.search_candidates import SqliteCandidates, with_words
from archive.backends.sqlite.search_facets import facet_counts, facet_counts_of
from archive.backends.sqlite.search_index import (
    index_problems,
    notice_texts,
    query_expression,
    rebuild_index,
    reindex_notice,
    remove_notice,
)
from archive.backends.sqlite.vector_matrix import vector_matrix
from archive.errors import TAKES_TOO_LONG, SearchTooCostly
from archive.ports import Counts, Progress
from archive.search.english_card import EnglishCard
from archive.search.filters import Where
from archive.search.notice_text import NoticeText
from archive.search.query import Query

if TYPE_CHECKING:
    import numpy as np


_STEPS = 20_000  # instructions of SQLite between two looks at the clock


class SqliteSearchIndex:
    """Pairs of characters in a contentless FTS5 table; writes join the caller's transaction."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def put(self, notice_id: int) -> None:
        reindex_notice(self._database.connection, notice_id)
        put_card(self._database.connection, notice_id)

    def put_card(self, notice_id: int) -> None:
        put_card(self._database.connection, notice_id)

    def remove(self, notice_id: int) -> None:
        remove_notice(self._database.connection, notice_id)
        remove_card(self._database.connection, notice_id)

    def rebuild(self, progress: Progress | None = None) -> int:
        with self._database.transaction():
            count = rebuild_index(self._database.connection, progress)
            fill_cards(self._database.connection)
            return count

    def problems(self) -> list[str]:
        return index_problems(self._database.connection)

    def candidates(self, query: Query, where: Where) -> SqliteCandidates:
        return SqliteCandidates(self._database.connection, query, where)

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        connection = self._database.connection
        deadline = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise SearchTooCostly(TAKES_TOO_LONG) from error
        finally:
            connection.set_progress_handler(None, 0)

    def texts(self, notice_ids: Sequence[int]) -> dict[int, NoticeText]:
        return notice_texts(self._database.connection, notice_ids)

    def cards(self, notice_ids: Sequence[int]) -> dict[int, EnglishCard]:
        return cards_of(self._database.connection, notice_ids)

    def with_stems(self, stems: Sequence[str], most: int) -> list[int]:
        return with_stems(self._database.connection, stems, most)

    def with_words(self, keys: Sequence[str], most: int) -> list[int]:
        return with_words(self._database.connection, keys, most)

    def facet_counts(self, query: Query, allowed: set[int] | None) -> Counts:
        return facet_counts(self._database.connection, query_expression(query), allowed)

    def facet_counts_of(self, notice_ids: Sequence[int]) -> Counts:
        return facet_counts_of(self._database.connection, notice_ids)


class SqliteVectors:
    """All vectors of an encoder as one matrix in memory, or in a file beside the archive."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def nearest(
        self, encoder_id: str, vector: np.ndarray, count: int, allowed: set[int] | None
    ) -> list[tuple[int, float]]:
        matrix = vector_matrix(self._database.connection, encoder_id)
        return matrix.nearest(vector, count, allowed)
