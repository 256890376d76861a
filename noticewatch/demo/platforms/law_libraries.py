"""Libraries of what is law: the national database and the administrative regulations."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from noticewatch.demo.platforms.json_lists import JsonPages
from noticewatch.demo.platforms.replica_pages import FOOT, HEAD, NAV, ReplicaPages
from noticewatch.demo.replica_site import Article, ReplicaContent

_TO_FORCE = timedelta(days=60)


class NpcLaw(JsonPages):
    """A row is the act: the article's number is the code of its validity."""

    column_path = "/search"
    params: ClassVar[Mapping[str, str]] = {"title": "电池", "match": "2"}

    def detail_path(self, article: Article) -> str:
        return f"/detail?id={article.hex}"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/law-search/search/list" or "searchContent" not in asked:
            return None
        word = asked["searchContent"]
        rows = self.slice(int(asked["pageNum"]), int(asked["pageSize"]))
        found = [self._row(article, word) for article in rows if word in article.title]
        return {"code": 200, "msg": "查询成功", "total": len(self.site.listed()), "rows": found}

    @staticmethod
    def _row(article: Article, word: str) -> dict[str, Any]:
        return {
            "bbbs": article.hex,
            "title": article.title.replace(word, f"<em class='highlight'>{word}</em>"),
            "gbrq": str(article.day),
            "sxrq": str(article.day + _TO_FORCE),
            "sxx": int(article.number),
            "flxz": "法律",
            "zdjgName": article.issuer,
        }


class MojRegulations(ReplicaPages):
    """A search that answers a page of rows; a text names the orders that made and changed it."""

    column_path = "/search2.html"
    params: ClassVar[Mapping[str, str]] = {"title": "电池"}
    body_class = "law-chapter"
    body_id = "law"

    def detail_path(self, article: Article) -> str:
        return f"/front/law/detail?LawID={article.id}"

    def handle(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path != "/front/law/detail":
            return super().handle(path, asked)
        known = {str(article.id): article for article in self.site.articles}
        article = known.get(asked.get("LawID", ""))
        return self._detail(article) if article is not None and article.live else None

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            shell = f"{HEAD}<title>国家行政法规库</title></head><body>{NAV}{FOOT}</body></html>"
            return ReplicaContent(shell.encode(), "text/html", None, "shell")
        if path != "/SearchAdvancedFront" or "title" not in asked:
            return None
        rows = [article for article in self.site.listed() if asked["title"] in article.title]
        page = self.list_html(rows, 1)
        return ReplicaContent(page.encode(), "text/html", self.modified(), "list")

    def list_html(self, rows: list[Article], number: int) -> str:
        items = "\n".join(self.row(article) for article in rows)
        return (
            f'{HEAD}</head><body>{NAV}<input type="hidden" id="law-total" value="{len(rows)}"/>'
            f'<ul class="searching-results-list">{items}</ul><!--noise-->{FOOT}</body></html>'
        )

    def row(self, article: Article) -> str:
        href = html.escape(self.detail_path(article))
        title = html.escape(article.title).replace("电池", "<font color=red>电池</font>")
        earlier = f'<a target="_blank" href="/front/law/detail?LawID=1">{article.title}</a>'
        return (
            f'<li class="list-item"><div>1.</div><div class="search-in-title"><div class="title">'
            f'<a target="_blank" href="{href}">{title}</a><span class="tip">历史沿革</span></div>'
            f'<ul class="info-list"><li class="publish-date">{article.day}公布</li>'
            f'<li class="implemented-date">{article.day + _TO_FORCE}施行</li></ul></div>'
            f'<div class="fold-con"><div class="incident-record" data-time="2001-11-16">{earlier}'
            f"</div></div></li>"
        )

    def detail_html(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f"{HEAD}<title>{title} - 国家行政法规库</title></head><body>{NAV}"
            f'<div class="text-title">{title}</div><!--noise-->'
            f'<div class="{self.body_class}" id="{self.body_id}">{self.body_html(article)}</div>'
            f"{FOOT}</body></html>"
        )
