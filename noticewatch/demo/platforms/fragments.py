"""Platforms whose lists come as pieces of HTML from an interface: Hanweb's three, Anhui's."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from noticewatch.demo.platforms.replica_pages import FOOT, HEAD, NAV, ReplicaPages
from noticewatch.demo.replica_site import Article, ReplicaContent, ReplicaSite


class JpagePages(ReplicaPages):
    """Records of HTML in CDATA, the first page embedded in the column page."""

    column_path = "/col/col6278/index.html"
    unit = "403981"
    body_class = "bt-content"

    def detail_path(self, article: Article) -> str:
        day = article.day
        return f"/art/{day.year}/{day.month}/{day.day}/art_6278_{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            return ReplicaContent(self._column().encode(), "text/html", self.modified(), "list")
        if path == "/module/web/jpage/dataproxy.jsp":
            if asked.get("unitid") != self.unit:
                return ReplicaContent(b"<datastore></datastore>", "text/xml", None, "list")
            start, end = int(asked.get("startrecord", "1")), int(asked.get("endrecord", "15"))
            rows = self.site.listed()[start - 1 : end]
            return ReplicaContent(self._datastore(rows).encode(), "text/xml", None, "list")
        return None

    def _record(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'<record><![CDATA[ <li><font> · </font><a href="{self.detail_path(article)}" '
            f'title="{title}">{title[:30]}</a><span>{article.day}</span></li> ]]></record>'
        )

    def _datastore(self, rows: list[Article]) -> str:
        records = "\n".join(self._record(article) for article in rows)
        return (
            f"<datastore><totalrecord>{len(self.site.listed())}</totalrecord><recordset>{records}"
            "<record><![CDATA[ <li><font> · </font><span>无链接脏数据</span></li> ]]></record>"
            "</recordset></datastore>"
        )

    def _column(self) -> str:
        link = (
            "/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=23&path=/&columnid=6278"
            f"&unitid={self.unit}&webname=演示&permissiontype=0"
        )
        store = self._datastore(self.slice(1)).replace(
            "<recordset>",
            f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup><recordset>',
            1,
        )
        total = len(self.site.listed())
        return (
            f"{HEAD}<title>文件通知</title></head><body>{NAV}"
            f'<div id="{self.unit}"><script type="text/xml">{store}</script></div>'
            f"<script>var param_{self.unit}={{columnid:6278,unitid:'{self.unit}'}};"
            f"$('#{self.unit}').jpage({{totalRecord:{total},perPage:{self.page_size}}});</script>"
            f"<!--noise-->{FOOT}</body></html>"
        )

    def altered(self, fault: str, page: str) -> str | None:
        if fault == "redesign":
            return page.replace("<span>", "<i>").replace("</span>", "</i>").replace("li>", "p>")
        if fault == "undated":
            return re.sub(r"<span>[^<]*</span>", "", page).replace("/art/", "/a/")
        return super().altered(fault, page)


class JpaasPages(ReplicaPages):
    """A shell that names its unit; the unit answers JSON with HTML inside."""

    column_path = "/zwgk/wjgs/index.html"
    endpoint = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    params: ClassVar[Mapping[str, str]] = {
        "webId": "8d828e408d90447786ddbe128d495e9e",
        "tplSetId": "209741b2109044b5b7695700b2bec37e",
        "tagId": "右侧内容",
        "pageId": "a7180b76aadf4a2ca625f403045cbaae",
        "parseType": "buildstatic",
    }
    body_id = "con_con"
    body_class = "ccontent"

    def __init__(self, site: ReplicaSite, page_size: int) -> None:
        super().__init__(site, page_size)
        self.unit = dict(self.params)  # what the shell says; a redesign changes it

    def detail_path(self, article: Article) -> str:
        return f"/zwgk/wjgs/art/{article.day.year}/art_{article.hex}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            return ReplicaContent(self._shell().encode(), "text/html", None, "shell")
        if path != self.endpoint:
            return None
        if asked.get("pageId") != self.unit["pageId"]:
            empty = {"code": "200", "success": True, "data": {"html": ""}}
            return ReplicaContent(json.dumps(empty).encode(), "application/json", None, "list")
        paging = json.loads(asked.get("paramJson") or "{}")
        number = int(paging.get("pageNo", 1))
        rows = "".join(self.row(article) for article in self.slice(number))
        count = len(self.site.listed())
        fragment = (
            f'<div class="page-content"><ul>{rows}</ul></div>'
            f'<div class="page" count="{count}" rows="{self.page_size}" pageNo="{number}"></div>'
        )
        answer = {"code": "200", "success": True, "data": {"html": fragment}}
        return ReplicaContent(
            json.dumps(answer, ensure_ascii=False).encode(), "application/json", None, "list"
        )

    def row(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'<li class="cf"><a class="fl" href="{self.detail_path(article)}" title="{title}">'
            f'<i></i>{title[:24]}</a><span class="fr">{article.day}</span></li>'
        )

    def _shell(self) -> str:
        data = {"pageType": "column", "editType": "null", **self.unit}
        quoted = json.dumps(data, ensure_ascii=False).replace('"', "'")
        return (
            f'{HEAD}<title>文件公示</title></head><body>{NAV}<div class="clist_con">'
            '<script src="/cms_files/default/script/AuthorizedRead/unitbuild.js" '
            f'parseType="{self.unit["parseType"]}" url="{self.endpoint}" queryData="{quoted}">'
            f"</script></div>{FOOT}</body></html>"
        )

    def altered(self, fault: str, page: str) -> str | None:
        if page.startswith("<!DOCTYPE"):
            return None
        answer: dict[str, Any] = json.loads(page)
        changed = super().altered(
            fault, answer["data"]["html"].replace(' class="cf"', "").replace(' class="fr"', "")
        )
        if changed is None:
            return None
        answer["data"]["html"] = changed
        return json.dumps(answer, ensure_ascii=False)


class XxgkPages(ReplicaPages):
    column_path = "/col/col1229116546/index.html"
    params: ClassVar[Mapping[str, str]] = {
        "divid": "div1229106886",
        "jdid": "1756",
        "infotypeId": "B001G001",
    }
    body_class = "main-txt"

    def detail_path(self, article: Article) -> str:
        day = article.day
        return f"/art/{day.year}/{day.month}/{day.day}/art_1229116546_{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path != "/module/xxgk/search.jsp" or asked.get("infotypeId") != "B001G001":
            return None
        rows = "".join(self.row(a) for a in self.slice(int(asked.get("currpage", "1"))))
        fragment = f'<div class="zfxxgk_list_con"><ul>{rows}</ul></div>'
        return ReplicaContent(fragment.encode(), "text/html", None, "list")


class AnhuiLabelPages(ReplicaPages):
    column_path = "/public/column/6595721"
    params: ClassVar[Mapping[str, str]] = {"organId": "6595721", "siteId": "", "catId": "7036521"}
    body_class = "wzcon"

    def detail_path(self, article: Article) -> str:
        return f"/public/6595721/{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            shell = f'{HEAD}<meta name="SiteId" content="6788011"></head><body>publicInfoList'
            return ReplicaContent(f"{shell}</body></html>".encode(), "text/html", None, "shell")
        if path != "/site/label/8888" or asked.get("siteId") != "6788011":
            return None
        rows = "".join(self._row(a) for a in self.slice(int(asked.get("pageIndex", "1"))))
        return ReplicaContent(f"<div>{rows}</div>".encode(), "text/html", None, "list")

    def _row(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'<div class="xxgk_navli"><a class="title" href="{self.detail_path(article)}" '
            f'title="{title}">{title}</a><span class="date">{article.day}</span></div>'
        )
