"""Lists that a form or a query answers as an HTML fragment (Hanweb xxgk, Anhui labels)."""

from __future__ import annotations

from crawler.adapters.adapter import ListResponse, Page
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.requests import InterfaceList


class HtmlFragmentAdapter(InterfaceList):
    """One column of a platform whose interface answers rows as HTML."""

    list_is_html = True

    def read(self, answer: ListResponse) -> Page:
        found_rows = rows_of(self.context, answer.text, answer.url, answer.day)
        refuse_challenge(answer, found_rows.rows)
        data = {str(key): str(value) for key, value in answer.ask.data.items()}
        paged = found_rows.rows and self.context.platform.paging.style != "none"
        return Page(
            rows=found_rows.rows,
            fallback=found_rows.fallback,
            parameters=data,
            next=self.builder.ask(answer.ask.page + 1, data) if paged else None,
        )
