"""Define what a channel can do, and how it answers when it is asked to send a message."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from archive.store import Archive
from domain.records.message import OutboxItem
from notifier.render.mail import MailAddresses
from notifier.render.renderer import Renderer

if TYPE_CHECKING:
    from notifier.slack.chat_answers import ChatDesk


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """Delivered; the receipt is what the far side gave back."""

    receipt: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retry:
    """Not delivered this time. ``unknown``: perhaps delivered. ``message_only``: the far side
    refused this message for now, others may pass."""

    error: str
    after: float | None = None  # seconds, when the far side said so
    unknown: bool = False
    message_only: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paused:
    """The channel itself cannot deliver until somebody acts: token, address, membership."""

    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Dead:
    """This message will never be accepted."""

    error: str


Result = Sent | Retry | Paused | Dead


ClickListener = Callable[[Callable[[], Archive], threading.Event], None]
"""Receives clicks on a channel's buttons until the event is set; blocks. It opens the archive
for each click."""


class Channel(Protocol):
    """One way out, and what it can do."""

    @property
    def renderer(self) -> Renderer:
        """Words the channel's messages."""

    @property
    def mail_addresses(self) -> MailAddresses | None:
        """Sender and recipients of a channel of mails; None for any other."""

    def click_listener(self, desk: ChatDesk) -> ClickListener | None:
        """What receives clicks on its buttons, answered by ``desk``; None where it has none that
        must be listened to."""

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        """Send a rendered message; ``root`` is the first message of its thread."""

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None:
        """What became of an unknown attempt: Sent, None for 'it never arrived', or Retry or
        Paused when that cannot be told now."""


class BaseChannel:
    """A channel that carries no mail, listens to nobody and keeps no record one could read: an
    unknown message is sent again."""

    mail_addresses: MailAddresses | None = None

    def click_listener(self, desk: ChatDesk) -> ClickListener | None:
        return None

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None:
        return None


class MissingSecret(Exception):
    """An environment variable that the settings name is not set."""


def secret(variable: str | None) -> str:
    """The value of an environment variable; MissingSecret names it when it is empty."""
    value = os.environ.get(variable, "").strip() if variable else ""
    if not value:
        raise MissingSecret(f"environment variable {variable} is not set")
    return value


def parse_retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header; None when it is absent or not a number."""
    try:
        return max(0.0, float(value)) if value is not None else None
    except ValueError:
        return None
