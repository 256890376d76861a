"""What an address gives when the interface behind it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from config.loader import load_platforms
from crawler.discovery.probe import ProbeError, discover

PATH = "/gxt/col/col42/index.html"


@contextmanager
def served(page: str, status: int) -> Iterator[str]:
    """A site with one page; everything else, and every POST, answers with the status."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # who answers and hangs up at once may not be heard

        def log_message(self, *_: object) -> None:
            """Silence."""

        def do_GET(self) -> None:
            found = self.path == PATH
            body = page.encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PATH}"
    finally:
        server.shutdown()
        server.server_close()


def column(rows: int) -> str:
    data = [
        {
            "title": f"关于第{n}批登记的通知", "pubDate": f"2026-07-{n:02d} 16:00",
            "urls": json.dumps({"pc": f"/gxt/col/col42/content/content_19512063636776717{n:02d}.html"}),
        }
        for n in range(rows, 0, -1)
    ]  # fmt: skip
    script = f'var webSiteCode = "gxt"; var channelCode = "col42"; var initData = {json.dumps(data)}; post("/queryList");'
    return f"<title>通知公告_某厅</title><div id='list'><ul></ul></div><script>{script}</script>"


@pytest.mark.parametrize("status", [501, 404])
def test_the_rows_of_the_page_itself_where_its_interface_fails(status: int) -> None:
    with served(column(8), status) as url:
        found = discover(url, load_platforms())
    assert (found.detected.kind, found.detected.platform) == ("list", "ucap_querylist")
    assert [row.title for row in found.rows] == [f"关于第{n}批登记的通知" for n in range(8, 0, -1)]
    assert all("/content/content_" in row.url for row in found.rows)


def test_a_failing_interface_is_told_where_the_page_holds_no_rows() -> None:
    with served(column(0), 501) as url, pytest.raises(ProbeError, match="501"):
        discover(url, load_platforms())
