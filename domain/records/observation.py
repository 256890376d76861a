"""The crawler's records of one page: list row, parsed notice, bytes as received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from domain.records.states import AttachmentStatus, ChangeKind


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
