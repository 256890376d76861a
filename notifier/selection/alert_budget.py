"""Hold back what a source would have told beyond its day's budget of alerts; it waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from archive.store import Archive
from config.model import Settings
from domain.records.change import Change
from domain.records.message import NewOutboxItem
from notifier.messages.operator_messages import OperatorMessage, operator_items

ALERTS_A_DAY = 60  # changes of one source that are told in 24 hours; severe ones twice as many
DAY = timedelta(hours=24)


def within_budget(
    archive: Archive, changes: Sequence[Change], now: datetime
) -> tuple[list[Change], Counter[str]]:
    """The changes that may be told now, and how many of each source wait."""
    told = archive.changes.told_since(now - DAY)
    full = {source for source, count in told.items() if count >= ALERTS_A_DAY}
    if not full:
        return list(changes), Counter()
    source_of = archive.changes.sources_of([change.id for change in changes])
    waiting: Counter[str] = Counter()
    kept = []
    for change in changes:
        source = source_of.get(change.id, "")
        most = ALERTS_A_DAY * (2 if change.severity == "red" else 1)
        if change.baseline or told.get(source, 0) < most:
            kept.append(change)
        else:
            waiting[source] += 1
    return kept, waiting


def waiting_items(waiting: Counter[str], settings: Settings, now: datetime) -> list[NewOutboxItem]:
    """One message a day and source to the operators."""
    items: list[NewOutboxItem] = []
    for source, count in sorted(waiting.items()):
        message = OperatorMessage(
            key=f"flood:{source}:{now.date().isoformat()}",
            headline=f"{source}: more than {ALERTS_A_DAY} changes to tell in 24 hours",
            note=f"{count} wait and are told later; `noticewatch source list` shows the source.",
        )
        items += operator_items(message, settings, now)
    return items
