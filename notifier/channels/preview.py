"""What a message would look like where it goes, as text: for ``notify --dry-run``."""

from __future__ import annotations

from config.model import Settings
from domain.records.message import NewOutboxItem, OutboxItem
from notifier.render.slack_blocks import plain_fallback
from notifier.render.terminal_text import print_text


def preview(item: NewOutboxItem | OutboxItem, settings: Settings) -> str:
    """Channel, kind and the words of a message."""
    config = settings.channels.get(item.channel)
    kind = config.type if config else "channel no longer in the settings"
    payload = dict(item.payload)
    to = f" to {payload['to']}" if kind == "email" else ""
    if "blocks" in payload:
        words = plain_fallback(payload)["text"]
    elif "lines" in payload:
        words = print_text(payload, colour=False)
    elif kind == "email":
        words = f"Subject: {payload['subject']}\n\n{payload['text']}"
    else:
        words = str(payload.get("text") or payload.get("body") or payload)
    return f"{item.channel} ({kind}){to}: {item.kind}\n{words}"
