"""Lists that are plain HTML pages: TRS, NFCMS, Shanghai, UCAP, eportal."""

from __future__ import annotations

from crawler.adapters.adapter import ListProblem, ListRequest, ListResponse, Page, SimpleAdapter
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.paging import page_address, page_count
from crawler.extract.dom import absolute, parse_html, select
from domain.records.observation import NoticeRef
from domain.records.reason import reason
from domain.records.states import FailureKind


class StaticListAdapter(SimpleAdapter):
    column_page_weight = 0.03
    list_is_html = True

    def parse(self, answer: ListResponse) -> Page:
        html = answer.text
        frame = self.context.params.get("frame")
        if frame and answer.ask.stage == "list" and answer.ask.page == 1:
            return Page(follow=self._framed(frame, html, answer.url))
        found = rows_of(self.context, html, answer.url, answer.day)
        refuse_challenge(answer, found.rows)
        pages = page_count(html)
        return Page(
            rows=found.rows,
            fallback=found.fallback,
            next=self._next(answer, html, found.rows),
            parameters={"pages": str(pages)} if pages else {},
        )

    @staticmethod
    def _framed(selector: str, html: str, url: str) -> ListRequest:
        """The page that an iframe of the column shows."""
        for element in select(parse_html(html), selector):
            if address := absolute(url, element.get("src") or ""):
                return ListRequest(url=address, stage="frame")
        raise ListProblem(FailureKind.EMPTY_UNIT, reason("source.no_frame", selector=selector))

    def _next(
        self, answer: ListResponse, html: str, rows: tuple[NoticeRef, ...]
    ) -> ListRequest | None:
        page = answer.ask.page + 1
        url = page_address(self.context, html, answer.url, page) if rows else None
        return ListRequest(url=url, page=page) if url else None
