"""Lists that are plain HTML pages: TRS, NFCMS, Shanghai, UCAP, eportal."""

from __future__ import annotations

from archive.records import NoticeRef
from crawler.adapters.base import Answer, Ask, Page, SimpleAdapter
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.paging import page_address, page_count


class StaticList(SimpleAdapter):
    def parse(self, answer: Answer) -> Page:
        html = answer.text
        found = rows_of(self.context, html, answer.url)
        refuse_challenge(answer, found.rows)
        pages = page_count(html)
        return Page(
            rows=found.rows,
            fallback=found.fallback,
            next=self._next(answer, html, found.rows),
            parameters={"pages": str(pages)} if pages else {},
        )

    def _next(self, answer: Answer, html: str, rows: tuple[NoticeRef, ...]) -> Ask | None:
        url = page_address(self.context, html, answer.ask.page + 1) if rows else None
        return Ask(url=url, page=answer.ask.page + 1) if url else None
