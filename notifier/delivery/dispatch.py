"""Send everything that is due on all channels, and report; one selects at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from archive.store import Archive
from config.model import Settings
from domain.records.lease import LeaseKind
from domain.records.states import OutboxState
from notifier.channels.channel import Channel
from notifier.channels.channel_factory import open_channel
from notifier.delivery.deliver import deliver

SELECTING = "selection"
SELECT_SECONDS = 120.0  # that one waits for another to have selected
# A message that a dead process was sending is taken up with the others of its channel.
UNSENT = (OutboxState.PENDING, OutboxState.UNKNOWN, OutboxState.SENDING)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotifyReport:
    """``failed``: messages that were tried and did not arrive; they stay queued, or are dead."""

    queued: int
    sent: int
    failed: int
    dead: int = 0
    messages: tuple[str, ...] = ()  # with dry_run: what would go where; else what went wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class DispatchOptions:
    """How a pass sends: the clock, where terminals print, and an event that ends it early."""

    clock: Callable[[], datetime]
    terminal: TextIO | None = None
    stop: threading.Event | None = None


@contextmanager
def exclusive_notifier(archive: Archive, stop: threading.Event | None = None) -> Iterator[Archive]:
    """One notifier selects at a time: who comes second waits. The archive given is to be
    written through: it refuses once another has taken over."""
    leases = archive.leases
    with leases.holding(LeaseKind.ROLE, SELECTING, wait=SELECT_SECONDS, stop=stop) as lease:
        yield archive.under(lease)


def send_due(
    archive: Archive,
    settings: Settings,
    options: DispatchOptions,
    queued: int,
    names: set[str] | None = None,
) -> NotifyReport:
    """Send what is due, on all channels or on those named."""
    channels: dict[str, Channel] = {
        name: open_channel(config, options.terminal)
        for name, config in settings.channels.items()
        if (names is None or name in names)
        and archive.outbox.find(channel=name, states=UNSENT, limit=1)
    }
    public_url = settings.web.public_url
    done = deliver(
        archive.reopened, channels, options.clock, options.stop, public_url=public_url
    ).values()
    return NotifyReport(
        queued=queued,
        sent=sum(outcome.sent for outcome in done),
        failed=sum(len(outcome.failed) for outcome in done),
        dead=sum(outcome.dead for outcome in done),
        messages=tuple(message for outcome in done for message in outcome.messages),
    )
