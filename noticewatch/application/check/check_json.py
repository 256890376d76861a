"""A checked article as JSON: the command's and the interface's answer."""

from __future__ import annotations

from typing_extensions import TypedDict

from domain.claims.claim import CheckedClaim, CheckedSlot, Conflict, OfficialSource
from domain.records.json_types import IsoDay
from noticewatch.application.check.article_check import CheckReport


class OfficialSourceJson(TypedDict):
    id: int | None
    key: str | None
    title: str
    article: str | None
    quote: str
    url: str | None
    evidence: str


class CheckedSlotJson(TypedDict):
    slot: str
    claim: str
    official: str | None
    equal: bool | None
    source: OfficialSourceJson | None


class CheckedClaimJson(TypedDict):
    text: str
    verdict: str
    slots: list[CheckedSlotJson]
    en: str
    looked_at: list[str]


class ConflictJson(TypedDict):
    slot: str
    about: str
    a: str
    b: str
    a_text: str
    b_text: str


class CheckJson(TypedDict):
    as_of: IsoDay
    claims: list[CheckedClaimJson]
    counts: dict[str, int]
    conflicts: list[ConflictJson]


def check_json(report: CheckReport) -> CheckJson:
    """The claims in the order of the article."""
    return {
        "as_of": report.as_of.isoformat(),
        "claims": [_claim(claim) for claim in report.claims],
        "counts": report.counts,
        "conflicts": [_conflict(item) for item in report.conflicts],
    }


def _claim(claim: CheckedClaim) -> CheckedClaimJson:
    return {
        "text": claim.text,
        "verdict": claim.verdict.value,
        "slots": [_slot(slot) for slot in claim.slots],
        "en": claim.en,
        "looked_at": list(claim.looked_at),
    }


def _slot(slot: CheckedSlot) -> CheckedSlotJson:
    return {
        "slot": slot.slot,
        "claim": slot.claim,
        "official": slot.official,
        "equal": slot.equal,
        "source": None if slot.source is None else _source(slot.source),
    }


def _source(source: OfficialSource) -> OfficialSourceJson:
    return {
        "id": source.notice_id,
        "key": source.key,
        "title": source.title,
        "article": source.article,
        "quote": source.quote,
        "url": source.url,
        "evidence": source.evidence,
    }


def _conflict(item: Conflict) -> ConflictJson:
    return {
        "slot": item.slot, "about": item.about, "a": item.a, "b": item.b,
        "a_text": item.a_text, "b_text": item.b_text,
    }  # fmt: skip
