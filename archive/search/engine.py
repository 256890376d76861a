"""Search: the index proposes, the exact check over the stored text decides, newest first.

Three modes: ``text`` (the words of the query), ``meaning`` (nearest stored vectors), ``hybrid``
(both, by reciprocal rank fusion). The query vector comes from outside: the archive knows no
encoder.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from archive.errors import SearchTooCostly
from archive.ports import Database, SearchCandidates, SearchIndex, VectorIndex
from archive.search.asked_ranking import AskedRanking, AskedWords
from archive.search.cursors import read_cursor, read_offset, write_cursor
from archive.search.filters import Filters, where_of
from archive.search.finder import POOL, CandidateFinder
from archive.search.highlighting import concept_terms
from archive.search.query import MOST_CHOICES, Query, parse_query
from domain.records.search_hit import SearchMode, SearchResult

if TYPE_CHECKING:
    import numpy as np

Order = Literal["newest", "rank"]
FUSION_K = 60
SECONDS = 3.0  # for all questions of one search to the index
CHECK_SECONDS = 1.0  # for the exact check; a page that has run out of it goes on with the next
_HITS = 100  # so many hits may take that long; a table of many more as many times as long


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """What is searched, and how much of it is wanted.

    Without a ``vector`` every mode falls back to ``text``. An empty query lists everything that
    the filters let through. ``cursor`` is ``next_cursor`` of the page before. ``facets`` counts
    topic, jurisdiction, year and severity over all hits. ``auto`` ranks by ``asked``, within
    what ``required`` lets through.
    """

    query: str
    mode: SearchMode = "text"
    asked: AskedWords | None = None
    required: Query | None = None
    vector: np.ndarray | None = None
    encoder_id: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 20
    cursor: str | None = None
    order: Order = "newest"
    facets: bool = False

    @property
    def used_mode(self) -> SearchMode:
        if self.mode == "auto" and self.asked is not None:
            return "auto"
        return self.mode if self.vector is not None and self.encoder_id else "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """Find notices over an index, their vectors and their stored texts."""

    db: Database
    index: SearchIndex
    vectors: VectorIndex

    def __call__(self, request: SearchRequest) -> SearchResult:
        """A page of hits. ``total`` is exact while few notices fit; for many it counts what the
        index proposes."""
        parsed = request.required or parse_query(request.query.encode(errors="ignore").decode())
        if parsed.choices > MOST_CHOICES:
            raise SearchTooCostly(
                f"a search may have at most {MOST_CHOICES} alternatives, refused words and filters"
            )
        check = CHECK_SECONDS * max(1.0, request.limit / _HITS)
        with self.index.bounded(SECONDS + check):
            return self._answered(request, parsed, time.perf_counter() + check)

    def _answered(self, request: SearchRequest, parsed: Query, deadline: float) -> SearchResult:
        start = time.perf_counter()
        candidates = self.index.candidates(
            parsed, where_of(request.filters, parsed, self.db.dialect)
        )
        finder = CandidateFinder(self.db, self.index, candidates, deadline)
        limit = max(1, min(request.limit, 2000))
        used = request.used_mode
        fused: list[tuple[int, float]] = []
        if request.asked is not None and used == "auto":
            finder.shown = _shown_terms(request.asked, parsed)
        if _is_listed(request):
            found, total, following = finder.newest(limit, read_cursor(request.cursor))
        else:
            fused = self._fused(request, finder, candidates)
            offset = read_offset(request.cursor)
            found, total = fused[offset : offset + limit], max(len(fused), finder.total)
            more = offset + limit < len(fused)
            following = write_cursor({"offset": offset + limit}) if more else None
        result = SearchResult(
            query=request.query,
            mode=used,
            total=total,
            took_ms=0.0,
            hits=finder.hits(found),
            facets=finder.facets(self._only(request, found, fused)) if request.facets else {},
            next_cursor=following,
        )
        return replace(result, took_ms=round((time.perf_counter() - start) * 1000, 2))

    def _fused(
        self, request: SearchRequest, finder: CandidateFinder, candidates: SearchCandidates
    ) -> list[tuple[int, float]]:
        """The whole ranking of a search by rank, by meaning, by both or as a question."""
        if request.asked is not None and request.used_mode == "auto":
            return self._asked(request, request.asked, finder)
        meaning: list[tuple[int, float]] = []
        if request.used_mode != "text" and request.vector is not None:
            nearest = self.vectors.nearest(
                request.encoder_id, request.vector, POOL, candidates.allowed()
            )
            meaning = [(notice, score) for notice, score in nearest if finder.stands(notice)]
        if request.used_mode == "meaning":
            return meaning
        ranked = finder.ranked()
        return ranked if request.used_mode == "text" else fuse(ranked, meaning)

    def _asked(
        self, request: SearchRequest, asked: AskedWords, finder: CandidateFinder
    ) -> list[tuple[int, float]]:
        ranking = AskedRanking(db=self.db, index=self.index, vectors=self.vectors)
        ranked = ranking.ranked(asked, finder.let_through())
        finder.total = len(ranked)
        if request.order == "rank":
            return ranked
        days = self._published([notice for notice, _ in ranked])
        return sorted(ranked, key=lambda item: (days.get(item[0], ""), item[0]), reverse=True)

    def _published(self, notices: Sequence[int]) -> dict[int, str]:
        marks = ",".join("?" * len(notices))
        sql = f"SELECT notice_id, published FROM search_rows WHERE notice_id IN ({marks})"  # noqa: S608
        return {row[0]: row[1] for row in self.db.rows(sql, notices)}

    @staticmethod
    def _only(
        request: SearchRequest,
        found: Sequence[tuple[int, float]],
        fused: Sequence[tuple[int, float]],
    ) -> Sequence[tuple[int, float]] | None:
        """The notices whose facets are counted, where they are not all that the index proposes."""
        if request.used_mode == "auto" and not _is_listed(request):
            return fused
        return found if request.used_mode == "meaning" else None


def _is_listed(request: SearchRequest) -> bool:
    """Whether everything that fits is listed, newest first, without a ranking."""
    if request.used_mode == "auto":
        return request.asked is not None and not request.asked.concepts
    return request.used_mode == "text" and request.order == "newest"


def _shown_terms(asked: AskedWords, required: Query) -> Query:
    """What is marked in the hits of a question."""
    terms = concept_terms(asked.concepts)
    return Query((*required.groups, terms) if terms else required.groups)


def fuse(*rankings: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion (k = 60) of ranked lists of (notice, score)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, (notice, _) in enumerate(ranking, 1):
            scores[notice] = scores.get(notice, 0.0) + 1 / (FUSION_K + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], -item[0]))
