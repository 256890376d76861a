"""The dates that acts name and that are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.facts.open_dates import dated_facts
from domain.records.notice import Notice


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


def open_date_entries(
    notices: Iterable[Notice], today: date, *, days: int | None = None
) -> list[DateEntry]:
    """Dates from today on, soonest first, each act's date once."""
    seen: set[tuple[int, str, date]] = set()
    entries = []
    last = today + timedelta(days=days) if days is not None else date.max
    for notice in notices:
        for fact, on in dated_facts(notice.facts, today):
            key = (notice.id, str(fact.kind), on)
            if not today <= on <= last or key in seen:
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
