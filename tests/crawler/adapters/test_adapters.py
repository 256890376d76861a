"""Adapters as pure functions: requests, parameters, paging, dirty answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from config.loader import load_platforms, load_sources
from config.model import Column, Source
from crawler.adapters import adapter_for
from crawler.adapters.adapter import ColumnContext, ListProblem, ListRequest, ListResponse
from crawler.adapters.json_paths import fill, find, find_all, find_text
from crawler.adapters.paging import page_address, page_count
from crawler.extract.printed_dates import stamped_day
from domain.records.reason import reason
from i18n.catalogue import english

PLATFORMS = load_platforms()


def source_of(platform: str, url: str, params: dict[str, str] | None = None, **more: Any) -> Source:
    return Source.model_validate(
        {
            "key": "s", "name": {"zh": "某厅"}, "publisher": "某厅", "jurisdiction": "CN",
            "platform": platform, "columns": [{"key": "c", "url": url, "params": params or {}}],
            **more,
        }
    )  # fmt: skip


def adapter(platform: str, url: str, params: dict[str, str] | None = None, **more: Any) -> Any:
    source = source_of(platform, url, params, **more)
    return adapter_for(source, source.columns[0], PLATFORMS)


def answer(ask: ListRequest, body: str, status: int = 200) -> ListResponse:
    return ListResponse(
        ask=ask, url=ask.url, status=status, headers=(), body=body.encode(),
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip


def context(platform: str, url: str, params: dict[str, str] | None = None) -> ColumnContext:
    source = source_of(platform, url, params)
    return ColumnContext(source=source, column=source.columns[0], platform=PLATFORMS[platform])


SHIPPED: list[tuple[Source, Column]] = [
    (source, column) for source in load_sources().values() for column in source.columns
]


@pytest.mark.parametrize(("source", "column"), SHIPPED, ids=lambda each: getattr(each, "key", "?"))
def test_every_shipped_column_starts_on_its_own_host(source: Source, column: Column) -> None:
    first = adapter_for(source, column, PLATFORMS).first_request()
    assert urlsplit(first.url)[:2] == urlsplit(column.url)[:2]
    assert "{" not in urlsplit(first.url).path


def test_an_endpoint_never_leaves_the_columns_host_and_port() -> None:
    made = context("gkmlpt", "http://127.0.0.1:8123/gkmlpt/index")
    assert made.endpoint("https://evil.example/api?x=1") == "http://127.0.0.1:8123/api?x=1"


# ------------------------------------------------------------------ paths


def test_paths_into_json() -> None:
    value = {"a": [{"b": 1, "c": ""}, {"b": 2}], "s": '{"pc": "/x"}', "e": "<em>动力</em>电池"}
    assert find_all(value, "a[].b") == [1, 2]
    assert find(value, "a[1].b") == 2
    assert find(value, "a[0].c|a[1].b") == 2
    assert find(value, "s.json().pc") == "/x"
    assert find(value, "nothing[].here|e") == value["e"]
    assert find_text(value, "e") == "动力电池"
    assert fill("{a[0].b}-{e}", value) == "1-动力电池"
    assert find_all([1, 2], "[]") == [1, 2]
    assert find_all({"s": "no json"}, "s.json().x") == []


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1790132090256", date(2026, 9, 23)), (1790132090, date(2026, 9, 23)),
        ("2026-09-23 10:54:50", date(2026, 9, 23)), ("2026.09.23", date(2026, 9, 23)),
        ("2026年9月23日", date(2026, 9, 23)), ("", None), ("soon", None),
        ("1790092800000", date(2026, 9, 23)),
    ],
)  # fmt: skip
def test_days_of_interfaces(value: Any, day: date | None) -> None:
    assert stamped_day(value) == day


# ------------------------------------------------------------------ paging


def test_where_page_two_stands() -> None:
    trs = context("trs_static", "https://a.example/zwgk/tzgg/")
    assert page_address(trs, "", "", 2) == "https://a.example/zwgk/tzgg/index_1.html"
    pager = 'createPageHTML(3, 0, "index_7032", "shtml")'
    assert page_address(trs, pager, "", 2) == "https://a.example/zwgk/tzgg/index_7032_1.shtml"
    assert page_address(trs, pager, "", 4) is None
    ucap = context("ucap_static", "https://a.example/x/common_list.shtml")
    assert page_address(ucap, "", "", 2) == "https://a.example/x/common_list_2.shtml"
    south = context("nfcms_static", "https://a.example/x/index.html", {"ext": "shtml"})
    assert page_address(south, "", "", 3) == "https://a.example/x/index_3.shtml"
    unknown = context("eportal", "https://a.example/x/index.html")
    assert page_address(unknown, "", unknown.column.url, 2) is None


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ('<a href="notice_p2.htm">下一页&gt;</a>', "https://a.example/x/notice_p2.htm"),
        ('<a href="?page=2" title="下一页"><img src="n.gif"></a>', "https://a.example/x/notice.htm?page=2"),
        ('<a href="/y/3.htm">[下页]</a>', "https://a.example/y/3.htm"),
        ('<a href="javascript:go(2)">下一页</a>', None),
        ('<a href="notice.htm">下一页</a>', None),  # the last page links to itself
        ('<a href="https://b.example/2.htm">下一页</a>', None),
        ('<a href="9.htm">下一篇：关于页岩气的通知</a>', None),
    ],
)  # fmt: skip
def test_page_two_of_an_unknown_pattern_is_where_its_link_leads(link, target) -> None:
    made = context("static_page", "https://a.example/x/notice.htm")
    assert page_address(made, f"<div>{link}</div>", made.column.url, 2) == target


@pytest.mark.parametrize(
    ("pager", "pages"),
    [
        ("createPageHTML(12, 0, 'index', 'html')", 12), ("var countPage = 7;", 7),
        ("pagination({totalPage: 9})", 9), ("no pager", None),
    ],
)  # fmt: skip
def test_how_many_pages(pager: str, pages: int | None) -> None:
    assert page_count(pager) == pages


# ------------------------------------------------------------------ jpaas

SHELL = """<script url="/api-gateway/jpaas-publish-server/front/page/build/unit"
queryData="{'parseType':'bulidstatic','webId':'w2','tplSetId':'t2','pageType':'column',
'tagId':'分页列表','editType':'null','pageId':'p2'}"></script>"""
IDS = {"webId": "w1", "tplSetId": "t1", "tagId": "分页列表", "pageId": "p1"}


