"""Fetch for one source: polite, bounded, and never off to another host.

Scrapy downloads; here each request waits for its host, asks robots.txt, and has its redirects
followed by hand, so that a refused one is never connected to.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from config.model import OWN_USER_AGENT, Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.page.page_state import page_redirect
from crawler.transport.download import Download, FetchError, answer_of, fetch_once, redirect_target
from crawler.transport.politeness import throttle_of
from crawler.transport.robots import Robots, robots_of
from crawler.transport.site_boundary import SiteBoundary
from crawler.transport.target import Target
from domain.records.reason import Reason, reason
from domain.records.states import FailureKind

if TYPE_CHECKING:
    from crawler.transport.host_desk import HostDesk

BROWSER_USER_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
MAX_REDIRECTS = 5
MAX_BYTES = 30 * 1024 * 1024
_LONGEST_SHELL = 16 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The bounds of a pass; tests shorten them."""

    request_seconds: float = 20.0
    source_seconds: float = 120.0
    retry_after_seconds: float = 30.0
    max_bytes: int = MAX_BYTES
    failures_in_a_row: int = 3
    list_failures: int = 2
    second_look: float = 2.0  # seconds from a change seen to the look that confirms it
    day_requests: int = 20_000  # of one source in 24 hours, as all that follow
    day_bytes: int = 3 * 1024**3
    day_rows: int = 5_000  # rows of lists not seen before
    day_changes: int = 300  # new and changed notices beside a baseline


@dataclass(slots=True)
class Counts:
    requests: int = 0
    not_modified: int = 0
    bytes: int = 0


