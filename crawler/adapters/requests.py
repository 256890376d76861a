"""Requests from a platform's parameters: endpoint, query, form, headers, discovered ids."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from urllib.parse import quote

from crawler.adapters.adapter import (
    OWN_PAGE,
    Capabilities,
    ColumnContext,
    ListRequest,
    ListResponse,
    Page,
    with_query,
)
from crawler.adapters.html_rows import rows_of
from domain.records.observation import NoticeRef
from domain.records.reason import Reason, reason

_NO_ADDRESS = r"(?!)"
_PLACE = re.compile(r"\{(\w+)\}")


class RequestBuilder:
    """Fills the ``query.*``, ``form.*`` and ``headers.*`` parameters for one page of a column."""

    def __init__(self, context: ColumnContext) -> None:
        self.context = context
        self.params = dict(context.params)
        for name, pattern in context.params.items():
            if not name.startswith("from_url."):
                continue
            match = re.search(pattern, context.column.url)
            if match and not self.params.get(name.removeprefix("from_url.")):
                self.params[name.removeprefix("from_url.")] = match[1]
        self.discoverable = {
            name.removeprefix("discover."): pattern
            for name, pattern in self.params.items()
            if name.startswith("discover.")
        }

    def discover_ask(self) -> ListRequest | None:
        """The page in which ids are to be looked up, if the platform has any."""
        if not self.discoverable:
            return None
        where = self.params.get("discover_from")
        url = self.context.endpoint(where) if where else self.context.column.url
        return ListRequest(url=url, stage="discover")

    def discover(self, text: str) -> tuple[dict[str, str], tuple[Reason, ...]]:
        """The ids that a page reveals, and what differs from the configuration."""
        found: dict[str, str] = {}
        for name, pattern in self.discoverable.items():
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                found[name] = match[1]
        return found, drift(self.context.column.params, found)

    def ask(self, page: int, found: Mapping[str, str]) -> ListRequest:
        """The request for page ``page`` (from 1) with the discovered ids over the configured."""
        values = self.values(page, found)
        method = self.params.get("method", "GET")
        path = self._fill(self.params.get("endpoint", ""), values, quoted=True)
        url = self.context.endpoint(path) if path else self.context.column.url
        form = self._json(values) or self._group("form.", values)
        return ListRequest(
            url=with_query(url, self._group("query.", values)),
            method="POST" if method == "POST" else "GET",
            form=form,
            headers=self._group("headers.", values),
            page=page,
            data=dict(found),
        )

    def values(self, page: int, found: Mapping[str, str]) -> dict[str, str]:
        """What placeholders stand for."""
        paging = self.context.platform.paging
        size = int(self.params.get("page_size", paging.page_size))
        return {
            **self.params,
            **found,
            "page": str(page - 2 + int(self.params.get("offset", paging.offset))),
            "size": str(size),
            "skip": str((page - 1) * size),
            "start": str((page - 1) * size + 1),
            "end": str(page * size),
            "url": self.context.column.url,
        }

    def _json(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The body of an interface that is asked in JSON, as a field without a name."""
        template = self.params.get("json")
        if not template:
            return ()
        quoted = {name: json.dumps(text)[1:-1] for name, text in values.items()}
        return (("", json.dumps(json.loads(self._fill(template, quoted)))),)

    def _group(self, prefix: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        pairs = []
        for name, template in self.params.items():
            if not name.startswith(prefix):
                continue
            text = self._fill(template, values)
            optional = template[1:-1] in self.discoverable and template.startswith("{")
            if text or not optional:  # an id nobody knows is left out, not sent empty
                pairs.append((name.removeprefix(prefix), text))
        return tuple(pairs)

    @staticmethod
    def _fill(template: str, values: Mapping[str, str], *, quoted: bool = False) -> str:
        def value(match: re.Match[str]) -> str:
            text = values.get(match[1], "")
            return quote(text, safe="") if quoted else text

        return _PLACE.sub(value, template)


def drift(configured: Mapping[str, str], found: Mapping[str, str]) -> tuple[Reason, ...]:
    """One reason for every parameter that the site now names differently."""
    return tuple(
        reason("source.id_differs", name=name, site=value, configured=configured[name])
        for name, value in found.items()
        if configured.get(name) and configured[name] != value
    )


class InterfaceList(Capabilities, ABC):
    """Shared by the lists behind an interface: where the platform has ids, they are looked up
    first; a look-up that fails is passed over."""

    needs_requests = True

    def __init__(self, context: ColumnContext) -> None:
        self.context = context
        self.builder = RequestBuilder(context)

    def first_request(self) -> ListRequest:
        return self.builder.discover_ask() or self.builder.ask(1, {})

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        """Behind a look-up the interface itself, behind that the rows of the column's page."""
        if failed.stage == "discover":
            return self.builder.ask(1, {})
        own = self.context.column.url
        elsewhere = failed.method == "POST" or failed.url.split("?")[0] != own.split("?")[0]
        if failed.stage == "list" and failed.page == 1 and elsewhere:
            return ListRequest(url=own, stage=OWN_PAGE)
        return None

    def parse(self, answer: ListResponse) -> Page:
        if answer.ask.stage == OWN_PAGE:
            return Page(rows=self._own_rows(answer), fallback=reason("source.interface_fails"))
        if answer.ask.stage != "discover":
            return self.read(answer)
        found, drifted = self.builder.discover(answer.text)
        return Page(follow=self.builder.ask(1, found), parameters=found, drift=drifted)

    def _own_rows(self, answer: ListResponse) -> tuple[NoticeRef, ...]:
        """Dated rows of the column's page with addresses as the platform's notices have them."""
        shape = re.compile(self.context.platform.article_url or _NO_ADDRESS)
        found = rows_of(self.context, answer.text, answer.url, answer.day).rows
        return tuple(row for row in found if row.published and shape.search(row.url))

    @abstractmethod
    def read(self, answer: ListResponse) -> Page:
        """The rows of the interface's answer."""
