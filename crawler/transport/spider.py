"""Walk sources through Scrapy's downloader: one spider, each source a pass of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import scrapy

from crawler.passes.source_pass import SourcePass

SETTINGS: dict[str, Any] = {
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    # Both open a port through which code can be run (Scrapy 2.19 starts the first by default).
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "EXTENSIONS": {
        f"scrapy.extensions.{name}": None
        for name in (
            "corestats.CoreStats", "logcount.LogCount", "logstats.LogStats",
            "memusage.MemoryUsage", "memdebug.MemoryDebugger", "feedexport.FeedExporter",
            "spiderstate.SpiderState", "throttle.AutoThrottle", "closespider.CloseSpider",
            "telnet.TelnetConsole", "remote_control.RemoteControl",
        )
    },
    # Redirects, retries and robots.txt are ours (see :mod:`.fetch`): they need the host's gate.
    "DOWNLOADER_MIDDLEWARES": {
        f"scrapy.downloadermiddlewares.{name}": None
        for name in (
            "offsite.OffsiteMiddleware", "robotstxt.RobotsTxtMiddleware",
            "httpauth.HttpAuthMiddleware", "downloadtimeout.DownloadTimeoutMiddleware",
            "defaultheaders.DefaultHeadersMiddleware", "useragent.UserAgentMiddleware",
            "retry.RetryMiddleware", "redirect.MetaRefreshMiddleware",
            "redirect.RedirectMiddleware", "stats.DownloaderStats",
            "httpcache.HttpCacheMiddleware",
        )
    },
    "HTTPCACHE_ENABLED": False,
    "CONCURRENT_REQUESTS": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_WARNSIZE": 0,
    "LOG_ENABLED": False,
    "STATS_DUMP": False,
}  # fmt: skip
LEGACY_TLS = {
    "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0",
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
}


def settings_for(*, verify_tls: bool, legacy_tls: bool, max_bytes: int) -> dict[str, Any]:
    """Scrapy's settings for the sources that agree about TLS."""
    own = {
        **SETTINGS,
        "DOWNLOAD_MAXSIZE": max_bytes,
        # Legacy renegotiation works only unverified.
        "DOWNLOAD_VERIFY_CERTIFICATES": verify_tls and not legacy_tls,
    }
    return {**own, **LEGACY_TLS} if legacy_tls else own


class NoticeSpider(scrapy.Spider):
    """Runs the passes of its sources side by side; each waits at its own host's gate."""

    name = "noticewatch"

    def __init__(
        self,
        passes: Sequence[SourcePass],
        *,
        replaying: bool = False,
        failures: list[BaseException] | None = None,
    ) -> None:
        super().__init__()
        self.passes = passes
        self.replaying = replaying
        # The engine only logs what start() raises: what ended a pass goes back this way.
        self.failures = failures if failures is not None else []

    async def start(self) -> AsyncIterator[Any]:
        for one in self.passes:
            if not self.replaying:
                one.context.fetcher.download = self.crawler.engine.download_async
        ends = await asyncio.gather(*(one.run() for one in self.passes), return_exceptions=True)
        self.failures += [end for end in ends if isinstance(end, BaseException)]
        nothing: tuple[Any, ...] = ()  # requests go through the fetchers, not the engine's queue
        for request in nothing:
            yield request
