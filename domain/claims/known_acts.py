"""What is officially known of an act, in the form in which claims are held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from config.claims.claim_terms import load_claim_terms
from config.registered_act import RegisteredAct
from domain.acts.issuers import bodies_of, canonical
from domain.claims.words.quantities import find_quantities
from domain.law.law_list import LawEntry
from domain.records.fact_values import DateValue
from domain.records.notice import Notice
from domain.records.states import FactKind
from domain.text.document_numbers import normalise_document_number

DayKind = Literal["published", "signed", "effective", "ended", "comment"]

_SENTENCE = re.compile(r"(?<=[a-z0-9)%])[.;](?:\s|$)")
# Seven departments; The transport ministry and nine other departments
_DEPARTMENTS = re.compile(r"\b(\w+) (other )?departments\b", re.I)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}
# What a note says when the list of issuers is not whole.
_NOT_WHOLE = re.compile(r"list of issuers was not read|issuer is concluded|disagree on the dep")
_SIGNED = re.compile(r"(?:signed|dated|adopted[a-z ]*)(?: on)? (\d{4}-\d\d-\d\d)", re.I)
_OPEN = re.compile(r"(?:Open for comment|Comments?)[a-z ]*?(\d{1,2}) to (\d{1,2}) (\w+) (\d{4})")
_UNSURE = re.compile(
    r"not (?:seen|read|found)|to be read|from memory|concluded|read in|quoted in|page|report was"
    r"|translated|disagree|watched|title was|collection of laws|amount not read|none known|^none$"
    r"|the day of adoption|so a mere|see (?:the )?(?:acts|article)",
    re.I,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialSentence:
    """One official sentence: of the register's notes, or of the text of an act. ``current`` is
    False for a wording that no longer reads so; ``said`` are words that it takes over from the
    sentence before (the subject of a list); ``paused``: it is not applied for the time being."""

    text: str
    article: str | None = None
    current: bool = True
    said: str = ""
    exact: bool = False  # the act's own words, not a summary of them
    paused: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownAct:
    """An act with all that a claim may say of it. ``whole_issuers``: none is left out in
    ``issuers``; ``number_of_issuers`` counts those too that are not named."""

    ref: str
    key: str | None
    notice_id: int | None
    title: str
    title_en: str | None
    names: tuple[str, ...]
    document_number: str | None
    issuers: frozenset[str]
    whole_issuers: bool
    number_of_issuers: int | None
    jurisdiction: str
    status: str
    days: Mapping[DayKind, tuple[date, ...]]
    enders: frozenset[str] = frozenset()
    ended_acts: frozenset[str] = frozenset()
    statements: tuple[OfficialSentence, ...] = ()
    wrong_names: tuple[str, ...] = ()
    held: str = "reference"
    evidence: str = "archive"
    url: str | None = None

    @property
    def over(self) -> bool:
        """Whether it no longer binds."""
        return self.status in ("repealed", "expired", "ended", "withdrawn")


def known_act(entry: LawEntry, registered: RegisteredAct | None, notice: Notice | None) -> KnownAct:
    """An entry of the law list with what register and archive hold of it."""
    note = registered.evidence.note if registered else ""
    issuers = bodies_of(notice.issuers if notice and notice.issuers else entry.issuers)
    number, whole = _issuers_told(note, len(issuers))
    if notice is not None and notice.issuers:
        number, whole = len(issuers), True
    days = _days(entry, registered, notice, note)
    return KnownAct(
        ref=entry.key or f"notice-{entry.id}", key=entry.key, notice_id=entry.id,
        title=entry.title, title_en=entry.title_en, names=_names(entry, registered),
        document_number=entry.document_number and normalise_document_number(entry.document_number),
        issuers=issuers, whole_issuers=whole and bool(issuers) and not _standard(entry),
        number_of_issuers=None if _standard(entry) else number,
        jurisdiction=entry.jurisdiction, status=entry.status, days=days,
        enders=frozenset(map(normalise_document_number, entry.replaced_by)),
        ended_acts=frozenset(map(normalise_document_number, registered.repeals))
        if registered else frozenset(),
        statements=_registered_statements(registered) if registered else (),
        wrong_names=tuple(wrong.name for wrong in registered.wrong_names) if registered else (),
        held=entry.held, evidence=entry.evidence,
        url=(notice.url if notice else None) or (registered.url if registered else None),
    )  # fmt: skip


def _standard(entry: LawEntry) -> bool:
    number = entry.document_number or ""
    return number.startswith(("GB", "HJ", "QC", "YD"))


def _names(entry: LawEntry, registered: RegisteredAct | None) -> tuple[str, ...]:
    extra = load_claim_terms().acts.get(entry.key or "", ())
    english = registered.aliases_en if registered else ()
    return tuple(dict.fromkeys((*entry.aliases, *english, *extra)))


def _issuers_told(note: str, named: int) -> tuple[int | None, bool]:
    """How many bodies issued it, and whether those that are named are all."""
    match = _DEPARTMENTS.search(note)
    number = _NUMBERS.get(match[1].lower()) if match else None
    if match and number is not None:
        total = number + named if match[2] else number
        return total, total == named
    whole = not _NOT_WHOLE.search(note) or "disagree" in note
    return (named or None) if whole else None, whole


def _days(
    entry: LawEntry, registered: RegisteredAct | None, notice: Notice | None, note: str
) -> dict[DayKind, tuple[date, ...]]:
    days: dict[DayKind, list[date | None]] = {
        "published": [registered.published if registered else None],
        "signed": [_iso(_SIGNED.search(note))],
        "effective": [entry.effective],
        "ended": [entry.ended],
    }
    if registered is not None and registered.expires is not None:
        days["ended"] = [registered.expires, registered.expires + timedelta(days=1)]
    if match := _OPEN.search(note):
        days["comment"] = _comment_days(match)
    if notice is not None:
        _add_of_notice(days, notice)
    return {kind: found for kind, given in days.items() if (found := _given(given))}


def _given(days: Iterable[date | None]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _add_of_notice(days: dict[DayKind, list[date | None]], notice: Notice) -> None:
    """The issuer's own page goes before what the register reports."""
    if notice.effective is not None:
        days["effective"] = [notice.effective]
    if notice.expires is not None:
        days["ended"] = [notice.expires, notice.expires + timedelta(days=1)]
    if notice.published is not None:
        days["published"].append(notice.published)
    if comment := _fact_days(notice, FactKind.COMMENT_DEADLINE):
        days["comment"] = list(comment)
    for posting in notice.postings:
        for version in posting.versions:
            days["signed"].append(version.dates.signed)
            days["published"] += [version.dates.listed, version.dates.visible]
            if version.comment_deadline is not None:
                days.setdefault("comment", []).append(version.comment_deadline)


