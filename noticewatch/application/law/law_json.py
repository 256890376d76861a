"""The law list as JSON: the command's and the interface's answer."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from domain.law.law_list import Held, LawEntry
from domain.records.json_types import IsoDay
from i18n.law_text import status_line


class LawActJson(TypedDict):
    id: int | None
    key: str | None
    title: str
    title_en: str | None
    document_number: str | None
    issuers: list[str]
    jurisdiction: str
    status: str
    status_line: str
    effective: IsoDay | None
    ended: IsoDay | None
    replaced_by: list[str]
    held: Held
    evidence: str


class LawJson(TypedDict):
    acts: list[LawActJson]


def law_json(entries: Iterable[LawEntry]) -> LawJson:
    """The acts in the order of the list."""
    return {"acts": [_act(entry) for entry in entries]}


def _act(entry: LawEntry) -> LawActJson:
    return {
        "id": entry.id,
        "key": entry.key,
        "title": entry.title,
        "title_en": entry.title_en,
        "document_number": entry.document_number,
        "issuers": list(entry.issuers),
        "jurisdiction": entry.jurisdiction,
        "status": entry.status,
        "status_line": status_line(entry, "en"),
        "effective": entry.effective.isoformat() if entry.effective else None,
        "ended": entry.ended.isoformat() if entry.ended else None,
        "replaced_by": list(entry.replaced_by),
        "held": entry.held,
        "evidence": entry.evidence,
    }
