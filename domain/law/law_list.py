"""The list of the law: the register and the archive as one list of acts, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from config.registered_act import RegisteredAct, WrongName
from domain.law.known_end import NOTHING_KNOWN, KnownEnd
from domain.law.library_validity import read_validity
from domain.law.register_names import RegisterNames, endings
from domain.records.notice import Notice

Held = Literal["full", "articles", "reference"]
_ENDED = ("repealed", "expired")
_CHANGED = ("partly_repealed", "amended")
_BESIDE = ("case", "eia", "reply", "list", "interpretation")


@dataclass(frozen=True, kw_only=True, slots=True)
class LawEntry:
    """An act of the list with its status on the day asked for.

    ``held`` says what is at hand of its text: all of it, some articles, or the reference only.
    ``ended`` is the first day on which it no longer binds; ``replaced_by`` the acts that end it.
    ``evidence`` is how its data are known: ``archive`` for a text of the archive itself.
    ``registered`` has the rest of what the register knows of it; ``asked_as`` is the wrong name
    by which a search found it; ``ended_by`` the registered act that ends it.
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
    validity: str | None = None
    registered: RegisteredAct | None = None
    asked_as: WrongName | None = None
    ended_by: RegisteredAct | None = None

    @property
    def handle(self) -> str:
        """By what a command finds it again: ``law KEY``, or ``show ID`` of an act that only the
        archive has."""
        return f"law {self.key}" if self.key else f"show {self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Day:
    """The day that is asked for; ``today`` is that on which a status without a day holds."""

    on: date
    today: date


def law_entries(
    register: Sequence[RegisteredAct],
    notices: Iterable[Notice],
    day: date,
    ends: Mapping[int, KnownEnd] | None = None,
    today: date | None = None,
) -> list[LawEntry]:
    """Registered acts, each with its text in the archive where there is one, and the other acts
    of the archive; by jurisdiction and newest first."""
    when = _Day(on=day, today=today or day)
    known = ends or {}
    held, others = _by_key(register, notices, known)
    enders = endings(register)
    entries = []
    for act in register:
        entry = _registered(act, enders.get(act.key), when)
        for notice in held.get(act.key, ()):
            entry = _with_notice(entry, notice, known, when)
        entries.append(entry)
    entries += [_archived(notice, known.get(notice.id, NOTHING_KNOWN), when) for notice in others]
    return sorted(entries, key=_order)


def entries_beside_the_law(notices: Iterable[Notice], day: date) -> list[LawEntry]:
    """What authorities published that is no act of law and is told of as such: penalty cases,
    decisions on projects, replies, lists and explanations."""
    when = _Day(on=day, today=day)
    return [_archived(notice, NOTHING_KNOWN, when) for notice in notices if notice.stage in _BESIDE]


def _order(entry: LawEntry) -> tuple[bool, str, int, str]:
    newest = -(entry.effective or date.min).toordinal()
    return (entry.jurisdiction != "CN", entry.jurisdiction, newest, entry.title)


def _by_key(
    register: Sequence[RegisteredAct], notices: Iterable[Notice], ends: Mapping[int, KnownEnd]
) -> tuple[Mapping[str, Sequence[Notice]], list[Notice]]:
    """What the archive has of each registered act: the newest row of a library, then the newest
    text; and its other acts."""
    names = RegisterNames(register)
    rows: dict[str, Notice] = {}
    texts: dict[str, Notice] = {}
    others: dict[tuple[str, str], Notice] = {}
    for notice in sorted(notices, key=lambda one: one.published or date.min, reverse=True):
        act = _act_of(names, notice)
        if act is not None:
            listed = ends.get(notice.id, NOTHING_KNOWN).listed_only
            (rows if listed else texts).setdefault(act.key, notice)
        elif notice.stage in ("final", "draft"):
            others.setdefault((notice.document_number or "", notice.title), notice)
    keys = rows.keys() | texts.keys()
    held = {key: [part[key] for part in (rows, texts) if key in part] for key in keys}
    return held, list(others.values())


