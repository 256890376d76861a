"""Run one pass of the notifier: select what is to be told, render it, send it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from archive.store import Archive, utc_now
from config.model import Settings
from domain.records.message import NewOutboxItem, OutboxItem
from domain.records.states import OutboxKind, OutboxState
from notifier.channels.channel_factory import open_channel
from notifier.channels.preview import preview
from notifier.delivery.dispatch import DispatchOptions, NotifyReport, exclusive_notifier, send_due
from notifier.messages.digest import plan_due, queue_digests
from notifier.messages.notification_context import NotificationContext
from notifier.messages.permit_reminders import permit_items
from notifier.messages.source_messages import health_items
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun
from notifier.render.renderer import LineMessage
from notifier.selection.planner import plan_messages
from notifier.selection.subscribers import add_pending
from notifier.selection.unowned_list import unowned_items

__all__ = ["NotifyReport", "UnknownChannel", "dry_run", "run", "test_channel"]


class UnknownChannel(Exception):
    """A channel that the settings do not have."""


def run(
    archive: Archive,
    settings: Settings,
    *,
    retry_dead: bool = False,
    clock: Callable[[], datetime] = utc_now,
    terminal: TextIO | None = None,
    stop: threading.Event | None = None,
) -> NotifyReport:
    """Select, bundle and send; ends within 120 seconds.

    ``terminal`` is where terminal channels print (standard output by default); ``stop`` ends
    the pass early with nothing lost.
    """
    context = NotificationContext(settings)
    with exclusive_notifier(archive, stop) as mine:
        if retry_dead:
            mine.outbox.revive_dead()
        queued = _select(mine, settings, context, clock())
        queued += _tell_health(mine, settings, context, clock())
        if permits := permit_items(settings, context, clock()):
            queued += len(mine.outbox.enqueue(permits))
        if unowned := unowned_items(mine, settings, context, clock()):
            queued += len(mine.outbox.enqueue(unowned))
        queued += queue_digests(mine, plan_due(mine, settings, context, clock()))
    return send_due(
        archive, settings, DispatchOptions(clock=clock, terminal=terminal, stop=stop), queued
    )


def test_channel(
    archive: Archive,
    settings: Settings,
    name: str,
    *,
    clock: Callable[[], datetime] = utc_now,  # noqa: PT028 (not a test, it sends one)
    terminal: TextIO | None = None,  # noqa: PT028
    button: str = "",  # noqa: PT028
) -> NotifyReport:
    """Send a test message through one channel; the report speaks of that message only. Where
    clicks arrive it has a button that brings ``button`` back."""
    if name not in settings.channels:
        known = ", ".join(sorted(settings.channels)) or "none"
        raise UnknownChannel(f"no channel {name!r} (known: {known})")
    now = clock()
    headline = f"noticewatch test message for channel {name}"
    lines = (
        Line(role="headline", segs=(TextRun(text=headline, style="strong"),)),
        Line(role="note", segs=(TextRun(text=f"Sent {now:%Y-%m-%d %H:%M:%S} UTC. 测试消息"),)),
    )
    envelope = Envelope(
        channel=name,
        key=f"test:{name}:{now.isoformat()}",
        kind=OutboxKind.TEST,
        now=now,
        public_url=settings.web.public_url,
    )
    renderer = open_channel(settings.channels[name]).renderer
    told = LineMessage(lines=lines, lang="en", test_button=button)
    with exclusive_notifier(archive) as mine:
        ids = mine.outbox.enqueue(renderer.lines(told, envelope))
    report = send_due(
        archive, settings, DispatchOptions(clock=clock, terminal=terminal), len(ids), {name}
    )
    kept = [item for number in ids if (item := archive.outbox.get(number))]
    unsent = [item for item in kept if item.state is not OutboxState.SENT]
    return NotifyReport(
        queued=len(ids),
        sent=len(ids) - len(unsent),
        failed=len(unsent),
        dead=sum(item.state is OutboxState.DEAD for item in unsent),
        messages=report.messages,
    )


def _select(
    archive: Archive, settings: Settings, context: NotificationContext, now: datetime
) -> int:
    selection = plan_messages(archive, settings, context, now)
    with archive.transaction():
        add_pending(archive, settings, context, selection.pending, now)
        return len(archive.outbox.mark_selected(selection.change_ids, selection.items))


def _tell_health(
    archive: Archive, settings: Settings, context: NotificationContext, now: datetime
) -> int:
    events = archive.sources.untold_events()
    if not events:
        return 0
    items = health_items(events, settings, context, now)
    archive.sources.mark_told([event.id for event in events], items)
    return len(items)


def dry_run(
    archive: Archive,
    settings: Settings,
    *,
    retry_dead: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> NotifyReport:
    """What a pass would queue and send, as text; nothing is written or sent."""
    context, now = NotificationContext(settings), clock()
    selection = plan_messages(archive, settings, context, now)
    events = archive.sources.untold_events()
    new: list[NewOutboxItem] = [*selection.items, *health_items(events, settings, context, now)]
    for work in plan_due(archive, settings, context, now, selection.pending):
        new += work.items
    states = ["pending", "sending", "unknown", *(["dead"] if retry_dead else [])]
    told: list[NewOutboxItem | OutboxItem] = [
        *archive.outbox.find(states=states, limit=100_000),
        *new,
    ]
    texts = [preview(item, settings) for item in told]
    return NotifyReport(queued=len(new), sent=0, failed=0, messages=tuple(texts))
