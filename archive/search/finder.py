"""Find the notices of one query: candidates of the index, checked against the stored texts."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.ports import Database, Place, SearchCandidates, SearchIndex
from archive.search.cursors import write_cursor
from archive.search.notice_text import NoticeText
from archive.search.query import Query, Term
from archive.search.results import hits_of
from domain.records.search_hit import SearchHit

POOL = 200  # how many of each list are fused
RANKED = 240  # how many of the newest candidates are ranked
_CHECK_ALL = 100  # so many uncertain candidates are all checked for an exact total
_SAMPLE = 40  # so many of the newest notices say how common a single character is
_SCAN = 250  # so many notices are read rather than asking the index


@dataclass
class CandidateFinder:
    """One search: its candidates, the exact check, totals."""

    db: Database
    index: SearchIndex
    candidates: SearchCandidates
    deadline: float  # of checking texts, by time.perf_counter
    total: int = 0
    shown: Query | None = None  # what is marked in the hits, if not the query
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
        following = write_cursor({"after": last}) if last else None
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
        following = write_cursor({"after": shown[-1]})
        return [(notice, self.score(notice)) for _, notice in shown], self.total, following

    def ranked(self) -> list[tuple[int, float]]:
        """The best of the newest candidates by how often and where the terms stand."""
        if not self.query.groups:
            return []
        scanned = self._scan(RANKED, None)
        if scanned is not None:
            return sorted(scanned[0], key=lambda item: -item[1])[:POOL]
        candidates, count = self.candidates.newest_first(None)
        scored = []
        refused = 0
        for _, notice in self._prefetched(candidates, RANKED):
            if self._passes(notice):
                scored.append((notice, self.score(notice)))
            else:
                refused += 1
                self._texts.pop(notice, None)
            if len(scored) >= RANKED or time.perf_counter() > self.deadline:
                break
        self.total = max(count - refused, len(scored))
        return sorted(scored, key=lambda item: -item[1])[:POOL]

    def let_through(self) -> set[int] | None:
        """The notices that filters and required words let through; None for all."""
        if not (self.query.groups or self.query.without):
            return self.candidates.allowed()
        found: set[int] = set()
        places, _ = self.candidates.newest_first(None)
        for _, notice in self._prefetched(places, RANKED):
            if self._passes(notice):
                found.add(notice)
            if len(found) >= RANKED or time.perf_counter() > self.deadline:
                break
        return found

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
        return hits_of(self.db, self.shown or self.query, found, self._texts)

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
