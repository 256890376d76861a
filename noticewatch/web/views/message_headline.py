"""The first line of a message's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.records.message import OutboxItem
from i18n.phrases import SEVERITY_MARK
from notifier.render.preview import preview

if TYPE_CHECKING:
    from config.model import Settings


def message_headline(item: OutboxItem, settings: Settings) -> str:
    """Without the channel's own marks; the message's key where it has no words."""
    _, _, words = preview(item, settings).partition("\n")
    lines = words.strip().splitlines()
    if not lines:
        return item.dedupe_key
    line = lines[0].removeprefix("Subject: ")
    for severity, mark in SEVERITY_MARK.items():  # not every machine has these signs
        line = line.replace(mark, f"{severity.upper()} ")
    return line
