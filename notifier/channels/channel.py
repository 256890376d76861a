"""What every channel answers when it is asked to send a message."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.records.message import OutboxItem


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


class Channel(Protocol):
    """One way out. ``ask`` finds out what became of an unknown attempt: Sent, None for 'it
    never arrived', or Retry/Paused when that cannot be told now."""

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result: ...

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None: ...


class CannotAsk:
    """For far sides that keep no record one could read: an unknown message is sent again."""

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
