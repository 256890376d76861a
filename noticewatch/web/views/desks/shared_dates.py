"""Dates as people read them: a duty that several acts name for one day stands once, and so does
one that the same words lay on several.
"""

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
    told = [
        entry for entry in known
        if not _invites(entry) or (entry.notice_id, entry.on) not in invited
    ]  # else the last day for comments says it already  # fmt: skip
    for same in _of_same_words(told):
        entry = same[0]
        alone = 0 if entry.duty is not None else entry.notice_id
        also = [other.duty.who for other in same[1:] if other.duty is not None]
        text = words.date_text(entry, also)
        groups.setdefault((entry.on, text, alone), []).append(entry)
    return [
        SharedDate(on=on, text=text, entries=tuple(some)) for (on, text, _), some in groups.items()
    ]


def _of_same_words(entries: Iterable[DateEntry]) -> list[list[DateEntry]]:
    """The dates in their order, those together whose duties differ by nothing but who is bound."""
    found: dict[tuple[object, ...], list[DateEntry]] = {}
    for entry in entries:
        duty = entry.duty
        asks = (entry.kind,) if duty is None else (duty.modality, duty.act, duty.object, duty.when)
        found.setdefault((entry.on, entry.notice_id, entry.quote, asks), []).append(entry)
    return list(found.values())


def _invites(entry: DateEntry) -> bool:
    return entry.duty is not None and entry.duty.act == "comment"
