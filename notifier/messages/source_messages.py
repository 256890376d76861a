"""Tell the operators which sources changed their state: trouble and recovery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from config.model import Channel, Settings
from domain.records.message import NewOutboxItem
from domain.records.source_run import HealthEvent
from domain.records.states import OutboxKind, SourceState
from i18n.phrases import clip, state_name
from notifier.channels.channel_factory import open_channel
from notifier.messages.notification_context import NotificationContext
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun, clean_text
from notifier.render.renderer import LineMessage

MOST_SINGLE = 30  # changes of state in a pass that are told one by one


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
                key=f"health:{name}:{group[0].id}",
                kind=OutboxKind.HEALTH,
                now=now,
                thread=f"health:{name}:{group[0].id}" if len(group) > 1 else None,
                public_url=settings.web.public_url,
            )
            well = all(event.after is SourceState.OK != event.before for event in group)
            lines = (
                _lines(group[0], context) if len(group) == 1 else _events_summary(group, context)
            )
            message = LineMessage(
                lines=tuple(lines), lang="en", severity="grey" if well else "amber"
            )
            items += open_channel(config).renderer.lines(message, envelope)
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
    if event.before is event.after:
        return f"⚠️ Source {event.source_key} ({publisher}): please look at it"
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
