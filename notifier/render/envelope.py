"""Describe where a message goes and how the outbox remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.records.message import NewOutboxItem
from domain.records.states import OutboxKind

OVERDUE_PREFIX = "overdue:"  # how the keys of messages about an act's own day begin


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """The channel's name, the key that makes the message one, its thread and its time."""

    channel: str
    key: str
    kind: OutboxKind
    now: datetime
    notice_id: int | None = None
    change_ids: tuple[int, ...] = ()
    thread: str | None = None
    not_before: datetime | None = None
    root_key: str | None = None  # key of the thread's first message, for mail's In-Reply-To
    public_url: str | None = None  # of the web archive, for links that work without a login

    def item(
        self, payload: Mapping[str, Any], key: str, kind: OutboxKind | None = None
    ) -> NewOutboxItem:
        """An outbox item with a rendered payload."""
        return NewOutboxItem(
            channel=self.channel,
            dedupe_key=key,
            kind=kind or self.kind,
            payload=payload,
            notice_id=self.notice_id,
            change_ids=self.change_ids,
            thread=self.thread,
            not_before=self.not_before,
        )
