"""Read once what the digests of a pass need, and filter it for a subscription."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.store import Archive
from config.model import Subscription
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from notifier.messages.handled_acts import HandledActs
from notifier.messages.notification_context import NotificationContext
from notifier.selection.matching import Candidate, matches, wanted_by, worth_telling


@dataclass(frozen=True, slots=True)
class DigestInputs:
    """What the archive knows, read once for all digests of a pass."""

    archive: Archive
    context: NotificationContext
    now: datetime
    notices: Mapping[int, Notice]
    healths: tuple[SourceHealth, ...]
    handled: HandledActs

    @classmethod
    def read(cls, archive: Archive, context: NotificationContext, now: datetime) -> DigestInputs:
        notices = {n.id: n for n in archive.notices.iterate(relevant=True, versions=False)}
        healths = tuple(archive.sources.all())
        return cls(archive, context, now, notices, healths, HandledActs(archive))

    def told(
        self, subscription: Subscription, since: datetime | None, until: datetime | None
    ) -> list[Change]:
        """Changes found in a stretch of time that a subscription asks for."""
        changes = self.archive.changes.find(since=since, until=until)
        known = [change for change in changes if change.notice_id in self.notices]
        return [item.change for item in self.wanted(subscription, known)]

    def wanted(self, subscription: Subscription, changes: Iterable[Change]) -> list[Candidate]:
        told = worth_telling(self.archive, changes)
        return wanted_by(self.archive, subscription, told, self.context)


_LOUD = 20  # acts of one source in one digest


def loud_last(items: Iterable[Candidate]) -> list[Candidate]:
    """In their order, but for the sources that bring more than others ever do: what such a flood
    says stands behind the rest, so that no list is full before the others' acts are in it."""
    known = list(items)
    sources = Counter(_source(item.notice) for item in known)
    return sorted(known, key=lambda item: sources[_source(item.notice)] > _LOUD)


def _source(notice: Notice) -> str:
    return next((posting.source_key for posting in notice.postings), "")


def asks_for(subscription: Subscription, notice: Notice, context: NotificationContext) -> bool:
    """The filters on acts; those on kinds of change do not concern dates."""
    latest = notice.changes[-1] if notice.changes else None
    if latest is None:
        return False
    open_kinds = subscription.model_copy(update={"kinds": "all", "severities": "all"})
    return matches(open_kinds, Candidate(change=latest, notice=notice), context)
