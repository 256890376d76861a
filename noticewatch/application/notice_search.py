"""Search for command line, pages and API alike: filters, and the query's vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from archive.store import Archive
    from classifier.encoder.encoders import Encoder
    from domain.records.search_hit import SearchResult

Mode = Literal["text", "meaning", "hybrid"]
Order = Literal["newest", "rank"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A search with its filters, whoever asks."""

    query: str
    mode: Mode = "text"
    topics: Sequence[str] = ()
    jurisdictions: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    limit: int = 20
    cursor: str | None = None
    relevant_only: bool = False
    near_line: bool = False  # only what is not relevant but came near the line
    severities: Sequence[str] = ()
    ids: Sequence[int] = ()  # only these notices
    order: Order = "newest"  # of text hits; the other modes are ranked


@cache
def _query_encoder(name: str) -> Encoder:
    """Loaded once a process: the web archive answers many questions."""
    from classifier.encoder.encoders import load_encoder

    return load_encoder(name)


def find_notices(
    archive: Archive, question: Question, *, encoder: str, facets: bool = False
) -> SearchResult:
    """Answer a question; ``meaning`` and ``hybrid`` embed the query first."""
    from archive.search.engine import SearchRequest
    from archive.search.filters import Filters

    vector = None
    encoder_id = ""
    if question.mode != "text" and question.query.strip():
        model = _query_encoder(encoder)
        vector = model.embed_queries([question.query])[0]
        encoder_id = model.id
    filters = Filters(
        topics=tuple(question.topics),
        jurisdictions=tuple(question.jurisdictions),
        since=question.since,
        until=question.until,
        severities=tuple(question.severities),
        relevant_only=question.relevant_only,
        near_line=question.near_line,
        ids=tuple(question.ids),
    )
    return archive.search(
        SearchRequest(
            query=question.query,
            mode=question.mode,
            vector=vector,
            encoder_id=encoder_id,
            filters=filters,
            limit=question.limit,
            cursor=question.cursor,
            facets=facets,
            order=question.order,
        )
    )
