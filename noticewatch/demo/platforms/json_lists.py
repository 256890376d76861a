"""Platforms whose lists are JSON."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from config.time_zone import BEIJING
from noticewatch.demo.platforms.replica_pages import HEAD, ReplicaPages
from noticewatch.demo.replica_site import Article, ReplicaContent


class JsonPages(ReplicaPages, ABC):
    """Shared by the platforms whose list is JSON."""

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        answer = self.answer(path, asked)
        if answer is None:
            return None
        return ReplicaContent(
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

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            shell = f"{HEAD}</head><body><script>window._CONFIG = {{SID: '662021', TREE: []}}"
            return ReplicaContent(
                f"{shell}</script></body></html>".encode(), "text/html", None, "shell"
            )
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

    def list_content(self, path: str, asked: Mapping[str, str]) -> ReplicaContent | None:
        if path == self.column_path:
            shell = f'{HEAD}<meta name="channelId" content="{self.channel}"></head><body></body>'
            return ReplicaContent(shell.encode(), "text/html", None, "shell")
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
        size, skip = int(asked.get("limit", "20")), int(asked.get("offset", "0"))
        rows = self.slice(skip // size + 1, size)
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
