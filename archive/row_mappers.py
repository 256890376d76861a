"""Convert rows to records and back: the only place that knows how a record is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.column_values import dumps, parse_day, parse_stamp, parse_stamp_or_none
from archive.ports import Row
from domain.law.duties import Duty
from domain.names.mention import NameKind, NameMention
from domain.records.change import (
    Change,
)
from domain.records.effect_terms import EffectTerms
from domain.records.fact import (
    Evidence,
    Fact,
    Label,
)
from domain.records.message import (
    OutboxItem,
)
from domain.records.notice import (
    Attachment,
    Posting,
    Version,
)
from domain.records.observation import (
    Block,
    NoticeDates,
)
from domain.records.reason import Reason, loads_reason
from domain.records.relation import (
    Relation,
    RelationClaim,
)
from domain.records.source_run import (
    HealthEvent,
    PageState,
    SourceError,
    SourceRun,
)
from domain.records.states import (
    AttachmentStatus,
    ChangeKind,
    FactKind,
    OutboxKind,
    OutboxState,
    PostingState,
    SourceState,
    Standing,
)


def encode_blocks(blocks: Sequence[Block], text: str) -> str | None:
    """None when the text alone gives the blocks back: plain paragraphs, one a line."""
    if tuple(blocks) == _paragraphs(text):
        return None
    return dumps([[block.kind, block.text, block.rows] for block in blocks])


def decode_blocks(blocks: str | None, text: str) -> tuple[Block, ...]:
    if blocks is None:
        return _paragraphs(text)
    return tuple(
        Block(kind=kind, text=words, rows=tuple(tuple(row) for row in rows))
        for kind, words, rows in json.loads(blocks)
    )


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block(kind="paragraph", text=line) for line in text.split("\n")) if text else ()


def encode_facts(facts: Iterable[Fact]) -> str:
    return dumps([_fact_row(fact) for fact in facts])


def _fact_row(fact: Fact) -> list[Any]:
    row = [fact.kind, fact.value.to_json(), fact.quote, fact.where]
    return [*row, fact.certainty] if fact.certainty else row


def decode_facts(text: str) -> tuple[Fact, ...]:
    return tuple(
        Fact.from_json(
            kind=FactKind(kind), value=value, quote=quote, where=where,
            certainty=certainty[0] if certainty else "",
        )
        for kind, value, quote, where, *certainty in json.loads(text)
    )  # fmt: skip


def encode_duties(duties: Iterable[Duty]) -> str:
    return dumps([duty.to_json() for duty in duties])


def decode_duties(text: str) -> tuple[Duty, ...]:
    return tuple(Duty.from_json(value) for value in json.loads(text))


def encode_evidence(evidence: Iterable[Evidence]) -> str:
    return dumps([{"text": item.text, "where": item.where} for item in evidence])


def label_of(row: Row) -> Label:
    return Label(
        topic=row["topic"],
        score=row["score"],
        evidence=tuple(Evidence(**item) for item in json.loads(row["evidence"])),
        model=row["model"],
    )


def fact_of(row: Row) -> Fact:
    return Fact.from_json(
        kind=FactKind(row["kind"]),
        value=json.loads(row["value"]),
        quote=row["quote"],
        where=row["place"],
        certainty=row["certainty"],
    )


def mention_of(row: Row) -> NameMention:
    return NameMention(
        entity=row["entity"],
        supplier=row["supplier"],
        name=row["name"],
        kind=NameKind(row["kind"]),
        quote=row["quote"],
        where=row["place"],
    )


def duty_of(row: Row) -> Duty:
    return Duty.from_json(json.loads(row["value"]))


def relation_of(row: Row) -> Relation:
    return Relation(
        kind=row["kind"],
        title=row["title"],
        document_number=row["document_number"],
        target_id=row["target_id"],
        probable=bool(row["probable"]),
        claimed=bool(row["claimed"]),
        unread=row["unread"],
        terms=EffectTerms.from_json(json.loads(row["terms"] or "{}")),
    )


def relation_claim_of(row: Row) -> RelationClaim:
    return RelationClaim(
        kind=row["kind"], notice_id=row["notice_id"], title=row["title"], url=row["url"]
    )


def attachment_of(row: Row) -> Attachment:
    return Attachment(
        id=row["id"],
        name=row["name"],
        url=row["url"],
        sha256=row["sha256"],
        bytes=row["bytes"] or 0,
        status=AttachmentStatus(row["status"]),
        text=row["text"] or "",
        media_type=row["media_type"] or "",
        engine=row["engine"] or "",
        unsure=tuple((start, end) for start, end in json.loads(row["unsure"] or "[]")),
        waits=bool(row["waits"]),
    )


def version_of(row: Row, attachments: Sequence[Attachment]) -> Version:
    return Version(
        id=row["id"],
        posting_id=row["posting_id"],
        number=row["number"],
        fetched_at=parse_stamp(row["fetched_at"]),
        raw_sha256=row["raw_sha256"],
        text_sha256=row["text_sha256"],
        title=row["title"],
        text=row["text"],
        blocks=decode_blocks(row["blocks"], row["text"]),
        document_number=row["document_number"],
        index_number=row["index_number"],
        issuers=tuple(json.loads(row["issuers"])),
        dates=NoticeDates(
            listed=parse_day(row["date_listed"]),
            visible=parse_day(row["date_visible"]),
            meta=parse_day(row["date_meta"]),
            signed=parse_day(row["date_signed"]),
        ),
        comment_deadline=parse_day(row["comment_deadline"]),
        validity=row["validity"],
        attachments=tuple(attachments),
        headers=tuple((name, value) for name, value in json.loads(row["headers"])),
        chain_sha256=row["chain_sha256"],
        record_sha256=row["record_sha256"],
    )


def posting_of(row: Row, versions: Sequence[Version] = ()) -> Posting:
    return Posting(
        id=row["id"],
        notice_id=row["notice_id"],
        source_key=row["source_key"],
        column_key=row["column_key"],
        url=row["url"],
        title=row["title"],
        published=parse_day(row["published"]),
        first_seen=parse_stamp(row["first_seen"]),
        last_seen=parse_stamp(row["last_seen"]),
        state=PostingState(row["state"]),
        publisher=row["publisher"],
        standing=Standing(row["standing"] or Standing.OFFICIAL),
        disagrees=bool(row["disagrees"]),
        versions=tuple(versions),
    )


def change_of(row: Row) -> Change:
    return Change(
        id=row["id"],
        notice_id=row["notice_id"],
        posting_id=row["posting_id"],
        kind=ChangeKind(row["kind"]),
        at=parse_stamp(row["at"]),
        posting_url=row["posting_url"],
        from_version=row["from_version"],
        to_version=row["to_version"],
        substantive=bool(row["substantive"]),
        reason=row["reason"],
        baseline=bool(row["baseline"]),
        labels=tuple(json.loads(row["labels"])),
        facts_before=decode_facts(row["facts_before"]),
        facts_after=decode_facts(row["facts_after"]),
        duties_before=decode_duties(row["duties_before"]),
        duties_after=decode_duties(row["duties_after"]),
        severity=row["severity"],
        severity_rule=row["severity_rule"],
        reason_data=loads_reason(row["reason_data"]),
        severity_rule_data=loads_reason(row["severity_rule_data"]),
    )


def page_of(row: Row) -> PageState:
    return PageState(
        url=row["url"],
        source_key=row["source_key"],
        column_key=row["column_key"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        raw_sha256=row["raw_sha256"],
        checked_at=parse_stamp_or_none(row["checked_at"]),
        changed_at=parse_stamp_or_none(row["changed_at"]),
        next_check=parse_stamp_or_none(row["next_check"]),
        gone_looks=row["gone_looks"],
    )


def run_of(row: Row) -> SourceRun:
    return SourceRun(
        key=row["source_key"],
        started=parse_stamp(row["started"]),
        finished=parse_stamp(row["finished"]),
        state=SourceState(row["state"]),
        reason=row["reason"],
        rows=row["rows"],
        new=row["new"],
        revised=row["revised"],
        withdrawn=row["withdrawn"],
        requests=row["requests"],
        not_modified=row["not_modified"],
        errors=tuple(_source_error(error) for error in json.loads(row["errors"])),
        newest=parse_day(row["newest"]),
        robots=row["robots"],
        parameters=_mapping(row["parameters"]),
        reason_data=loads_reason(row["reason_data"]),
        bytes=row["bytes"],
        fresh_rows=row["fresh_rows"],
    )


def _source_error(error: Mapping[str, Any]) -> SourceError:
    data = error.get("reason_data")
    return SourceError(
        kind=error["kind"],
        message=error["message"],
        url=error["url"],
        reason_data=Reason.from_json(data) if data else None,
    )


def health_event_of(row: Row) -> HealthEvent:
    return HealthEvent(
        id=row["id"],
        source_key=row["source_key"],
        before=None if row["before"] is None else SourceState(row["before"]),
        after=SourceState(row["after"]),
        at=parse_stamp(row["at"]),
        reason=row["reason"],
        reason_data=loads_reason(row["reason_data"]),
    )


def outbox_item_of(row: Row) -> OutboxItem:
    return OutboxItem(
        id=row["id"],
        channel=row["channel"],
        dedupe_key=row["dedupe_key"],
        kind=OutboxKind(row["kind"]),
        notice_id=row["notice_id"],
        change_ids=tuple(json.loads(row["change_ids"])),
        thread=row["thread"],
        payload=_mapping(row["payload"]),
        state=OutboxState(row["state"]),
        attempts=row["attempts"],
        next_attempt=parse_stamp(row["next_attempt"]),
        created=parse_stamp(row["created"]),
        last_attempt=parse_stamp_or_none(row["last_attempt"]),
        sent=parse_stamp_or_none(row["sent"]),
        receipt=_mapping(row["receipt"]),
        error=row["error"],
    )


def _mapping(text: str) -> Mapping[str, Any]:
    value = json.loads(text)
    assert isinstance(value, dict)
    return value