def _act_of(names: RegisterNames, notice: Notice) -> RegisteredAct | None:
    """The registered act that a notice is; a draft is its own act, unless it is registered as
    one, and a row of a library may bear no stage."""
    if notice.stage not in ("final", "draft", None):
        return None
    act = names.find(notice.title, notice.document_number)
    if act is None or act.jurisdiction != notice.jurisdiction:
        return None
    return act if (notice.stage == "draft") == (act.status == "draft") else None


def _registered(act: RegisteredAct, ender: RegisteredAct | None, day: _Day) -> LawEntry:
    """What the register alone says of an act."""
    partly = act.status in _CHANGED
    ended = ender.effective if ender is not None and not partly else None
    given = act.status
    if partly and ender is not None and ender.effective is not None and day.on < ender.effective:
        given = "in_force"
    first = act.effective or act.published
    status = _status_on(given, first, ended, act.expires, day.on)
    doubtful = act.unknown_from is not None and day.on >= act.unknown_from
    if doubtful or day.on < _known_since(act, ender, status):
        status = "not_known"
    by = (ender.document_number or ender.title) if ender else act.repealed_by or act.replaced_by
    return LawEntry(
        id=None, key=act.key, title=act.title, title_en=act.title_en,
        document_number=act.document_number, issuers=act.issuers, jurisdiction=act.jurisdiction,
        status=status, effective=act.effective, ended=ended or _day_after(act.expires),
        replaced_by=(by,) if by else (), held="articles" if act.articles else "reference",
        evidence=act.evidence.level, aliases=(*act.aliases, *act.aliases_en), registered=act,
        ended_by=ender,
    )  # fmt: skip


def _known_since(act: RegisteredAct, ender: RegisteredAct | None, status: str) -> date:
    """The first day of which a status may be said: an act without days was seen to stand, or to
    be over, on the day of the evidence; one that another ended stood when that was published."""
    first = act.effective or act.published
    seen = act.evidence.since or date.min
    if status == "in_force" and first is None:
        return (ender.published or ender.effective or seen) if ender is not None else seen
    dated = act.expires or (ender is not None and ender.effective)
    if status in (*_ENDED, *_CHANGED) and not dated:
        return seen
    return date.min


def _with_notice(
    entry: LawEntry, notice: Notice, ends: Mapping[int, KnownEnd], day: _Day
) -> LawEntry:
    """A registered act with what a text of the archive, or a library's row, says of it."""
    end = ends.get(notice.id, NOTHING_KNOWN)
    found = replace(entry, id=notice.id, validity=end.validity or entry.validity)
    if not end.listed_only:
        found = replace(found, held="full", evidence="archive")
    own = _archived(notice, end, day)
    newer = entry.status == "in_force" and own.status in (*_ENDED, *_CHANGED, "not_known")
    if newer or (entry.status == "not_known" and _settles(end, entry.registered, day)):
        by = own.replaced_by or entry.replaced_by
        return replace(found, status=own.status, ended=own.ended or entry.ended, replaced_by=by)
    return found


def _settles(end: KnownEnd, act: RegisteredAct | None, day: _Day) -> bool:
    """Whether what the archive has settles a status that the register does not know: where
    something may have ended the act, only the word of those who may say it."""
    if act is None or act.unknown_from is None or day.on < act.unknown_from:
        return True
    return end.official and read_validity(end.validity) is not None


def _archived(notice: Notice, end: KnownEnd, day: _Day) -> LawEntry:
    given = "draft" if notice.stage == "draft" else str(notice.status or "in_force")
    first = notice.effective or notice.published
    ended = end.repealed_from if given == "repealed" else None
    status = _status_on(given, first, ended, notice.expires, day.on)
    undated = given in (*_ENDED, *_CHANGED) and ended is None and status == given
    if undated and day.on < day.today:
        status = "not_known"  # since when it is so is not told
    return LawEntry(
        id=notice.id, key=None, title=notice.title, title_en=notice.title_en,
        document_number=notice.document_number, issuers=notice.issuers,
        jurisdiction=notice.jurisdiction, status=status, effective=notice.effective,
        ended=ended or _day_after(notice.expires),
        replaced_by=(end.repealed_by,) if end.repealed_by else (),
        held="reference" if end.listed_only else "full", evidence="archive",
        validity=end.validity,
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
