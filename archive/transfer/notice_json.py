"""A notice, its versions, changes, labels and facts as JSON: the one shape of every way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, NotRequired, cast

from typing_extensions import TypedDict

from archive.transfer.registered_keys import registered_key
from config.model import Severity, Stage
from domain.law.duties import Bound, Duty, Modality, TimeRelation, duty_ids
from domain.law.duty_state import current_duties
from domain.names.mention import NameKind, NameMention
from domain.records.change import Change
from domain.records.effect_terms import ON_PUBLICATION
from domain.records.fact import Evidence, Fact, FactCertainty, Label
from domain.records.json_types import IsoDay, IsoMoment, JsonHint
from domain.records.notice import Attachment, Notice, Posting, Version
from domain.records.relation import Relation
from domain.records.states import (
    ActStatus,
    AttachmentStatus,
    ChangeKind,
    FactKind,
    PostingState,
    RelationKind,
    Standing,
)
from i18n.headline_text import duty_text, headline_text

FactValueJson = Annotated[
    dict[str, Any] | str, JsonHint(description="its shape depends on the kind")
]


class EvidenceJson(TypedDict):
    text: str
    where: str


class LabelJson(TypedDict):
    topic: str
    score: float
    evidence: list[EvidenceJson]


class FactJson(TypedDict):
    kind: FactKind
    value: FactValueJson
    quote: str
    where: str
    certainty: NotRequired[FactCertainty]  # of a fact that was read from a scan


class WhoJson(TypedDict):
    role: str | None
    kind: Bound | None
    text: str | None


class WhenJson(TypedDict):
    relation: TimeRelation
    duration: str | None
    working_days: bool
    date: IsoDay | None
    recurs: str | None
    event: str | None
    event_text: str | None


class WhereJson(TypedDict):
    name: str | None
    url: str | None
    since: IsoDay | None
    replaces: str | None


class LimitJson(TypedDict):
    parameter: str
    comparator: str
    value: float | None
    unit: str | None
    row: str | None
    column: str | None


class TierJson(TypedDict):
    condition: str
    min: float | None
    max: float | None


class SanctionJson(TypedDict):
    article: str | None
    act_id: int | None
    kinds: list[str]
    min: float | None
    max: float | None
    basis: str | None
    tiers: list[TierJson]
    quote: str


ChangedByJson = TypedDict("ChangedByJson", {"act_id": int, "relation": str, "from": IsoDay | None})
DutyJson = TypedDict(
    "DutyJson",
    {
        "id": str,
        "who": WhoJson,
        "modality": Modality,
        "act": str,
        "object": str,
        "verb": str,
        "when": WhenJson | None,
        "where": WhereJson | None,
        "documents": list[str],
        "limit": LimitJson | None,
        "sanctions": list[SanctionJson],
        "article": str | None,
        "quote": str,
        "place": str,
        "state": str,
        "from": IsoDay | None,
        "until": IsoDay | None,
        "changed_by": list[ChangedByJson],
        "en": str,
        "zh": str,
    },
)


class NameJson(TypedDict):
    entity: str
    supplier: str | None
    name: str
    kind: NameKind
    quote: str
    where: str


class HeadlineJson(TypedDict):
    en: str
    zh: str


RelationJson = TypedDict(
    "RelationJson",
    {
        "kind": RelationKind,
        "title": str,
        "document_number": str | None,
        "target_id": int | None,
        "key": str | None,
        "probable": bool,
        "claimed": bool,
        "from": IsoDay | None,
        "scope": list[str],
    },
)


class AttachmentJson(TypedDict):
    name: str
    url: str
    sha256: str | None
    bytes: int
    status: AttachmentStatus
    text: str
    engine: NotRequired[str]  # that read its scanned pages


class VersionJson(TypedDict):
    number: int
    fetched_at: IsoMoment
    raw_sha256: str
    text_sha256: str
    title: str
    text: str
    validity: str | None
    attachments: list[AttachmentJson]


class PostingJson(TypedDict):
    url: str
    source: str
    column: str
    title: str
    first_seen: IsoMoment
    last_seen: IsoMoment
    state: PostingState
    publisher: str
    standing: Standing
    disagrees: bool
    versions: list[VersionJson]


class ChangeJson(TypedDict):
    id: int
    kind: ChangeKind
    at: IsoMoment
    posting_url: str
    from_version: int | None
    to_version: int | None
    substantive: bool
    reason: str
    labels: list[str]
    facts_before: list[FactJson]
    facts_after: list[FactJson]
    duties_before: list[DutyJson]
    duties_after: list[DutyJson]


class NoticeJson(TypedDict):
    id: int
    title: str
    document_number: str | None
    issuers: list[str]
    jurisdiction: str
    published: IsoDay | None
    effective: IsoDay | None
    status: ActStatus | None
    stage: Stage | None
    labels: list[LabelJson]
    facts: list[FactJson]
    duties: list[DutyJson]
    names: list[NameJson]
    headline: HeadlineJson
    relations: list[RelationJson]
    severity: Severity
    severity_rule: str
    relevant_because: str | None
    expires: IsoDay | None
    authority: str | None
    postings: list[PostingJson]
    changes: list[ChangeJson]


def notice_json(notice: Notice) -> NoticeJson:
    """The notice as a line of the jsonl export has it."""
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "jurisdiction": notice.jurisdiction,
        "published": iso_day(notice.published),
        "effective": iso_day(notice.effective),
        "status": notice.status,
        "stage": cast("Stage | None", notice.stage),
        "labels": [label_json(label) for label in notice.labels],
        "facts": facts_json(notice.facts),
        "duties": duties_json(current_duties(notice), notice.id),
        "names": names_json(notice.names),
        "headline": {
            "en": headline_text(notice, "en"),
            "zh": headline_text(notice, "zh"),
        },
        "relations": [_relation(relation) for relation in notice.relations],
        "severity": cast("Severity", notice.severity),
        "severity_rule": notice.severity_rule,
        "relevant_because": notice.relevant_because,
        "expires": iso_day(notice.expires),
        "authority": notice.authority,
        "postings": [_posting(posting) for posting in notice.postings],
        "changes": [change_json(change) for change in notice.changes],
    }


def names_json(names: Sequence[NameMention]) -> list[NameJson]:
    """The companies of ours and suppliers that a notice names."""
    return [
        {
            "entity": one.entity,
            "supplier": one.supplier,
            "name": one.name,
            "kind": one.kind,
            "quote": one.quote,
            "where": one.where,
        }
        for one in names
    ]


def label_json(label: Label) -> LabelJson:
    return {
        "topic": label.topic,
        "score": label.score,
        "evidence": [evidence_json(item) for item in label.evidence],
    }


def evidence_json(evidence: Evidence) -> EvidenceJson:
    return {"text": evidence.text, "where": evidence.where}


def facts_json(facts: Sequence[Fact]) -> list[FactJson]:
    return [fact_json(fact) for fact in facts]


def fact_json(fact: Fact) -> FactJson:
    told: FactJson = {
        "kind": fact.kind,
        "value": fact.value.to_json(),
        "quote": fact.quote,
        "where": fact.where,
    }
    if fact.certainty:
        told["certainty"] = fact.certainty
    return told


def duties_json(duties: Sequence[Duty], notice_id: int) -> list[DutyJson]:
    """Duties with their ids and their sentences in both languages."""
    return [
        duty_json(duty, number)
        for duty, number in zip(duties, duty_ids(duties, notice_id), strict=True)
    ]


def duty_json(duty: Duty, number: str) -> DutyJson:
    sentences = {"en": duty_text(duty, "en"), "zh": duty_text(duty, "zh")}
    return cast("DutyJson", {"id": number, **duty.to_json(), **sentences})


def change_json(change: Change) -> ChangeJson:
    return {
        "id": change.id,
        "kind": change.kind,
        "at": iso_moment(change.at),
        "posting_url": change.posting_url,
        "from_version": change.from_version,
        "to_version": change.to_version,
        "substantive": change.substantive,
        "reason": change.reason,
        "labels": list(change.labels),
        "facts_before": facts_json(change.facts_before),
        "facts_after": facts_json(change.facts_after),
        "duties_before": duties_json(change.duties_before, change.notice_id),
        "duties_after": duties_json(change.duties_after, change.notice_id),
    }


def _relation(relation: Relation) -> RelationJson:
    terms = relation.terms
    return {
        "kind": relation.kind,
        "title": relation.title,
        "document_number": relation.document_number,
        "target_id": relation.target_id,
        "key": registered_key(relation),
        "probable": relation.probable,
        "claimed": relation.claimed,
        "from": terms.since if terms.since != ON_PUBLICATION else None,
        "scope": list(terms.scope),
    }


def _posting(posting: Posting) -> PostingJson:
    return {
        "url": posting.url,
        "source": posting.source_key,
        "column": posting.column_key,
        "title": posting.title,
        "first_seen": iso_moment(posting.first_seen),
        "last_seen": iso_moment(posting.last_seen),
        "state": posting.state,
        "publisher": posting.publisher,
        "standing": posting.standing,
        "disagrees": posting.disagrees,
        "versions": [_version(version) for version in posting.versions],
    }


def _version(version: Version) -> VersionJson:
    return {
        "number": version.number,
        "fetched_at": iso_moment(version.fetched_at),
        "raw_sha256": version.raw_sha256,
        "text_sha256": version.text_sha256,
        "title": version.title,
        "text": version.text,
        "validity": version.validity,
        "attachments": [_attachment(item) for item in version.attachments],
    }


def _attachment(item: Attachment) -> AttachmentJson:
    told: AttachmentJson = {
        "name": item.name,
        "url": item.url,
        "sha256": item.sha256,
        "bytes": item.bytes,
        "status": item.status,
        "text": item.text,
    }
    if item.engine:
        told["engine"] = item.engine
    return told


def iso_day(day: date | None) -> IsoDay | None:
    return None if day is None else day.isoformat()


def iso_moment(at: datetime) -> IsoMoment:
    """To the second, in UTC with a ``Z``."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
