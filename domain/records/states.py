"""The closed vocabularies: kinds of changes and facts, states of pages, sources, messages."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from domain.records.fact_values import FactKind as FactKind


class ChangeKind(StrEnum):
    NEW = "new"
    REVISED = "revised"
    ATTACHMENT_REVISED = "attachment_revised"
    ATTACHMENT_READ = "attachment_read"  # a scan of a known version was read since
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


class FailureKind(StrEnum):
    """What can be wrong with an answer, a list or a notice; decides a source's state."""

    # what a site answers
    FORBIDDEN = "forbidden"
    CHALLENGE = "challenge"
    RATE_LIMITED = "rate_limited"
    NOT_FOUND = "not_found"
    BAD_STATUS = "bad_status"
    SERVER_ERROR = "server_error"
    # what becomes of a request
    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECTION = "connection"
    TRUNCATED = "truncated"
    OVERSIZE = "oversize"
    BOMB = "bomb"
    TIME_UP = "time_up"
    NOT_COLLECTED = "not_collected"  # a replay of a collector's bundles that has no answer
    # where the crawler may not go
    ROBOTS = "robots"
    ROBOTS_WAIT = "robots_wait"
    OFF_HOST = "off_host"
    REFUSED_REDIRECT = "refused_redirect"
    REDIRECT_LOOP = "redirect_loop"
    # what a list looks like
    BROKEN_JSON = "broken_json"
    REFUSED = "refused"
    EMPTY_UNIT = "empty_unit"
    MALFORMED_UNIT = "malformed_unit"
    NO_ROWS = "no_rows"
    NO_DATES = "no_dates"
    FEW_ROWS = "few_rows"
    BACKWARDS = "backwards"
    FALLBACK = "fallback"
    DRIFT = "drift"
    SILENT = "silent"
    FLOOD = "flood"
    # what becomes of a notice
    NOT_A_NOTICE = "not_a_notice"
    ATTACHMENT = "attachment"
    HEAVY = "heavy"
    INTERNAL = "internal"


class PostingState(StrEnum):
    LIVE = "live"
    UNLISTED = "unlisted"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Who says it: what a posting is beside the act's issuer."""

    OFFICIAL = "official"  # on the issuer's own site, or a superior's
    COPY = "copy"  # on another site; the act is known officially
    UNCONFIRMED = "unconfirmed"  # in another body's name, not seen there so far


class AttachmentStatus(StrEnum):
    OK = "ok"
    OCR = "ocr"  # read from pictures: right but for single characters, which are marked
    PARTIAL = "partial"  # the last line of its text names what was not read, and why
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


class OutboxKind(StrEnum):
    ALERT = "alert"
    REPLY = "reply"  # a later change of an act that had its own alert
    SUMMARY = "summary"
    HEALTH = "health"
    DIGEST = "digest"
    REMINDER = "reminder"
    TEST = "test"


SEVERITY_RANK = {"red": 0, "amber": 1, "grey": 2}
"""The most severe first."""


ActStatus = Literal[
    "in_force",
    "not_yet",
    "amended",
    "partly_repealed",
    "suspended",
    "repealed",
    "expired",
    "draft",
    "withdrawn_page",
]


LinkPurpose = Literal["acknowledge", "assign", "unsubscribe"]


RelationKind = Literal[
    "cites", "interprets", "implements", "amends", "extends", "corrects", "suspends", "repeals",
    "repealed_by", "edition_of", "finalises",
]  # fmt: skip


FactEffect = Literal[
    "tighter", "looser", "higher", "lower", "earlier", "later", "changed", "new", "gone"
]
