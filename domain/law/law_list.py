"""The list of the law: the register and the archive as one list of acts, as of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.model import RegisteredAct
from domain.records.notice import Notice
from domain.text.document_numbers import normalise_document_number

Held = Literal["full", "articles", "reference"]
_MARKS = re.compile(r"[\s《》〈〉“”\"'（）()\[\]【】·,，.。、-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class LawEntry:
    """An act of the list with its status on the day asked for.

    ``held`` says what is at hand of its text: all of it, some articles, or the reference only.
    ``ended`` is the first day on which it no longer binds; ``replaced_by`` the acts that end it.
    ``evidence`` is how its data are known: ``archive`` for a text of the archive itself.
    """

    id: int | None
    key: str | None
    title: str
    title_en: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    jurisdiction: str
    status: str
    effective: date | None
    ended: date | None
    replaced_by: tuple[str, ...]
    held: Held
    evidence: str
    aliases: tuple[str, ...] = ()


def law_entries(
    register: Sequence[RegisteredAct], notices: Iterable[Notice], day: date
) -> list[LawEntry]:
    """Registered acts first, each with its text in the archive where there is one, then the
    other acts of the archive; by jurisdiction and newest first."""
    held = _by_identity(notices)
    known = {act.key: act for act in register}
    endings = _endings(register)
    entries, used = [], set()
    for act in known.values():
        notice = next((held[name] for name in _names(act) if name in held), None)
        if notice is not None:
            used.add(notice.id)
        entries.append(_registered(act, notice, endings.get(act.key), day))
    others = {notice.id: notice for notice in held.values() if notice.id not in used}
    entries += [_archived(notice, day) for notice in others.values()]
    return sorted(entries, key=_order)


def _order(entry: LawEntry) -> tuple[bool, str, int, str]:
    newest = -(entry.effective or date.min).toordinal()
    return (entry.jurisdiction != "CN", entry.jurisdiction, newest, entry.title)


def find_law(
    entries: Iterable[LawEntry], query: str = "", jurisdiction: str | None = None
) -> list[LawEntry]:
    """The entries whose Chinese or English title, alias or number holds every word of a query."""
    words = [_plain(word) for word in query.split()]
    return [
        entry
        for entry in entries
        if (jurisdiction is None or entry.jurisdiction == jurisdiction)
        and all(word in _searched(entry) for word in words)
    ]


def _searched(entry: LawEntry) -> str:
    parts = (entry.title, entry.title_en, entry.document_number, entry.key, *entry.aliases)
    return " ".join(_plain(part) for part in parts if part)


def _plain(text: str) -> str:
    return _MARKS.sub("", text).lower()


def _names(act: RegisteredAct) -> list[str]:
    number = act.document_number
    names = [_plain(number), _plain(normalise_document_number(number) or number)] if number else []
    return [*names, *(_plain(name) for name in (act.title, *act.aliases))]


def _by_identity(notices: Iterable[Notice]) -> dict[str, Notice]:
    """Acts of the archive that order something, by number and by title."""
    found: dict[str, Notice] = {}
    for notice in notices:
        if notice.stage not in ("final", "draft"):
            continue
        if notice.document_number:
            found.setdefault(_plain(notice.document_number), notice)
        found.setdefault(_plain(notice.title), notice)
    return found


def _endings(register: Sequence[RegisteredAct]) -> Mapping[str, RegisteredAct]:
    """Which registered act ends another one, by key: as the ended or the ending act says."""
    by_name = {name: act for act in register for name in _names(act)}
    found: dict[str, RegisteredAct] = {}
    for act in register:
        ender = by_name.get(_plain(act.repealed_by)) if act.repealed_by else None
        if ender is not None:
            found[act.key] = ender
        for name in act.repeals:
            ended = by_name.get(_plain(name))
            if ended is not None:
                found.setdefault(ended.key, act)
    return found


def _registered(
    act: RegisteredAct, notice: Notice | None, ender: RegisteredAct | None, day: date
) -> LawEntry:
    partly = act.status in ("partly_repealed", "amended")
    ended = ender.effective if ender is not None and not partly else None
    replaced = (ender.document_number or ender.title,) if ender is not None else ()
    given = act.status
    if partly and ender is not None and ender.effective is not None and day < ender.effective:
        given = "in_force"
    first = act.effective or act.published
    status = _status_on(given, first, ended, act.expires, day)
    seen = act.evidence.since
    if first is None and status == "in_force" and seen is not None and day < seen:
        status = "not_known"
    return LawEntry(
        id=notice.id if notice is not None else None, key=act.key, title=act.title,
        title_en=act.title_en, document_number=act.document_number, issuers=act.issuers,
        jurisdiction=act.jurisdiction, status=status, effective=act.effective,
        ended=ended or _day_after(act.expires), replaced_by=replaced,
        held="full" if notice is not None else "articles" if act.articles else "reference",
        evidence="archive" if notice is not None else act.evidence.level, aliases=act.aliases,
    )  # fmt: skip


def _archived(notice: Notice, day: date) -> LawEntry:
    enders = [item for item in notice.relations if item.kind == "repealed_by"]
    given = "draft" if notice.stage == "draft" else str(notice.status or "in_force")
    return LawEntry(
        id=notice.id, key=None, title=notice.title, title_en=notice.title_en,
        document_number=notice.document_number, issuers=notice.issuers,
        jurisdiction=notice.jurisdiction,
        status=_status_on(given, notice.effective or notice.published, None, notice.expires, day),
        effective=notice.effective, ended=_day_after(notice.expires),
        replaced_by=tuple(item.document_number or item.title for item in enders),
        held="full", evidence="archive",
    )  # fmt: skip


def _day_after(day: date | None) -> date | None:
    return None if day is None else date.fromordinal(day.toordinal() + 1)


def _status_on(
    given: str, effective: date | None, ended: date | None, expires: date | None, day: date
) -> str:
    """The status on a day: what is known of days goes before the status of today."""
    if given == "draft":
        return given
    if effective is not None and day < effective:
        return "not_yet"
    if ended is not None:
        return "repealed" if day >= ended else "in_force"
    if expires is not None:
        return "expired" if day > expires else "in_force"
    return "in_force" if given == "not_yet" else given
