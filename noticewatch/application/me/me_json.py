"""Duties by company as JSON: the command's and the interface's answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from typing_extensions import TypedDict

from config.companies.entities import Entity
from domain.law.applicability.duty_verdicts import DutyVerdict
from domain.records.json_types import IsoDay
from domain.records.reason import Reason
from i18n.catalogue import render
from noticewatch.application.me.judged_duties import EntityDuties, JudgedDuty


class BecauseJson(TypedDict):
    code: str
    en: str
    zh: str


class JudgedDutyJson(TypedDict):
    duty_id: str
    verdict: DutyVerdict
    quote: str
    because: BecauseJson


class PermitJson(TypedDict):
    kind: str
    number: str | None
    until: IsoDay | None
    days_left: int | None


class EntityDutiesJson(TypedDict):
    key: str
    duties: list[JudgedDutyJson]
    permits: list[PermitJson]


class MeJson(TypedDict):
    entities: list[EntityDutiesJson]


def me_json(found: Iterable[EntityDuties], today: date) -> MeJson:
    """Each company with its duties in their order, and how long its permits last."""
    return {
        "entities": [
            {
                "key": one.entity.key,
                "duties": [_judged(item) for item in one.duties],
                "permits": permits_json(one.entity, today),
            }
            for one in found
        ]
    }


def _judged(item: JudgedDuty) -> JudgedDutyJson:
    return {
        "duty_id": item.listed.id,
        "verdict": item.found.verdict,
        "quote": item.found.quote,
        "because": because_json(item.found.because),
    }


def because_json(because: Reason) -> BecauseJson:
    """A coded reason with its sentences."""
    return {"code": because.code, "en": render(because, "en"), "zh": render(because, "zh")}


def permits_json(entity: Entity, today: date) -> list[PermitJson]:
    """A company's permits with their last days."""
    return [
        {
            "kind": permit.kind,
            "number": permit.number,
            "until": permit.until.isoformat() if permit.until else None,
            "days_left": (permit.until - today).days if permit.until else None,
        }
        for permit in entity.permits
    ]
