"""What the crawler remembers between two passes: of a list, of a page, of a file, of a walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.records.observation import NoticeRef, RowHints
from domain.records.reason import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class PageHints:
    """What is remembered of a notice's page: its list row, its attachments, its failures."""

    title: str = ""
    published: date | None = None
    row: RowHints = field(default_factory=RowHints)
    files: tuple[str, ...] = ()  # addresses of attachments that the archive has
    unread_files: tuple[str, ...] = ()  # addresses of those to be tried again
    tries: int = 0  # how often the page could not be read
    quiet: bool = False  # of a baseline: archived without an alert when it is read at last
    left_list: bool = False  # was withdrawn because it left its list, while it still answered

    def with_row(self, row: NoticeRef) -> PageHints:
        """The same with what a list row says now; what it does not say stays."""
        return replace(
            self,
            title=row.title,
            published=row.published or self.published,
            row=self.row.updated(row.hints),
        )

    def as_row(self, url: str) -> NoticeRef:
        """The list row as it is remembered."""
        return NoticeRef(url=url, title=self.title, published=self.published, hints=self.row)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListMemory:
    """A column's list as the last pass left it. Addresses are kept as short digests."""

    baseline_done: bool = False
    settled_url: str = ""  # the list's address when all its rows were dealt with
    row_count: int = 0
    newest: date | None = None
    rows: tuple[str, ...] = ()
    total: int | None = None  # what the list itself counts
    behind: tuple[str, ...] | None = None  # rows behind page one; None: never looked there
    behind_oldest: date | None = None
    behind_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BackfillCursor:
    """Where an interrupted walk back to ``since`` goes on: one request for a list page."""

    since: date
    url: str
    method: str = "GET"
    stage: str = "list"
    page: int = 1
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)  # the adapter's own


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultyPage:
    """An address that answers with something that is not its notice."""

    url: str
    source_key: str
    why: Reason
    since: datetime
    looks: int
    told: bool = False  # the operators were told


@dataclass(frozen=True, kw_only=True, slots=True)
class FileWait:
    """An attachment that could not be read, and before when it is not asked for again."""

    tries: int = 0
    not_before: datetime | None = None
