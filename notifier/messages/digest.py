"""Queue and send the daily and weekly digests when they are due, never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from archive.store import Archive, utc_now
from config.model import Settings, Subscription
from domain.records.change import Change
from domain.records.message import NewOutboxItem
from domain.records.states import OutboxKind
from notifier.channels.channel_factory import open_channel
from notifier.delivery.dispatch import DispatchOptions, NotifyReport, exclusive_notifier, send_due
from notifier.messages.digest_content import build_digest
from notifier.messages.digest_inputs import DigestInputs
from notifier.messages.digest_model import Digest
from notifier.messages.notification_context import NotificationContext
from notifier.messages.period import Period, default_week, parse_week
from notifier.render.envelope import Envelope
from notifier.selection.planner import MOST_CHANGES
from notifier.selection.subscribers import (
    DigestState,
    digest_subscriptions,
    last_occurrence,
    load_digest_state,
    next_occurrence,
    with_pending,
)

_KEPT_SERVED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestWork:
    """A digest to queue and the subscription's state after it."""

    key: str
    state: dict[str, Any]
    items: tuple[NewOutboxItem, ...]


def queue_digests(archive: Archive, work: Iterable[DigestWork]) -> int:
    """Put digests into the outbox, each with its subscription's state in one transaction."""
    queued = 0
    for item in work:
        archive.notifier_state.set_subscription(item.key, item.state, item.items)
        queued += len(item.items)
    return queued


def send_digests(
    archive: Archive,
    settings: Settings,
    week: str | None = None,
    *,
    only_weekly: bool = True,
    clock: Callable[[], datetime] = utc_now,
    terminal: TextIO | None = None,
) -> NotifyReport:
    """Send the weekly digests now, for a week such as ``2026-W47`` or the last complete one.

    A digest that was queued for the same due instant is not sent again. Only the channels of
    the subscriptions served are emptied; ``only_weekly=False`` serves daily ones too.
    """
    context = NotificationContext(settings)
    with exclusive_notifier(archive) as mine:
        work = plan_week(mine, settings, context, clock(), week, only_weekly=only_weekly)
        queued = queue_digests(mine, work)
    names = {
        subscription.channel
        for subscription in digest_subscriptions(settings).values()
        if not only_weekly or subscription.when.startswith("weekly")
    }
    return send_due(
        archive, settings, DispatchOptions(clock=clock, terminal=terminal), queued, names
    )


def plan_due(
    archive: Archive,
    settings: Settings,
    context: NotificationContext,
    now: datetime,
    pending: Mapping[str, Sequence[int]] | None = None,
) -> list[DigestWork]:
    """The digests whose time has come; ``pending`` adds changes not yet kept (dry run)."""
    work: list[DigestWork] = []
    inputs: DigestInputs | None = None
    for key, subscription in digest_subscriptions(settings).items():
        state = load_digest_state(archive, key, subscription, context, now)
        state = with_pending(state, (pending or {}).get(key, ()))
        if now < datetime.fromisoformat(state.due):
            continue
        due = last_occurrence(subscription.when, now, context.zone)
        after = replace(
            state, due=next_occurrence(subscription.when, now, context.zone).isoformat()
        )
        items: list[NewOutboxItem] = []
        if due.isoformat() not in state.served:
            inputs = inputs or DigestInputs.read(archive, context, now)
            since = datetime.fromisoformat(state.since)
            period = _period(subscription, since, now, due, context)
            changes = _by_id(archive, state.pending)
            digest = build_digest(inputs, subscription, period, changes)
            if period.weekly or not digest.empty:
                items = digest_items(digest, key, subscription, settings, period, context)
            after = _served(after, due, now)
        work.append(DigestWork(key=key, state=after.as_json(), items=tuple(items)))
    return work


def plan_week(
    archive: Archive,
    settings: Settings,
    context: NotificationContext,
    now: datetime,
    text: str | None,
    *,
    only_weekly: bool = True,
) -> list[DigestWork]:
    """The digests of a week, for subscriptions that did not get theirs yet."""
    week = parse_week(text, context.zone) if text else default_week(now, context.zone)
    past = week.end <= now and week != default_week(now, context.zone)
    inputs: DigestInputs | None = None
    work: list[DigestWork] = []
    for key, subscription in digest_subscriptions(settings).items():
        if only_weekly and not subscription.when.startswith("weekly"):
            continue
        state = load_digest_state(archive, key, subscription, context, now)
        due = next_occurrence(subscription.when, week.end - timedelta(microseconds=1), context.zone)
        if due.isoformat() in state.served:
            continue
        inputs = inputs or DigestInputs.read(archive, context, now)
        since = week.start if past or not state.served else datetime.fromisoformat(state.since)
        until = week.end if past else now
        period = Period(week=week.number, since=since, until=until, due=due)
        changes, unselected = _learned(inputs, subscription, state, period, past=past)
        digest = build_digest(inputs, subscription, period, changes)
        items = digest_items(digest, key, subscription, settings, period, context)
        after = (
            replace(state, served=_with_served(state, due))
            if past
            else replace(_served(state, due, now), covered=tuple({*state.covered, *unselected}))
        )
        work.append(DigestWork(key=key, state=after.as_json(), items=tuple(items)))
    return work


def _learned(
    inputs: DigestInputs,
    subscription: Subscription,
    state: DigestState,
    period: Period,
    *,
    past: bool,
) -> tuple[list[Change], list[int]]:
    """What a digest sent by hand tells: everything since the last one, also what the notifier
    has not looked at; for an older week just that week. And the ids not looked at."""
    if past:
        return inputs.told(subscription, period.since, period.until), []
    unseen = inputs.archive.outbox.unselected_changes(limit=MOST_CHANGES)
    fresh = [item.change for item in inputs.wanted(subscription, unseen)]
    found = {change.id: change for change in _by_id(inputs.archive, state.pending)}
    found.update((change.id, change) for change in fresh if change.id not in state.covered)
    if not state.served:
        earlier = inputs.told(subscription, period.since, period.until)
        found.update((change.id, change) for change in earlier)
    return sorted(found.values(), key=lambda change: change.id), [change.id for change in fresh]


def _by_id(archive: Archive, ids: Iterable[int]) -> list[Change]:
    return [change for number in ids if (change := archive.changes.get(number))]


def _with_served(state: DigestState, due: datetime) -> tuple[str, ...]:
    return (*state.served, due.isoformat())[-_KEPT_SERVED:]


def _served(state: DigestState, due: datetime, now: datetime) -> DigestState:
    return replace(state, since=now.isoformat(), pending=(), served=_with_served(state, due))


def _period(
    subscription: Subscription,
    since: datetime,
    until: datetime,
    due: datetime,
    context: NotificationContext,
) -> Period:
    """Weekly ones are named by the week before their due instant, daily ones by the day."""
    weekly = subscription.when.startswith("weekly")
    week = default_week(due, context.zone).number if weekly else 0
    return Period(week=week, since=since, until=until, due=due)


def digest_items(
    digest: Digest,
    key: str,
    subscription: Subscription,
    settings: Settings,
    period: Period,
    context: NotificationContext,
) -> list[NewOutboxItem]:
    """A digest for the subscription's channel; its key is subscription and due instant."""
    envelope = Envelope(
        channel=subscription.channel,
        key=f"digest:{key}:{period.due.astimezone(UTC).isoformat()}",
        kind=OutboxKind.DIGEST,
        now=period.until,
        public_url=settings.web.public_url,
    )
    channel = open_channel(settings.channels[subscription.channel])
    return channel.renderer.digest(digest, context.zone, envelope)
