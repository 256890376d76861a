"""Tell the operators about the service itself: trouble, recovery, a self-test."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from config.model import Settings, Severity
from domain.records.message import NewOutboxItem, OutboxItem
from domain.records.states import OutboxKind, OutboxState
from i18n.phrases import clip
from notifier.channels.channel import Sent
from notifier.channels.channel_factory import open_channel
from notifier.messages.source_messages import health_channels
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun, clean_text
from notifier.render.renderer import LineMessage

logger = logging.getLogger(__name__)

_MARKS = {"red": "🛑", "amber": "⚠️", "grey": "✅"}


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatorMessage:
    """One thing to tell. ``key`` makes it one message however often it is said."""

    key: str
    headline: str
    note: str = ""
    severity: Severity = "amber"


def operator_items(
    message: OperatorMessage, settings: Settings, now: datetime
) -> list[NewOutboxItem]:
    """A message for each operators' channel (the terminals where there is none)."""
    items: list[NewOutboxItem] = []
    for name, config in health_channels(settings).items():
        envelope = Envelope(
            channel=name, key=f"service:{name}:{message.key}", kind=OutboxKind.HEALTH, now=now
        )
        words = LineMessage(lines=tuple(_lines(message)), lang="en", severity=message.severity)
        items += open_channel(config).renderer.lines(words, envelope)
    return items


def _lines(message: OperatorMessage) -> list[Line]:
    headline = clean_text(f"{_MARKS[message.severity]} noticewatch: {clip(message.headline, 300)}")
    lines = [Line(role="headline", segs=(TextRun(text=headline, style="strong"),))]
    if message.note:
        lines.append(Line(role="note", segs=(TextRun(text=clean_text(clip(message.note, 600))),)))
    return lines


def send_unqueued(
    settings: Settings,
    message: OperatorMessage,
    now: datetime,
    *,
    terminal: TextIO | None = None,
    say: Callable[[str], None] = logger.warning,
) -> int:
    """Send at once and without the archive, for when the archive cannot be written (a full
    disk): nothing is kept and nothing repeated. How many channels took it."""
    taken = 0
    for number, item in enumerate(operator_items(message, settings, now)):
        channel = open_channel(settings.channels[item.channel], terminal)
        result = channel.send(_unkept(item, number, now), None)
        if isinstance(result, Sent):
            taken += 1
        else:
            say(f"operators' channel {item.channel}: {result.error}")
    return taken


def _unkept(item: NewOutboxItem, number: int, now: datetime) -> OutboxItem:
    return OutboxItem(
        id=-1 - number,
        channel=item.channel,
        dedupe_key=item.dedupe_key,
        kind=item.kind,
        notice_id=None,
        change_ids=(),
        thread=None,
        payload=item.payload,
        state=OutboxState.SENDING,
        attempts=0,
        next_attempt=now,
        created=now,
    )
