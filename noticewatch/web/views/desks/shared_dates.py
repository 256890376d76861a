"""Dates as people read them: a duty that several acts name for one day stands once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.law.date_entries import DateEntry
from i18n.visitor_words import Words

_COMMENTS = "comment_deadline"


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedDate:
    """What is due on a day, by one act or by several that say the same."""

    on: date
    text: str
    entries: tuple[DateEntry, ...]


def shared_dates(entries: Iterable[DateEntry], words: Words) -> list[SharedDate]:
    """The dates in their order, the same duty on the same day once."""
    groups: dict[tuple[date, str, int], list[DateEntry]] = {}
    known = list(entries)
    invited = {(entry.notice_id, entry.on) for entry in known if entry.kind == _COMMENTS}
    for entry in known:
        if _invites(entry) and (entry.notice_id, entry.on) in invited:
            continue  # the last day for comments says it already
        alone = 0 if entry.duty is not None else entry.notice_id
        groups.setdefault((entry.on, words.date_text(entry), alone), []).append(entry)
    return [
        SharedDate(on=on, text=text, entries=tuple(some)) for (on, text, _), some in groups.items()
    ]


def _invites(entry: DateEntry) -> bool:
    return entry.duty is not None and entry.duty.act == "comment"
