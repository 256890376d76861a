"""The site that is watched and the endpoint that alerts go to, both on the loopback.

The site is a bundled replica: a list and notices whose counters and clock change at every
request. Nothing of it leaves this machine.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_site import Article

_CLAUSE = (
    "第三条 综合利用企业未按照本办法规定报送溯源信息或者报送虚假信息的，由县级以上主管部门"
    "责令限期改正，逾期不改正的，处{}元以上{}元以下罚款，并将有关情况记入信用记录，向社会公开。"
)
BEFORE = _CLAUSE.format("5000", "20000")
EDITED = _CLAUSE.format("10000", "30000")
CHANGED_CHARACTERS = 20  # of four numbers; a number is read whole


class Hook:
    """An alert endpoint: keeps what it accepts, or refuses with ``status``."""

    def __init__(self) -> None:
        self.status = 200
        self.taken: list[str] = []
        self.refused = 0
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if hook.status == 200:
                    hook.taken.append("\n".join(_strings(json.loads(body))))
                else:
                    hook.refused += 1
                self.send_response(hook.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                """Silent: what matters is kept above."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def take(self) -> list[str]:
        """What was accepted since the last call."""
        taken, self.taken = self.taken, []
        return taken

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _strings(value: Any) -> Iterator[str]:
    """Every string of a JSON value, so that an alert is read whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


@dataclass
class Stage:
    """One site with its notices, and the endpoint."""

    pages: int
    encoding: str = "utf-8"
    noise: bool = True  # counters and a clock: then no validators, as on sites with counters
    hook: Hook = field(default_factory=Hook)
    _edited: int = 0

    def __post_init__(self) -> None:
        self.replica = Replica(
            "trs_static", page_size=self.pages, encoding=self.encoding,
            noise=self.noise, validators=not self.noise,
        ).start()  # fmt: skip
        self.replica.declare_encoding = False
        for number in range(self.pages):
            self.replica.add(
                f"关于第{number + 1}批废旧动力电池综合利用管理要求的通知",
                date(2026, 1, 1) + timedelta(days=number % 300),
                [
                    "第一条 为规范废旧动力电池综合利用，制定本办法。",
                    "第二条 综合利用企业应当在三十日内通过溯源平台报送信息。",
                    BEFORE,
                    *(f"第{line}条 {'企业应当建立台账。' * 9}" for line in range(4, 40)),
                ],
            )

    @property
    def articles(self) -> list[Article]:
        return self.replica.site.articles

    def urls(self) -> list[str]:
        return [self.replica.detail_url(article) for article in self.articles]

    def edit(self, count: int) -> set[str]:
        """Raise the fine in so many notices not edited before; answers their addresses."""
        chosen = self.articles[self._edited : self._edited + count]
        self._edited += count
        for article in chosen:
            paragraphs = [EDITED if text == BEFORE else text for text in article.paragraphs]
            self.replica.site.edit(article, paragraphs=paragraphs)
        return {self.replica.detail_url(article) for article in chosen}

    def withdraw(self, count: int) -> list[Article]:
        """The last notices answer 404 and leave the list."""
        gone = random.Random(3).sample(self.articles[self._edited :], count)
        for article in gone:
            self.replica.site.withdraw(article)
        return gone

    def named(self, texts: list[str]) -> list[str]:
        """The addresses that alerts name, once for each alert."""
        urls = self.urls()
        return [url for text in texts for url in urls if url in text]

    def close(self) -> None:
        self.replica.close()
        self.hook.close()
