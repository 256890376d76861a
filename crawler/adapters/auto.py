"""Read a column of unknown platform: by the marks in its page, else by shape."""

from __future__ import annotations

from collections.abc import Mapping

from config.model import Platform
from crawler.adapters.adapter import (
    Adapter,
    ColumnContext,
    ListRequest,
    ListResponse,
    Page,
    SimpleAdapter,
    restaged,
)
from crawler.adapters.html_rows import rows_of
from crawler.adapters.recognition import detect_platform
from crawler.adapters.registry import AUTO, capabilities_of
from crawler.adapters.static_list import StaticListAdapter


class AutoAdapter(SimpleAdapter):
    """Reads the column's page with the adapter of the platform whose marks it bears."""

    def __init__(self, context: ColumnContext, platforms: Mapping[str, Platform]) -> None:
        super().__init__(context)
        self.platforms = platforms
        self._adapter: Adapter | None = None

    def parse(self, answer: ListResponse) -> Page:
        if self._adapter is None:
            self._adapter = self._choose(answer)
            first = self._adapter.first_request()
            if first.url != self.context.column.url:
                return Page(follow=first)
            if first.stage != "list":
                answer = restaged(answer, first.stage)
        return self._adapter.parse(answer)

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        return self._adapter.fallback_request(failed) if self._adapter else None

    def _choose(self, answer: ListResponse) -> Adapter:
        from crawler.adapters import build

        platform = self.platforms.get(detect_platform(answer.text, answer.url, self.platforms))
        if platform is None or platform.adapter == AUTO:
            return StaticListAdapter(self.context)
        if not capabilities_of(platform).column_page_weight and self._has_rows(answer):
            return StaticListAdapter(self.context)
        context = ColumnContext(
            source=self.context.source, column=self.context.column, platform=platform
        )
        return build(context, self.platforms)

    def _has_rows(self, answer: ListResponse) -> bool:
        found = rows_of(self.context, answer.text, answer.url, answer.day)
        return any(row.published for row in found.rows)
