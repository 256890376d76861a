"""Somebody who reads the web archive while the service works: its pages in turn."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
from collections import Counter
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

PAGES = (
    "/", "/search?q={battery}", "/search?q={battery}&mode=hybrid", "/notices/{id}",
    "/api/v1/search?q={trace}&mode=meaning", "/matrix", "/map", "/deadlines", "/activity",
    "/sources", "/sources/cn-soak-001", "/alerts", "/audit", "/compare", "/feed.atom",
    "/deadlines.ics", "/search.csv?q={battery}", "/api/v1/notices/{id}", "/api/v1/sources",
    "/metrics", "/healthz",
)  # fmt: skip
EVERY_SECONDS = 0.5
_PORT = re.compile(r"web archive on (http://[\d.]+:\d+)/")


class Reader:
    """Asks for one page after the other; ``answers`` counts the states by their status."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.answers: Counter[str] = Counter()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(30)

    def _read(self) -> None:
        for number, page in enumerate(cycle(PAGES)):
            if self._stop.wait(EVERY_SECONDS):
                return
            base = _PORT.findall(self.log.read_text("utf-8", "replace"))
            if not base:
                continue
            words = {"battery": quote("动力电池"), "trace": quote("溯源"), "id": 1 + number % 500}
            try:
                with urllib.request.urlopen(base[-1] + page.format(**words), timeout=30) as answer:
                    answer.read()
                    self.answers[str(answer.status)] += 1
            except urllib.error.HTTPError as error:
                self.answers[f"{error.code} {page}"] += 1
            except OSError as error:
                self.answers[type(error).__name__] += 1
