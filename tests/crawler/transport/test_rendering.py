"""Lists that exist only after scripts ran, on a loopback site with the system's Chromium."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from archive.store import Archive
from config.loader import load_platforms
from config.model import Source
from crawler.crawl_options import CrawlOptions
from crawler.run import run
from crawler.transport import rendering
from crawler.transport.fetch import Limits
from domain.records.source_run import SourceRun

SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告</title></head><body>
<div class="nav"><a href="/">首页</a></div><ul id="list"></ul><img src="/logo.png">
<script src="/app.js"></script><script src="http://127.0.0.2:9/track.js"></script></body></html>"""
SCRIPT = """fetch('/api/list', {method: 'POST', headers: {'Content-Type': 'application/json'},
  body: JSON.stringify({page: 1})}).then(r => r.json()).then(data => {
  document.getElementById('list').innerHTML = data.rows.map(r =>
    `<li><a href="/tzgg/${r.id}.html">${r.t}</a><span>${r.d}</span></li>`).join('');});"""
ROWS = [
    {"id": n, "t": f"关于开展废旧动力电池回收网点第{n}批核查的通知", "d": f"2026-11-{n + 10}"}
    for n in range(1, 7)
]
NOTICE = """<html><head><meta charset="utf-8"><title>{t}</title></head><body><h1>{t}</h1>
<p>发布时间：{d}</p><div id="zoom"><p>各有关单位：现将核查事项通知如下，请遵照执行。</p>
<p>综合利用企业应当在三十日内报送溯源信息。</p></div></body></html>"""


class ScriptSite:
    """A site of one list that a script fills; ``asked`` holds what was asked of it."""

    def __init__(self) -> None:
        self.robots = "User-agent: *\nAllow: /\n"
        self.shell = SHELL
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Silence."""

            def do_POST(self) -> None:
                self.do_GET()

            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.asked.append(f"{self.command} {self.path}")
                kind, body = site.answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[str, bytes]:
        known = {
            "/robots.txt": ("text/plain", self.robots),
            "/tzgg/": ("text/html", self.shell),
            "/app.js": ("text/javascript", SCRIPT),
            "/api/list": ("application/json", json.dumps({"rows": ROWS})),
        }
        known |= {f"/tzgg/{row['id']}.html": ("text/html", NOTICE.format(**row)) for row in ROWS}
        kind, text = known.get(path, ("text/plain", ""))
        return kind, text.encode()


@pytest.fixture
def site() -> Iterator[ScriptSite]:
    made = ScriptSite()
    yield made
    made.server.shutdown()
    made.server.server_close()


def crawl(archive: Archive, site: ScriptSite, *, render: bool = True) -> SourceRun:
    source = Source.model_validate(
        {
            "key": "cn-xx-render", "name": {"zh": "某省工信厅"}, "publisher": "某省工业和信息化厅",
            "jurisdiction": "CN", "platform": "auto", "render": render,
            "columns": [{"key": "tzgg", "url": f"{site.base}/tzgg/"}],
            "http": {"min_gap_seconds": 0},
        }
    )  # fmt: skip
    limits = Limits(request_seconds=20, source_seconds=100, second_look=0.0)
    return run(archive, [source], load_platforms(), CrawlOptions(limits=limits)).runs[0]


needs_chromium = pytest.mark.skipif(
    rendering.chromium_path() is None, reason="no Chromium or no playwright on this machine"
)


@needs_chromium
def test_a_list_that_a_script_fills(archive: Archive, site: ScriptSite) -> None:
    found = crawl(archive, site)
    assert (found.state, found.rows, found.new) == ("ok", 6, 6)
    assert site.asked.count("POST /api/list") == 1
    assert "GET /logo.png" not in site.asked
    again = crawl(archive, site)
    assert (again.state, again.rows, again.new) == ("ok", 6, 0)


@needs_chromium
def test_what_robots_forbids_is_not_asked_by_scripts_either(
    archive: Archive, site: ScriptSite
) -> None:
    site.robots = "User-agent: *\nDisallow: /api/\n"
    found = crawl(archive, site)
    assert found.rows == 0
    assert "POST /api/list" not in site.asked


@needs_chromium
def test_a_challenge_is_never_run(archive: Archive, site: ScriptSite) -> None:
    site.shell = "<html><body>请完成安全验证<script src='/app.js'></script></body></html>"
    assert crawl(archive, site).state == "blocked"
    assert "GET /app.js" not in site.asked


def test_without_the_switch_no_script_runs(archive: Archive, site: ScriptSite) -> None:
    assert crawl(archive, site, render=False).rows == 0
    assert "GET /app.js" not in site.asked


def test_without_a_browser_the_source_says_what_it_needs(
    archive: Archive, site: ScriptSite, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rendering, "chromium_path", lambda: None)
    found = crawl(archive, site)
    assert found.state == "failing"
    assert "noticewatch[browser]" in found.reason
