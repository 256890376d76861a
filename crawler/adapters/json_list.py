"""Lists answered as JSON, read by the paths that the platform file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.adapters.adapter import (
    ColumnContext,
    ListProblem,
    ListRequest,
    ListResponse,
    Page,
    read_json,
)
from crawler.adapters.html_rows import rows_of
from crawler.adapters.json_paths import clean_value, fill, find, find_all, find_text, shape
from crawler.adapters.requests import InterfaceList
from crawler.extract.dom import absolute
from crawler.extract.printed_dates import stamped_day
from crawler.extract.relative_dates import relative_day
from domain.records.observation import NoticeRef, RowHints
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind

_DASHES = re.compile(r"[‐-―−－﹣]")
_BLOCKED = re.compile(r"访问频繁|安全验证|验证码|请求被拒绝|访问被拒绝|系统繁忙|Access Denied")
_FLAGS = (("abolished", "废止"), ("expired", "失效"))


class JsonListAdapter(InterfaceList):
    """One column of a platform whose list is JSON."""

    def __init__(self, context: ColumnContext) -> None:
        super().__init__(context)
        self.params = context.params

    def read(self, answer: ListResponse) -> Page:
        content = read_json(answer)
        self._check(content)
        items = find_all(content, self.params.get("items", "[]"))
        rows = tuple(row for item in items if (row := self._row(item, answer)))
        if not rows:
            rows = self._html_rows(items, answer)
        total = self._total(content)
        return Page(
            rows=rows,
            total=total,
            next=self._next(answer.ask, len(items), total),
            parameters=dict(answer.ask.data),
            lacking=self._lacking(content, items, rows),
        )

    def _html_rows(self, items: Sequence[Any], answer: ListResponse) -> tuple[NoticeRef, ...]:
        """Rows of a list whose entries are pieces of HTML (one for each row, or all in one)."""
        pieces = [item for item in items if isinstance(item, str) and "<" in item]
        if not pieces:
            return ()
        boxes = "".join(f"<li>{piece}</li>" for piece in pieces)
        found = rows_of(
            self.context, f"<html><body><ul>{boxes}</ul></body></html>", answer.url, answer.day
        )
        return tuple(replace(row, url=target_of(row.url)) for row in found.rows)

    def _lacking(
        self, content: Any, items: Sequence[Any], rows: Sequence[NoticeRef]
    ) -> Reason | None:
        """Which configured path leads to nothing, and what stands there instead."""
        path = self.params.get("items", "[]")
        if not items:
            return reason("source.items_lead_nowhere", path=repr(path), has=shape(content))
        wanted = ("date",) if rows else ("title", "url")
        for name in wanted:
            if f"template.{name}" in self.params or any(self._field(i, name) for i in items):
                continue
            given = self.params.get(f"field.{name}")
            place = {"name": f"field.{name}", "path": path, "has": shape(items[0])}
            if given:
                return reason("source.field_leads_nowhere", given=repr(given), **place)
            return reason("source.field_not_given", **place)
        return None

    def _check(self, content: Any) -> None:
        path, _, wanted = self.params.get("success", "").partition("=")
        if not path:
            return
        value = find_text(content, path)
        if value.lower() != wanted.lower():
            message = find_text(content, "message|msg|error")
            kind = FailureKind.CHALLENGE if _BLOCKED.search(message) else FailureKind.REFUSED
            answers = {"path": path, "value": value, "wanted": wanted, "message": message[:120]}
            raise ListProblem(kind, reason("source.interface_answers", **answers))

    def _row(self, item: Any, answer: ListResponse) -> NoticeRef | None:
        if not all(self._kept(item, name) for name in self.params if name.startswith("keep.")):
            return None
        title = self._field(item, "title")
        address = self._field(item, "url")
        if not title or not address:
            return None
        base = answer.url
        if self.params.get("base") == "root" and not address.startswith("."):
            base = self.context.origin + "/"
        url = absolute(base, address)
        if url is None:
            return None
        return NoticeRef(
            url=url,
            title=title,
            published=_day(find(item, self.params.get("field.date", "")), answer.day),
            hints=self._hints(item, base),
        )

    def _field(self, item: Any, name: str) -> str:
        template = self.params.get(f"template.{name}")
        if template:
            return clean_value(fill(template, item))
        path = self.params.get(f"field.{name}")
        return find_text(item, path) if path else ""

    def _hints(self, item: Any, base: str) -> RowHints:
        path = self.params.get("field.attachments")
        files = find_all(item, path) if path is not None else []
        return RowHints(
            document_number=self._field(item, "document_number"),
            index_number=self._field(item, "index_number"),
            issuer=self._field(item, "issuer"),
            category=self._field(item, "type"),
            validity=self._validity(item),
            body=self._body(item),
            attachments=tuple(urljoin(base, str(url)) for url in files),
            row_only=self.params.get("detail") == "none",
        )

    def _validity(self, item: Any) -> str:
        """The word of a flag, else the field of that name, its codes in the platform's words."""
        flag = next((word for name, word in _FLAGS if self._flagged(item, name)), "")
        value = self._field(item, "validity")
        return flag or self.params.get(f"validity.{value}", value)

    def _flagged(self, item: Any, name: str) -> bool:
        return self._field(item, name) in {"1", "true", "True"}

    def _body(self, item: Any) -> str:
        template = self.params.get("template.body")
        if template:
            lines = template.replace("\\n", "\n").split("\n")
            return "\n".join(fill(line, item) for line in lines)
        path = self.params.get("field.body")
        value = find(item, path) if path else None
        return value if isinstance(value, str) else ""

    def _kept(self, item: Any, name: str) -> bool:
        value = unicodedata.normalize("NFKC", find_text(item, name.removeprefix("keep.")))
        plain = _DASHES.sub("-", re.sub(r"\s+", "", value))
        return re.search(self.params[name], plain) is not None

    def _total(self, content: Any) -> int | None:
        path = self.params.get("total")
        text = find_text(content, path) if path else ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def _next(self, ask: ListRequest, items: int, total: int | None) -> ListRequest | None:
        if self.context.platform.paging.style == "none" or not items:
            return None
        size = int(self.builder.values(ask.page, {})["size"])
        if total and ask.page * min(size, items) >= total:  # some answer 0 beside rows
            return None
        return self.builder.ask(ask.page + 1, dict(ask.data))


def _day(value: Any, today: date) -> date | None:
    """The day of a field: a date, an instant, or 昨天."""
    text = "" if value is None else str(value).strip()
    return stamped_day(text) or relative_day(text, today)


def target_of(url: str) -> str:
    """Where a search's own link (``visit/link.do?url=https%3A…``) leads; others as they are."""
    given = parse_qs(urlsplit(url).query).get("url", [""])[0]
    return given if re.match(r"https?://[^/]", given) else url
