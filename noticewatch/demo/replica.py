"""Loopback replicas of ministry sites: every platform, mutable content, noise, faults.

One :class:`Replica` is one site on its own port of 127.0.0.1. It records each request with its
times, so that politeness can be measured at the server. Standard library only.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, pairwise
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FAULTS = (
    "forbidden", "challenge", "rate_limited", "server_error", "unavailable", "timeout", "drip",
    "truncated", "html_for_json", "broken_json", "empty_unit", "malformed_unit", "off_host",
    "redirect_loop", "cookie_then_self", "page_redirect", "redesign", "commented", "undated",
    "stale", "oversize", "bomb", "not_found",
)  # fmt: skip


@dataclass(slots=True)
class File:
    name: str
    body: bytes
    media_type: str = "application/octet-stream"


@dataclass(slots=True)
class Article:
    """One notice of a site. ``listed`` and ``live`` are taken away separately."""

    id: int
    title: str
    day: date
    paragraphs: list[str]
    number: str = ""
    issuer: str = ""
    files: list[File] = field(default_factory=list)
    listed: bool = True
    live: bool = True
    removed_text: bool = False
    modified: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def hex(self) -> str:
        return hashlib.md5(f"article {self.id}".encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Content:
    """What a page is before faults, noise and validators."""

    body: bytes
    media_type: str = "text/html"
    modified: datetime | None = None
    kind: str = "list"  # list, shell, detail, file
    tag: str = ""  # of the content without noise


@dataclass(slots=True)
class Hit:
    """A request as the server saw it."""

    method: str
    path: str
    started: float
    headers: dict[str, str]
    peer: tuple[str, int]
    ended: float = 0.0
    status: int = 0


@dataclass(slots=True)
class Fault:
    name: str
    match: str = ""  # part of the path; empty: every request but robots.txt
    kind: str = ""  # list, shell, detail, file
    times: int | None = None
    value: str = ""


class Site:
    """The articles of one site; platforms render them."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self._ids = count(1001)
        self.lock = threading.RLock()

    def add(
        self,
        title: str,
        day: date,
        paragraphs: list[str] | None = None,
        *,
        number: str = "",
        issuer: str = "",
        files: list[File] | None = None,
    ) -> Article:
        with self.lock:
            article = Article(
                id=next(self._ids),
                title=title,
                day=day,
                paragraphs=paragraphs or [f"{title}的正文。", "现予以公布，请遵照执行。"],
                number=number,
                issuer=issuer,
                files=list(files or ()),
            )
            self.articles.append(article)
            return article

    def edit(self, article: Article, **changes: Any) -> None:
        """Change title, paragraphs, files … of an article, and its time of modification."""
        with self.lock:
            for name, value in changes.items():
                setattr(article, name, value)
            article.modified = datetime.now(UTC).replace(microsecond=0)

    def withdraw(self, article: Article, *, keep_row: bool = False, text: bool = False) -> None:
        """Take an article away: 404, or (``text``) a page that says it was removed."""
        self.edit(article, live=text, removed_text=text, listed=keep_row)

    def restore(self, article: Article) -> None:
        self.edit(article, live=True, removed_text=False, listed=True)

    def listed(self) -> list[Article]:
        """Newest first, as lists show them."""
        with self.lock:
            shown = [article for article in self.articles if article.listed]
            return sorted(shown, key=lambda article: (article.day, article.id), reverse=True)


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
        site: Site | None = None,
        name: str = "",
    ) -> None:
        from noticewatch.demo.platforms import PLATFORMS

        self.site = site or Site()
        self.pages = PLATFORMS[platform](self.site, page_size)
        self.platform = platform
        self.name = name or platform
        self.encoding = encoding
        self.noise = noise
        self.validators = validators
        self.declare_encoding = True  # in the header; the page's meta tag always does
        self.robots: str | int = 404  # the text of robots.txt, or its status
        self.hits: list[Hit] = []
        self.faults: list[Fault] = []
        self.concurrent = 0
        self.max_concurrent = 0
        self.open_connections = 0
        self.max_connections = 0
        self.slow_seconds = 30.0
        self._views = count(1)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    # ------------------------------------------------------------------ life

    def start(self, port: int = 0) -> Replica:
        handler = type("Handler", (_Handler,), {"replica": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self._server.replica = self  # type: ignore[attr-defined]
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

    # ------------------------------------------------------------------ content

    def add(
        self, title: str, day: date, paragraphs: list[str] | None = None, **more: Any
    ) -> Article:
        return self.site.add(title, day, paragraphs, **more)

    # ------------------------------------------------------------------ faults

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

    # ------------------------------------------------------------------ measuring

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
    def recorded(self, hit: Hit) -> Iterator[None]:
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

    def wait(self, seconds: float) -> None:
        """Sleep that ends with the server."""
        self._stop.wait(seconds)

    def encode(self, content: Content) -> Content:
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


_NOISE = (
    '<div class="share bdsharebuttonbox">分享到</div><p class="counter">浏览次数：{views} 次</p>'
    '<div class="clock" id="now">当前时间：{stamp}</div>'
)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    replica: Replica
    protocol_version = "HTTP/1.1"
    timeout = 60

    def setup(self) -> None:
        super().setup()
        # Answers are small and written in pieces: without this each waits for the client's ACK.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replica.connection(+1)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.replica.connection(-1)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name)
        """Silent: the replica keeps its own record."""

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode("utf-8"), keep_blank_values=True))
        self._serve(form)

    # ------------------------------------------------------------------ answering

    def _serve(self, form: dict[str, str]) -> None:
        hit = Hit(
            method=self.command,
            path=self.path,
            started=time.monotonic(),
            headers={key.lower(): value for key, value in self.headers.items()},
            peer=self.client_address,
        )
        with self.replica.recorded(hit):
            self._hit = hit
            parts = urlsplit(self.path)
            if parts.path == "/robots.txt":
                self._robots()
                return
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            with self.replica.site.lock:
                content = self.replica.pages.handle(unquote(parts.path), {**query, **form})
            kind = content.kind if content else "list"
            fault = self.replica.fault_for(self.path, kind)
            if fault is not None and self._faulty(fault, content):
                return
            if content is None:
                self._send(404, b"<html><body><h1>404 Not Found</h1></body></html>")
                return
            self._content(self.replica.encode(content))

    def _robots(self) -> None:
        robots = self.replica.robots
        if isinstance(robots, int):
            self._send(robots, b"", "text/plain")
        else:
            self._send(200, robots.encode(), "text/plain")

    def _content(self, content: Content) -> None:
        headers: dict[str, str] = {}
        if self.replica.validators and content.modified is not None:
            etag = f'"{content.tag}"'
            headers["ETag"] = etag
            headers["Last-Modified"] = format_datetime(content.modified, usegmt=True)
            if self.headers.get("If-None-Match") == etag:
                self._send(304, b"", headers=headers)
                return
        media = content.media_type
        if "json" in media:
            media = f"{media}; charset=utf-8"
        elif "html" in media and self.replica.declare_encoding:
            media = f"{media}; charset={self.replica.encoding}"
        self._send(200, content.body, media, headers)

    def _send(
        self,
        status: int,
        body: bytes,
        media_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        self._hit.status = status
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    # ------------------------------------------------------------------ faults

    def _faulty(self, fault: Fault, content: Content | None) -> bool:
        """Play a fault; False: the request is served as usual after all."""
        play: Callable[[Fault, Content | None], bool] | None = getattr(
            self, f"_play_{fault.name}", None
        )
        return play(fault, content) if play else self._altered(fault, content)

    def _play_forbidden(self, *_: Any) -> bool:
        self._send(403, b"<html><head><title>403 Forbidden</title></head></html>")
        return True

    def _play_challenge(self, fault: Fault, _: Any) -> bool:
        script = "<html><head><script>var _$_ts={};eval('challenge')</script></head></html>"
        self._send(int(fault.value or 412), script.encode())
        return True

    def _play_rate_limited(self, fault: Fault, _: Any) -> bool:
        headers = {"Retry-After": fault.value} if fault.value else {}
        self._send(429, b"slow down", headers=headers)
        return True

    def _play_server_error(self, *_: Any) -> bool:
        self._send(500, b"<html><body>500</body></html>")
        return True

    def _play_unavailable(self, fault: Fault, _: Any) -> bool:
        self._send(503, b"busy", headers={"Retry-After": fault.value} if fault.value else {})
        return True

    def _play_not_found(self, *_: Any) -> bool:
        self._send(404, b"<html><body>404</body></html>")
        return True

    def _play_timeout(self, *_: Any) -> bool:
        self.replica.wait(self.replica.slow_seconds)
        self.close_connection = True
        return True

    def _play_drip(self, *_: Any) -> bool:
        self._hit.status = 200
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        until = time.monotonic() + self.replica.slow_seconds
        while time.monotonic() < until and not self.replica._stop.is_set():
            self.wfile.write(b" ")
            self.wfile.flush()
            self.replica.wait(0.1)
        self.close_connection = True
        return True

    def _play_truncated(self, _: Any, content: Content | None) -> bool:
        body = content.body if content else b"<html>"
        self._hit.status = 200
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body) + 500))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.close_connection = True
        return True

    def _play_html_for_json(self, *_: Any) -> bool:
        page = "<!DOCTYPE html><html><body><h1>访问频繁，请完成安全验证</h1></body></html>"
        self._send(200, page.encode(), "text/html; charset=utf-8")
        return True

    def _play_broken_json(self, _: Any, content: Content | None) -> bool:
        self._send(200, (content.body if content else b"{")[:40], "application/json")
        return True

    def _play_empty_unit(self, *_: Any) -> bool:
        empty = b'{"code":"200","success":true,"data":{"html":""}}'
        self._send(200, empty, "application/json")
        return True

    def _play_malformed_unit(self, *_: Any) -> bool:
        broken = b"<datastore><totalrecord>9</totalrecord><recordset><record><![CDATA[<li>"
        self._send(200, broken, "text/xml")
        return True

    def _play_off_host(self, fault: Fault, _: Any) -> bool:
        target = fault.value or f"http://127.0.0.2:{self.replica.port}{self.path}"
        self._send(302, b"", headers={"Location": target})
        return True

    def _play_redirect_loop(self, *_: Any) -> bool:
        turn = "1" if "turn=0" in self.path else "0"
        target = f"{urlsplit(self.path).path}?turn={turn}"
        self._send(302, b"", headers={"Location": target})
        return True

    def _play_page_redirect(self, fault: Fault, _: Any) -> bool:
        """A page without content that leads on by itself; ``{}`` is the address to go to."""
        if "moved=1" in self.path and fault.value.count("{}"):
            return False
        joiner = "&" if "?" in self.path else "?"
        shell = fault.value.replace("{}", f"{self.path}{joiner}moved=1")
        self._send(200, f"<html><head>{shell}</head><body></body></html>".encode())
        return True

    def _play_cookie_then_self(self, *_: Any) -> bool:
        if "pass=1" in self.headers.get("Cookie", ""):
            return False
        headers = {"Location": self.path, "Set-Cookie": "pass=1; Path=/"}
        self._send(302, b"", headers=headers)
        return True

    def _play_oversize(self, *_: Any) -> bool:
        self._hit.status = 200
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(1 << 31))
        self.end_headers()
        self.close_connection = True
        return True

    def _play_bomb(self, fault: Fault, _: Any) -> bool:
        size = int(fault.value or 64 * 1024 * 1024)
        packed = gzip.compress(b"\0" * size, 9)
        self._send(200, packed, headers={"Content-Encoding": "gzip"})
        return True

    def _altered(self, fault: Fault, content: Content | None) -> bool:
        """Faults that serve a changed list: redesign, commented, undated, stale."""
        if content is None or content.kind not in {"list", "shell"}:
            return False
        page = self.replica.encode(content).body.decode(self.replica.encoding)
        changed = self.replica.pages.altered(fault.name, page)
        if changed is None:
            return False
        self._send(200, changed.encode(self.replica.encoding), content.media_type)
        return True
