"""Rendered messages on their way to a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.records.states import OutboxKind, OutboxState


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxItem:
    """A rendered message on its way. ``payload`` is what the channel sends, as JSON;
    ``thread`` groups an act's messages of one channel: the first one sent is the root."""

    id: int
    channel: str
    dedupe_key: str
    kind: OutboxKind
    notice_id: int | None
    change_ids: tuple[int, ...]
    thread: str | None
    payload: Mapping[str, Any]
    state: OutboxState
    attempts: int
    next_attempt: datetime
    created: datetime
    last_attempt: datetime | None = None
    sent: datetime | None = None
    receipt: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOutboxItem:
    """A message to queue; one ``dedupe_key`` is sent once, ``thread`` is the key of its root."""

    channel: str
    dedupe_key: str
    kind: OutboxKind
    payload: Mapping[str, Any]
    notice_id: int | None = None
    change_ids: tuple[int, ...] = ()
    thread: str | None = None
    not_before: datetime | None = None