@dataclass(kw_only=True)
class Fetcher:
    """One source's way to the network during one pass."""

    source: Source
    download: Download
    limits: Limits = field(default_factory=Limits)
    replaying: bool = False
    counts: Counts = field(default_factory=Counts)
    deadline: float = float("inf")
    requests_left: float = float("inf")  # of the day's budget
    bytes_left: float = float("inf")
    robots: dict[str, Robots] = field(default_factory=dict)
    desk: HostDesk | None = None  # who has which host, where several processes may ask
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_response: Callable[[ListResponse], None] | None = (
        None  # told of every answer, for a recording
    )

    def __post_init__(self) -> None:
        self.boundary = SiteBoundary(self.source)

    def may_visit(self, url: str) -> Reason | None:
        """Why an address must not be requested, or None."""
        return self.boundary.refusal(Target.of(url))

    def is_own(self, url: str) -> bool:
        """Whether an address is on one of the source's own hosts."""
        return self.boundary.is_own(Target.of(url))

    def can_answer(self, url: str) -> bool:
        """Whether a page may be asked for now; a replay knows only what was recorded."""
        return True

    def recorded_pages(self) -> tuple[str, ...] | None:
        """The pages that a replay has answers for, in order; None for the network, which has
        an answer whenever a page is due."""
        return None

    async def pause(self, seconds: float) -> None:
        """Wait, as the network asks for it."""
        await asyncio.sleep(seconds)

    async def drawn(self, answer: ListResponse) -> ListResponse:
        """A page as it stands when its scripts are done."""
        from crawler.transport.rendering import rendered

        return await rendered(self, answer)

    async def get(
        self,
        ask: ListRequest,
        *,
        referer: str | None = None,
        validators: tuple[tuple[str, str], ...] = (),
    ) -> ListResponse:
        """One request with its redirects; raises :class:`FetchError`, also for robots.txt."""
        url, method, body = ask.url, ask.method, ask.body
        visited: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            target = Target.of(url)
            await self._admit(target, first=url == ask.url)
            headers = [*validators, *ask.headers, *self._headers(url, referer)]
            if body:
                headers.append(("Content-Type", ask.media_type))
            response = await self._send(target, method, headers, body)
            onward = redirect_target(response, url)
            if onward is None:
                answer = answer_of(ask, url, response, self.clock())
                onward = _page_redirect(answer)
                if onward is None:
                    if self.on_response is not None:
                        self.on_response(answer)
                    return answer
            same = _without_fragment(onward) == _without_fragment(url)
            if onward in visited or (same and not response.headers.getlist(b"Set-Cookie")):
                why = reason("source.redirect_circle")
                raise FetchError(FailureKind.REDIRECT_LOOP, why, ask.url)
            visited.add(onward)
            if response.status not in {307, 308}:
                method, body = "GET", b""
            url = onward
        why = reason("source.redirects_many", most=MAX_REDIRECTS)
        raise FetchError(FailureKind.REDIRECT_LOOP, why, ask.url)

    async def _admit(self, target: Target, *, first: bool) -> None:
        if refusal := self.boundary.refusal(target):
            if first:
                why = reason("source.leads_off", why=refusal)
                raise FetchError(FailureKind.OFF_HOST, why, target.url)
            why = reason("source.redirect_refused", why=refusal)
            raise FetchError(FailureKind.REFUSED_REDIRECT, why, target.url)
        await self._refuse_internal(target)
        robots = await self._robots_of(target)
        if not robots.allows(target.url):
            raise FetchError(FailureKind.ROBOTS, reason("source.robots_forbid"), target.url)

    async def _refuse_internal(self, target: Target) -> None:
        if not self.replaying:
            await self.boundary.refuse_internal(target)

    def _headers(self, url: str, referer: str | None) -> list[tuple[str, str]]:
        agent = self.source.http.user_agent
        headers = [("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5")]
        if agent == "browser":
            headers.append(("User-Agent", BROWSER_USER_AGENT))
            headers.append(("Referer", referer or url))
        else:
            headers.append(("User-Agent", agent or OWN_USER_AGENT))
        return headers

    async def _send(
        self, target: Target, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> Any:
        from scrapy import Request

        gap = 0.0 if self.replaying else self.source.http.min_gap_seconds
        throttle = throttle_of(target)
        async with throttle.through(gap), self._visit(target, throttle.least(gap)) as lasting:
            left = self.deadline - monotonic()
            if left <= 0:
                raise FetchError(FailureKind.TIME_UP, reason("source.time_up"), target.url)
            if self.counts.requests >= self.requests_left or self.counts.bytes >= self.bytes_left:
                raise FetchError(FailureKind.FLOOD, reason("source.day_is_full"), target.url)
            request = Request(
                target.url,
                method=method,
                headers=dict(headers) if lasting else {**dict(headers), "Connection": "close"},
                body=body,
                dont_filter=True,
                meta=self._meta(target, min(self.limits.request_seconds, left)),
            )
            self.counts.requests += 1
            response = await fetch_once(self.download, request, target.url)
            self.counts.not_modified += response.status == 304
            self.counts.bytes += len(response.body)
            return response

    @asynccontextmanager
    async def _visit(self, target: Target, gap: float) -> AsyncIterator[bool]:
        """Have the host for a request; whether it may keep the connection open for the next."""
        if self.desk is None or self.replaying:
            yield True
            return
        async with self.desk.visit(target, gap) as lasting:
            yield lasting

    def _meta(self, target: Target, seconds: float) -> dict[str, Any]:
        meta = {
            "download_slot": target.host_port,
            "download_timeout": max(0.1, seconds),
            "cookiejar": self.source.key,
        }
        if self.source.http.proxy:
            meta["proxy"] = self.source.http.proxy
        return meta

    async def _robots_of(self, target: Target) -> Robots:
        if self.replaying or self.source.http.robots == "ignore":
            return self.robots.setdefault("", Robots("ignored"))
        if target.host_port not in self.robots:
            robots = await self._read_robots(target)
            if robots.crawl_delay:
                throttle_of(target).crawl_delay = robots.crawl_delay
            self.robots[target.host_port] = robots
        return self.robots[target.host_port]

    async def _read_robots(self, target: Target) -> Robots:
        address = urljoin(target.url, "/robots.txt")
        for _ in range(MAX_REDIRECTS):
            headers = self._headers(address, None)
            response = await self._send(Target.of(address), "GET", headers, b"")
            onward = redirect_target(response, address)
            if onward is None or self.may_visit(onward):
                break
            address = onward
        return robots_of(response, address)

    def robots_status(self) -> str:
        """The answer of the source's own host, for the health table."""
        for here, robots in self.robots.items():
            if not here or here in self.boundary.own:
                return robots.status
        return ""


def _page_redirect(answer: ListResponse) -> str | None:
    """The address that a page without content leads on to."""
    if answer.status != 200 or len(answer.body) > _LONGEST_SHELL or answer.ask.method != "GET":
        return None
    told = answer.body.lower()
    if not any(mark in told for mark in (b"refresh", b"location", b"frame")):
        return None
    return page_redirect(answer.text, answer.url)


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]