def test_jpaas_copies_what_the_shell_says_and_reports_drift() -> None:
    made = adapter("hanweb_jpaas", "http://127.0.0.1:81/zw/index.html", IDS)
    page = made.parse(answer(made.first_request(), SHELL.replace("\n", "")))
    asked = urlsplit(page.follow.url)
    assert asked.netloc == "127.0.0.1:81"
    query = parse_qs(asked.query)
    assert query["pageId"] == ["p2"]
    assert query["parseType"] == ["bulidstatic"]
    assert "paramJson" not in query
    assert {differs.parameters["name"] for differs in page.drift} == {"webId", "tplSetId", "pageId"}
    assert reason("source.id_differs", name="pageId", site="p2", configured="p1") in page.drift


def test_jpaas_pages_by_param_json() -> None:
    made = adapter("hanweb_jpaas", "http://a.example/zw/index.html", IDS)
    unit = made.fallback_request(made.first_request())
    html = "<li><a href='zw/art/2026/art_1.html'>关于某事项的通知</a><span>2026-09-01</span></li>"
    body = {"success": True, "data": {"html": html + '<div count="90" rows="15"></div>'}}
    import json

    page = made.parse(answer(unit, json.dumps(body)))
    assert page.rows[0].url == "http://a.example/zw/art/2026/art_1.html"
    assert page.total == 90
    assert parse_qs(urlsplit(page.next.url).query)["paramJson"] == ['{"pageNo":2,"pageSize":15}']


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>访问频繁</body></html>", "challenge"),
        ('{"success": true, "data": {"html": ', "broken_json"),
        ('{"success": true, "data": {"html": ""}}', "empty_unit"),
        ('{"success": false, "message": "参数错误"}', "empty_unit"),
        ('{"success": true}', "empty_unit"),
    ],
)
def test_jpaas_answers_that_are_no_list(body: str, kind: str) -> None:
    made = adapter("hanweb_jpaas", "http://a.example/zw/index.html", IDS)
    with pytest.raises(ListProblem) as caught:
        made.parse(answer(made.fallback_request(made.first_request()), body))
    assert caught.value.kind == kind


# ------------------------------------------------------------------ jpage

