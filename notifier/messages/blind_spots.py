"""Find the sources that cannot be read: what readers are blind to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.records.source_run import SourceHealth
from domain.records.states import SourceState
from i18n.phrases import Lang, day, local_day, say
from notifier.messages.notification_context import NotificationContext

BLIND_AFTER = timedelta(hours=72)
_UNREADABLE = (SourceState.BLOCKED, SourceState.FAILING, SourceState.LAYOUT_CHANGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlindSpot:
    """A source that cannot be read, and since when."""

    key: str
    name_en: str
    name_zh: str
    jurisdiction: str
    since: datetime

    def line(self, lang: Lang, context: NotificationContext) -> str:
        who = self.name_zh if lang == "zh" else self.name_en
        return say("blind", lang, who=who, date=day(local_day(self.since, context.zone), lang))


def unreadable_since(health: SourceHealth) -> datetime | None:
    """Since when a source cannot be read; None when it can."""
    if health.state not in _UNREADABLE:
        return None
    return min(health.since, health.last_ok) if health.last_ok else health.since


def blind_spots(
    healths: Iterable[SourceHealth],
    context: NotificationContext,
    now: datetime,
    after: timedelta = BLIND_AFTER,
) -> tuple[BlindSpot, ...]:
    """Sources unreadable for 72 hours (or ``after``) and more, longest first."""
    spots = []
    for health in healths:
        since = unreadable_since(health)
        if since is None or now - since < after:
            continue
        source = context.sources.get(health.key)
        if context.sources and (source is None or not source.enabled):
            continue  # no longer watched
        names = context.source_names(health.key)
        spots.append(
            BlindSpot(
                key=health.key,
                name_en=names.en or names.zh,
                name_zh=names.zh,
                jurisdiction=source.jurisdiction if source else "",
                since=since,
            )
        )
    return tuple(sorted(spots, key=lambda spot: spot.since))
