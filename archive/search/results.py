"""Read what a search shows of the notices it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from archive.ports import Database, Row
from archive.search.highlighting import snippet
from archive.search.notice_text import NoticeText, batches
from archive.search.query import Query
from domain.records.search_hit import SearchHit

_SHOWN = (
    "SELECT id, title, title_en, url, coalesce(published, substr(first_seen, 1, 10)), "
    "document_number, jurisdiction, status, severity FROM notices WHERE id IN ({})"
)
_LOOKED_AT = 1_000_000  # characters of all texts together that are looked at for snippets
_LEAST = 2_000  # of each text
_TOPICS = "SELECT notice_id, topic FROM labels WHERE notice_id IN ({}) ORDER BY score DESC"


def hits_of(
    db: Database,
    query: Query,
    found: Sequence[tuple[int, float]],
    texts: Mapping[int, NoticeText],
) -> tuple[SearchHit, ...]:
    """The found (notice, score) with title, topics and a snippet; an unknown notice is left
    out."""
    rows: dict[int, Row] = {}
    labels: dict[int, list[str]] = {}
    for some in batches([notice for notice, _ in found], 500):
        marks = ",".join("?" * len(some))
        rows.update({r[0]: r for r in db.rows(_SHOWN.format(marks), some)})
        for notice, topic in db.rows(_TOPICS.format(marks), some):
            labels.setdefault(notice, []).append(topic)
    hits = []
    left = _LOOKED_AT
    for notice, score in found:
        if notice in rows:
            text = texts.get(notice)
            body = (text.body or text.title)[: max(left, _LEAST)] if text else ""
            left -= len(body)
            hits.append(_hit(query, rows[notice], score, labels.get(notice, []), body))
    return tuple(hits)


def _hit(query: Query, row: Row, score: float, labels: list[str], body: str) -> SearchHit:
    notice, title, title_en, url, published, number, jurisdiction, status, severity = row
    return SearchHit(
        id=notice,
        title=title,
        title_en=title_en,
        snippet=snippet(body, query, marks=("", "")),
        score=score,
        url=url,
        published=date.fromisoformat(published[:10]) if published else None,
        document_number=number,
        jurisdiction=jurisdiction,
        labels=tuple(dict.fromkeys(labels)),
        status=status,
        severity=severity,
    )
