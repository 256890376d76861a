"""Search: the index proposes, the exact check over the stored text decides, newest first.

Three modes: ``text`` (the words of the query), ``meaning`` (nearest stored vectors), ``hybrid``
(both, by reciprocal rank fusion). The query vector comes from outside: the archive knows no
encoder.
"""

from __future__ import annotations

import base64
import json
import math
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from archive.facets import facet_counts, matching
from archive.highlight import highlight, snippet
from archive.query import Query, Term, parse_query
from archive.records import Hit, SearchResult
from archive.search_filters import Filters, Where, where_of
from archive.search_index import (
    CHUNK,
    NoticeText,
    batches,
    create_search_tables,
    index_notice,
    index_problems,
    notice_texts,
    rebuild_index,
    reindex_notice,
    remove_notice,
)
from archive.vectors import vector_matrix

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "Filters",
    "create_search_tables",
    "highlight",
    "index_notice",
    "index_problems",
    "parse_query",
    "rebuild_index",
    "reindex_notice",
    "remove_notice",
    "search",
    "snippet",
]

Mode = Literal["text", "meaning", "hybrid"]
Order = Literal["newest", "rank"]
FUSION_K = 60
_POOL = 200  # how many of each list are fused
_RANKED = 240  # how many of the newest candidates are ranked
_SMALL = 1000  # so many candidates are sorted at once; more are read month by month
_CHECK_ALL = 100  # so many uncertain candidates are all checked for an exact total
_SAMPLE = 40  # so many of the newest notices say how common a single character is
_SCAN = 250  # so many notices are read rather than asking the index
_DIRECT = 300  # so few notices are read without asking the index
_Place = tuple[str, int]  # day of publication, notice id


def search(
    conn: sqlite3.Connection,
    query: str,
    *,
    vector: np.ndarray | None = None,
    encoder_id: str = "",
    mode: Mode = "text",
    filters: Filters | None = None,
    limit: int = 20,
    cursor: str | None = None,
    order: Order = "newest",
    facets: bool = False,
) -> SearchResult:
    """Find notices. Without a ``vector`` every mode falls back to ``text``.

    ``total`` is exact while few notices fit; for many it counts what the index proposes. An
    empty query lists everything that the filters let through. ``cursor`` is ``next_cursor`` of
    the page before. ``facets`` counts topic, jurisdiction, year and severity over all hits.
    """
    start = time.perf_counter()
    parsed = parse_query(query.encode(errors="ignore").decode())
    where = where_of(filters or Filters(), parsed)
    limit = max(1, min(limit, 2000))
    used: Mode = mode if vector is not None and encoder_id else "text"
    finder = _Finder(conn, parsed, where)
    if used == "text" and order == "newest":
        found, total, following = finder.newest(limit, _read_cursor(cursor))
    else:
        meaning = []
        if used != "text" and vector is not None:
            nearest = vector_matrix(conn, encoder_id).nearest(vector, _POOL, finder.allowed())
            meaning = [(notice, score) for notice, score in nearest if finder.stands(notice)]
        ranked = finder.ranked() if used != "meaning" else []
        fused = (
            ranked if used == "text" else meaning if used == "meaning" else fuse(ranked, meaning)
        )
        offset = _read_offset(cursor)
        found, total = fused[offset : offset + limit], max(len(fused), finder.total)
        more = offset + limit < len(fused)
        following = _write_cursor({"offset": offset + limit}) if more else None
    result = SearchResult(
        query=query,
        mode=used,
        total=total,
        took_ms=0.0,
        hits=finder.hits(found),
        facets=finder.facets(found if used == "meaning" else None) if facets else {},
        next_cursor=following,
    )
    return replace(result, took_ms=round((time.perf_counter() - start) * 1000, 2))


def fuse(*rankings: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion (k = 60) of ranked lists of (notice, score)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, (notice, _) in enumerate(ranking, 1):
            scores[notice] = scores.get(notice, 0.0) + 1 / (FUSION_K + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], -item[0]))


# ------------------------------------------------------------------ finding


