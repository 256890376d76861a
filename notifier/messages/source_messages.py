"""Sources that are not well: messages for the operators, blind spots for everybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.model import Channel, Settings
from domain.records.message import NewOutboxItem
from domain.records.source_run import HealthEvent, SourceHealth
from domain.records.states import SourceState
from i18n.phrases import Lang, clip, day, local_day, say, state_name
from notifier.messages.notification_context import NotificationContext
from notifier.render.envelope import Envelope, line_items
from notifier.render.lines import Line, TextRun, clean_text

BLIND_AFTER = timedelta(hours=72)
MOST_SINGLE = 30  # changes of state in a pass that are told one by one
_UNREADABLE = (SourceState.BLOCKED, SourceState.FAILING, SourceState.LAYOUT_CHANGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlindSpot:
    """A source that could not be read for 72 hours or more."""

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
    healths: Iterable[SourceHealth], context: NotificationContext, now: datetime
) -> tuple[BlindSpot, ...]:
    """Sources unreadable for 72 hours and more, longest first."""
    spots = []
    for health in healths:
        since = unreadable_since(health)
        if since is None or now - since < BLIND_AFTER:
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


def health_channels(settings: Settings) -> dict[str, Channel]:
    """Channels of purpose health; without one the terminals show operator lines."""
    own = {name: item for name, item in settings.channels.items() if item.purpose == "health"}
    if own:
        return own
    return {name: item for name, item in settings.channels.items() if item.type == "terminal"}


def health_items(
    events: Iterable[HealthEvent], settings: Settings, context: NotificationContext, now: datetime
) -> list[NewOutboxItem]:
    """One message for each change of state and channel, recovery included; many at once (a
    first pass, a network that is down) share one message that names each source."""
    told = list(events)
    items: list[NewOutboxItem] = []
    for name, config in health_channels(settings).items():
        for group in [told] if len(told) > MOST_SINGLE else [[event] for event in told]:
            envelope = Envelope(
                channel=name,
                config=config,
                key=f"health:{name}:{group[0].id}",
                kind="health",
                now=now,
                thread=f"health:{name}:{group[0].id}" if len(group) > 1 else None,
                public_url=settings.web.public_url,
            )
            well = all(event.after is SourceState.OK for event in group)
            lines = (
                _lines(group[0], context) if len(group) == 1 else _events_summary(group, context)
            )
            items += line_items(lines, "grey" if well else "amber", "en", envelope)
    return items


def _events_summary(events: list[HealthEvent], context: NotificationContext) -> list[Line]:
    """How many sources are in which state now, then a line for each."""
    counts = Counter(state_name(event.after, "en") for event in events)
    numbers = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    headline = f"⚠️ {len(events)} sources changed their state: {numbers}"
    lines = [Line(role="headline", segs=(TextRun(text=headline, style="strong"),))]
    for event in sorted(events, key=lambda event: event.source_key):
        text = _headline(event, context)
        if event.reason:
            text += f" · {clip(event.reason, 120)}"
        lines.append(Line(role="note", segs=(TextRun(text=clean_text(text)),)))
    return lines


def _headline(event: HealthEvent, context: NotificationContext) -> str:
    source = context.sources.get(event.source_key)
    publisher = source.publisher if source else "publisher unknown"
    recovered = event.after is SourceState.OK
    before = state_name(event.before, "en") if event.before else "never polled"
    state = (
        f"recovered: ok (was {before})"
        if recovered
        else (f"{state_name(event.after, 'en')} (was {before})")
    )
    mark = "✅" if recovered else "⚠️"
    return f"{mark} Source {event.source_key} ({publisher}): {state}"


def _lines(event: HealthEvent, context: NotificationContext) -> list[Line]:
    headline = _headline(event, context)
    lines = [Line(role="headline", segs=(TextRun(text=clean_text(headline), style="strong"),))]
    moment = event.at.astimezone(context.zone)
    detail = f"{moment:%Y-%m-%d %H:%M}"
    if event.reason:
        detail += f" · {clip(event.reason, 400)}"
    lines.append(Line(role="note", segs=(TextRun(text=clean_text(detail)),)))
    return lines
