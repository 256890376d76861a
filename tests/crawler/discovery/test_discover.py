"""Discover the platform and the columns of a site."""

from __future__ import annotations

from datetime import date

from config.model import Platform
from crawler.adapters.page_parameters import jpaas_units, page_parameters
from crawler.adapters.recognition import detect_platform
from crawler.discovery.discover import detect
from crawler.discovery.home_columns import column_address

HOST = "https://www.example.gov.cn"
PROSE = "<p>为了规范动力电池编码工作，现就有关事项通知如下，请遵照执行，并做好宣传贯彻。</p>" * 5


def rows(key: str, count: int = 6) -> str:
    return "<ul>" + "".join(
        f'<li><a href="/{key}/202609/t202609{n:02d}_{n}.html">第{n}号关于编码事项的{key}内容</a><i>2026-09-{n:02d}</i></li>'
        for n in range(count, 0, -1)
    ) + "</ul>"  # fmt: skip


def box(name: str, key: str) -> str:
    return f'<div class="box"><div class="hd"><h2><a href="/{key}/">{name}</a></h2><a href="/{key}/">更多&gt;&gt;</a></div>{rows(key)}</div>'


def test_a_list_page() -> None:
    found = detect(f"<html><body><div>{rows('tzgg', 15)}</div></body></html>", f"{HOST}/tzgg/", {})
    assert found.kind == "list"
    assert found.found is not None
    assert len(found.found.rows) == 15
    assert found.found.newest == date(2026, 9, 15)


def test_a_notice_page_with_related_rows() -> None:
    html = f"<html><body><h1>关于编码的通知</h1><div>{PROSE}</div><div><h3>相关解读</h3>{rows('jd', 3)}</div></body></html>"
    found = detect(html, f"{HOST}/1.html", {})
    assert found.kind == "notice"
    assert found.notice is not None
    assert found.notice.title == "关于编码的通知"


def test_a_home_page_names_its_columns() -> None:
    html = (
        "<html><body><div class='nav'><a href='/'>首页</a><a href='/yjzj/'>意见征集</a><a href='/ld/'>领导信息</a></div>"
        + box("通知公告", "tzgg") + box("政策文件", "zcwj") + box("工作动态", "gzdt") + "</body></html>"
    )  # fmt: skip
    found = detect(html, f"{HOST}/", {})
    assert found.kind == "home"
    columns = {column.name: column for column in found.columns}
    assert set(columns) == {"通知公告", "政策文件", "工作动态", "意见征集"}
    assert columns["通知公告"].url == f"{HOST}/tzgg/"
    assert (columns["通知公告"].rows, columns["通知公告"].newest) == (6, date(2026, 9, 6))
    assert columns["意见征集"].rows == 0


def test_column_addresses() -> None:
    for article, column in (
        ("/zwgk/tzgg/202609/t20260911_1.html", "/zwgk/tzgg/"),
        ("/zwgk/tzgg/content/post_123.html", "/zwgk/tzgg/"),
        ("/zwgk/zcwj/art/2026/art_0b2035d10a644ff38840f697f5b35abe.html", "/zwgk/zcwj/"),
        ("/art/2026/9/11/art_6278_11783480.html", "/col/col6278/index.html"),
        ("/cyfz/20260911/0123456789abcdef0123456789abcdef.html", "/cyfz/"),
        ("/wjfb/2026/9/15/0123456789abcdef0123456789abcdef.shtml", "/wjfb/"),
    ):
        assert column_address(HOST + article) == HOST + column


def test_a_script_shell_is_a_list_with_parameters() -> None:
    html = (
        '<html><body><script url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
        "queryData=\"{'parseType':'buildstatic','webId':'8d8','tplSetId':'209','pageType':'column','tagId':'右侧内容','editType':'null','pageId':'ca5'}\">"
        "</script></body></html>"
    )
    found = detect(html, f"{HOST}/zwgk/wjfb/index.html", {})
    assert found.kind == "list"
    assert found.parameters["pageId"] == "ca5"
    assert found.parameters["tagId"] == "右侧内容"
    assert jpaas_units(html)[0]["webId"] == "8d8"


def test_parameters_of_other_platforms() -> None:
    jpage = (
        '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=14&path=/&columnid=84025'
        '&unitid=402134&webname=x&permissiontype=0"></a>]]></nextgroup>'
    )
    found = page_parameters(f"<datastore>{jpage}</datastore>", f"{HOST}/col/col84025/index.html")
    assert (found["unitid"], found["webid"], found["columnid"]) == ("402134", "14", "84025")
    gkmlpt = page_parameters(
        "<script>window._CONFIG={SID:'662021',TREE:[]}</script>", f"{HOST}/gkmlpt/index#721"
    )
    assert gkmlpt == {"sid": "662021", "category": "721"}


