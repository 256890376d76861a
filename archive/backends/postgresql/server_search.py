"""The search index of a PostgreSQL archive: hashes of pieces of text, in an array with GIN.

The pieces are those of :mod:`archive.search.tokens`, so that this index proposes what SQLite's
does; the exact check over the stored text decides (:mod:`archive.search.engine`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg

from archive.backends.postgresql.gram_hashes import gram_condition, grams_of
from archive.backends.postgresql.server_candidates import ServerCandidates
from archive.backends.postgresql.server_connection import PostgresDatabase
from archive.backends.postgresql.server_facets import server_facets, server_facets_of
from archive.backends.postgresql.table_statements import USABLE_INDEXES, index_statements
from archive.backends.shape_reader import schema_shape
from archive.errors import TAKES_TOO_LONG, SearchTooCostly
from archive.ports import Counts, Progress
from archive.search.english_card import EnglishCard
from archive.search.filters import Where
from archive.search.notice_text import NoticeText, batches
from archive.search.query import Query
from archive.search.stored_texts import stored_texts, written_cards
from archive.search.tokens import asked_tokens
from archive.search.unit_vectors import VectorMatrix, gathered, kept_matrix
from domain.text.normalization import search_key

if TYPE_CHECKING:
    import numpy as np

_PUT = (
    "INSERT INTO search_rows (notice_id, published, grams) VALUES (?, ?, ?::integer[])"
    " ON CONFLICT (notice_id) DO UPDATE SET published = excluded.published,"
    " grams = excluded.grams"
)
_MEMORY_FOR_INDEXES = "SET LOCAL maintenance_work_mem = '256MB'"
_PUT_CARD = (
    "INSERT INTO search_cards (notice_id, title, words, stems) VALUES (?, ?, ?, ?::text[])"
    " ON CONFLICT (notice_id) DO UPDATE SET title = excluded.title, words = excluded.words,"
    " stems = excluded.stems"
)
# The planner thinks that reading every row were cheap: it does not see how long the arrays are.
_BOUNDED = (
    "SELECT set_config('statement_timeout', ?, false), set_config('enable_seqscan', ?, false)"
)


class ServerSearchIndex:
    """See :class:`archive.ports.SearchIndex`; writes join the caller's transaction."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def put(self, notice_id: int) -> None:
        self._put_text(notice_id)
        self.put_card(notice_id)

    def _put_text(self, notice_id: int) -> None:
        text = self.texts([notice_id]).get(notice_id)
        if text is None:
            self._database.run("DELETE FROM search_rows WHERE notice_id = ?", (notice_id,))
            return
        self._database.run(_PUT, (notice_id, text.published[:10], _grams(text)))

    def put_card(self, notice_id: int) -> None:
        self._put_cards([notice_id])

    def _put_cards(self, notice_ids: Sequence[int]) -> None:
        for notice, card in written_cards(self._database.rows, notice_ids):
            stems = list(dict.fromkeys(f"{card.title} {card.words}".split()))
            self._database.run(_PUT_CARD, (notice, card.title, card.words, stems))

    def remove(self, notice_id: int) -> None:
        self._database.run("DELETE FROM search_rows WHERE notice_id = ?", (notice_id,))
        self._database.run("DELETE FROM search_cards WHERE notice_id = ?", (notice_id,))

    def rebuild(self, progress: Progress | None = None) -> int:
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM search_rows LIMIT 1") is None:
                self._database.run("DROP INDEX IF EXISTS search_rows_by_gram")  # faster, made last
            self._database.run("DELETE FROM search_rows")
            self._database.run("DELETE FROM search_cards")
            ids = [row[0] for row in self._database.rows("SELECT id FROM notices ORDER BY id")]
            done = 0
            for some in batches(ids, 200):
                self._insert_texts(some)
                done += len(some)
                if progress:
                    progress(done, len(ids))
            self._put_cards(ids)
            self._database.run(_MEMORY_FOR_INDEXES)
            self._make_indexes()
            return len(ids)

    def _insert_texts(self, notice_ids: Sequence[int]) -> None:
        rows = [
            (notice_id, text.published[:10], _grams(text))
            for notice_id, text in self.texts(notice_ids).items()
        ]
        self._database.insert_rows("search_rows", ("notice_id", "published", "grams"), rows)

    def _make_indexes(self) -> None:
        """Those of all tables that are gone or were never finished."""
        there = {row[0] for row in self._database.rows(USABLE_INDEXES)}
        for name, statement in index_statements(schema_shape()).items():
            if name not in there:
                self._database.run(f"DROP INDEX IF EXISTS {name}")
                self._database.run(statement)

    def problems(self) -> list[str]:
        missing = self._database.value(
            "SELECT count(*) FROM notices WHERE id NOT IN (SELECT notice_id FROM search_rows)"
        )
        orphans = self._database.value(
            "SELECT count(*) FROM search_rows WHERE notice_id NOT IN (SELECT id FROM notices)"
        )
        counted = {
            f"{missing} notices are not in the search index; run rebuild-index": missing,
            f"{orphans} search rows name no notice; run rebuild-index": orphans,
        }
        return [sentence for sentence, count in counted.items() if count]

    def candidates(self, query: Query, where: Where) -> ServerCandidates:
        return ServerCandidates(self._database, query, where)

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        self._database.row(_BOUNDED, (f"{max(1, round(seconds * 1000))}", "off"))
        self._database.deadline = time.monotonic() + seconds
        try:
            yield
        except psycopg.errors.QueryCanceled as error:
            raise SearchTooCostly(TAKES_TOO_LONG) from error
        finally:
            self._database.deadline = None
            with suppress(psycopg.Error):
                self._database.row(_BOUNDED, ("0", "on"))

    def texts(self, notice_ids: Sequence[int]) -> dict[int, NoticeText]:
        return stored_texts(self._database.rows, notice_ids)

    def cards(self, notice_ids: Sequence[int]) -> dict[int, EnglishCard]:
        found: dict[int, EnglishCard] = {}
        sql = "SELECT notice_id, title, words FROM search_cards WHERE notice_id = ANY (?)"
        for some in batches(notice_ids, 500):
            for notice, title, words in self._database.rows(sql, (some,)):
                found[notice] = EnglishCard(title=title, words=words)
        return found

    def with_stems(self, stems: Sequence[str], most: int) -> list[int]:
        sql = "SELECT notice_id FROM search_cards WHERE stems @> ?::text[] LIMIT ?"
        return [row[0] for row in self._database.rows(sql, (list(stems), most))]

    def with_words(self, keys: Sequence[str], most: int) -> list[int]:
        asked = [one for key in keys if (one := asked_tokens(key))]
        if not asked:
            return []
        condition, values = gram_condition([asked])
        sql = f"SELECT notice_id FROM search_rows WHERE {condition} LIMIT ?"  # noqa: S608 (ours)
        return [row[0] for row in self._database.rows(sql, (*values, most))]

    def facet_counts(self, query: Query, allowed: set[int] | None) -> Counts:
        return server_facets(self._database, query, allowed)

    def facet_counts_of(self, notice_ids: Sequence[int]) -> Counts:
        return server_facets_of(self._database, notice_ids)


