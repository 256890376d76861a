"""An act as stored: its postings, their versions, their attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.law.duties import Duty
from domain.names.mention import NameMention
from domain.records.change import Change
from domain.records.fact import Fact, Label
from domain.records.observation import Block, NoticeDates
from domain.records.reason import Reason, StoredReason
from domain.records.relation import Relation, RelationClaim
from domain.records.scan import Spans
from domain.records.states import ActStatus, AttachmentStatus, PostingState, Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A stored file of a version; ``text`` is what could be read of it."""

    id: int
    name: str
    url: str
    sha256: str | None
    bytes: int
    status: AttachmentStatus
    text: str
    media_type: str = ""
    engine: str = ""  # that read its scanned pages
    unsure: Spans = ()  # of its text: characters that may be others
    waits: bool = False  # a scan that is still to be read


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One distinct state of a posting."""

    id: int
    posting_id: int
    number: int
    fetched_at: datetime
    raw_sha256: str
    text_sha256: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    document_number: str | None
    index_number: str | None
    issuers: tuple[str, ...]
    dates: NoticeDates
    comment_deadline: date | None
    validity: str | None
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...] = ()
    chain_sha256: str = ""
    record_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """One notice at one address of one column (a copy of the act)."""

    id: int
    notice_id: int
    source_key: str
    column_key: str
    url: str
    title: str
    published: date | None
    first_seen: datetime
    last_seen: datetime
    state: PostingState
    publisher: str = ""
    standing: Standing = Standing.OFFICIAL
    disagrees: bool = False  # a copy whose text says otherwise than the leading page
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A machine translation, with who made it; shown only together with its Chinese."""

    text: str
    provider: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """The act itself, merged from its postings."""

    id: int
    title: str
    title_en: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    jurisdiction: str
    published: date | None
    effective: date | None
    expires: date | None
    status: ActStatus | None
    stage: str | None
    authority: str | None
    severity: str
    severity_rule: str
    relevant_because: str | None  # labels | register | None: not relevant
    first_seen: datetime
    url: str  # the official address shown first
    labels: tuple[Label, ...] = ()
    facts: tuple[Fact, ...] = ()
    duties: tuple[Duty, ...] = ()
    names: tuple[NameMention, ...] = ()  # companies of ours and suppliers that it names
    relations: tuple[Relation, ...] = ()
    claims: tuple[RelationClaim, ...] = ()  # what others only claim to do to it
    postings: tuple[Posting, ...] = ()
    changes: tuple[Change, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)  # of title, evidence
    severity_rule_data: Reason | None = None  # None in rows of earlier releases

    @property
    def rule(self) -> StoredReason:
        """The severity rule that fired, to be rendered in a language."""
        return StoredReason(self.severity_rule, self.severity_rule_data)

    @property
    def own_changes(self) -> tuple[Change, ...]:
        """What happened to the act, without what became of other sites' copies."""
        copies = {one.id for one in self.postings if one.standing is Standing.COPY}
        return tuple(change for change in self.changes if change.posting_id not in copies)

    @property
    def unconfirmed_at(self) -> Posting | None:
        """The page that speaks for an act which its issuer has not been seen to publish."""
        return next((one for one in self.postings if one.standing is Standing.UNCONFIRMED), None)
