"""Show a message of the outbox as text, as it would read where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.model import Settings
from domain.records.message import NewOutboxItem, OutboxItem
from notifier.channels.channel_factory import open_channel


def preview(item: NewOutboxItem | OutboxItem, settings: Settings) -> str:
    """Channel, kind and the words of a message."""
    config = settings.channels.get(item.channel)
    kind = config.type if config else "channel no longer in the settings"
    to = f" to {item.payload['to']}" if "to" in item.payload else ""
    return (
        f"{item.channel} ({kind}){to}: {item.kind}\n{_words(item.payload, settings, item.channel)}"
    )


def _words(payload: Mapping[str, Any], settings: Settings, channel: str) -> str:
    config = settings.channels.get(channel)
    if config is not None:
        try:
            return open_channel(config).renderer.preview(payload)
        except KeyError:  # queued when the channel of this name was of another kind
            pass
    return str(payload.get("text") or payload.get("body") or dict(payload))
