"""A department's site on loopback whose notice column stands somewhere else than it used to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NEW, OLD = "/xxgk/tzgg2026/", "/zwgk/tzgg/"
_HEAD = "<html><head><meta charset=utf-8><title>{0}_某省工业和信息化厅</title></head><body>"
_MENU = (
    '<div class=nav><a href="/">首页</a> <a href="/zwdt/">政务动态</a> <a href="{0}">通知公告</a>'
    ' <a href="/xxgk/wjk/">政策文件</a> <a href="/hdjl/">互动交流</a></div>'
)


class MovedSite:
    """Pages by path; ``/`` names the columns in its menu and shows their first rows."""

    def __init__(self, column: str = NEW) -> None:
        self.asked: list[str] = []
        self.pages: dict[str, str] = {}
        self.add_column(column, "通知公告", 12)
        self.add_column("/zwdt/", "政务动态", 8)
        self.add_column("/xxgk/wjk/", "政策文件", 8)
        lists = "".join(self._rows(path, name, 6) for path, name in self.columns.items())
        self.pages["/"] = _HEAD.format("首页") + _MENU.format(column) + lists

    @property
    def columns(self) -> dict[str, str]:
        return self._columns

    def add_column(self, path: str, name: str, rows: int) -> None:
        self._columns: dict[str, str] = getattr(self, "_columns", {})
        self._columns[path] = name
        self.pages[path] = _HEAD.format(name) + _MENU.format(path) + self._rows(path, name, rows)
        for number in range(1, rows + 1):
            title = self.title(name, number)
            self.pages[f"{path}202609/t202609{number:02}_{number}.html"] = (
                f"{_HEAD.format(title)}<h1>{title}</h1><p>发布时间：2026-09-{number:02}</p>"
                "<div class=TRS_Editor><p>各有关单位：综合利用企业应当在三十日内报送溯源信息，逾期按"
                "规定处理。请遵照执行。</p></div>"
            )

    def title(self, name: str, number: int) -> str:
        return f"关于废旧动力电池第{number}批{name}有关工作的通知"

    def _rows(self, path: str, name: str, rows: int) -> str:
        found = "".join(
            f'<li><a href="{path}202609/t202609{n:02}_{n}.html" title="{self.title(name, n)}">'
            f"{self.title(name, n)}</a><span>2026-09-{n:02}</span></li>"
            for n in range(rows, 0, -1)
        )
        return f"<div class=box><h2>{name}</h2><ul>{found}</ul></div>"


@contextmanager
def moved_site(site: MovedSite) -> Iterator[str]:
    """Serves it; gives its address without a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removesuffix("index.html")
            site.asked.append(self.path)
            body = site.pages.get(path, "您访问的页面不存在").encode()
            self.send_response(200 if path in site.pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
