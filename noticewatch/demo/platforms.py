"""How each platform shows a site's articles: list, paging, detail page, attachments.

Markup and request shapes follow what the real platforms serve; all texts are demonstration
texts. Standard library only.
"""

from __future__ import annotations

import html
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar
from urllib.parse import quote

from noticewatch.demo.replica import Article, Content, Site

BEIJING = timezone(timedelta(hours=8))
_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8">'


class Pages:
    """Shared by the platforms: static lists of rows and a TRS-like detail page."""

    column_path = "/xxgk/tzgg/"
    params: ClassVar[Mapping[str, str]] = {}

    def __init__(self, site: Site, page_size: int) -> None:
        self.site = site
        self.page_size = page_size

    # ------------------------------------------------------------------ addresses

    def detail_path(self, article: Article) -> str:
        return f"{self.column_path}{article.day:%Y%m}/t{article.day:%Y%m%d}_{article.id}.html"

    def file_path(self, article: Article, number: int) -> str:
        extension = article.files[number].name.rpartition(".")[2]
        folder = self.detail_path(article).rpartition("/")[0]
        return f"{folder}/P0{article.day:%Y%m%d}{article.id}{number}.{extension}"

    # ------------------------------------------------------------------ answering

    def handle(self, path: str, asked: Mapping[str, str]) -> Content | None:
        """The content of an address, or None: 404; ``asked`` is the query or the form."""
        for article in self.site.articles:
            if path == self.detail_path(article):
                return self._detail(article) if article.live else None
            for number, file in enumerate(article.files):
                if path == self.file_path(article, number) and article.live:
                    return Content(file.body, file.media_type, article.modified, "file")
        return self.list_content(path, asked)

    def list_content(
        self,
        path: str,
        asked: Mapping[str, str],
    ) -> Content | None:
        """A page of the list; platforms with interfaces of their own override it."""
        number = self.page_number(path)
        return None if number is None else self._page(number)

    def page_number(self, path: str) -> int | None:
        """Which page of the list an address is; TRS counts from zero."""
        if path in {self.column_path, f"{self.column_path}index.html"}:
            return 1
        match = re.fullmatch(re.escape(self.column_path) + r"index_(\d+)\.html", path)
        return int(match[1]) + 1 if match else None

    def _page(self, number: int) -> Content | None:
        rows = self.slice(number)
        if not rows and number > 1:
            return None
        return Content(self.list_html(rows, number).encode(), "text/html", self.modified(), "list")

    def slice(self, number: int, size: int | None = None) -> list[Article]:
        size = size or self.page_size
        return self.site.listed()[(number - 1) * size : number * size]

    def pages(self) -> int:
        return max(1, -(-len(self.site.listed()) // self.page_size))

    def modified(self) -> datetime | None:
        """When the list changed last; rows gone change it too, by their own time."""
        times = [article.modified for article in self.site.articles]
        return max(times, default=None)

    # ------------------------------------------------------------------ markup

    def list_html(self, rows: list[Article], number: int) -> str:
        items = "\n".join(self.row(article) for article in rows)
        return (
            f"{_HEAD}<title>通知公告</title></head><body>{NAV}"
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

    def _detail(self, article: Article) -> Content:
        if article.removed_text:
            gone = (
                f"{_HEAD}<title>提示</title></head><body><p>您访问的页面已被删除</p></body></html>"
            )
            return Content(gone.encode(), "text/html", article.modified, "detail")
        return Content(self.detail_html(article).encode(), "text/html", article.modified, "detail")

    def detail_html(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'{_HEAD}<title>{title}</title><meta name="ArticleTitle" content="{title}">'
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

    # ------------------------------------------------------------------ altered lists

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


NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li>'
    '<li><a href="/hdjl/">互动交流</a></li></ul></div>'
)
FOOT = '<div class="footer"><p>主办单位：演示机关 （演示网站，非真实机关）</p></div>'


class OneBased(Pages):
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


class UcapStatic(Pages):
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


class Eportal(Pages):
    column_path = "/bjhrb/index/tzgg/index.html"

    def detail_path(self, article: Article) -> str:
        return f"/bjhrb/index/tzgg/{article.day:%Y%m%d}{article.id:011d}/index.html"

    def page_number(self, path: str) -> int | None:
        return 1 if path == self.column_path else None


class Jpage(Pages):
    """Records of HTML in CDATA, the first page embedded in the column page."""

    column_path = "/col/col6278/index.html"
    unit = "403981"
    body_class = "bt-content"

    def detail_path(self, article: Article) -> str:
        day = article.day
        return f"/art/{day.year}/{day.month}/{day.day}/art_6278_{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path == self.column_path:
            return Content(self._column().encode(), "text/html", self.modified(), "list")
        if path == "/module/web/jpage/dataproxy.jsp":
            if asked.get("unitid") != self.unit:
                return Content(b"<datastore></datastore>", "text/xml", None, "list")
            start, end = int(asked.get("startrecord", "1")), int(asked.get("endrecord", "15"))
            rows = self.site.listed()[start - 1 : end]
            return Content(self._datastore(rows).encode(), "text/xml", None, "list")
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
            f"{_HEAD}<title>文件通知</title></head><body>{NAV}"
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


class Jpaas(Pages):
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

    def __init__(self, site: Site, page_size: int) -> None:
        super().__init__(site, page_size)
        self.unit = dict(self.params)  # what the shell says; a redesign changes it

    def detail_path(self, article: Article) -> str:
        return f"/zwgk/wjgs/art/{article.day.year}/art_{article.hex}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path == self.column_path:
            return Content(self._shell().encode(), "text/html", None, "shell")
        if path != self.endpoint:
            return None
        if asked.get("pageId") != self.unit["pageId"]:
            empty = {"code": "200", "success": True, "data": {"html": ""}}
            return Content(json.dumps(empty).encode(), "application/json", None, "list")
        paging = json.loads(asked.get("paramJson") or "{}")
        number = int(paging.get("pageNo", 1))
        rows = "".join(self.row(article) for article in self.slice(number))
        count = len(self.site.listed())
        fragment = (
            f'<div class="page-content"><ul>{rows}</ul></div>'
            f'<div class="page" count="{count}" rows="{self.page_size}" pageNo="{number}"></div>'
        )
        answer = {"code": "200", "success": True, "data": {"html": fragment}}
        return Content(
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
            f'{_HEAD}<title>文件公示</title></head><body>{NAV}<div class="clist_con">'
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


class JsonPages(Pages, ABC):
    """Shared by the platforms whose list is JSON."""

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        answer = self.answer(path, asked)
        if answer is None:
            return None
        return Content(
            json.dumps(answer, ensure_ascii=False).encode(), "application/json", None, "list"
        )

    @abstractmethod
    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        """The JSON of an address, or None: 404."""

    def altered(self, fault: str, page: str) -> str | None:
        return None if fault in {"commented", "stale"} else json.dumps({"message": "ok"})


class MiitSearch(JsonPages):
    column_path = "/search/wjfb.html"
    params: ClassVar[Mapping[str, str]] = {"cateid": "57"}
    body_id = "con_con"

    def detail_path(self, article: Article) -> str:
        return f"/zwgk/zcwj/wjfb/tz/art/{article.day.year}/art_{article.hex}.html"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/search-front-server/api/search/info":
            return None
        size = int(asked.get("pg", "10"))
        rows = self.slice(int(asked.get("p", "1")), min(size, self.page_size))
        results = [{"groupData": [{"pkValue": a.hex, "data": self._row(a)}]} for a in rows]
        found = {"dataResults": results, "totalHits": len(self.site.listed())}
        return {"code": "200", "success": True, "data": {"searchResult": found}}

    def _row(self, article: Article) -> dict[str, str]:
        noon = datetime(article.day.year, article.day.month, article.day.day, 12, tzinfo=BEIJING)
        return {
            "deploytime": str(int(noon.astimezone(UTC).timestamp() * 1000)),
            "title": article.title,
            "url": self.detail_path(article),
            "filenumbername": article.number,
            "publishgroupname": article.issuer,
        }


class Gkmlpt(JsonPages):
    column_path = "/gkmlpt/index"

    def detail_path(self, article: Article) -> str:
        return f"/gkmlpt/content/0/{article.id // 1000}/post_{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path == self.column_path:
            shell = f"{_HEAD}</head><body><script>window._CONFIG = {{SID: '662021', TREE: []}}"
            return Content(f"{shell}</script></body></html>".encode(), "text/html", None, "shell")
        return super().list_content(path, asked)

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/gkmlpt/api/all/0" or asked.get("sid") != "662021":
            return None
        rows = self.slice(max(1, int(asked.get("page", "1"))))
        if not rows and int(asked.get("page", "1")) > 1:
            return None
        return {
            "classify": {"post_count": len(self.site.listed())},
            "articles": [
                {
                    "id": a.id,
                    "title": a.title,
                    "url": self.detail_path(a),
                    "document_number": a.number,
                    "publisher": a.issuer,
                    "created_at": f"{a.day} 16:25:04",
                }
                for a in rows
            ],
        }


class UcapSearch(JsonPages):
    column_path = "/gxt/c107069/list.shtml"
    channel = "721e95722dae4733ba77670c40d342bd"
    body_id = "UCAP-CONTENT"

    def detail_path(self, article: Article) -> str:
        return f"/gxt/c107069/{article.day:%Y%m}/c00_{article.id}.shtml"

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path == self.column_path:
            shell = f'{_HEAD}<meta name="channelId" content="{self.channel}"></head><body></body>'
            return Content(shell.encode(), "text/html", None, "shell")
        return super().list_content(path, asked)

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != f"/common/search/{self.channel}":
            return None
        rows = self.slice(int(asked.get("page", "1")))
        return {
            "data": {
                "total": len(self.site.listed()),
                "rows": self.page_size,
                "results": [
                    {
                        "title": a.title,
                        "url": self.detail_path(a),
                        "publishedTimeStr": f"{a.day} 10:00:00",
                        "content": "\n".join(a.paragraphs),
                    }
                    for a in rows
                ],
            }
        }


class UcapQueryList(JsonPages):
    column_path = "/jxsgyhxxht/jdcl/index.html"
    params: ClassVar[Mapping[str, str]] = {"webSiteCode": "jxsgyhxxht", "channelCode": "jdcl"}
    body_id = "UCAP-CONTENT"

    def detail_path(self, article: Article) -> str:
        return f"/jxsgyhxxht/jdcl/content/content_{article.id:019d}.html"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/queryList" or asked.get("channelCode[]") != "jdcl":
            return None
        rows = self.slice(int(asked.get("current", "1")))
        results = [
            {
                "source": {
                    "title": a.title,
                    "pubDate": f"{a.day} 08:00:00",
                    "urls": json.dumps({"pc": self.detail_path(a)}),
                    "metadata": json.dumps({"author": a.issuer}),
                    "content": {"content": "".join(f"<p>{p}</p>" for p in a.paragraphs)},
                }
            }
            for a in rows
        ]
        return {"data": {"total": len(self.site.listed()), "results": results}}


class TrsJson(JsonPages):
    column_path = "/fbjd/zc/gfxwj/zcwj.json"

    def detail_path(self, article: Article) -> str:
        return f"/fbjd/zc/gfxwj/{article.day:%Y%m}/t{article.day:%Y%m%d}_{article.id}.shtml"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != self.column_path:
            return None
        return {
            "data": [
                {
                    "FILENAME": a.title,
                    "URL": self.detail_path(a),
                    "FILENUM": a.number,
                    "PUBLISHER": a.issuer,
                    "PUBDATE": str(a.day),
                }
                for a in self.site.listed()
            ]
        }


class GovLibrary(JsonPages):
    column_path = "/zcwjk/policyDocumentLibrary"
    params: ClassVar[Mapping[str, str]] = {"q": "动力电池"}
    body_id = "UCAP-CONTENT"

    def detail_path(self, article: Article) -> str:
        return f"/zhengce/zhengceku/{article.day:%Y%m}/content_{article.id}.htm"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/search-gov/data" or "t" not in asked:
            return None
        rows = self.slice(int(asked.get("p", "1")))
        listing = [
            {
                "title": a.title.replace("动力电池", "<em>动力电池</em>"),
                "url": self.detail_path(a),
                "pcode": a.number,
                "puborg": a.issuer,
                "pubtimeStr": f"{a.day:%Y.%m.%d}",
            }
            for a in rows
        ]
        total = len(self.site.listed())
        return {"code": 200, "searchVO": {"totalCount": total, "listVO": listing}}


class SacStandard(JsonPages):
    """A row is the notice: the article's number is the code, its issuer the state."""

    column_path = "/gb"
    params: ClassVar[Mapping[str, str]] = {"searchText": "GB/T 34015"}

    def detail_path(self, article: Article) -> str:
        return f"/gb/search/gbDetailed?id={article.hex}"

    def answer(self, path: str, asked: Mapping[str, str]) -> Any:
        if path != "/gb/search/gbQueryPage":
            return None
        rows = self.slice(int(asked.get("pageNumber", "1")), 20)
        return {
            "total": len(self.site.listed()),
            "rows": [
                {
                    "id": a.hex,
                    "C_STD_CODE": f"<sacinfo>{a.number}</sacinfo>",
                    "C_C_NAME": a.title,
                    "STD_NATURE": "推标",
                    "ISSUE_DATE": str(a.day),
                    "ACT_DATE": str(a.day + timedelta(days=210)),
                    "STATE": a.issuer,
                }
                for a in rows
            ],
        }


class Xxgk(Pages):
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

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path != "/module/xxgk/search.jsp" or asked.get("infotypeId") != "B001G001":
            return None
        rows = "".join(self.row(a) for a in self.slice(int(asked.get("currpage", "1"))))
        fragment = f'<div class="zfxxgk_list_con"><ul>{rows}</ul></div>'
        return Content(fragment.encode(), "text/html", None, "list")


class AnhuiLabel(Pages):
    column_path = "/public/column/6595721"
    params: ClassVar[Mapping[str, str]] = {"organId": "6595721", "siteId": "", "catId": "7036521"}
    body_class = "wzcon"

    def detail_path(self, article: Article) -> str:
        return f"/public/6595721/{article.id}.html"

    def list_content(self, path: str, asked: Mapping[str, str]) -> Content | None:
        if path == self.column_path:
            shell = f'{_HEAD}<meta name="SiteId" content="6788011"></head><body>publicInfoList'
            return Content(f"{shell}</body></html>".encode(), "text/html", None, "shell")
        if path != "/site/label/8888" or asked.get("siteId") != "6788011":
            return None
        rows = "".join(self._row(a) for a in self.slice(int(asked.get("pageIndex", "1"))))
        return Content(f"<div>{rows}</div>".encode(), "text/html", None, "list")

    def _row(self, article: Article) -> str:
        title = html.escape(article.title)
        return (
            f'<div class="xxgk_navli"><a class="title" href="{self.detail_path(article)}" '
            f'title="{title}">{title}</a><span class="date">{article.day}</span></div>'
        )


class Homepage(Pages):
    column_path = "/"

    def detail_path(self, article: Article) -> str:
        return f"/tzgg/{article.day:%Y%m}/t{article.day:%Y%m%d}_{article.id}.html"

    def page_number(self, path: str) -> int | None:
        return 1 if path == "/" else None

    def file_path(self, article: Article, number: int) -> str:
        return quote(super().file_path(article, number))


PLATFORMS: dict[str, type[Pages]] = {
    "trs_static": Pages,
    "static_page": Pages,
    "auto": Pages,
    "nfcms_static": Nfcms,
    "shanghai_dept": Shanghai,
    "ucap_static": UcapStatic,
    "eportal": Eportal,
    "hanweb_jpage": Jpage,
    "hanweb_jpaas": Jpaas,
    "hanweb_xxgk": Xxgk,
    "anhui_label": AnhuiLabel,
    "miit_search": MiitSearch,
    "gkmlpt": Gkmlpt,
    "ucap_search": UcapSearch,
    "ucap_querylist": UcapQueryList,
    "trs_json": TrsJson,
    "gov_library": GovLibrary,
    "sac_standard": SacStandard,
    "homepage_harvest": Homepage,
}
