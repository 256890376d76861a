"""Platforms whose lists and notices are static pages."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from noticewatch.demo.platforms.replica_pages import ReplicaPages
from noticewatch.demo.replica_site import Article


class OneBased(ReplicaPages):
    """NFCMS and Shanghai: page two is index_2."""

    def page_number(self, path: str) -> int | None:
        if path in {self.column_path, f"{self.column_path}index.html"}:
            return 1
        match = re.fullmatch(re.escape(self.column_path) + r"index_(\d+)\.html", path)
        return int(match[1]) if match else None

    def list_html(self, rows: list[Article], number: int) -> str:
        pager = f"<script>$('.pagination').pagination({{totalPage: {self.pages()}}})</script>"
        page = super().list_html(rows, number)
        return re.sub(r"<script>createPageHTML.*?</script>", pager, page)


class Nfcms(OneBased):
    column_path = "/zwgk/tzgg1011/"
    body_class = "article-content"

    def detail_path(self, article: Article) -> str:
        return f"{self.column_path}content/post_{article.id}.html"


class Shanghai(OneBased):
    column_path = "/sjxwxgwj/"
    body_id = "ivs_content"
    body_class = "Article_content"

    def detail_path(self, article: Article) -> str:
        return f"{self.column_path}{article.day:%Y%m%d}/{article.hex}.html"

    def list_html(self, rows: list[Article], number: int) -> str:
        page = super().list_html(rows, number)
        copy = "".join(self.row(article) for article in rows)
        return page.replace("</ul></div>", f"</ul></div><!--<ul>{copy}</ul>-->", 1)


class UcapStatic(ReplicaPages):
    column_path = "/scjxt/wjfb/common_list.shtml"
    body_id = "zoomcon"
    body_class = "view"

    def detail_path(self, article: Article) -> str:
        day = article.day
        return f"/scjxt/wjfb/{day.year}/{day.month}/{day.day}/{article.hex}.shtml"

    def page_number(self, path: str) -> int | None:
        if path == self.column_path:
            return 1
        match = re.fullmatch(r"/scjxt/wjfb/common_list_(\d+)\.shtml", path)
        return int(match[1]) if match else None

    def row(self, article: Article) -> str:
        return (
            f'<li><h1><div class="List-T"><a href="{self.detail_path(article)}">'
            f'{html.escape(article.title)}</a></div><span class="list-time">{article.day}</span>'
            "</h1></li>"
        )

    def list_html(self, rows: list[Article], number: int) -> str:
        page = super().list_html(rows, number).replace('class="news"', 'class="list-li"')
        return re.sub(r'"index", "html"', '"common_list", "shtml"', page)


class Eportal(ReplicaPages):
    column_path = "/bjhrb/index/tzgg/index.html"

    def detail_path(self, article: Article) -> str:
        return f"/bjhrb/index/tzgg/{article.day:%Y%m%d}{article.id:011d}/index.html"

    def page_number(self, path: str) -> int | None:
        return 1 if path == self.column_path else None


class Homepage(ReplicaPages):
    column_path = "/"

    def detail_path(self, article: Article) -> str:
        return f"/tzgg/{article.day:%Y%m}/t{article.day:%Y%m%d}_{article.id}.html"

    def page_number(self, path: str) -> int | None:
        return 1 if path == "/" else None

    def file_path(self, article: Article, number: int) -> str:
        return quote(super().file_path(article, number))
