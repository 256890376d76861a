"""Search: the index proposes, the exact check over the stored text decides, newest first.

Three modes: ``text`` (the words of the query), ``meaning`` (nearest stored vectors), ``hybrid``
(both, by reciprocal rank fusion). The query vector comes from outside: the archive knows no
encoder.
"""

from __future__ import annotations

import base64
import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from archive.errors import SearchTooCostly
from archive.ports import Database, Place, SearchCandidates, SearchIndex, VectorIndex
from archive.search.filters import Filters, where_of
from archive.search.notice_text import NoticeText
from archive.search.query import MOST_CHOICES, Query, Term, parse_query
from archive.search.results import hits_of
from domain.records.search_hit import SearchHit, SearchResult

if TYPE_CHECKING:
    import numpy as np

Mode = Literal["text", "meaning", "hybrid"]
Order = Literal["newest", "rank"]
FUSION_K = 60
_POOL = 200  # how many of each list are fused
_RANKED = 240  # how many of the newest candidates are ranked
_CHECK_ALL = 100  # so many uncertain candidates are all checked for an exact total
_SAMPLE = 40  # so many of the newest notices say how common a single character is
SECONDS = 3.0  # for all questions of one search to the index
CHECK_SECONDS = 1.0  # for the exact check; a page that has run out of it goes on with the next
_HITS = 100  # so many hits may take that long; a table of many more as many times as long
_SCAN = 250  # so many notices are read rather than asking the index


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """What is searched, and how much of it is wanted.

    Without a ``vector`` every mode falls back to ``text``. An empty query lists everything that
    the filters let through. ``cursor`` is ``next_cursor`` of the page before. ``facets`` counts
    topic, jurisdiction, year and severity over all hits.
    """

    query: str
    mode: Mode = "text"
    vector: np.ndarray | None = None
    encoder_id: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 20
    cursor: str | None = None
    order: Order = "newest"
    facets: bool = False

    @property
    def used_mode(self) -> Mode:
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
        parsed = parse_query(request.query.encode(errors="ignore").decode())
        if parsed.choices > MOST_CHOICES:
            raise SearchTooCostly(
                f"a search may have at most {MOST_CHOICES} alternatives, refused words and filters"
            )
        check = CHECK_SECONDS * max(1.0, request.limit / _HITS)
        with self.index.bounded(SECONDS + check):
            return self._answered(request, parsed, time.perf_counter() + check)

    def _answered(self, request: SearchRequest, parsed: Query, deadline: float) -> SearchResult:
        start = time.perf_counter()
        candidates = self.index.candidates(parsed, where_of(request.filters, parsed))
        finder = _Finder(self.db, self.index, candidates, deadline)
        limit = max(1, min(request.limit, 2000))
        used = request.used_mode
        if used == "text" and request.order == "newest":
            found, total, following = finder.newest(limit, _read_cursor(request.cursor))
        else:
            fused = self._fused(request, finder, candidates)
            offset = _read_offset(request.cursor)
            found, total = fused[offset : offset + limit], max(len(fused), finder.total)
            more = offset + limit < len(fused)
            following = _write_cursor({"offset": offset + limit}) if more else None
        result = SearchResult(
            query=request.query,
            mode=used,
            total=total,
            took_ms=0.0,
            hits=finder.hits(found),
            facets=finder.facets(found if used == "meaning" else None) if request.facets else {},
            next_cursor=following,
        )
        return replace(result, took_ms=round((time.perf_counter() - start) * 1000, 2))

    def _fused(
        self, request: SearchRequest, finder: _Finder, candidates: SearchCandidates
    ) -> list[tuple[int, float]]:
        """The whole ranking of a search by rank, by meaning or by both."""
        meaning: list[tuple[int, float]] = []
        if request.used_mode != "text" and request.vector is not None:
            nearest = self.vectors.nearest(
                request.encoder_id, request.vector, _POOL, candidates.allowed()
            )
            meaning = [(notice, score) for notice, score in nearest if finder.stands(notice)]
        if request.used_mode == "meaning":
            return meaning
        ranked = finder.ranked()
        return ranked if request.used_mode == "text" else fuse(ranked, meaning)


def fuse(*rankings: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion (k = 60) of ranked lists of (notice, score)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, (notice, _) in enumerate(ranking, 1):
            scores[notice] = scores.get(notice, 0.0) + 1 / (FUSION_K + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], -item[0]))


