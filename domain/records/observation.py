"""The crawler's records of one page: list row, parsed notice, bytes as received."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Literal

from config.body_level import BodyLevel
from domain.records.states import AttachmentStatus, ChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class RowHints:
    """What a list says of a notice beside its title, address and date."""

    document_number: str = ""
    index_number: str = ""
    issuer: str = ""
    category: str = ""
    validity: str = ""  # 有效性 as the list prints it
    status: str = ""  # as 进行中 before a title; true of the list's moment only
    comment_deadline: date | None = None
    body: str = ""  # the text of the notice, as HTML or as lines
    attachments: tuple[str, ...] = ()
    row_only: bool = False  # the platform has no page for the notice

    def updated(self, newer: RowHints) -> RowHints:
        """These hints with what a newer row says, without what holds for one moment only."""
        said = {each.name: getattr(newer, each.name) for each in fields(self)}
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        merged = {name: said[name] or kept[name] for name in kept}
        return RowHints(**{**merged, "status": "", "row_only": False})


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRef:
    """A row of a list; ``hints`` carry what the list alone knows."""

    url: str
    title: str
    published: date | None = None
    hints: RowHints = field(default_factory=RowHints)


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

    def without_nul(self) -> Block:
        rows = tuple(tuple(cell.replace("\x00", "") for cell in row) for row in self.rows)
        return replace(self, text=self.text.replace("\x00", ""), rows=rows)


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
    scans: int = 0  # pages that are pictures and can be read later


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
    level: BodyLevel | None = None  # of the publisher, where its source states it
    speaks_for: tuple[str, ...] = ()  # further bodies whose acts are official here
    baseline: bool = False  # first pass over the source: archived, not alerted one by one

    def without_nul(self) -> Observation:
        """Without NUL: SQLite's text functions stop at it, and no document means one."""
        texts = [self.parsed.title, self.parsed.text, *(item.text for item in self.attachments)]
        if not any("\x00" in text for text in texts):
            return self
        return replace(
            self,
            parsed=replace(
                self.parsed,
                title=self.parsed.title.replace("\x00", ""),
                blocks=tuple(block.without_nul() for block in self.parsed.blocks),
            ),
            attachments=tuple(
                replace(item, text=item.text.replace("\x00", "")) for item in self.attachments
            ),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestResult:
    """What became of an observation."""

    notice_id: int
    posting_id: int
    version_id: int | None  # None: nothing new, only last_seen was updated
    change_id: int | None
    kind: ChangeKind | None
    unconfirmed: bool = False  # a change that a second look must show too
