"""The closed vocabularies: kinds of changes and facts, states of pages, sources, messages."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from domain.records.fact_values import FactKind as FactKind


class ChangeKind(StrEnum):
    NEW = "new"
    REVISED = "revised"
    ATTACHMENT_REVISED = "attachment_revised"
    COPIED = "copied"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    RETITLED = "retitled"
    STATUS = "status"


class ChangeState(StrEnum):
    """How far a change has come."""

    UNCLASSIFIED = "unclassified"  # waits for the classifier
    CLASSIFIED = "classified"  # waits for the notifier
    SELECTED = "selected"  # the notifier has looked at it


class SourceState(StrEnum):
    OK = "ok"
    BLOCKED = "blocked"
    FAILING = "failing"
    LAYOUT_CHANGED = "layout_changed"
    SILENT = "silent"


class PostingState(StrEnum):
    LIVE = "live"
    UNLISTED = "unlisted"
    WITHDRAWN = "withdrawn"


class AttachmentStatus(StrEnum):
    OK = "ok"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    BROKEN = "broken"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # sent or not: must be looked up before it is sent again
    DEAD = "dead"


ActStatus = Literal[
    "in_force",
    "not_yet",
    "amended",
    "partly_repealed",
    "repealed",
    "expired",
    "draft",
    "withdrawn_page",
]


RelationKind = Literal[
    "cites", "implements", "amends", "repeals", "repealed_by", "edition_of", "finalises"
]