@dataclass
class _Finder:
    """One search: its candidates, the exact check, totals."""

    db: Database
    index: SearchIndex
    candidates: SearchCandidates
    deadline: float  # of checking texts, by time.perf_counter
    total: int = 0
    _texts: dict[int, NoticeText] = field(default_factory=dict)  # of those that may be shown
    _proposed: int | None = None  # how many candidates the first page was chosen from

    @property
    def query(self) -> Query:
        return self.candidates.query

    def newest(
        self, limit: int, after: Place | None
    ) -> tuple[list[tuple[int, float]], int, str | None]:
        scanned = self._scan(limit, after)
        if scanned is not None:
            self._proposed = scanned[1] if after is None else None
            return scanned
        candidates, count = self.candidates.newest_first(after)
        if after is None:
            self._proposed = count
        check_all = count <= _CHECK_ALL and not self.query.precise and after is None
        found: list[Place] = []
        refused = 0
        stopped: Place | None = None  # the last one looked at when the time was over
        for place in self._prefetched(candidates, limit):
            if after is not None and place >= after:
                continue
            if len(found) > limit and not check_all:
                break
            if self._passes(place[1]):
                found.append(place)
            else:
                refused += 1
                self._texts.pop(place[1], None)
            if time.perf_counter() > self.deadline:
                stopped = place
                break
        whole = check_all and stopped is None
        self.total = len(found) if whole else max(count - refused, len(found))
        shown = found[:limit]
        last = shown[-1] if len(found) > limit else stopped
        following = _write_cursor({"after": last}) if last else None
        return [(notice, self.score(notice)) for _, notice in shown], self.total, following

    def _scan(
        self, limit: int, after: Place | None
    ) -> tuple[list[tuple[int, float]], int, str | None] | None:
        """A single character that stands in most notices: reading the newest ones is quicker
        than asking the index for all words that begin with it. ``total`` is then estimated.
        None if it is not that common."""
        if not self.query.single_character or self.candidates.where or limit > _SCAN:
            return None
        found: list[Place] = []
        seen = 0
        for place in self._prefetched(self.candidates.everything(after), _SAMPLE):
            seen += 1
            if self._passes(place[1]):
                found.append(place)
            if len(found) > limit:
                break
            if seen == _SAMPLE and len(found) * _SCAN < (limit + 1) * _SAMPLE:
                return None
        if len(found) <= limit:
            return None
        self.total = round(self.candidates.count_everything() * len(found) / seen)
        shown = found[:limit]
        following = _write_cursor({"after": shown[-1]})
        return [(notice, self.score(notice)) for _, notice in shown], self.total, following

    def ranked(self) -> list[tuple[int, float]]:
        """The best of the newest candidates by how often and where the terms stand."""
        if not self.query.groups:
            return []
        scanned = self._scan(_RANKED, None)
        if scanned is not None:
            return sorted(scanned[0], key=lambda item: -item[1])[:_POOL]
        candidates, count = self.candidates.newest_first(None)
        scored = []
        refused = 0
        for _, notice in self._prefetched(candidates, _RANKED):
            if self._passes(notice):
                scored.append((notice, self.score(notice)))
            else:
                refused += 1
                self._texts.pop(notice, None)
            if len(scored) >= _RANKED or time.perf_counter() > self.deadline:
                break
        self.total = max(count - refused, len(scored))
        return sorted(scored, key=lambda item: -item[1])[:_POOL]

    def _passes(self, notice: int) -> bool:
        return not (self.query.groups or self.query.without) or (
            notice in self._texts and self.query.matches(self._texts[notice])
        )

    def stands(self, notice: int) -> bool:
        """A hit by meaning must still obey the query's minus words."""
        if not self.query.without:
            return True
        self._load([notice])
        text = self._texts.get(notice)
        return text is not None and not any(t.found_in(text) for t in self.query.without)

    def score(self, notice: int) -> float:
        """How often the terms stand in the text, damped; in the title they count most."""
        text = self._texts.get(notice)
        if text is None:
            return 0.0
        score = sum(_weight(term, text) for term in self.query.terms)
        return round(score / (1 + math.log10(1 + len(text.body) / 1500)), 4)

    # -- texts

    def _prefetched(self, places: Iterator[Place], limit: int) -> Iterator[Place]:
        """The same places, with their texts read some at a time."""
        size = min(max(limit + 1, 20), 100)
        some: list[Place] = []
        for place in places:
            some.append(place)
            if len(some) == size:
                self._load([notice for _, notice in some])
                yield from some
                some = []
        self._load([notice for _, notice in some])
        yield from some

    def _load(self, ids: Sequence[int]) -> None:
        self._texts.update(self.index.texts([i for i in ids if i not in self._texts]))

    # -- results

    def hits(self, found: Sequence[tuple[int, float]]) -> tuple[SearchHit, ...]:
        self._load([notice for notice, _ in found])
        return hits_of(self.db, self.query, found, self._texts)

    def facets(self, only: Sequence[tuple[int, float]] | None) -> dict[str, dict[str, int]]:
        """Counts over all candidates (``only``: over these notices)."""
        if only is not None:
            return self.index.facet_counts_of([notice for notice, _ in only])
        count = self._proposed or 0
        if count <= _CHECK_ALL:
            places, count = self.candidates.newest_first(None)
        if count > _CHECK_ALL:
            return self.index.facet_counts(self.query, self.candidates.allowed())
        ids = [notice for _, notice in places]
        if not self.query.precise:
            self._load(ids)
            ids = [notice for notice in ids if self._passes(notice)]
        return self.index.facet_counts_of(ids)


def _weight(term: Term, text: NoticeText) -> float:
    body = text.body.count(term.text)
    weight = math.log1p(body)
    if term.field != "body" and term.text in text.title:
        weight += 3.0
    if term.text in text.numbers:
        weight += 5.0
    return weight or 0.5


def _write_cursor(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _cursor(cursor: str | None) -> dict[str, Any]:
    """What a cursor holds; one that was tampered with starts from the top."""
    if not cursor:
        return {}
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _read_cursor(cursor: str | None) -> Place | None:
    after = _cursor(cursor).get("after")
    if isinstance(after, list) and len(after) == 2 and isinstance(after[1], int):
        return str(after[0]), after[1]
    return None


def _read_offset(cursor: str | None) -> int:
    offset = _cursor(cursor).get("offset", 0)
    return offset if isinstance(offset, int) and offset > 0 else 0
