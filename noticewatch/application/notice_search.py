"""Search for command line, pages and API alike: filters, and the query's vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

    from archive.search.filters import Filters
    from archive.store import Archive
    from classifier.encoder.encoders import Encoder
    from domain.records.search_hit import SearchMode, SearchResult

_STATUSES = 100  # hits whose status today is looked up
Order = Literal["newest", "rank"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A search with its filters, whoever asks. ``refused`` are filters that ``auto`` shall not
    read in the query: a kind, or ``kind=value``. ``as_of``: the acts of that day, with their
    status and the duty that answered then."""

    query: str
    mode: SearchMode = "text"
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
    refused: Sequence[str] = ()
    as_of: date | None = None

    def filters(self) -> Filters:
        """The filters that were set beside the query."""
        from archive.search.filters import Filters

        return Filters(
            topics=tuple(self.topics),
            jurisdictions=tuple(self.jurisdictions),
            since=self.since,
            until=min((day for day in (self.until, self.as_of) if day), default=None),
            severities=tuple(self.severities),
            relevant_only=self.relevant_only,
            near_line=self.near_line,
            ids=tuple(self.ids),
        )


@cache
def _query_encoder(name: str) -> Encoder:
    """Loaded once a process: the web archive answers many questions."""
    from classifier.encoder.encoders import load_encoder

    return load_encoder(name)


def embedded(query: str, encoder: str) -> tuple[np.ndarray, str]:
    """The vector of a query and the id of its encoder."""
    model = _query_encoder(encoder)
    return model.embed_queries([query])[0], model.id


def query_encoder(name: str) -> Encoder:
    """The encoder of this process for texts that are compared at once and not kept."""
    return _query_encoder(name)


def find_notices(
    archive: Archive, question: Question, *, encoder: str, facets: bool = False
) -> SearchResult:
    """Answer a question: ``auto`` reads it first, ``meaning`` and ``hybrid`` embed it."""
    if question.as_of is not None:
        archive = archive.on_day(question.as_of)
    if question.mode == "auto":
        from noticewatch.application.asked.asking import asked_notices

        return asked_notices(archive, question, encoder=encoder, facets=facets)
    return with_statuses(archive, _found(archive, question, encoder, facets=facets))


def with_statuses(archive: Archive, found: SearchResult) -> SearchResult:
    """The result with the status of its hits today, of so many as a page shows."""
    today = archive.notices.statuses([hit.id for hit in found.hits[:_STATUSES]])
    hits = [replace(hit, status=today.get(hit.id, hit.status)) for hit in found.hits]
    return replace(found, hits=tuple(hits))


def _found(archive: Archive, question: Question, encoder: str, *, facets: bool) -> SearchResult:
    from archive.search.engine import SearchRequest

    vector = None
    encoder_id = ""
    if question.mode != "text" and question.query.strip():
        vector, encoder_id = embedded(question.query, encoder)
    return archive.search(
        SearchRequest(
            query=question.query,
            mode=question.mode,
            vector=vector,
            encoder_id=encoder_id,
            filters=question.filters(),
            limit=question.limit,
            cursor=question.cursor,
            facets=facets,
            order=question.order,
        )
    )
