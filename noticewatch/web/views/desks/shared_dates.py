"""Dates as people read them: a duty that several acts name for one day stands once, and so does
one that the same words lay on several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.law.date_entries import DateEntry, dates_together
from i18n.visitor_words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedDate:
    """What is due on a day, by one act or by several that say the same."""

    on: date
    text: str
    entries: tuple[DateEntry, ...]


def shared_dates(entries: Iterable[DateEntry], words: Words) -> list[SharedDate]:
    """The dates in their order, the same duty on the same day once."""
    groups: dict[tuple[date, str, int], list[DateEntry]] = {}
    for same in dates_together(entries):
        entry = same[0]
        alone = 0 if entry.duty is not None else entry.notice_id
        also = [other.duty.who for other in same[1:] if other.duty is not None]
        text = words.date_text(entry, also)
        groups.setdefault((entry.on, text, alone), []).append(entry)
    return [
        SharedDate(on=on, text=text, entries=tuple(some)) for (on, text, _), some in groups.items()
    ]
