"""Define the adapter protocol: pure functions from an answer's text to rows and next request.

An adapter reads one CMS platform. It is built for one column, asks by :class:`ListRequest`
and is given a :class:`ListResponse`; it never touches the network, the clock or the archive.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, Literal, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from config.model import Column, Platform, Selectors, Source
from config.time_zone import BEIJING
from crawler.extract.encoding import decode
from domain.records.observation import NoticeRef
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind
from i18n.catalogue import english

OWN_PAGE = "own_page"  # the stage that asks for a column's page because its interface fails
Method = Literal["GET", "POST"]


class ListProblem(Exception):
    """An answer that is not a list, with the kind that decides the source's state."""

    def __init__(self, kind: FailureKind, why: Reason) -> None:
        super().__init__(english(why))
        self.kind = kind
        self.reason = why


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRequest:
    """One request. ``stage`` tells the adapter what it had asked for, ``page`` counts from 1.

    A ``form`` of one field without a name is a JSON document, sent as it stands.
    """

    url: str
    method: Method = "GET"
    form: tuple[tuple[str, str], ...] = ()
    stage: str = "list"
    page: int = 1
    headers: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if self.method != "POST":
            return b""
        return self.form[0][1].encode() if self._is_json else urlencode(self.form).encode("ascii")

    @property
    def media_type(self) -> str:
        """What the body is."""
        return "application/json" if self._is_json else "application/x-www-form-urlencoded"

    @property
    def _is_json(self) -> bool:
        return len(self.form) == 1 and not self.form[0][0]


@dataclass(frozen=True, kw_only=True)
class ListResponse:
    """A response as an adapter sees it."""

    ask: ListRequest
    url: str  # after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def day(self) -> date:
        """The day of the answer where the sites are."""
        return self.fetched_at.astimezone(BEIJING).date()

    @cached_property
    def text(self) -> str:
        return decode(self.body, self.header("content-type"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What one answer of a list says.

    ``follow`` is a request that must be made before rows are known (a column shell leads to
    its unit); ``next`` is the following page of the same list. ``drift`` names what differs
    from the configuration; ``fallback`` says what was used instead of a failed selector;
    ``lacking`` says why rows or their dates are missing, where the adapter can tell.
    """

    rows: tuple[NoticeRef, ...] = ()
    follow: ListRequest | None = None
    next: ListRequest | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    drift: tuple[Reason, ...] = ()
    fallback: Reason | None = None
    total: int | None = None
    lacking: Reason | None = None


class Adapter(Protocol):
    """One column on one platform; keeps nothing between requests."""

    def first_request(self) -> ListRequest:
        """The request that a pass over the column starts with."""

    def parse(self, answer: ListResponse) -> Page:
        """Rows of an answer; raises :class:`ListProblem` when it is no list at all."""

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        """What to ask when ``failed`` could not be read; None: nothing."""


@dataclass(frozen=True, kw_only=True)
class ColumnContext:
    """The facts an adapter works with: a source's column on its platform, selectors merged."""

    source: Source
    column: Column
    platform: Platform

    @cached_property
    def selectors(self) -> Selectors:
        """The source's selectors over the platform's."""
        own = {key: value for key, value in self.source.selectors if value is not None}
        return self.platform.selectors.model_copy(update=own)

    @cached_property
    def params(self) -> dict[str, str]:
        return {**self.platform.params, **self.column.params}

    @cached_property
    def origin(self) -> str:
        parts = urlsplit(self.column.url)
        return f"{parts.scheme}://{parts.netloc}"

    def endpoint(self, path: str) -> str:
        """An address on the column's own scheme, host and port, whatever ``path`` names."""
        parts = urlsplit(urljoin(self.column.url, path))
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.origin}{parts.path}{query}"


class Capabilities:
    """What an adapter says of itself, for those that choose among platforms or judge a list."""

    # Above 0: its rows can stand in the column's page, whose addresses then tell the platform;
    # the number decides a tie.
    column_page_weight: ClassVar[float] = 0.0
    needs_requests: ClassVar[bool] = False  # its rows are asked for beside the column's page
    list_is_html: ClassVar[bool] = False  # selectors of rows can be judged in its answers
    reads_home_pages: ClassVar[bool] = False  # notice links wherever they stand, dated or not


class SimpleAdapter(Capabilities, ABC):
    """Shared by the adapters: the column's facts, a GET of the column's address first."""

    def __init__(self, context: ColumnContext) -> None:
        self.context = context

    def first_request(self) -> ListRequest:
        return ListRequest(url=self.context.column.url)

    @abstractmethod
    def parse(self, answer: ListResponse) -> Page:
        """Rows of an answer; raises :class:`ListProblem` when it is no list at all."""

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        return None


def restaged(answer: ListResponse, stage: str) -> ListResponse:
    """The same answer, as if it had been asked for at another stage."""
    return replace(answer, ask=replace(answer.ask, stage=stage))


def with_query(url: str, params: Mapping[str, str] | tuple[tuple[str, str], ...]) -> str:
    """The address with query parameters appended, Chinese percent-encoded."""
    pairs = list(params.items()) if isinstance(params, Mapping) else list(params)
    joiner = "&" if urlsplit(url).query else "?"
    return f"{url}{joiner}{urlencode(pairs)}" if pairs else url


def bare_json(text: str) -> str:
    """JSON without a byte order mark and without the call of JSONP round it."""
    text = text.strip().lstrip("\ufeff")
    call = re.fullmatch(r"(?:/\*\*/)?\s*[\w.$]+\s*\((.*)\)\s*;?", text, re.S)
    return call[1] if call else text


def read_json(answer: ListResponse) -> Any:
    """The answer as JSON; HTML where JSON was due is a block page, anything else is broken."""
    text = bare_json(answer.text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        head = text[:300].lower()
        if head.startswith("<") or "<html" in head or "<!doctype" in head:
            raise ListProblem(FailureKind.CHALLENGE, reason("source.html_not_json")) from error
        broken = reason("source.broken_json", error=str(error)[:200])
        raise ListProblem(FailureKind.BROKEN_JSON, broken) from error
