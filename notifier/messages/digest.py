"""The daily and weekly digest: when it is due, to whom, as files or sent, never twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from archive.store import Archive, utc_now
from config.model import EmailChannel, Settings, Subscription
from domain.records.change import Change
from domain.records.message import NewOutboxItem
from i18n.phrases import local_day, short_day
from notifier.delivery.dispatch import DispatchOptions, NotifyReport, only_one, send
from notifier.delivery.link_tokens import with_tokens
from notifier.messages.digest_content import Digest, build
from notifier.messages.digest_field import Field
from notifier.messages.period import Period, Week, default_week, parse_week
from notifier.notification_context import NotificationContext
from notifier.render.digestview import digest_lines, digest_mail
from notifier.render.envelope import Envelope, mail_items, page_items
from notifier.render.mail import compose
from notifier.selection.planner import MOST_CHANGES
from notifier.selection.subscribers import (
    State,
    digest_subscriptions,
    last_due,
    load_state,
    next_due,
    with_pending,
)

_KEPT_SERVED = 100
_EVERYBODY = Subscription(channel="digest", when="weekly mon 08:00")
_NOBODY = EmailChannel(
    type="email", sender="noticewatch <noticewatch@localhost>", to=("reader@localhost",)
)


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
    house = NotificationContext(settings)
    with only_one(archive):
        work = plan_week(archive, settings, house, clock(), week, only_weekly=only_weekly)
        queued = queue_digests(archive, work)
        names = {
            subscription.channel
            for subscription in digest_subscriptions(settings).values()
            if not only_weekly or subscription.when.startswith("weekly")
        }
        return send(
            archive, settings, DispatchOptions(clock=clock, terminal=terminal), queued, names
        )


# ------------------------------------------------------------------- when it is due


def plan_due(
    archive: Archive,
    settings: Settings,
    house: NotificationContext,
    now: datetime,
    pending: Mapping[str, Sequence[int]] | None = None,
) -> list[DigestWork]:
    """The digests whose time has come; ``pending`` adds changes not yet kept (dry run)."""
    work: list[DigestWork] = []
    field: Field | None = None
    for key, subscription in digest_subscriptions(settings).items():
        state = load_state(archive, key, subscription, house, now)
        state = with_pending(state, (pending or {}).get(key, ()))
        if now < datetime.fromisoformat(state.due):
            continue
        due = last_due(subscription.when, now, house.zone)
        after = replace(state, due=next_due(subscription.when, now, house.zone).isoformat())
        items: list[NewOutboxItem] = []
        if due.isoformat() not in state.served:
            field = field or Field.read(archive, house, now)
            since = datetime.fromisoformat(state.since)
            period = _period(subscription, since, now, due, house)
            changes = _by_id(archive, state.pending)
            digest = build(field, subscription, period, changes)
            if period.weekly or not digest.empty:
                items = digest_items(digest, key, subscription, settings, period, house)
            after = _served(after, due, now)
        work.append(DigestWork(key=key, state=after.as_json(), items=tuple(items)))
    return work


def plan_week(
    archive: Archive,
    settings: Settings,
    house: NotificationContext,
    now: datetime,
    text: str | None,
    *,
    only_weekly: bool = True,
) -> list[DigestWork]:
    """The digests of a week, for subscriptions that did not get theirs yet."""
    week = parse_week(text, house.zone) if text else default_week(now, house.zone)
    past = week.end <= now and week != default_week(now, house.zone)
    field: Field | None = None
    work: list[DigestWork] = []
    for key, subscription in digest_subscriptions(settings).items():
        if only_weekly and not subscription.when.startswith("weekly"):
            continue
        state = load_state(archive, key, subscription, house, now)
        due = next_due(subscription.when, week.end - timedelta(microseconds=1), house.zone)
        if due.isoformat() in state.served:
            continue
        field = field or Field.read(archive, house, now)
        since = week.start if past or not state.served else datetime.fromisoformat(state.since)
        until = week.end if past else now
        period = Period(label=f"W{week.number:02d}", since=since, until=until, due=due)
        changes, unselected = _learned(field, subscription, state, period, past=past)
        digest = build(field, subscription, period, changes)
        items = digest_items(digest, key, subscription, settings, period, house)
        after = (
            replace(state, served=_with_served(state, due))
            if past
            else replace(_served(state, due, now), covered=tuple({*state.covered, *unselected}))
        )
        work.append(DigestWork(key=key, state=after.as_json(), items=tuple(items)))
    return work


def _learned(
    field: Field, subscription: Subscription, state: State, period: Period, *, past: bool
) -> tuple[list[Change], list[int]]:
    """What a digest sent by hand tells: everything since the last one, also what the notifier
    has not looked at; for an older week just that week. And the ids not looked at."""
    if past:
        return field.told(subscription, period.since, period.until), []
    unseen = field.archive.outbox.unselected_changes(limit=MOST_CHANGES)
    fresh = [item.change for item in field.wanted(subscription, unseen)]
    found = {change.id: change for change in _by_id(field.archive, state.pending)}
    found.update((change.id, change) for change in fresh if change.id not in state.covered)
    if not state.served:
        earlier = field.told(subscription, period.since, period.until)
        found.update((change.id, change) for change in earlier)
    return sorted(found.values(), key=lambda change: change.id), [change.id for change in fresh]


def _by_id(archive: Archive, ids: Iterable[int]) -> list[Change]:
    return [change for number in ids if (change := archive.changes.get(number))]


def _with_served(state: State, due: datetime) -> tuple[str, ...]:
    return (*state.served, due.isoformat())[-_KEPT_SERVED:]


def _served(state: State, due: datetime, now: datetime) -> State:
    return replace(state, since=now.isoformat(), pending=(), served=_with_served(state, due))


def _period(
    subscription: Subscription,
    since: datetime,
    until: datetime,
    due: datetime,
    house: NotificationContext,
) -> Period:
    """Weekly ones are named by the week before their due instant, daily ones by the day."""
    weekly = subscription.when.startswith("weekly")
    if weekly:
        label = f"W{default_week(due, house.zone).number:02d}"
    else:
        label = short_day(local_day(due, house.zone), "en")
    return Period(label=label, since=since, until=until, due=due, weekly=weekly)


# ----------------------------------------------------------------- to channel or file


def digest_items(
    digest: Digest,
    key: str,
    subscription: Subscription,
    settings: Settings,
    period: Period,
    house: NotificationContext,
) -> list[NewOutboxItem]:
    """A digest for the subscription's channel; its key is subscription and due instant."""
    config = settings.channels[subscription.channel]
    envelope = Envelope(
        channel=subscription.channel,
        config=config,
        key=f"digest:{key}:{period.due.astimezone(UTC).isoformat()}",
        kind="digest",
        now=period.until,
        public_url=settings.web.public_url,
    )
    if isinstance(config, EmailChannel):
        content = digest_mail(digest, house.zone, settings.web.public_url)
        return mail_items(content, envelope, config)
    return page_items(digest_lines(digest, house.zone), digest.lang, envelope)