COLUMN = """<html><body><div id="77"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=5&path=/
&columnid=33&unitid=77&webname=X&permissiontype=0"></a>]]></nextgroup><recordset>
<record><![CDATA[<li><a href='/art/2026/9/11/art_33_1.html' title='关于甲事项的通知'>关于</a>
<span>2026-09-11</span></li>]]></record>
<record><![CDATA[<li><font>·</font><span>无链接</span></li>]]></record>
<record><![CDATA[<li><a href='/art/2025/12/15/art_33_2.html' title='关于乙事项的通知'>关于
<b>2025-12-15</b></li>]]></record></recordset></datastore></script></div>
<script>$('#77').jpage({totalRecord:40,perPage:2});</script></body></html>""".replace(
    "path=/\n", "path=/"
)


def test_jpage_reads_embedded_records_and_skips_dirty_ones() -> None:
    made = adapter("hanweb_jpage", "http://a.example/col/col33/index.html", {"unitid": "70"})
    page = made.parse(answer(made.first_request(), COLUMN))
    assert [(row.title, row.published) for row in page.rows] == [
        ("关于甲事项的通知", date(2026, 9, 11)),
        ("关于乙事项的通知", date(2025, 12, 15)),
    ]
    assert page.total == 40
    assert page.parameters["unitid"] == "77"
    assert page.drift == (reason("source.id_differs", name="unitid", site="77", configured="70"),)
    query = parse_qs(urlsplit(page.next.url).query)
    assert (query["startrecord"], query["endrecord"], query["webid"]) == (["3"], ["4"], ["5"])


def test_jpage_takes_no_id_from_the_navigation() -> None:
    nav = "<a href='/col/col99/index.html'>其他栏目</a><script>var param_77={unitid:'77'}</script>"
    made = adapter("hanweb_jpage", "http://a.example/col/col33/index.html", {"webid": "5"})
    page = made.parse(answer(made.first_request(), f"<html><body>{nav}</body></html>"))
    query = parse_qs(urlsplit(page.follow.url).query)
    assert (query["columnid"], query["unitid"]) == (["33"], ["77"])


def test_jpage_asks_the_interface_when_the_page_holds_nothing() -> None:
    ids = {"unitid": "70", "webid": "5"}
    made = adapter("hanweb_jpage", "http://a.example/col/col33/index.html", ids)
    page = made.parse(answer(made.first_request(), "<html><body><div id='70'></div></body></html>"))
    assert "/module/web/jpage/dataproxy.jsp?" in page.follow.url
    assert parse_qs(urlsplit(page.follow.url).query)["columnid"] == ["33"]
    with pytest.raises(ListProblem) as caught:
        made.parse(answer(page.follow, "<datastore><recordset><record><![CDATA["))
    assert caught.value.kind == "malformed_unit"


# ------------------------------------------------------------------ json


def test_a_refusal_and_a_missing_sid() -> None:
    library = adapter("gov_library", "http://a.example/zcwjk/policyDocumentLibrary", {"q": "x"})
    with pytest.raises(ListProblem) as caught:
        library.parse(answer(library.first_request(), '{"code": 500, "message": "系统错误"}'))
    assert caught.value.kind == "refused"
    with pytest.raises(ListProblem) as caught:
        library.parse(
            answer(library.first_request(), '{"code": 500, "message": "访问频繁，请稍后"}')
        )
    assert caught.value.kind == "challenge"
    catalogue = adapter("gkmlpt", "http://a.example/gkmlpt/index")
    assert catalogue.first_request().stage == "discover"
    assert (
        catalogue.fallback_request(catalogue.first_request()).url
        == "http://a.example/gkmlpt/api/all/0?page=1"
    )
    page = catalogue.parse(answer(catalogue.first_request(), "var x = {SID: '12', TREE: []}"))
    assert page.follow.url.endswith("page=1&sid=12")


def test_a_post_form_and_ids_from_the_address() -> None:
    made = adapter("ucap_querylist", "http://a.example/jxsgyhxxht/jdcl/index.html")
    first = made.first_request()
    assert first.method == "POST"
    assert ("webSiteCode[]", "jxsgyhxxht") in first.form
    assert ("channelCode[]", "jdcl") in first.form
    assert b"channelCode%5B%5D=jdcl" in first.body


# ------------------------------------------------------------------ auto


