"""The pages of a replica site: a list of rows, and detail pages with their files.

Markup and request shapes follow what the real platforms serve; all texts are demonstration
texts. Standard library only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from noticewatch.demo.replica_site import Article, ReplicaContent, ReplicaSite

HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8">'
NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li>'
    '<li><a href="/hdjl/">互动交流</a></li></ul></div>'
)
FOOT = '<div class="footer"><p>主办单位：演示机关 （演示网站，非真实机关）</p></div>'


class ReplicaPages:
    """Shared by the platforms: static lists of rows and a TRS-like detail page."""

    column_path = "/xxgk/tzgg/"
    params: ClassVar[Mapping[str, str]] = {}

    def __init__(self, site: ReplicaSite, page_size: int) -> None:
        self.site = site
        self.page_size = page_size

    def detail_path(self, article: Article) -> str:
        return f"{self.column_path}{article.day:%Y%m}/t{article.day:%Y%m%d}_{article.id}.html"

    def file_path(self, article: Article, number: int) -> str:
        extension = article.files[number].name.rpartition(".")[2]
        folder = self.detail_path(article).rpartition("/")[0]
        return f"{folder}/P0{article.day:%Y%m%d}{article.id}{number}.{extension}"

    def handle(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        """The content of an address, or None: 404; ``asked`` is the query or the form."""
        for article in self.site.articles:
            if path == self.detail_path(article):
                return self._detail(article) if article.live else None
            for number, file in enumerate(article.files):
                if path == self.file_path(article, number) and article.live:
                    return ReplicaContent(file.body, file.media_type, article.modified, "file")
        return self.list_content(path, asked)

    def list_content(
        self,
        path: str,
        asked: Mapping[str, str],
    ) -> ReplicaContent | None:
        """A page of the list; platforms with interfaces of their own override it."""
        number = self.page_number(path)
        return None if number is None else self._page(number)

    def page_number(self, path: str) -> int | None:
        """Which page of the list an address is; TRS counts from zero."""
        if path in {self.column_path, f"{self.column_path}index.html"}:
            return 1
        match = re.fullmatch(re.escape(self.column_path) + r"index_(\d+)\.html", path)
        return int(match[1]) + 1 if match else None

    def _page(self, number: int) -> ReplicaContent | None:
        rows = self.slice(number)
        if not rows and number > 1:
            return None
        return ReplicaContent(
            self.list_html(rows, number).encode(), "text/html", self.modified(), "list"
        )

    def slice(self, number: int, size: int | None = None) -> list[Article]:
        size = size or self.page_size
        return self.site.listed()[(number - 1) * size : number * size]

    def pages(self) -> int:
        return max(1, -(-len(self.site.listed()) // self.page_size))

    def modified(self) -> datetime | None:
        """When the list changed last; rows gone change it too, by their own time."""
        times = [article.modified for article in self.site.articles]
        return max(times, default=None)

    def list_html(self, rows: list[Article], number: int) -> str:
        items = "\n".join(self.row(article) for article in rows)
        return (
            f"{HEAD}<title>通知公告</title></head><body>{NAV}"
            f'<div class="list"><ul class="news">\n{items}\n</ul></div>'
            f'<script>createPageHTML({self.pages()}, {number - 1}, "index", "html")</script>'
            f"<!--noise-->{FOOT}</body></html>"
        )

    def row(self, article: Article) -> str:
        href = html.escape(self.detail_path(article))
        title = html.escape(article.title)
        return (
            f'<li><a href="{href}" title="{title}">{title[:40]}</a><span>{article.day}</span></li>'
        )

    def _detail(self, article: Article) -> ReplicaContent:
        if article.removed_text:
            gone = (
                f"{HEAD}<title>提示</title></head><body><p>您访问的页面已被删除</p></body></html>"
            )
            return ReplicaContent(gone.encode(), "text/html", article.modified, "detail")
        return ReplicaContent(
            self.detail_html(article).encode(), "text/html", article.modified, "detail"
        )

    def detail_html(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'{HEAD}<title>{title}</title><meta name="ArticleTitle" content="{title}">'
            f'<meta name="PubDate" content="{article.day} 09:30"></head><body>{NAV}'
            f"<h1>{title}</h1><!--noise-->"
            f'<div class="{self.body_class}" id="{self.body_id}">{self.body_html(article)}</div>'
            f"{FOOT}</body></html>"
        )

    body_class = "TRS_Editor"
    body_id = "zoom"

    def body_html(self, article: Article) -> str:
        lines = [f"<p>{html.escape(article.number)}</p>"] if article.number else []
        lines += [f"<p>{html.escape(text)}</p>" for text in article.paragraphs]
        for number, file in enumerate(article.files):
            href = html.escape(self.file_path(article, number))
            lines.append(f'<p>附件：<a href="{href}">{html.escape(file.name)}</a></p>')
        if article.issuer:
            lines.append(f"<p>{html.escape(article.issuer)}</p>")
            lines.append(f"<p>{article.day.year}年{article.day.month}月{article.day.day}日</p>")
        return "".join(lines)

    def altered(self, fault: str, page: str) -> str | None:
        """The list page as a fault shows it."""
        if fault == "redesign":
            page = re.sub(r"<li>(.*?)</li>", r'<div class="neu"><p>\1</p></div>', page, flags=re.S)
            return re.sub(r"</?ul[^>]*>", "", page)
        if fault == "commented":
            return re.sub(r"(<ul.*?</ul>)", r"<!--\1-->", page, flags=re.S)
        if fault == "undated":
            return re.sub(r"<span>[^<]*</span>", "", page)
        if fault == "stale":
            old = [
                f'<li><a href="{self.column_path}201901/t2019010{n}_{n}.html">关于旧事项{n}的通知'
                f"</a><span>2019-01-0{n}</span></li>"
                for n in range(1, 8)
            ]
            return re.sub(r"<ul[^>]*>.*?</ul>", f"<ul>{''.join(old)}</ul>", page, flags=re.S)
        return None