def write_digests(
    archive: Archive,
    settings: Settings,
    week: str | None,
    out_dir: Path,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> list[Path]:
    """Write the digests of a week as .html, .txt and one .eml a recipient; nothing is sent.

    Without a digest subscription there is one for everything.
    """
    now, house = clock(), NotificationContext(settings)
    chosen = parse_week(week, house.zone) if week else default_week(now, house.zone)
    field = Field.read(archive, house, now)
    out_dir.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    subscriptions = digest_subscriptions(settings) or {"all": _EVERYBODY}
    names: set[str] = set()
    for key, subscription in subscriptions.items():
        name = _file_name(chosen, subscription.channel, names)
        written += _write(field, settings, key, subscription, chosen, out_dir / name)
    return written


def _file_name(week: Week, channel: str, taken: set[str]) -> str:
    base = f"digest-{week.name}-{re.sub(r'[^A-Za-z0-9_-]', '-', channel)}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def _write(
    field: Field, settings: Settings, key: str, subscription: Subscription, week: Week, stem: Path
) -> list[Path]:
    until = min(week.end, field.now)
    due = next_due(subscription.when, week.end - timedelta(microseconds=1), field.house.zone)
    period = Period(label=f"W{week.number:02d}", since=week.start, until=until, due=due)
    changes = field.told(subscription, week.start, field.now if until == field.now else week.end)
    digest = build(field, subscription, period, changes)
    public_url = settings.web.public_url
    content = digest_mail(digest, field.house.zone, public_url)
    paths = [stem.with_name(f"{stem.name}{suffix}") for suffix in (".html", ".txt")]
    shown = replace(digest, handling=False)  # a page is nobody's mail: it has no links to act by
    page = digest_mail(shown, field.house.zone)
    for path, part in zip(paths, ("html", "text"), strict=True):
        path.write_text(page[part], "utf-8")
    config = settings.channels.get(subscription.channel)
    mail = config if isinstance(config, EmailChannel) else _NOBODY
    envelope = Envelope(
        channel=subscription.channel,
        config=mail,
        key=f"digest:{key}:{due.astimezone(UTC).isoformat()}",
        kind="digest",
        now=until,
        public_url=public_url,
    )
    items = mail_items(content, envelope, mail)
    for item in items:
        local = re.sub(r"[^A-Za-z0-9_.-]", "-", str(item.payload["to"]))
        suffix = f"-{local}" if len(items) > 1 else ""
        path = stem.with_name(f"{stem.name}{suffix}.eml")
        payload = with_tokens(
            field.archive, item.payload, public_url,
            channel=item.channel, key=item.dedupe_key, now=field.now,
        )  # fmt: skip
        path.write_bytes(compose(payload).as_bytes())
        paths.append(path)
    return paths
