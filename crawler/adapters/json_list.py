"""Lists answered as JSON, read by the paths that the platform file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from archive.records import NoticeRef
from crawler.adapters.base import Answer, Ask, ColumnContext, ListProblem, Page, read_json
from crawler.adapters.paths import clean, fill, find, find_all, find_text
from crawler.adapters.requests import RequestBuilder
from crawler.extract.dates import stamped_day
from crawler.extract.dom import absolute

_DASHES = re.compile(r"[‐-―−－﹣]")
_BLOCKED = re.compile(r"访问频繁|安全验证|验证码|请求被拒绝|访问被拒绝|系统繁忙|Access Denied")
_HINTS = ("document_number", "index_number", "issuer", "type")


class JsonList:
    """One column of a platform whose list is JSON."""

    def __init__(self, context: ColumnContext) -> None:
        self.context = context
        self.builder = RequestBuilder(context)
        self.params = context.params

    def first(self) -> Ask:
        return self.builder.discover_ask() or self.builder.ask(1, {})

    def instead(self, failed: Ask) -> Ask | None:
        return self.builder.ask(1, {}) if failed.stage == "discover" else None

    def parse(self, answer: Answer) -> Page:
        if answer.ask.stage == "discover":
            found, drifted = self.builder.discover(answer.text)
            return Page(follow=self.builder.ask(1, found), parameters=found, drift=drifted)
        content = read_json(answer)
        self._check(content)
        items = find_all(content, self.params.get("items", "[]"))
        rows = tuple(row for item in items if (row := self._row(item, answer)))
        total = self._total(content)
        return Page(
            rows=rows,
            total=total,
            next=self._next(answer.ask, len(items), total),
            parameters=dict(answer.ask.data),
        )

    def _check(self, content: Any) -> None:
        path, _, wanted = self.params.get("success", "").partition("=")
        if not path:
            return
        value = find_text(content, path)
        if value.lower() != wanted.lower():
            message = find_text(content, "message|msg|error")
            kind = "challenge" if _BLOCKED.search(message) else "refused"
            raise ListProblem(
                "challenge" if kind == "challenge" else "refused",
                f"the interface answers {path}={value or 'nothing'} instead of {wanted}"
                + (f": {message[:120]}" if message else ""),
            )

    def _row(self, item: Any, answer: Answer) -> NoticeRef | None:
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
            published=stamped_day(find(item, self.params.get("field.date", "")) or ""),
            hints=self._hints(item, base),
        )

    def _field(self, item: Any, name: str) -> str:
        template = self.params.get(f"template.{name}")
        if template:
            return clean(fill(template, item))
        path = self.params.get(f"field.{name}")
        return find_text(item, path) if path else ""

    def _hints(self, item: Any, base: str) -> Mapping[str, str]:
        hints = {name: text for name in _HINTS if (text := self._field(item, name))}
        body = self._body(item)
        if body:
            hints["body"] = body
        if self.params.get("detail") == "none":
            hints["detail"] = "none"
        flags = {"abolished": "废止", "expired": "失效"}
        for name, word in flags.items():
            if self._field(item, name) in {"1", "true", "True"}:
                hints.setdefault("validity", word)
        files = (
            find_all(item, self.params.get("field.attachments", ""))
            if ("field.attachments" in self.params)
            else []
        )
        if files:
            hints["attachments"] = "\n".join(urljoin(base, str(url)) for url in files)
        return hints

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
        return int(text) if text.isdigit() else None

    def _next(self, ask: Ask, items: int, total: int | None) -> Ask | None:
        if self.context.platform.paging.style == "none" or not items:
            return None
        size = int(self.builder.values(ask.page, {})["size"])
        if total is not None and ask.page * min(size, items) >= total:
            return None
        return self.builder.ask(ask.page + 1, dict(ask.data))