def test_platform_by_marks_and_addresses() -> None:
    platforms = {
        "trs_static": Platform(key="trs_static", name="TRS", adapter="static_list", marks=("createPageHTML(",), article_url=r"/t20\d{6}_\d+\.s?html?$"),
        "nfcms_static": Platform(key="nfcms_static", name="NFCMS", adapter="static_list", marks=("NFCMS_POST_ID",), article_url=r"/content/post_\d+\.html$"),
    }  # fmt: skip
    assert detect_platform(rows("tzgg"), f"{HOST}/tzgg/", platforms) == "trs_static"
    assert detect_platform("<script>createPageHTML(5,0)</script>", HOST, platforms) == "trs_static"
    assert detect_platform("<p>var NFCMS_POST_ID=1</p>", HOST, platforms) == "nfcms_static"
    assert detect_platform("<p>nothing</p>", HOST, platforms) == "auto"


def test_tabs_of_a_home_page_are_columns_of_their_own() -> None:
    tabs = "".join(f'<div class="panel">{rows(key)}</div>' for key in ("tzgg", "zcwj", "yjzj"))
    html = (
        "<html><body><div class='tabs'><a href='/tzgg/index.html'>通知公告</a><a href='/zcwj/index.html'>政策文件</a>"
        f"<a href='/yjzj/index.html'>意见征集</a></div><div class='panels'>{tabs}</div></body></html>"
    )
    found = detect(html, f"{HOST}/", {})
    assert found.kind == "home"
    assert {column.name: column.rows for column in found.columns} == {
        "通知公告": 6,
        "政策文件": 6,
        "意见征集": 6,
    }


def _box(column: str, rows: int, article: str) -> str:
    items = "".join(
        f'<li><a href="{article.format(column=column, n=n)}">关于第{n}项事项的通知</a>'
        f"<span>2026-11-{n + 10}</span></li>"
        for n in range(rows)
    )
    return f"<ul>{items}</ul>"


def _columns(page: str, url: str) -> list[tuple[str, str, int]]:
    found = detect(f"<html><body>{page}</body></html>", url, {}, date(2026, 11, 26))
    assert found.kind == "home"
    return [(column.name, column.url, column.rows) for column in found.columns]


def test_tabs_of_a_home_page_are_its_columns_shown_or_not() -> None:
    url = "http://gxt.example.gov.cn/index.html"
    names = {"6278": "通知公告", "6281": "公示公告", "80179": "政策文件"}
    heads = "".join(f'<li><a href="/col/col{c}/index.html">{n}</a></li>' for c, n in names.items())
    article = "/art/2026/11/1{n}/art_{column}_{n}.html"
    boxes = "".join(
        f'<div style="display:{"none" if place else "block"}">{_box(column, 5, article)}</div>'
        for place, column in enumerate(names)
    )
    base = "http://gxt.example.gov.cn/col/col"
    assert _columns(f"<ul>{heads}</ul>{boxes}", url) == [
        (name, f"{base}{column}/index.html", 5) for column, name in names.items()
    ]


def test_columns_named_by_pictures_and_linked_by_their_list_pages() -> None:
    names = {"zwgk/c100": "要闻动态", "zwgk/c101": "公示公告", "hd/c103": "意见征集"}
    page = "".join(
        f'<div><div class="h"><img src="t.png" alt="{name}"><a href="/{column}/list.shtml">'
        f'<img src="m.gif"></a></div>{_box(column, 6, "/{column}/202611/0123456789abcdef{n}.shtml")}</div>'
        for column, name in names.items()
    )
    assert _columns(page, "http://gxt.example.gov.cn/") == [
        (name, f"http://gxt.example.gov.cn/{column}/list.shtml", 6)
        for column, name in names.items()
    ]


def test_columns_of_a_page_with_numbered_addresses_only() -> None:
    names = {"1": "工作动态", "2": "通知公告", "3": "政策法规"}
    page = "".join(
        f'<td><table><tr><td class="tt">{name}</td><td><a href="list.asp?id={column}">more</a></td>'
        "</tr></table>" + _box(column, 6, "show.asp?cid={column}&id={column}0{n}") + "</td>"
        for column, name in names.items()
    )
    base = "http://swj.example.gov.cn/"
    assert _columns(f"<table><tr>{page}</tr></table>", base) == [
        (name, f"{base}list.asp?id={column}", 6) for column, name in names.items()
    ]
