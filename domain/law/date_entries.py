"""The dates that acts name and that are still to come, each with its duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.acts.status import NO_LONGER_AHEAD
from domain.facts.open_dates import dated_facts
from domain.law.duties import Bound, Duty, TimeRelation, duty_ids
from domain.law.duty_days import next_day
from domain.records.notice import Notice
from domain.records.states import FactKind


@dataclass(frozen=True, kw_only=True)
class DateEntry:
    """A date that somebody must keep, with the notice and the words it comes from."""

    on: date
    kind: str  # comment_deadline | effective_date | expiry_date | deadline
    notice_id: int
    title: str
    jurisdiction: str
    quote: str
    severity: str
    duty: Duty | None = None
    duty_id: str | None = None
    title_en: str | None = None

    def days_left(self, today: date) -> int:
        return (self.on - today).days


def open_date_entries(
    notices: Iterable[Notice], today: date, *, days: int | None = None
) -> list[DateEntry]:
    """Dates from today on, soonest first; each duty once, other dates of an act once."""
    last = today + timedelta(days=days) if days is not None else date.max
    seen: dict[tuple[int, str, date, str | None], DateEntry] = {}
    for notice in notices:
        if notice.status in NO_LONGER_AHEAD:
            continue
        for entry in (*_of_duties(notice, today), *_of_facts(notice, today), *_of_act(notice)):
            if today <= entry.on <= last:
                seen.setdefault((notice.id, entry.kind, entry.on, entry.duty_id), entry)
    return sorted(
        seen.values(),
        key=lambda entry: (entry.on, entry.notice_id, entry.kind, entry.duty_id or ""),
    )


def dates_together(entries: Iterable[DateEntry]) -> list[list[DateEntry]]:
    """The dates in their order, those together whose duties differ by nothing but who is bound.

    An invitation to comment is left out where the last day for comments stands already.
    """
    known = list(entries)
    invited = {(one.notice_id, one.on) for one in known if one.kind == FactKind.COMMENT_DEADLINE}
    found: dict[tuple[object, ...], list[DateEntry]] = {}
    for entry in known:
        duty = entry.duty
        if duty is not None and duty.act == "comment" and (entry.notice_id, entry.on) in invited:
            continue
        asks = (entry.kind,) if duty is None else (duty.modality, duty.act, duty.object, duty.when)
        found.setdefault((entry.on, entry.notice_id, entry.quote, asks), []).append(entry)
    return list(found.values())


def _of_duties(notice: Notice, today: date) -> Iterator[DateEntry]:
    """The days of companies' duties; the first day of one is no deadline."""
    for number, duty in zip(duty_ids(notice.duties, notice.id), notice.duties, strict=True):
        on = next_day(duty, today)
        starts = duty.when is not None and duty.when.relation is TimeRelation.FROM
        if on is None or starts or duty.who.kind is Bound.AUTHORITY:
            continue
        yield _entry(notice, "deadline", on, duty.quote, duty, number)


def _of_facts(notice: Notice, today: date) -> Iterator[DateEntry]:
    """Other dates; a deadline only of an act that obliges and whose duties were not read."""
    for fact, on in dated_facts(notice.facts, today):
        obliges = notice.stage in ("final", "draft", None) and not notice.duties
        if fact.kind is FactKind.DEADLINE and not obliges:
            continue
        yield _entry(notice, str(fact.kind), on, fact.quote)


def _of_act(notice: Notice) -> Iterator[DateEntry]:
    """Effect and end of the act, also where they follow from other words than a fact's."""
    if notice.effective is not None:
        yield _entry(notice, FactKind.EFFECTIVE_DATE, notice.effective, "")
    if notice.expires is not None:
        yield _entry(notice, FactKind.EXPIRY_DATE, notice.expires, "")


def _entry(
    notice: Notice, kind: str, on: date, quote: str,
    duty: Duty | None = None, duty_id: str | None = None,
) -> DateEntry:  # fmt: skip
    return DateEntry(
        on=on, kind=kind, notice_id=notice.id, title=notice.title,
        jurisdiction=notice.jurisdiction, quote=quote, severity=notice.severity,
        duty=duty, duty_id=duty_id, title_en=notice.title_en,
    )  # fmt: skip