@pytest.mark.parametrize("platform", ["trs_static", "hanweb_jpage", "hanweb_jpaas"])
def test_auto_tells_the_platform_from_the_page(stage: Any, platform: str) -> None:
    replica = stage.replica(platform)
    report = stage.crawl(stage.source(replica, platform="auto"))
    (run,) = report.values()
    assert (run.state, run.new) == ("ok", 3)
    assert {n.title for n in stage.notices()} == {a.title for a in replica.site.articles}


# ------------------------------------------------------------------ a list of one's own

SEARCH = {
    "items": "data.docs[]", "field.title": "title", "field.url": "link", "field.date": "pub",
    "query.p": "{page}", "offset": "1",
}  # fmt: skip
DOCS = '{"data": {"total": 1, "docs": [{"title": "溯源通知", "link": "/a.html", "pub": "2026-09-01"}]}}'


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"items": "data.rows[]"}, "items: 'data.rows[]' leads to nothing; the answer has data.total, data.docs"),
        ({"field.title": "titel"}, "field.title 'titel' leads to nothing; an entry of data.docs[] has title, link, pub"),
        ({"field.url": ""}, "field.url is not given; an entry of data.docs[] has title, link, pub"),
        ({"field.date": "date"}, "field.date 'date' leads to nothing; an entry of data.docs[] has title, link, pub"),
        ({}, None),
    ],
)  # fmt: skip
def test_a_path_that_leads_to_nothing_is_named_with_what_there_is(change, told) -> None:
    made = adapter("json_api", "https://a.example/list", {**SEARCH, **change})
    lacking = made.parse(answer(made.first_request(), DOCS)).lacking
    assert (english(lacking) if lacking else None) == told


def test_a_json_list_may_count_from_zero() -> None:
    made = adapter("json_api", "https://a.example/list", SEARCH)
    assert parse_qs(urlsplit(made.first_request().url).query) == {"p": ["0"]}


@pytest.mark.parametrize("wrapped", ["jsonp_12({});", "/**/ cb.x({})", "\ufeff{}"])
def test_a_json_list_may_come_as_a_call(wrapped: str) -> None:
    made = adapter("json_api", "https://a.example/list", SEARCH)
    assert len(made.parse(answer(made.first_request(), wrapped.replace("{}", DOCS))).rows) == 1


def test_rows_may_be_pieces_of_html_in_json() -> None:
    pieces = [
        f'<div class="t"><a href="visit/link.do?url=https%3A%2F%2Fa.example%2F{day}.html&q=x">'
        f"关于第{day}批废旧动力电池回收网点的通知</a></div><span>2026-09-0{day}</span>"
        for day in (3, 2, 1)
    ]
    made = adapter("json_api", "https://a.example/search/list.do", {"items": "result[]"})
    page = made.parse(answer(made.first_request(), json.dumps({"result": pieces})))
    assert [(row.url, row.published) for row in page.rows] == [
        (f"https://a.example/{day}.html", date(2026, 9, day)) for day in (3, 2, 1)
    ]


UNIT_PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit?webId=9a&tplSetId=7c&pageId=K3&tagId=list&parseType=bulidstatic"


def test_the_address_of_a_jpaas_unit_given_as_a_column() -> None:
    unit = adapter("hanweb_jpaas", f"https://www.example.gov.cn{UNIT_PATH}")
    rows = "".join(
        f'<li><a href="/zc/art_{n:032x}.html" title="关于第{n}批登记的通知">关于第{n}批…</a><span>2026-09-{n:02d}</span></li>'
        for n in range(9, 4, -1)
    )
    body = json.dumps({"code": "200", "success": True, "data": {"html": f"<ul>{rows}</ul>"}})
    page = unit.parse(answer(unit.first_request(), body))
    assert [row.title for row in page.rows] == [f"关于第{n}批登记的通知" for n in range(9, 4, -1)]
    assert page.rows[0].published == date(2026, 9, 9)
    assert page.rows[0].url == f"https://www.example.gov.cn/zc/art_{9:032x}.html"
    asked = parse_qs(urlsplit(page.next.url).query)
    assert (asked["webId"], asked["pageId"]) == (["9a"], ["K3"])
    escaped = body.replace("<", "&lt;").replace(">", "&gt;")
    assert unit.parse(answer(unit.first_request(), escaped)).rows == page.rows
