"""The law list as JSON: the command's and the interface's answer."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from config.model import Bilingual
from config.registered_act import ActKind, WrongName
from domain.law.law_list import Held, LawEntry
from domain.records.json_types import IsoDay
from i18n.law_text import status_line


class BilingualJson(TypedDict):
    en: str
    zh: str


class WrongNameJson(TypedDict):
    name: str
    en: str
    zh: str


class ActEvidenceJson(TypedDict):
    level: str
    since: IsoDay | None
    note: str
    found_in: list[str]


class LawActJson(TypedDict):
    id: int | None
    key: str | None
    handle: str
    title: str
    title_en: str | None
    document_number: str | None
    issuers: list[str]
    jurisdiction: str
    kind: ActKind | None
    status: str
    status_line: str
    validity: str | None
    effective: IsoDay | None
    ended: IsoDay | None
    replaced_by: list[str]
    replaces: list[str]
    mandatory: bool | None
    scope: BilingualJson | None
    aliases: list[str]
    asked_as: WrongNameJson | None
    wrong_names: list[WrongNameJson]
    url: str | None
    articles: dict[str, str]
    fines: str | None
    topics: list[str]
    held: Held
    evidence: str
    known_by: ActEvidenceJson | None


class LawJson(TypedDict):
    acts: list[LawActJson]


def law_json(entries: Iterable[LawEntry]) -> LawJson:
    """The acts in the order of the list."""
    return {"acts": [act_json(entry) for entry in entries]}


def act_json(entry: LawEntry) -> LawActJson:
    """An act of the list; what only the register knows is null or empty for others."""
    act = entry.registered
    return {
        "id": entry.id,
        "key": entry.key,
        "handle": entry.handle,
        "title": entry.title,
        "title_en": entry.title_en,
        "document_number": entry.document_number,
        "issuers": list(entry.issuers),
        "jurisdiction": entry.jurisdiction,
        "kind": act.kind if act else None,
        "status": entry.status,
        "status_line": status_line(entry, "en"),
        "validity": entry.validity,
        "effective": entry.effective.isoformat() if entry.effective else None,
        "ended": entry.ended.isoformat() if entry.ended else None,
        "replaced_by": list(entry.replaced_by),
        "replaces": [*act.repeals, *act.replaces] if act else [],
        "mandatory": act.mandatory if act else None,
        "scope": _bilingual(act.scope) if act and act.scope else None,
        "aliases": list(entry.aliases),
        "asked_as": _wrong(entry.asked_as) if entry.asked_as else None,
        "wrong_names": [_wrong(name) for name in act.wrong_names] if act else [],
        "url": act.url if act else None,
        "articles": dict(act.articles) if act else {},
        "fines": act.fines if act else None,
        "topics": list(act.topics) if act else [],
        "held": entry.held,
        "evidence": entry.evidence,
        "known_by": _evidence(entry),
    }


def _bilingual(text: Bilingual) -> BilingualJson:
    return {"en": text.en, "zh": text.zh}


def _wrong(name: WrongName) -> WrongNameJson:
    return {"name": name.name, "en": name.why.en, "zh": name.why.zh}


def _evidence(entry: LawEntry) -> ActEvidenceJson | None:
    if entry.registered is None:
        return None
    known = entry.registered.evidence
    return {
        "level": known.level,
        "since": known.since.isoformat() if known.since else None,
        "note": known.note,
        "found_in": list(known.found_in),
    }
