"""Render a list that exists only after its scripts ran: Chromium draws, this crawler fetches.

Chromium itself reaches no network: each request of a page is taken from it and made by the
source's own fetcher, with its gap, robots.txt, hosts and limits. One page at a time. A page
whose status or words say challenge never comes here, so that none is ever solved.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.transport.download import FetchError
from crawler.transport.fetch import Fetcher
from domain.records.reason import reason
from domain.records.states import FailureKind

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_NEEDED = frozenset({"document", "script", "xhr", "fetch"})
_MOST_REQUESTS = 40  # of one page
_SECONDS = 60.0  # for one page
_STEADY = 0.4  # seconds in which a page must not change
_LOOKS = 8
_ARGUMENTS = (
    "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_NOWHERE = "http://127.0.0.1:9"  # the proxy of whatever would escape
_HTML = ("text/html", "application/xhtml")
_FORM = "application/x-www-form-urlencoded"
_locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


def chromium_path() -> str | None:
    """The system's Chromium; None where it, or the extra ``browser``, is not installed."""
    if importlib.util.find_spec("playwright") is None:
        return None
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def is_page(answer: ListResponse) -> bool:
    """Whether an answer is a page that scripts could fill."""
    media_type = (answer.header("content-type") or "text/html").lower()
    asked = answer.ask.method == "GET" and answer.status == 200
    return asked and media_type.startswith(_HTML)


async def rendered(fetcher: Fetcher, answer: ListResponse) -> ListResponse:
    """The page as it stands when its scripts are done; FetchError without a browser."""
    path = chromium_path()
    if path is None:
        raise FetchError(FailureKind.BAD_STATUS, reason("source.render_missing"), answer.url)
    loop = asyncio.get_running_loop()
    async with _locks.setdefault(loop, asyncio.Lock()):
        html = await _drawn(_PageRequests(fetcher=fetcher, answer=answer), path)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return replace(answer, body=html.encode("utf-8", "replace"), headers=headers)


async def _drawn(requests: _PageRequests, path: str) -> str:
    from playwright.async_api import Error, async_playwright

    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path,
                args=list(_ARGUMENTS),
                chromium_sandbox=os.geteuid() != 0,
                proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
            )
            try:
                return await _read(browser, requests)
            finally:
                await browser.close()
    except Error as error:
        why = reason("source.render_failed", error=str(error).split("\n")[0][:160])
        raise FetchError(FailureKind.BAD_STATUS, why, requests.answer.url) from error


async def _read(browser: Browser, requests: _PageRequests) -> str:
    context = await browser.new_context(service_workers="block", accept_downloads=False)
    page = await context.new_page()
    await page.route("**/*", requests.serve)
    left = min(_SECONDS, requests.fetcher.deadline - monotonic())
    page.set_default_timeout(max(1.0, left) * 1000)
    await page.goto(requests.answer.url, wait_until="domcontentloaded")
    return await _steady(page, requests, monotonic() + left)


async def _steady(page: Page, requests: _PageRequests, until: float) -> str:
    """The page when nothing is asked any more and it no longer changes."""
    before, looks = "", 0
    while looks < _LOOKS and monotonic() < until:
        await asyncio.sleep(_STEADY)
        if requests.open:
            continue
        html = await page.content()
        if html == before:
            break
        before, looks = html, looks + 1
    return before or await page.content()


@dataclass(kw_only=True)
class _PageRequests:
    """Answers the requests of one page by the source's own fetcher."""

    fetcher: Fetcher
    answer: ListResponse
    open: int = 0
    count: int = 0
    _known: dict[str, ListResponse] = field(default_factory=dict)

    async def serve(self, route: Route) -> None:
        self.open += 1
        try:
            answer = await self._answer(route)
        except FetchError:
            answer = None
        finally:
            self.open -= 1
        if answer is None:
            await route.abort()
            return
        kind = answer.header("content-type") or "text/html"
        headers = {"Content-Type": kind, "Access-Control-Allow-Origin": "*"}
        await route.fulfill(status=answer.status, headers=headers, body=answer.body)

    async def _answer(self, route: Route) -> ListResponse | None:
        request = route.request
        if request.is_navigation_request():
            own = request.frame.parent_frame is None and request.url == self.answer.url
            return self.answer if own else None
        if request.resource_type not in _NEEDED or self.count >= _MOST_REQUESTS:
            return None
        if (known := self._known.get(request.url)) is not None and request.method == "GET":
            return known
        ask = _ask(request.url, request.method, request.headers, request.post_data or "")
        if ask is None:
            return None
        self.count += 1
        answer = await self.fetcher.get(ask, referer=self.answer.url)
        if request.resource_type == "script":
            self._known[request.url] = answer
        return answer


def _ask(url: str, method: str, headers: Mapping[str, str], body: str) -> ListRequest | None:
    """A page's request as one of ours; None for kinds that no list needs."""
    if method == "GET":
        return ListRequest(url=url)
    if method != "POST":
        return None
    if headers.get("content-type", "").startswith(_FORM):
        return ListRequest(url=url, method="POST", form=tuple(parse_qsl(body, True)))
    return ListRequest(url=url, method="POST", form=(("", body),))
