"""What people do with notices: feedback, acknowledgement, saved searches, links, the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from domain.records.states import LinkPurpose

Verdict = Literal["relevant", "not_relevant", "wrong_topic"]

AcknowledgementState = Literal["open", "acknowledged", "assigned", "assessed", "closed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What a reader said of a notice's labels; an editor's confirmation makes it count."""

    id: int
    notice_id: int
    verdict: Verdict
    who: str
    at: datetime
    topic: str | None = None
    note: str = ""
    text_sha256: str = ""  # of the text that was judged
    confirmed_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AcknowledgementStep:
    """One move of a notice through the workflow."""

    state: AcknowledgementState
    who: str
    at: datetime
    assignee: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledgement:
    """Where the handling of a notice stands; ``history`` oldest first."""

    notice_id: int
    state: AcknowledgementState
    assignee: str | None = None
    history: tuple[AcknowledgementStep, ...] = ()


NotForUs = Literal["entity", "topic", "authority", "other"]
"""Why an act is not for us: none of our companies, not our subject, not our authority."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingState:
    """Who has an act in hand, by when, and what was done last; ``undoable`` names that step."""

    notice_id: int
    state: AcknowledgementState
    owner: str | None = None
    due: date | None = None
    note: str = ""
    by: str = ""
    undoable: Literal["", "take", "not_for_us"] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What somebody put right in the record: a topic or a fact, as it was and as it is now."""

    kind: str  # topic, or a kind of fact
    was: Any
    now: Any  # None: it is not so at all
    who: str
    at: datetime
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """Who did what to what, and when."""

    id: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What a token allows: one step for a notice, or leaving a channel's list of recipients.

    ``recipient`` is the mail address it was sent to; empty in a chat.
    """

    purpose: LinkPurpose
    notice_id: int | None
    channel: str
    recipient: str
    expires: datetime
    used_at: datetime | None = None
    used_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedSearch:
    """A search by its address; with ``channel`` and ``when`` it is a subscription too."""

    id: int
    name: str
    query: str  # the parameters of /search, url-encoded
    who: str
    created: datetime
    channel: str | None = None
    when: str | None = None  # immediately | daily HH:MM | weekly mon HH:MM