def _fact_days(notice: Notice, kind: FactKind) -> list[date]:
    """The days of the facts of a kind."""
    values = [fact.value for fact in notice.facts if fact.kind is kind]
    texts = [value.text for value in values if isinstance(value, DateValue)]
    return [date.fromisoformat(text) for text in texts if _DAY.match(text)]


def _iso(match: re.Match[str] | None) -> date | None:
    return date.fromisoformat(match[1]) if match else None


def _comment_days(match: re.Match[str]) -> list[date | None]:
    names = _MONTHS.split()
    if match[3] not in names:
        return []
    month = names.index(match[3]) + 1
    return [date(int(match[4]), month, int(match[part])) for part in (1, 2)]


def _registered_statements(act: RegisteredAct) -> tuple[OfficialSentence, ...]:
    """What the register says of an act, sentence by sentence; what it owns not to know is left."""
    found = [OfficialSentence(text=text, article=number) for number, text in act.articles.items()]
    scope = act.scope.en if act.scope else ""
    for text in (act.evidence.note, act.fines, scope):
        for sentence in _SENTENCE.split(text):
            said = sentence.strip()
            if len(said) >= 12 and not _UNSURE.search(said):
                found.append(OfficialSentence(text=said))
    return tuple(found)


def counted(statements: Sequence[OfficialSentence], unit: str) -> list[float]:
    """The counts of a unit (chapter, article) that statements give."""
    return [
        item.low
        for statement in statements
        for item in find_quantities(statement.text)
        if item.kind == "count" and item.unit == unit and item.low is not None
    ]


def is_issuer(act: KnownAct, body: str) -> bool:
    """Whether a body is among those that issued an act."""
    return canonical(body) in act.issuers