@dataclass
class _Finder:
    """One search over one connection: candidates, exact check, totals."""

    conn: sqlite3.Connection
    query: Query
    where: Where
    total: int = 0
    _texts: dict[int, NoticeText] = field(default_factory=dict)
    _allowed: set[int] | None = None
    _counted: int | None = None
    _proposed: int | None = None  # how many candidates the first page was chosen from

    def allowed(self) -> set[int] | None:
        """The notices that the filters let through; None for all."""
        if not self.where:
            return None
        if self._allowed is None:
            sql = f"SELECT n.id FROM notices n WHERE {self.where.sql}"  # noqa: S608 placeholders
            self._allowed = {row[0] for row in self.conn.execute(sql, self.where.values)}
        return self._allowed

    def newest(
        self, limit: int, after: _Place | None
    ) -> tuple[list[tuple[int, float]], int, str | None]:
        scanned = self._scan(limit, after)
        if scanned is not None:
            self._proposed = scanned[1] if after is None else None
            return scanned
        candidates, count = self._candidates(after)
        if after is None:
            self._proposed = count
        check_all = count <= _CHECK_ALL and not self.query.precise and after is None
        found: list[_Place] = []
        refused = 0
        for place in self._prefetched(candidates, limit):
            if after is not None and place >= after:
                continue
            if len(found) > limit and not check_all:
                break
            if self._passes(place[1]):
                found.append(place)
            else:
                refused += 1
        self.total = len(found) if check_all else max(count - refused, len(found))
        shown = found[:limit]
        following = _write_cursor({"after": shown[-1]}) if len(found) > limit else None
        return [(notice, self.score(notice)) for _, notice in shown], self.total, following

    def _scan(
        self, limit: int, after: _Place | None
    ) -> tuple[list[tuple[int, float]], int, str | None] | None:
        """A single character that stands in most notices: reading the newest ones is quicker
        than asking the index for all words that begin with it. ``total`` is then estimated.
        None if it is not that common."""
        if not self.query.single_character or self.where or limit > _SCAN:
            return None
        found: list[_Place] = []
        seen = 0
        for place in self._prefetched(self._everything(after), _SAMPLE):
            seen += 1
            if self._passes(place[1]):
                found.append(place)
            if len(found) > limit:
                break
            if seen == _SAMPLE and len(found) * _SCAN < (limit + 1) * _SAMPLE:
                return None
        if len(found) <= limit:
            return None
        self.total = round(self._count_everything() * len(found) / seen)
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
        candidates, count = self._candidates(None)
        scored = []
        refused = 0
        for _, notice in self._prefetched(candidates, _RANKED):
            if self._passes(notice):
                scored.append((notice, self.score(notice)))
            else:
                refused += 1
            if len(scored) >= _RANKED:
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

    # -- candidates

    def _candidates(self, after: _Place | None) -> tuple[Iterator[_Place], int]:
        """Notices that may fit, newest first, and how many."""
        allowed = self.allowed()
        expression = self.query.expression()
        if allowed is not None and len(allowed) <= _DIRECT:
            places = self._places(sorted(allowed), "notice_id")
            return iter(sorted(places, reverse=True)), len(places)
        if expression is None:
            return self._everything(after), self._count_everything()
        most = -1 if expression.endswith("*)") else _SMALL + 1  # a prefix is costly to ask twice
        rows = [
            row[0]
            for row in self.conn.execute(
                "SELECT rowid FROM notice_index WHERE notice_index MATCH ? LIMIT ?",
                (expression, most),
            )
        ]
        if len(rows) <= _SMALL:
            places = [p for p in self._places(rows, "row") if allowed is None or p[1] in allowed]
            return iter(sorted(places, reverse=True)), len(places)
        if most < 0:
            return self._sorted_by_month(rows), self._standing(rows)
        return self._by_month(expression, after), self._count(expression)

    def _places(self, keys: Sequence[int], column: str) -> list[_Place]:
        places: list[_Place] = []
        for some in batches(keys, 500):
            marks = ",".join("?" * len(some))
            sql = f"SELECT published, notice_id FROM search_rows WHERE {column} IN ({marks})"  # noqa: S608
            places += [(row[0], row[1]) for row in self.conn.execute(sql, some)]
        return places

    def _by_month(self, expression: str, after: _Place | None) -> Iterator[_Place]:
        """Candidates of a common query: one month after the other, the newest first."""
        allowed = self.allowed()
        last = min(self.where.last_month, after[0][:7] if after else "9999")
        chunks = self.conn.execute(
            "SELECT month, chunk FROM search_chunks WHERE month BETWEEN ? AND ? "
            "ORDER BY month DESC, chunk",
            (self.where.first_month, last),
        ).fetchall()
        months: dict[str, list[int]] = {}
        for month, chunk in chunks:
            months.setdefault(month, []).append(chunk)
        for ranges in months.values():
            places: list[_Place] = []
            for chunk in ranges:
                rows = self.conn.execute(
                    "SELECT r.published, r.notice_id FROM notice_index f "
                    "JOIN search_rows r ON r.row = f.rowid "
                    "WHERE f.notice_index MATCH ? AND f.rowid BETWEEN ? AND ?",
                    (expression, chunk * CHUNK, chunk * CHUNK + CHUNK - 1),
                )
                places += [(row[0], row[1]) for row in rows]
            for place in sorted(places, reverse=True):
                if allowed is None or place[1] in allowed:
                    yield place

    def _sorted_by_month(self, rows: Sequence[int]) -> Iterator[_Place]:
        """All rows of a query, read month by month, the newest first."""
        allowed = self.allowed()
        months = dict(self.conn.execute("SELECT chunk, month FROM search_chunks").fetchall())
        by_month: dict[str, list[int]] = {}
        for row in rows:
            by_month.setdefault(months[row // CHUNK], []).append(row)
        for month in sorted(by_month, reverse=True):
            for place in sorted(self._places(by_month[month], "row"), reverse=True):
                if allowed is None or place[1] in allowed:
                    yield place

    def _standing(self, rows: Sequence[int]) -> int:
        """How many of the index's rows still belong to a notice that the filters let through."""
        stale = self.conn.execute(_STALE).fetchone()[0]
        if not stale and not self.where:
            return len(rows)
        allowed = self.allowed()
        return sum(allowed is None or p[1] in allowed for p in self._places(rows, "row"))

    def _everything(self, after: _Place | None) -> Iterator[_Place]:
        allowed = self.allowed()
        rows = self.conn.execute(
            "SELECT published, notice_id FROM search_rows WHERE (published, notice_id) < (?, ?) "
            "ORDER BY published DESC, notice_id DESC",
            after or ("9999", 0),
        )
        for published, notice in rows:
            if allowed is None or notice in allowed:
                yield published, notice

    def _count_everything(self) -> int:
        allowed = self.allowed()
        if allowed is not None:
            return len(allowed)
        return int(self.conn.execute("SELECT count(*) FROM search_rows").fetchone()[0])

    def _count(self, expression: str) -> int:
        """How many notices the index proposes that the filters let through."""
        if self._counted is None:
            self._counted = self._counted_anew(expression)
        return self._counted

    def _counted_anew(self, expression: str) -> int:
        if self.where:
            return matching(self.conn, expression, self.allowed())
        stale = self.conn.execute(_STALE).fetchone()[0]
        sql = "SELECT count(*) FROM notice_index f "
        if stale:
            sql += "JOIN search_rows r ON r.row = f.rowid "
        sql += "WHERE f.notice_index MATCH ?"
        return int(self.conn.execute(sql, (expression,)).fetchone()[0])

    def _prefetched(self, places: Iterator[_Place], limit: int) -> Iterator[_Place]:
        """The same places, with their texts read some at a time."""
        size = min(max(limit + 1, 20), 100)
        some: list[_Place] = []
        for place in places:
            some.append(place)
            if len(some) == size:
                self._load([notice for _, notice in some])
                yield from some
                some = []
        self._load([notice for _, notice in some])
        yield from some

    def _load(self, ids: Sequence[int]) -> None:
        self._texts.update(notice_texts(self.conn, [i for i in ids if i not in self._texts]))

    # -- results

    def hits(self, found: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
        ids = [notice for notice, _ in found]
        self._load(ids)
        rows: dict[int, tuple[Any, ...]] = {}
        labels: dict[int, list[str]] = {}
        for some in batches(ids, 500):
            marks = ",".join("?" * len(some))
            rows.update({r[0]: r for r in self.conn.execute(_SHOWN.format(marks), some)})
            for notice, topic in self.conn.execute(_TOPICS.format(marks), some):
                labels.setdefault(notice, []).append(topic)
        return tuple(
            self._hit(rows[notice], score, labels.get(notice, []))
            for notice, score in found
            if notice in rows
        )

    def _hit(self, row: tuple[Any, ...], score: float, labels: list[str]) -> Hit:
        notice, title, title_en, url, published, number, jurisdiction = row
        text = self._texts.get(notice)
        body = (text.body or text.title) if text else ""
        return Hit(
            id=notice,
            title=title,
            title_en=title_en,
            snippet=snippet(body, self.query, marks=("", "")),
            score=score,
            url=url,
            published=date.fromisoformat(published[:10]) if published else None,
            document_number=number,
            jurisdiction=jurisdiction,
            labels=tuple(dict.fromkeys(labels)),
        )

    def facets(self, only: Sequence[tuple[int, float]] | None) -> dict[str, dict[str, int]]:
        """Counts over all candidates (``only``: over these notices)."""
        if only is not None:
            ids = [notice for notice, _ in only]
        else:
            if (self._proposed or 0) > _CHECK_ALL:
                return facet_counts(self.conn, self.query.expression(), self.allowed())
            places, count = self._candidates(None)
            if count > _CHECK_ALL:
                return facet_counts(self.conn, self.query.expression(), self.allowed())
            ids = [notice for _, notice in places]
            if count <= _CHECK_ALL and not self.query.precise:
                self._load(ids)
                ids = [notice for notice in ids if self._passes(notice)]
        counts: dict[str, dict[str, int]] = {}
        for name, sql in _FACETS.items():
            counted: dict[str, int] = {}
            for value, number in self.conn.execute(sql, (json.dumps(ids),)):
                if value:
                    counted[str(value)] = number
            counts[name] = counted
        return counts


_STALE = "SELECT value FROM search_state WHERE key = 'stale'"
_SHOWN = (
    "SELECT id, title, title_en, url, coalesce(published, date(first_seen)), document_number, "
    "jurisdiction FROM notices WHERE id IN ({})"
)
_TOPICS = "SELECT notice_id, topic FROM labels WHERE notice_id IN ({}) ORDER BY score DESC"
_FACETS = {
    "topic": "SELECT topic, count(DISTINCT notice_id) c FROM labels "
    "WHERE notice_id IN (SELECT value FROM json_each(?)) GROUP BY topic ORDER BY c DESC, topic",
    "jurisdiction": "SELECT jurisdiction, count(*) c FROM notices WHERE id IN "
    "(SELECT value FROM json_each(?)) GROUP BY jurisdiction ORDER BY c DESC, jurisdiction",
    "year": "SELECT substr(coalesce(published, first_seen), 1, 4) y, count(*) FROM notices "
    "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY y ORDER BY y DESC",
    "severity": "SELECT severity, count(*) c FROM notices WHERE id IN "
    "(SELECT value FROM json_each(?)) GROUP BY severity ORDER BY c DESC, severity",
}


def _weight(term: Term, text: NoticeText) -> float:
    body = text.body.count(term.text)
    weight = math.log1p(body)
    if term.field != "body" and term.text in text.title:
        weight += 3.0
    if term.text in text.numbers:
        weight += 5.0
    return weight or 0.5


# ------------------------------------------------------------------ cursors


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


def _read_cursor(cursor: str | None) -> _Place | None:
    after = _cursor(cursor).get("after")
    if isinstance(after, list) and len(after) == 2 and isinstance(after[1], int):
        return str(after[0]), after[1]
    return None


def _read_offset(cursor: str | None) -> int:
    offset = _cursor(cursor).get("offset", 0)
    return offset if isinstance(offset, int) and offset > 0 else 0
