"""Obligations of our companies: kept in step with the law, listed, given as JSON."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from config.companies.entities import Entity
from config.time_zone import BEIJING
from domain.law.applicability.duty_verdicts import DutyVerdict
from domain.law.duties import Modality
from domain.records.handling import AuditEntry
from domain.records.json_types import IsoDay, IsoMoment
from domain.records.obligation import Obligation, ObligationState, OwedDuty
from i18n.headline_text import duty_text
from noticewatch.application.application import Application
from noticewatch.application.me.judged_duties import EntityDuties, duties_by_entity

if TYPE_CHECKING:
    from archive.store import Archive

log = logging.getLogger(__name__)
_MARK = "obligations:kept"


def keep_obligations(app: Application, archive: Archive) -> None:
    """What applies to our companies becomes a row each; nothing is done where neither the law,
    the companies nor the day changed. A faulty file of companies changes nothing."""
    from config.yaml_file import ConfigError

    try:
        entities = app.entities
    except ConfigError as error:
        log.warning("obligations stay as they are: %s", error)
        return
    if not entities or archive.read_only:
        return
    today = app.clock().astimezone(BEIJING).date()
    revision = f"{today} {archive.overview.law_revision()} {_fingerprint(entities)}"
    if archive.marks.get(_MARK) == revision:
        return
    found = duties_by_entity(archive, entities, today)
    archive.obligation_upkeep.keep(list(owed_duties(found)), today)
    archive.marks.set(_MARK, revision)


def _fingerprint(entities: Sequence[Entity]) -> str:
    import hashlib

    text = "\n".join(entity.model_dump_json() for entity in entities)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def owed_duties(found: Iterable[EntityDuties]) -> Iterator[OwedDuty]:
    """What applies and binds: no permission, no draft."""
    for one in found:
        for item in one.duties:
            duty = item.listed.duty
            applies = item.found.verdict is DutyVerdict.APPLIES
            if applies and duty.modality is not Modality.MAY and duty.state != "draft":
                yield OwedDuty(
                    entity=one.entity.key, duty_id=item.listed.id,
                    notice_id=item.listed.notice.id, duty=duty, due=item.due,
                )  # fmt: skip


class ProofJson(TypedDict):
    kind: Literal["file", "link"]
    value: str
    name: str
    who: str
    at: IsoMoment


class ObligationJson(TypedDict):
    id: int
    entity: str
    duty_id: str
    notice_id: int
    title: str
    jurisdiction: str
    severity: str
    url: str
    state: ObligationState
    owner: str | None
    due: IsoDay | None
    reason: str
    last_review: IsoDay | None
    law_changed_since: IsoDay | None
    waits_for_second_person: bool
    asked_by: str | None
    ended: IsoDay | None
    article: str | None
    quote: str
    en: str
    zh: str
    evidence: list[ProofJson]


class HistoryJson(TypedDict):
    at: IsoMoment
    who: str
    action: str
    detail: dict[str, object]


class ObligationWithHistoryJson(ObligationJson):
    history: list[HistoryJson]


class ObligationsJson(TypedDict):
    obligations: list[ObligationJson]


def obligations_json(found: Iterable[Obligation]) -> ObligationsJson:
    """Obligations in the order of the list."""
    return {"obligations": [obligation_json(item) for item in found]}


def with_history(item: Obligation, history: Iterable[AuditEntry]) -> ObligationWithHistoryJson:
    """One obligation with what was done."""
    told: list[HistoryJson] = [
        {
            "at": entry.at.isoformat(),
            "who": entry.who,
            "action": entry.action.removeprefix("obligation."),
            "detail": dict(entry.detail),
        }
        for entry in history
    ]
    return {**obligation_json(item), "history": told}


def obligation_json(item: Obligation) -> ObligationJson:
    """One obligation."""
    return {
        "id": item.id,
        "entity": item.entity,
        "duty_id": item.duty_id,
        "notice_id": item.notice_id,
        "title": item.title,
        "jurisdiction": item.jurisdiction,
        "severity": item.severity,
        "url": item.url,
        "state": item.state,
        "owner": item.owner,
        "due": _iso(item.due),
        "reason": item.reason,
        "last_review": _iso(item.last_review),
        "law_changed_since": _iso(item.law_changed_since),
        "waits_for_second_person": item.asked_by is not None,
        "asked_by": item.asked_by,
        "ended": _iso(item.ended),
        "article": item.duty.article,
        "quote": item.duty.quote,
        "en": duty_text(item.duty, "en"),
        "zh": duty_text(item.duty, "zh"),
        "evidence": [
            {
                "kind": proof.kind,
                "value": proof.value,
                "name": proof.name,
                "who": proof.who,
                "at": proof.at.isoformat(),
            }
            for proof in item.proofs
        ],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
