"""Loopback replicas of ministry sites: every platform, mutable content, noise, faults.

One :class:`Replica` is one site on its own port of 127.0.0.1. It records each request with its
times, so that politeness can be measured at the server. Standard library only.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count, pairwise
from typing import Any

from noticewatch.demo.exchange import Fault, RequestRecord
from noticewatch.demo.faults import FAULTS
from noticewatch.demo.platforms import PLATFORMS
from noticewatch.demo.replica_server import ReplicaHandler, ReplicaServer
from noticewatch.demo.replica_site import Article, ReplicaContent, ReplicaSite

_NOISE = (
    '<div class="share bdsharebuttonbox">分享到</div><p class="counter">浏览次数：{views} 次</p>'
    '<div class="clock" id="now">当前时间：{stamp}</div>'
)


class Replica:
    """A site of one platform, served on a port of its own."""

    def __init__(
        self,
        platform: str = "trs_static",
        *,
        page_size: int = 15,
        encoding: str = "utf-8",
        noise: bool = False,
        validators: bool = True,
        name: str = "",
    ) -> None:
        self.site = ReplicaSite()
        self.pages = PLATFORMS[platform](self.site, page_size)
        self.platform = platform
        self.name = name or platform
        self.encoding = encoding
        self.noise = noise
        self.validators = validators
        self.declare_encoding = True  # in the header; the page's meta tag always does
        self.robots: str | int = 404  # the text of robots.txt, or its status
        self.hits: list[RequestRecord] = []
        self.faults: list[Fault] = []
        self.concurrent = 0
        self.max_concurrent = 0
        self.open_connections = 0
        self.max_connections = 0
        self.slow_seconds = 30.0
        self._views = count(1)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._server: ReplicaServer | None = None

    def start(self, port: int = 0) -> Replica:
        handler = type("Handler", (ReplicaHandler,), {"replica": self})
        self._server = ReplicaServer(("127.0.0.1", port), handler)
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        return self

    def close(self) -> None:
        self._stop.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Replica:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        assert self._server is not None, "the replica is not started"
        return int(self._server.server_address[1])

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def column_url(self) -> str:
        return self.base + self.pages.column_path

    def detail_url(self, article: Article) -> str:
        return self.base + self.pages.detail_path(article)

    def source(self, key: str = "", **more: Any) -> dict[str, Any]:
        """A source file's content for this site; ``more`` is merged over it."""
        made: dict[str, Any] = {
            "key": key or self.name.replace("_", "-"),
            "name": {"zh": "演示机关", "en": "Demonstration office"},
            "publisher": "演示机关",
            "jurisdiction": "CN",
            "platform": self.platform,
            "columns": [{"key": "tzgg", "url": self.column_url, "params": dict(self.pages.params)}],
            "http": {"min_gap_seconds": 0},
            "expect": {"min_rows": 1, "max_silence_days": 36500},
        }
        return {**made, **more}

    def add(
        self, title: str, day: date, paragraphs: list[str] | None = None, **more: Any
    ) -> Article:
        return self.site.add(title, day, paragraphs, **more)

    def fault(
        self,
        name: str,
        *,
        match: str = "",
        kind: str = "",
        times: int | None = None,
        value: str = "",
    ) -> None:
        """Switch a fault on for all requests, for a part of the paths or for a kind of page."""
        if name not in FAULTS:
            raise ValueError(f"no fault {name!r} (known: {', '.join(FAULTS)})")
        self.faults.append(Fault(name, match, kind, times, value))

    def heal(self) -> None:
        self.faults.clear()

    def fault_for(self, path: str, kind: str) -> Fault | None:
        for fault in self.faults:
            if fault.match in path and fault.kind in {"", kind} and fault.times != 0:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def paths(self) -> list[str]:
        return [hit.path for hit in self.hits]

    def gaps(self) -> list[float]:
        """Seconds between the end of one request and the start of the next."""
        ordered = sorted(self.hits, key=lambda hit: hit.started)
        return [b.started - a.ended for a, b in pairwise(ordered)]

    def forget(self) -> None:
        """Empty the record of requests."""
        with self._lock:
            self.hits.clear()
            self.max_concurrent = self.max_connections = 0

    @contextmanager
    def recorded(self, hit: RequestRecord) -> Iterator[None]:
        with self._lock:
            self.hits.append(hit)
            self.concurrent += 1
            self.max_concurrent = max(self.max_concurrent, self.concurrent)
        try:
            yield
        finally:
            with self._lock:
                self.concurrent -= 1
                hit.ended = time.monotonic()

    def connection(self, change: int) -> None:
        with self._lock:
            self.open_connections += change
            self.max_connections = max(self.max_connections, self.open_connections)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def wait(self, seconds: float) -> None:
        """Sleep that ends with the server."""
        self._stop.wait(seconds)

    def encode(self, content: ReplicaContent) -> ReplicaContent:
        """The page in the site's encoding, with the noise of this request."""
        body = content.body
        tag = hashlib.md5(body, usedforsecurity=False).hexdigest()
        if content.kind != "file" and "html" in content.media_type:
            text = body.decode("utf-8")
            if self.noise:
                views = next(self._views)
                stamp = datetime.now(UTC).isoformat()
                text = text.replace("<!--noise-->", _NOISE.format(views=views, stamp=stamp))
            text = text.replace('charset="utf-8"', f'charset="{self.encoding}"')
            body = text.encode(self.encoding, "xmlcharrefreplace")
        return replace(content, body=body, tag=tag)
