"""A city bureau's site on loopback that runs on no known platform."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TITLE = "关于废旧动力电池综合利用第{}批检查的通知"


class CityBureau:
    """Pages of an invented bureau by address: a list in a table, one by interface, notices."""

    def __init__(self) -> None:
        rows = "".join(
            f'<tr><td><a href="../detail/{n}.htm">{TITLE.format(n)}</a></td><td>2026/09/{n:02}</td>'
            for n in range(9, 1, -1)
        )
        head = "<html><head><title>通知公告_甬江市生态环境局</title></head><body>"
        entries = [
            {
                "title": TITLE.format(n),
                "link": f"/detail/{n}.htm",
                "pubTime": f"2026-09-{n:02}",
            }
            for n in range(9, 1, -1)
        ]
        pieces = [f'<a href="{e["link"]}">{e["title"]}</a> {e["pubTime"]}' for e in entries]
        self.pages = {
            "/a/notice.htm": f"{head}<table>{rows}</table><p>主办：甬江市生态环境局</p>",
            "/shell.htm": f'{head}<div id=app></div><script>get("/search/interfaces/list.do")</script>',
            "/search/interfaces/list.do": json.dumps({"success": True, "data": {"total": 8, "docs": entries}}),
            "/bare/list.do": json.dumps({"rows": [{"id": n, "bt": "通知"} for n in range(4)]}),
            "/old/list.do": json.dumps({"result": pieces}),
        }  # fmt: skip
        for n in range(2, 10):
            self.pages[f"/detail/{n}.htm"] = (
                f"{head}<h2>{TITLE.format(n)}</h2><p>日期：2026-09-{n:02} 09:00</p><div id=text>"
                "<p>各有关单位：综合利用企业应当自接收之日起三十日内，通过平台报送溯源信息。</p></div>"
            )

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        if (
            path == "/search/interfaces/list.do" and body != b"siteId=44&cateId=tzgg&p=1&size=20"
        ) or path not in self.pages:
            return 404, "您访问的页面不存在".encode()
        return 200, self.pages[path].encode()


@contextmanager
def bureau_site() -> Iterator[str]:
    """Serves it; gives its address without a slash at the end."""
    site = CityBureau()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, body = site.answer(self.path, self.rfile.read(length))
            self.send_response(status)
            kind = "application/json" if self.path.endswith(".do") else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
