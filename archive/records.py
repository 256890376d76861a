"""What the stages hand to each other (DESIGN section 3): frozen, keyword-only.

Times are timezone-aware UTC datetimes; dates are Beijing calendar dates. Lengths of
attachments are bytes, hashes are lower-case hex sha256. What a parser returns
(:class:`ParsedNotice`) and what the archive gives back (:class:`Notice`, :class:`Posting`,
:class:`Version`) are different types on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

# ------------------------------------------------------------------ vocabulary


class ChangeKind(StrEnum):
    NEW = "new"
    REVISED = "revised"
    ATTACHMENT_REVISED = "attachment_revised"
    COPIED = "copied"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    RETITLED = "retitled"
    STATUS = "status"


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


class FactKind(StrEnum):
    DEADLINE = "deadline"
    FINE = "fine"
    PORTAL = "portal"
    CODE_FORMAT = "code_format"
    DATA_FIELD = "data_field"
    THRESHOLD = "threshold"
    EFFECTIVE_DATE = "effective_date"
    EXPIRY_DATE = "expiry_date"
    COMMENT_DEADLINE = "comment_deadline"
    REPEALS = "repeals"
    CITES = "cites"
    IMPLEMENTS = "implements"


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

# --------------------------------------------------------- from page to parser


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRef:
    """A row of a list. ``hints`` carry what the list alone knows: document_number,
    index_number, issuer, type, comment_deadline (ISO date), status."""

    url: str
    title: str
    published: date | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeDates:
    """The several dates of a notice, never mixed."""

    listed: date | None = None  # in the list row
    visible: date | None = None  # printed on the page
    meta: date | None = None  # <meta name=PubDate> or the API's field
    signed: date | None = None  # 成文日期 or the signature block

    @property
    def published(self) -> date | None:
        """The day of publication: list, then page, then meta; never the signature."""
        return self.listed or self.visible or self.meta


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of the body in reading order. ``rows`` only for tables, cells as text."""

    kind: Literal["heading", "paragraph", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def as_text(self) -> str:
        if self.kind == "table":
            return "\n".join("\t".join(row) for row in self.rows)
        return self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachmentLink:
    name: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedNotice:
    """What extraction returns for one notice page."""

    title: str
    blocks: tuple[Block, ...] = ()
    document_number: str | None = None
    index_number: str | None = None
    issuers: tuple[str, ...] = ()
    dates: NoticeDates = NoticeDates()
    comment_deadline: date | None = None
    validity: str | None = None  # 有效性 as printed
    attachments: tuple[AttachmentLink, ...] = ()

    @property
    def text(self) -> str:
        """The body as paragraphs separated by newlines; table cells by tabs."""
        return "\n".join(block.as_text() for block in self.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One response as received: the evidence."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # after content-encoding, before character decoding
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedAttachment:
    """An attachment as fetched; ``capture`` is None when its download failed."""

    link: AttachmentLink
    capture: Capture | None
    status: AttachmentStatus
    text: str = ""
    media_type: str = ""
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One notice seen at one address of one column: what the crawler gives the archive."""

    source_key: str
    column_key: str
    publisher: str
    jurisdiction: str
    url: str
    parsed: ParsedNotice
    capture: Capture
    attachments: tuple[FetchedAttachment, ...] = ()
    baseline: bool = False  # first pass over the source: archived, not alerted one by one


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestResult:
    """What became of an observation."""

    notice_id: int
    posting_id: int
    version_id: int | None  # None: nothing new, only last_seen was updated
    change_id: int | None
    kind: ChangeKind | None


# ------------------------------------------------------------ from the archive


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
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A passage that speaks for a label, and where it stands."""

    text: str
    where: str  # 第十二条, 附件1 表2 行5, title …


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A topic of a notice; ``score`` from 0 to 1, ``evidence`` the passages that speak for it."""

    topic: str
    score: float
    evidence: tuple[Evidence, ...]
    model: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A stated fact. ``value`` has the shape of DESIGN section 5 for its kind."""

    kind: FactKind
    value: Any
    quote: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """What an act does to another; ``probable`` when inferred, ``target_id`` when stored here."""

    kind: RelationKind
    title: str
    document_number: str | None = None
    target_id: int | None = None
    probable: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something that happened to a posting, with facts before and after."""

    id: int
    notice_id: int
    posting_id: int
    kind: ChangeKind
    at: datetime
    posting_url: str
    from_version: int | None  # version numbers of that posting
    to_version: int | None
    substantive: bool
    reason: str
    baseline: bool
    labels: tuple[str, ...] = ()  # topics of what changed
    facts_before: tuple[Fact, ...] = ()
    facts_after: tuple[Fact, ...] = ()
    severity: str = "grey"
    severity_rule: str = ""


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
    relations: tuple[Relation, ...] = ()
    postings: tuple[Posting, ...] = ()
    changes: tuple[Change, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)  # of title, evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyTask:
    """One change that the classifier has not seen: the whole version and, for a revision,
    the version before it. ``acts``: for a new act those that it replaces or amends, each as it
    read before and reads after."""

    change_id: int
    notice_id: int
    kind: ChangeKind
    jurisdiction: str
    publisher: str
    version: Version
    before: Version | None = None
    acts: tuple[tuple[Version, Version], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """What the classifier says of one change; ``change_topics`` and facts before/after
    speak of what changed, ``labels`` and ``facts`` of the whole document."""

    change_id: int
    labels: tuple[Label, ...]
    facts: tuple[Fact, ...]
    stage: str | None
    relevant_because: str | None
    model: str
    title_en: str | None = None
    change_topics: tuple[str, ...] = ()
    facts_before: tuple[Fact, ...] = ()
    facts_after: tuple[Fact, ...] = ()
    vectors: Mapping[str, bytes] = field(default_factory=dict)  # place -> float32 bytes
    vectors_encoder: str | None = None  # the encoder's id; None: that of ``model``


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceError:
    """What went wrong at one address in a pass."""

    kind: str
    message: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRun:
    """One pass over one source, as ``poll --json`` shows it."""

    key: str
    started: datetime
    finished: datetime
    state: SourceState
    reason: str = ""
    rows: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    requests: int = 0
    not_modified: int = 0
    errors: tuple[SourceError, ...] = ()
    newest: date | None = None
    robots: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceHealth:
    """What the archive knows of a source's state."""

    key: str
    state: SourceState
    since: datetime
    reason: str
    last_polled: datetime | None
    last_ok: datetime | None
    newest: date | None
    rows: int
    baseline_done: bool
    robots: str = ""
    history: tuple[SourceRun, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthEvent:
    """A change of a source's state, told to the operators once."""

    id: int
    source_key: str
    before: SourceState | None
    after: SourceState
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageState:
    """What is remembered of one address for conditional requests and re-checks."""

    url: str
    source_key: str
    column_key: str
    etag: str | None
    last_modified: str | None
    raw_sha256: str | None
    checked_at: datetime | None
    changed_at: datetime | None
    next_check: datetime | None
    gone_looks: int = 0  # how often in a row the page said that it is gone


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxItem:
    """A rendered message on its way. ``payload`` is what the channel sends, as JSON;
    ``thread`` groups an act's messages of one channel: the first one sent is the root."""

    id: int
    channel: str
    dedupe_key: str
    kind: Literal["alert", "reply", "summary", "health", "digest", "reminder", "test"]
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
    kind: Literal["alert", "reply", "summary", "health", "digest", "reminder", "test"]
    payload: Mapping[str, Any]
    notice_id: int | None = None
    change_ids: tuple[int, ...] = ()
    thread: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A search hit, as ``search --json`` shows it."""

    id: int
    title: str
    title_en: str | None
    snippet: str
    score: float
    url: str
    published: date | None
    document_number: str | None
    jurisdiction: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """A page of hits; ``total`` counts all, ``next_cursor`` leads on."""

    query: str
    mode: Literal["text", "meaning", "hybrid"]
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str | None = None
