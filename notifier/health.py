"""Sources that are not well: messages for the operators, blind spots for everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.records import HealthEvent, NewOutboxItem, SourceHealth, SourceState
from config.model import Channel, Settings
from notifier.house import House
from notifier.render.envelope import Envelope, line_items
from notifier.render.lines import Line, Seg, clean
from notifier.words import Lang, clip, day, local_day, say, state_name

BLIND_AFTER = timedelta(hours=72)
_UNREADABLE = (SourceState.BLOCKED, SourceState.FAILING, SourceState.LAYOUT_CHANGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlindSpot:
    """A source that could not be read for 72 hours or more."""

    key: str
    name_en: str
    name_zh: str
    jurisdiction: str
    since: datetime

    def line(self, lang: Lang, house: House) -> str:
        who = self.name_zh if lang == "zh" else self.name_en
        return say("blind", lang, who=who, date=day(local_day(self.since, house.zone), lang))


def unreadable_since(health: SourceHealth) -> datetime | None:
    """Since when a source cannot be read; None when it can."""
    if health.state not in _UNREADABLE:
        return None
    return min(health.since, health.last_ok) if health.last_ok else health.since


def blind_spots(
    healths: Iterable[SourceHealth], house: House, now: datetime
) -> tuple[BlindSpot, ...]:
    """Sources unreadable for 72 hours and more, longest first."""
    spots = []
    for health in healths:
        since = unreadable_since(health)
        if since is None or now - since < BLIND_AFTER:
            continue
        source = house.sources.get(health.key)
        if house.sources and (source is None or not source.enabled):
            continue  # no longer watched
        names = house.source_names(health.key)
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
    events: Iterable[HealthEvent], settings: Settings, house: House, now: datetime
) -> list[NewOutboxItem]:
    """One message for each change of state and channel, recovery included."""
    items: list[NewOutboxItem] = []
    for event in events:
        for name, config in health_channels(settings).items():
            envelope = Envelope(
                channel=name,
                config=config,
                key=f"health:{name}:{event.id}",
                kind="health",
                now=now,
            )
            severity = "grey" if event.after is SourceState.OK else "amber"
            items += line_items(_lines(event, house), severity, "en", envelope)
    return items


def _lines(event: HealthEvent, house: House) -> list[Line]:
    source = house.sources.get(event.source_key)
    publisher = source.publisher if source else "publisher unknown"
    recovered = event.after is SourceState.OK
    before = state_name(event.before, "en") if event.before else "never polled"
    state = (
        f"recovered: ok (was {before})"
        if recovered
        else (f"{state_name(event.after, 'en')} (was {before})")
    )
    mark = "✅" if recovered else "⚠️"
    headline = f"{mark} Source {event.source_key} ({publisher}): {state}"
    lines = [Line(role="headline", segs=(Seg(text=clean(headline), style="strong"),))]
    moment = event.at.astimezone(house.zone)
    detail = f"{moment:%Y-%m-%d %H:%M}"
    if event.reason:
        detail += f" · {clip(event.reason, 400)}"
    lines.append(Line(role="note", segs=(Seg(text=clean(detail)),)))
    return lines
