"""A ministry's site in markups that no platform file of ours describes.

Every page is rendered at each request by a function, so that counters and clocks run on their
own; answers may be chunked, in GB18030, without validators, or whatever ``answer`` says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any


@dataclass
class Page:
    """One notice: its title, day, paragraphs (or raw HTML rows) and files."""

    title: str
    day: str
    paragraphs: list[str]
    number: str = ""
    issuer: str = ""
    files: list[str] = field(default_factory=list)
    html: str = ""
    listed: bool = True
    status: int = 200
    body: str | None = None  # instead of the whole page


LIST = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>通知公告_{name}</title></head>
<body><div class="top"><a href="/">首页</a> <a href="/ldzc/">领导之窗</a> <a href="/hdjl/">互动交流</a>
</div><div class="cur">当前位置：首页 &gt; 通知公告</div><table class="tb-news">{rows}</table>
<div class="foot">网站访问量：{hits} 主办：{name} 今天是{clock}</div></body></html>"""
ROW = """<tr><td class="dot">·</td><td><a target="_blank" title="{title}" href="{href}">{cut}</a></td>
<td class="riqi">[{day}]</td></tr>"""
DETAIL = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}-{name}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:00"></head><body>
<div class="top"><a href="/">首页</a> <a href="/ldzc/">领导之窗</a></div>
<h1 class="bt">{title}</h1><p class="ly">发布时间：{day} 来源：{name} 浏览次数：<span id="n">{hits}</span>
字号：大 中 小</p><div class="share">分享到：微信 微博</div>
<div class="zhengwen" id="zw">{number}{body}{files}</div>
<div class="foot">主办：{name} 网站标识码bm00000000 生成时间{clock}</div></body></html>"""


class Site:
    """``pages`` by path; ``faults`` by path (``*`` for all): a status or a function."""

    def __init__(
        self, name: str = "某省工业和信息化厅", charset: str = "utf-8", chunked: bool = False
    ) -> None:
        self.name, self.charset, self.chunked = name, charset, chunked
        self.pages: dict[str, Page] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.faults: dict[str, int | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.retry_after: str | None = None
        self.hits: list[str] = []
        self._count = count(1)
        self._numbers = count(1)
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Silence."""

            def do_GET(self) -> None:
                site.hits.append(self.path)
                site.serve(self)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that went away is no error of ours."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), daemon=True
        ).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def add(self, title: str, day: str, paragraphs: list[str], **more: Any) -> str:
        """A notice more; its path."""
        path = (
            f"/tzgg/{day[:7].replace('-', '')}/t{day.replace('-', '')}_{next(self._numbers)}.html"
        )
        self.pages[path] = Page(title, day, paragraphs, **more)
        return path

    def source(self, key: str, jurisdiction: str = "CN-SC", **more: Any) -> dict[str, Any]:
        return {
            "key": key,
            "name": {"zh": self.name},
            "publisher": self.name,
            "jurisdiction": jurisdiction,
            "platform": "auto",
            "columns": [{"key": "tzgg", "url": f"{self.base}/tzgg/"}],
            "http": {"min_gap_seconds": 0},
            "expect": {"min_rows": 1},
            **more,
        }

    # -- answering ------------------------------------------------------------------------

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.split("?")[0]
        fault = self.faults.get(path, self.faults.get("*"))
        if path == "/robots.txt":
            self.send(handler, 404, "text/html", b"none")
        elif callable(fault):
            fault(handler)
        elif fault is not None:
            self.send(handler, fault, "text/html", "<h1>出错了</h1>".encode())
        elif path == "/tzgg/":
            self.send(handler, 200, "text/html", self._encode(self.list_page()))
        elif path in self.files:
            kind, body = self.files[path]
            self.send(handler, 200, kind, body)
        elif path in self.pages:
            page = self.pages[path]
            html = page.body if page.body is not None else self.detail(page)
            self.send(handler, page.status, "text/html", self._encode(html))
        else:
            self.send(handler, 404, "text/html", "<h1>页面不存在</h1>".encode())

    def list_page(self) -> str:
        listed = sorted(
            ((path, page) for path, page in self.pages.items() if page.listed),
            key=lambda item: item[1].day,
            reverse=True,
        )
        rows = "\n".join(
            ROW.format(
                title=page.title,
                cut=page.title[:20] + ("…" if len(page.title) > 20 else ""),
                href="." + path.removeprefix("/tzgg"),
                day=page.day,
            )
            for path, page in listed
        )
        return LIST.format(rows=rows, **self._noise())

    def detail(self, page: Page) -> str:
        body = "".join(f"<p>　　{text}</p>" for text in page.paragraphs) + page.html
        files = "".join(
            f'<p>附件：<a href="{name}">{name.rsplit("/", 1)[-1]}</a></p>' for name in page.files
        )
        number = f'<p align="center">{page.number}</p>' if page.number else ""
        return DETAIL.format(
            title=page.title, day=page.day, number=number, body=body, files=files, **self._noise()
        )

    def _noise(self) -> dict[str, str]:
        number = next(self._count)
        clock = f"2026年11月23日 {number // 60 % 24:02}:{number % 60:02}:07"
        return {"hits": str(number * 7), "clock": clock, "name": self.name, "charset": self.charset}

    def _encode(self, html: str) -> bytes:
        return html.encode("gb18030" if self.charset.startswith("gb") else "utf-8")

    def send(self, handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", kind)
            if self.retry_after and status in (429, 503):
                handler.send_header("Retry-After", self.retry_after)
            if self.chunked and status == 200:
                handler.send_header("Transfer-Encoding", "chunked")
                handler.end_headers()
                for start in range(0, len(body), 997):
                    part = body[start : start + 997]
                    handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                handler.wfile.write(b"0\r\n\r\n")
            else:
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                handler.wfile.write(body)
        except OSError:
            handler.close_connection = True
