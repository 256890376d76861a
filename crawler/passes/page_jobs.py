"""Name what is read of a page, so that it can be read here or in a child process."""

from __future__ import annotations

from dataclasses import dataclass

from config.model import Selectors
from crawler.adapters.adapter import Adapter, ListResponse, Page
from crawler.extract.page.notice_identity import EarlierNotice, doubt
from crawler.extract.page.notice_parser import parse_notice
from domain.records.observation import NoticeRef, ParsedNotice
from domain.records.reason import Reason
from domain.records.states import FailureKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticePage:
    """A notice's page to be read."""

    html: str
    url: str
    selectors: Selectors
    row: NoticeRef

    def read(self) -> ParsedNotice:
        return parse_notice(self.html, self.url, selectors=self.selectors, row=self.row)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDoubt:
    """A page to be held against what is known of the notice at its address."""

    earlier: EarlierNotice
    parsed: ParsedNotice
    html: str

    def read(self) -> Reason | None:
        return doubt(self.earlier, self.parsed, self.html)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRead:
    """A list's rows, and the adapter that read them: some learn from an answer what to ask."""

    page: Page
    adapter: Adapter


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """A list's answer to be read by the adapter that had asked for it."""

    adapter: Adapter
    answer: ListResponse

    def read(self) -> ListRead:
        return ListRead(page=self.adapter.parse(self.answer), adapter=self.adapter)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotAList:
    """A :class:`ListProblem` on its way through the pipe."""

    kind: FailureKind
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class NotUnderstood:
    """Any other error on its way through the pipe."""

    error: str


PageJob = NoticePage | PageDoubt | ListPage
