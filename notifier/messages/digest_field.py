"""What the archive knows for the digests of a pass, and which of it a subscription asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.store import Archive
from config.model import Subscription
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from notifier.notification_context import NotificationContext
from notifier.selection.planner import Candidate, matches, wanted_by, worth_telling


@dataclass(frozen=True, slots=True)
class Field:
    """What the archive knows, read once for all digests of a pass."""

    archive: Archive
    house: NotificationContext
    now: datetime
    notices: Mapping[int, Notice]
    healths: tuple[SourceHealth, ...]

    @classmethod
    def read(cls, archive: Archive, house: NotificationContext, now: datetime) -> Field:
        notices = {n.id: n for n in archive.notices.iterate(relevant=True, versions=False)}
        return cls(archive, house, now, notices, tuple(archive.sources.all()))

    def told(
        self, subscription: Subscription, since: datetime | None, until: datetime | None
    ) -> list[Change]:
        """Changes found in a stretch of time that a subscription asks for."""
        changes = self.archive.changes.find(since=since, until=until)
        known = [change for change in changes if change.notice_id in self.notices]
        return [item.change for item in self.wanted(subscription, known)]

    def wanted(self, subscription: Subscription, changes: Iterable[Change]) -> list[Candidate]:
        told = worth_telling(self.archive, changes)
        return wanted_by(self.archive, subscription, told, self.house)


def asks_for(subscription: Subscription, notice: Notice, house: NotificationContext) -> bool:
    """The filters on acts; those on kinds of change do not concern dates."""
    latest = notice.changes[-1] if notice.changes else None
    if latest is None:
        return False
    open_kinds = subscription.model_copy(update={"kinds": "all", "severities": "all"})
    return matches(open_kinds, Candidate(change=latest, notice=notice), house)
