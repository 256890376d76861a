"""The shapes of the API's answers; its description is made from them."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from archive.transfer.notice_json import DutyJson, FactJson
from config.model import EvidenceLevel, Stage
from domain.diff.diff_json import DiffJson
from domain.records.json_types import IsoDay, IsoMoment, JsonHint
from domain.records.states import (
    ActStatus,
    FactEffect,
    FactKind,
    OutboxState,
    RelationKind,
    SourceState,
)
from noticewatch.application.search_json import SearchJson
from noticewatch.web.views.matrix import CellState, MatrixColumn


class ErrorJson(TypedDict):
    error: str


class SearchResultJson(SearchJson):
    next_cursor: str | None


class SourceJson(TypedDict):
    key: str
    publisher: str
    jurisdiction: str
    evidence: EvidenceLevel
    state: SourceState | None
    since: IsoMoment | None
    reason: str | None
    last_polled: IsoMoment | None
    newest: IsoDay | None
    rows: int | None
    expected_rows: int


class SourcesJson(TypedDict):
    sources: list[SourceJson]


class TopicNameJson(TypedDict):
    zh: str
    en: str | None


class TopicJson(TypedDict):
    id: str
    name: TopicNameJson


class TopicsJson(TypedDict):
    topics: list[TopicJson]


class CellJson(TypedDict):
    jurisdiction: str
    name: str
    what: MatrixColumn
    state: CellState
    text: str
    quote: str
    source: str
    published: IsoDay | None
    notice_id: int | None
    national: Annotated[
        bool, JsonHint(description="the duties are the nation's: the province has none of its own")
    ]
    duties: list[DutyJson]


class MatrixJson(TypedDict):
    cells: list[CellJson]


class NamedVersionJson(TypedDict):
    posting: int
    number: int
    fetched_at: IsoMoment
    title: str
    text_sha256: str


class ComparisonJson(DiffJson):
    before: NamedVersionJson
    after: NamedVersionJson


class NamedActJson(TypedDict):
    id: int
    title: str
    document_number: str | None
    issuers: list[str]
    jurisdiction: str
    published: IsoDay | None
    effective: IsoDay | None
    status: ActStatus | None
    stage: Stage | None
    url: str


class BondJson(TypedDict):
    kind: RelationKind
    older: int
    newer: int
    probable: bool


class FactPairJson(TypedDict):
    kind: FactKind
    before: FactJson | None
    after: FactJson | None
    effect: FactEffect | None


class ActComparisonJson(DiffJson):
    before: NamedActJson
    after: NamedActJson
    relation: Annotated[
        BondJson | None,
        JsonHint(description="what one act says of the other; null where neither names the other"),
    ]
    amended_text: Annotated[
        bool, JsonHint(description="the text after is the first act as amended")
    ]
    orders_left: list[str]
    facts: list[FactPairJson]


class AlertJson(TypedDict):
    id: int
    channel: str
    kind: str
    notice_id: int | None
    headline: str
    state: OutboxState
    attempts: int
    created: IsoMoment
    sent: IsoMoment | None
    error: str


class AlertsJson(TypedDict):
    alerts: list[AlertJson]
    next_cursor: str | None


class DeadlineJson(TypedDict):
    date: IsoDay
    kind: str
    notice_id: int
    title: str
    jurisdiction: str
    severity: str
    quote: str
    duty_id: str | None
    en: str
    zh: str


class DeadlinesJson(TypedDict):
    deadlines: list[DeadlineJson]
    next_cursor: str | None
