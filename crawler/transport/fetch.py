"""Fetch for one source: politely, bounded, and never off to another host.

Scrapy downloads; everything that decides *whether* a request may be made is here: the host's
gate, robots.txt, redirects (followed by hand so that a refused one is never connected to).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from config.model import OWN_USER_AGENT, Source
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.extract.page.page_state import page_redirect
from crawler.transport.download import Download, FetchError, answer_of, fetch_once, redirect_target
from crawler.transport.politeness import host_port, is_internal, throttle_of

BROWSER_USER_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
ROBOTS_TOKEN = "noticewatch"  # noqa: S105 (the product's name in robots.txt)
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


@dataclass(slots=True)
class Counts:
    requests: int = 0
    not_modified: int = 0


@dataclass(slots=True)
class Robots:
    """What robots.txt of one host says; ``status`` is for the health table."""

    status: str
    rules: Any = None

    def allows(self, url: str) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(url, ROBOTS_TOKEN))


@dataclass(kw_only=True)
class Fetcher:
    """One source's way to the network during one pass."""

    source: Source
    download: Download
    limits: Limits = field(default_factory=Limits)
    replaying: bool = False
    counts: Counts = field(default_factory=Counts)
    deadline: float = float("inf")
    robots: dict[str, Robots] = field(default_factory=dict)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    heard: Callable[[ListResponse], None] | None = None  # told of every answer, for a recording

    def __post_init__(self) -> None:
        self.own = {host_port(column.url) for column in self.source.columns}
        self.allowed = {
            host for entry in self.source.http.allowed_hosts for host in _host_entry(entry)
        }

    # ------------------------------------------------------------ what may be asked

    def may_visit(self, url: str) -> str | None:
        """Why an address must not be requested, or None."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            return f"{parts.scheme or 'an address without scheme'} is not http"
        here = host_port(url)
        if here in self.own or self._same_site_tls(here):
            return None
        if here in self.allowed:  # written down by the operator, an inner address too
            return None
        if is_internal(parts.hostname or ""):
            return f"{here} is a private or loopback address"
        return f"{here} is another host than the source's own"

    def _same_site_tls(self, here: str) -> bool:
        """http to https on the ordinary ports of one host name is the same site."""
        name, _, port = here.rpartition(":")
        return port in {"80", "443"} and bool({f"{name}:80", f"{name}:443"} & self.own)

    async def _refuse_internal(self, url: str) -> None:
        """A name of another host that resolves to an inner address is refused too."""
        here = host_port(url)
        if self.replaying or here in self.own or self._same_site_tls(here):
            return
        name, _, port = here.rpartition(":")
        if is_internal(name):
            return  # configured as that very address
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(name, int(port), type=socket.SOCK_STREAM)
        except OSError as error:
            raise FetchError("dns", f"the host name {name} cannot be resolved", url) from error
        if any(is_internal(str(entry[4][0])) for entry in found):
            raise FetchError("refused_redirect", f"{name} resolves to an inner address", url)

    # ------------------------------------------------------------------- requests

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
            await self._admit(url, first=url == ask.url)
            headers = [*validators, *ask.headers, *self._headers(url, referer)]
            response = await self._send(url, method, headers, body)
            target = redirect_target(response, url)
            if target is None:
                answer = answer_of(ask, url, response, self.clock())
                target = _page_redirect(answer)
                if target is None:
                    if self.heard is not None:
                        self.heard(answer)
                    return answer
            same = _without_fragment(target) == _without_fragment(url)
            if target in visited or (same and not response.headers.getlist(b"Set-Cookie")):
                raise FetchError("redirect_loop", "the redirects lead in a circle", ask.url)
            visited.add(target)
            if response.status not in {307, 308}:
                method, body = "GET", b""
            url = target
        raise FetchError("redirect_loop", f"more than {MAX_REDIRECTS} redirects", ask.url)

    async def _admit(self, url: str, *, first: bool) -> None:
        reason = self.may_visit(url)
        if reason:
            kind = "off_host" if first else "refused_redirect"
            verb = "the address leads off: " if first else "a redirect was refused: "
            raise FetchError(kind, verb + reason, url)
        await self._refuse_internal(url)
        robots = await self._robots_of(url)
        if not robots.allows(url):
            raise FetchError("robots", "robots.txt forbids this address", url)

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
        self, url: str, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> Any:
        from scrapy import Request

        gate = throttle_of(url)
        gap = 0.0 if self.replaying else self.source.http.min_gap_seconds
        async with gate.through(gap):
            left = self.deadline - monotonic()
            if left <= 0:
                raise FetchError("time_up", "the time of this pass is over", url)
            request = Request(
                url,
                method=method,
                headers=dict(headers),
                body=body,
                dont_filter=True,
                meta=self._meta(url, min(self.limits.request_seconds, left)),
            )
            if body:
                request.headers[b"Content-Type"] = b"application/x-www-form-urlencoded"
            self.counts.requests += 1
            response = await fetch_once(self.download, request, url)
            self.counts.not_modified += response.status == 304
            return response

    def _meta(self, url: str, seconds: float) -> dict[str, Any]:
        meta = {
            "download_slot": host_port(url),
            "download_timeout": max(0.1, seconds),
            "cookiejar": self.source.key,
        }
        if self.source.http.proxy:
            meta["proxy"] = self.source.http.proxy
        return meta

    # --------------------------------------------------------------------- robots

    async def _robots_of(self, url: str) -> Robots:
        if self.replaying or self.source.http.robots == "ignore":
            return self.robots.setdefault("", Robots("ignored"))
        here = host_port(url)
        if here not in self.robots:
            self.robots[here] = await self._read_robots(url)
        return self.robots[here]

    async def _read_robots(self, url: str) -> Robots:
        """RFC 9309: a 4xx means no rules, a 5xx or no answer means wait."""
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        for _ in range(MAX_REDIRECTS):
            response = await self._send(address, "GET", self._headers(address, None), b"")
            target = redirect_target(response, address)
            if target is None or self.may_visit(target):
                break
            address = target
        status = int(response.status)
        if status >= 500:
            message = f"robots.txt answers {status}, which asks crawlers to wait"
            raise FetchError("robots_wait", message, address)
        if status != 200:
            return Robots(f"{status}: no rules")
        from protego import Protego

        rules = Protego.parse(response.body[:512_000].decode("utf-8", "replace"))
        delay = rules.crawl_delay(ROBOTS_TOKEN)
        if delay:
            throttle_of(url).crawl_delay = float(delay)
        return Robots(f"200: obeyed{f', Crawl-delay {delay:g}' if delay else ''}", rules)

    def robots_status(self) -> str:
        """The answer of the source's own host, for the health table."""
        for here, robots in self.robots.items():
            if not here or here in self.own:
                return robots.status
        return ""


def retry_after(answer: ListResponse, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks to wait."""
    value = answer.header("retry-after")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds())


def _host_entry(entry: str) -> set[str]:
    """``host:port`` of an allowed host; without a port, both ordinary ones."""
    host = entry.strip().lower().removeprefix("http://").removeprefix("https://").rstrip("/")
    name, _, port = host.rpartition(":")
    return {host} if name and port.isdigit() else {f"{host}:80", f"{host}:443"}


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
