"""Carry out a click on an alert's button: who owns the act, what readers think of it.

Pure of transport: Socket Mode and HTTP hand the same payload in and update the message with
what comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.store import Archive, ArchiveError
from notifier.render.slack_blocks import BUTTONS_BLOCK, OWNED_BLOCK, Block, button_block, note_block

_VALUE = re.compile(r"(\d{1,15}):(\d{1,15})")


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageUpdate:
    """The message as it is to look after the click."""

    channel: str
    ts: str
    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, Any] | None


def handle_click(archive: Archive, payload: Mapping[str, Any], actor: str) -> MessageUpdate | None:
    """Carry a click of ``actor`` out; None for what is no click on one of our buttons."""
    if payload.get("type") != "block_actions":
        return None
    actions: Sequence[Mapping[str, Any]] = payload.get("actions") or ()
    message = payload.get("message")
    if len(actions) != 1 or not isinstance(message, Mapping):
        return None
    value = _VALUE.fullmatch(str(actions[0].get("value", "")))
    if value is None:
        return None
    try:
        words = _carry_out(archive, str(actions[0].get("action_id", "")), int(value[1]), actor)
    except ArchiveError:
        return None  # a notice that this archive does not know
    if words is None:
        return None
    return MessageUpdate(
        channel=str((payload.get("channel") or {}).get("id", "")),
        ts=str(message.get("ts", "")),
        text=str(message.get("text", "")),
        blocks=tuple(_after(message.get("blocks") or (), words, value[0])),
        metadata=message.get("metadata"),
    )


def _carry_out(archive: Archive, action: str, notice_id: int, actor: str) -> str | None:
    """The click in the archive, and the line that says so; None for an unknown button."""
    who = actor.removeprefix("slack:")
    if action == "nw_own":
        archive.acknowledgements.advance(notice_id, "assigned", actor, assignee=actor)
        line = f"Owned by {who}"
    elif action == "nw_ack":
        archive.acknowledgements.advance(notice_id, "acknowledged", actor)
        line = f"Acknowledged by {who}"
    elif action == "nw_not_relevant":
        archive.feedback.add(notice_id, "not_relevant", actor)
        line = f"Marked not relevant by {who}"
    elif action == "nw_wrong_topic":
        archive.feedback.add(notice_id, "wrong_topic", actor)
        line = f"Marked as wrong topic by {who}"
    else:
        return None
    archive.audit_log.record(actor, action, f"notice {notice_id}")
    return line


def _after(blocks: Sequence[Block], words: str, value: str) -> list[Block]:
    """The blocks with the line added and the buttons kept, so that others can still answer."""
    own = (BUTTONS_BLOCK, OWNED_BLOCK)
    kept = [block for block in blocks if block.get("block_id") not in own]
    earlier = [
        element["text"]
        for block in blocks
        if block.get("block_id") == OWNED_BLOCK
        for element in block["elements"]
    ]
    lines = [line for text in earlier for line in text.split("\n") if line != words]
    buttons = [block for block in blocks if block.get("block_id") == BUTTONS_BLOCK]
    return [*kept, note_block("\n".join([*lines, words][-8:])), *(buttons or [button_block(value)])]
