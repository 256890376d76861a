"""The dates that acts name and that are still to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.records.fact import Fact
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

    def days_left(self, today: date) -> int:
        return (self.on - today).days


_DATED = {
    FactKind.COMMENT_DEADLINE,
    FactKind.EFFECTIVE_DATE,
    FactKind.EXPIRY_DATE,
    FactKind.DEADLINE,
}


def fact_date(fact: Fact, today: date) -> date | None:
    """The calendar date of a fact, the next one for a yearly date; None for a duration."""
    value = fact.value
    if isinstance(value, str):
        return _iso(value)
    if isinstance(value, Mapping) and isinstance(value.get("date"), str):
        text = value["date"]
        if not text.startswith("--"):
            return _iso(text)
        for year in (today.year, today.year + 1):
            candidate = _iso(f"{year}-{text[2:]}")
            if candidate and candidate >= today:
                return candidate
    return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_date_entries(
    notices: Iterable[Notice], today: date, *, days: int | None = None
) -> list[DateEntry]:
    """Dates from today on, soonest first, each act's date once."""
    seen: set[tuple[int, str, date]] = set()
    entries = []
    last = today + timedelta(days=days) if days is not None else date.max
    for notice in notices:
        for fact in notice.facts:
            if fact.kind not in _DATED:
                continue
            on = fact_date(fact, today)
            key = (notice.id, str(fact.kind), on or date.min)
            if on is None or not today <= on <= last or key in seen:
                continue
            seen.add(key)
            entries.append(
                DateEntry(
                    on=on,
                    kind=str(fact.kind),
                    notice_id=notice.id,
                    title=notice.title,
                    jurisdiction=notice.jurisdiction,
                    quote=fact.quote,
                    severity=notice.severity,
                )
            )
    return sorted(entries, key=lambda entry: (entry.on, entry.notice_id))
