"""Name what is read of a page, so that it can be read here or in a child process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.model import Column, Platform, Selectors, Source
from crawler.adapters import adapter_for
from crawler.adapters.adapter import ListResponse, Page
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
class ListPage:
    """A list's answer to be read by the adapter of its column."""

    source: Source
    column: Column
    platforms: Mapping[str, Platform]
    answer: ListResponse

    def read(self) -> Page:
        return adapter_for(self.source, self.column, self.platforms).parse(self.answer)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotAList:
    """A :class:`ListProblem` on its way through the pipe."""

    kind: FailureKind
    reason: Reason


PageJob = NoticePage | ListPage
