"""What is kept of each daily or weekly subscription between its digests.

The state holds when it was first seen, when its next digest is due, and the changes learned
since the last one. It is JSON in the archive; :class:`State` is its shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from archive.store import Archive
from config.model import Settings, Subscription
from notifier.notification_context import NotificationContext
from notifier.selection.planner import subscription_key

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """Stored as JSON; moments are ISO 8601."""

    when: str
    first_seen: str
    since: str  # the end of the last digest, else first_seen
    due: str  # the next due instant
    pending: tuple[int, ...] = ()  # changes learned since the last digest
    covered: tuple[int, ...] = ()  # told in a digest before they were selected
    served: tuple[str, ...] = ()  # due instants whose digest was queued

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def digest_subscriptions(settings: Settings) -> dict[str, Subscription]:
    """The daily and weekly subscriptions by key; the same filters twice count once."""
    found: dict[str, Subscription] = {}
    for subscription in settings.subscriptions:
        if subscription.when != "immediately":
            found.setdefault(subscription_key(subscription), subscription)
    return found


def next_due(when: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The first due instant of ``daily HH:MM`` or ``weekly mon HH:MM`` later than ``after``."""
    words = when.split()
    hour, minute = (int(part) for part in words[-1].split(":"))
    local = after.astimezone(zone)
    for ahead in range(9):
        day = local.date() + timedelta(days=ahead)
        moment = datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)
        fits = words[0] == "daily" or day.weekday() == _WEEKDAYS.index(words[1])
        if fits and moment > after:
            return moment
    raise ValueError(f"no due instant for {when!r}")


def last_due(when: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The latest due instant that is not later than ``now``."""
    start = now - timedelta(days=8)
    moment = next_due(when, start, zone)
    while (later := next_due(when, moment, zone)) <= now:
        moment = later
    return moment


def load_state(
    archive: Archive,
    key: str,
    subscription: Subscription,
    house: NotificationContext,
    now: datetime,
) -> State:
    """The kept state; a new one for a subscription seen first or given a new time."""
    kept = archive.notifier_state.subscription(key)
    due = next_due(subscription.when, now, house.zone).isoformat()
    if kept is None:
        stamp = now.isoformat()
        return State(when=subscription.when, first_seen=stamp, since=stamp, due=due)
    state = State(
        when=kept["when"],
        first_seen=kept["first_seen"],
        since=kept["since"],
        due=kept["due"],
        pending=tuple(kept["pending"]),
        covered=tuple(kept["covered"]),
        served=tuple(kept["served"]),
    )
    # A due instant beyond the next one was computed by a clock that ran ahead.
    if state.when == subscription.when and state.due <= due:
        return state
    return State(**{**asdict(state), "when": subscription.when, "due": due})


def with_pending(state: State, ids: Sequence[int]) -> State:
    """The state with newly selected changes, but for those that a digest has told already."""
    fresh = [number for number in ids if number not in state.covered]
    covered = tuple(number for number in state.covered if number not in ids)
    pending = tuple(dict.fromkeys([*state.pending, *fresh]))
    return State(**{**asdict(state), "pending": pending, "covered": covered})


def add_pending(
    archive: Archive,
    settings: Settings,
    house: NotificationContext,
    pending: Mapping[str, Sequence[int]],
    now: datetime,
) -> None:
    """Keep what each digest subscription has to tell next; also when it is seen first."""
    for key, subscription in digest_subscriptions(settings).items():
        state = with_pending(
            load_state(archive, key, subscription, house, now), pending.get(key, ())
        )
        if state.as_json() != _normal(archive.notifier_state.subscription(key)):
            archive.notifier_state.set_subscription(key, state.as_json())


def _normal(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    """JSON gives lists back where the state has tuples."""
    if kept is None:
        return None
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
