"""Send everything that is due on all channels, one notifier at a time, and report."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from archive.store import Archive
from config.file_lock import file_lock
from config.model import Settings
from domain.records.states import OutboxState
from notifier.channels.channel import Channel
from notifier.channels.channel_factory import open_channel
from notifier.delivery.deliver import deliver

LOCK_NAME = "notify.lock"
UNSENT = (OutboxState.PENDING, OutboxState.UNKNOWN)


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
def exclusive_notifier(archive: Archive) -> Iterator[None]:
    """One notifier at a time per archive: who comes second waits; the lock dies with its owner.

    Messages that a dead process left half sent are taken up here.
    """
    with file_lock(archive.data_dir / LOCK_NAME):
        archive.outbox.recover_sending()
        yield


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
