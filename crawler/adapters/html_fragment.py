"""Lists that a form or a query answers as an HTML fragment (Hanweb xxgk, Anhui labels)."""

from __future__ import annotations

from crawler.adapters.base import Answer, Ask, ColumnContext, Page
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.requests import RequestBuilder


class HtmlFragment:
    def __init__(self, context: ColumnContext) -> None:
        self.context = context
        self.builder = RequestBuilder(context)

    def first(self) -> Ask:
        return self.builder.discover_ask() or self.builder.ask(1, {})

    def instead(self, failed: Ask) -> Ask | None:
        return self.builder.ask(1, {}) if failed.stage == "discover" else None

    def parse(self, answer: Answer) -> Page:
        if answer.ask.stage == "discover":
            found, drifted = self.builder.discover(answer.text)
            return Page(follow=self.builder.ask(1, found), parameters=found, drift=drifted)
        found_rows = rows_of(self.context, answer.text, answer.url)
        refuse_challenge(answer, found_rows.rows)
        data = {str(key): str(value) for key, value in answer.ask.data.items()}
        paged = found_rows.rows and self.context.platform.paging.style != "none"
        return Page(
            rows=found_rows.rows,
            fallback=found_rows.fallback,
            parameters=data,
            next=self.builder.ask(answer.ask.page + 1, data) if paged else None,
        )