def _grams(text: NoticeText) -> str:
    """``{-12,7}``: an array's text, which the driver passes on as it is."""
    grams = grams_of(search_key(part) for part in (text.title, text.body, text.meta))
    return f"{{{','.join(map(str, grams))}}}"


class ServerVectors:
    """All vectors of an encoder as one matrix in memory, or in a file of the data folder."""

    def __init__(self, database: PostgresDatabase, kept_beside: str) -> None:
        self._database = database
        self._kept_beside = kept_beside

    def nearest(
        self, encoder_id: str, vector: np.ndarray, count: int, allowed: set[int] | None
    ) -> list[tuple[int, float]]:
        value = self._database.value("SELECT value FROM search_state WHERE key = 'vectors'")
        stamp = str(value or 0)
        matrix = kept_matrix(
            self._kept_beside, encoder_id, stamp, lambda: self._read(encoder_id, stamp)
        )
        return matrix.nearest(vector, count, allowed)

    def _read(self, encoder: str, stamp: str) -> VectorMatrix:
        counted = self._database.row(
            "SELECT count(*), coalesce(max(length(vector)), 4) FROM vectors WHERE encoder = ?",
            (encoder,),
        )
        assert counted is not None
        count, size = counted
        rows = self._database.stream(
            "SELECT notice_id, vector FROM vectors WHERE encoder = ? AND length(vector) = ?"
            " ORDER BY kind, notice_id, place LIMIT ?",
            (encoder, size, count),
        )
        return gathered(stamp, size, count, ((row[0], row[1]) for row in rows))
