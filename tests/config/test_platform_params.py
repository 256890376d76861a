"""The params of JSON and fragment platforms, read by the crawler's own adapters.

The answers are small and hand-made: fields as the platforms name them, texts of our own.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

adapters = pytest.importorskip("crawler.adapters")
base = pytest.importorskip("crawler.adapters.adapter")


def adapter(sources, platforms, key, column=0):
    source = sources[key]
    return adapters.adapter_for(source, source.columns[column], platforms)


def answer(ask, body):
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return base.ListResponse(
        ask=ask,
        url=ask.url,
        status=200,
        headers=(("content-type", "application/json; charset=utf-8"),),
        body=text.encode(),
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


def listing(tool, body, shell="<html></html>"):
    """The page of rows, past the page in which ids are looked up."""
    ask = tool.first_request()
    if ask.stage == "discover":
        ask = tool.parse(answer(ask, shell)).follow
    return ask, tool.parse(answer(ask, body))


def query(ask):
    return {name: values[0] for name, values in parse_qs(urlsplit(ask.url).query).items()}


def test_open_government_catalogue_of_guangdong(sources, platforms):
    body = {
        "articles": [
            {
                "id": 1234567,
                "title": "示例：通知",
                "url": "https://gdii.gd.gov.cn/gkmlpt/content/1/1234/post_1234567.html",
                "identifier": "006940060/2026-00001",
                "document_number": "粤样函〔2026〕1号",
                "publisher": "示例厅",
                "created_at": "2026-11-02 09:00:00",
                "is_expired": 0,
                "is_abolished": 1,
            }
        ],
        "classify": {"post_count": 1},
    }
    shell = "<script>window._CONFIG = {SID:'753001', TREE:[]}</script>"
    ask, page = listing(adapter(sources, platforms, "cn-gd-gdii-gkmlpt"), body, shell)
    assert ask.url == "https://gdii.gd.gov.cn/gkmlpt/api/all/0?page=1&sid=753001"
    row = page.rows[0]
    assert row.published == date(2026, 11, 2)
    assert row.hints.document_number == "粤样函〔2026〕1号"
    assert row.hints.index_number == "006940060/2026-00001"
    assert row.hints.validity == "废止"
    assert page.next is None


def test_state_council_library(sources, platforms):
    rows = [
        {
            "title": "示例：<em>动力</em><em>电池</em>的通知",
            "url": "https://www.gov.cn/zhengce/zhengceku/202611/content_7000001.htm",
            "pcode": "样发〔2026〕2号",
            "puborg": "示例部",
            "pubtimeStr": "2026.11.03",
        }
    ]
    tool = adapter(sources, platforms, "cn-gov-library")
    ask, page = listing(tool, {"code": 200, "searchVO": {"listVO": rows, "totalCount": 30}})
    assert ask.url.startswith("https://sousuo.www.gov.cn/search-gov/data?")
    assert query(ask)["t"] == "zhengcelibrary_bm"
    assert query(ask)["q"] == "动力电池"
    assert page.rows[0].title == "示例：动力电池的通知"
    assert page.rows[0].published == date(2026, 11, 3)
    assert page.rows[0].hints.document_number == "样发〔2026〕2号"

    mapped = {"code": 200, "searchVO": {"catMap": {"bumenfile": {"listVO": rows}}}}
    _, page = listing(tool, mapped)
    assert len(page.rows) == 1

    with pytest.raises(base.ListProblem):
        listing(tool, {"code": 500, "searchVO": {}})


def test_standards_are_filtered_by_code_and_their_row_is_the_notice(sources, platforms):
    def standard(code, state="现行"):
        return {
            "id": "AB12",
            "C_STD_CODE": code,
            "C_C_NAME": "示例标准",
            "STD_NATURE": "推标",
            "ISSUE_DATE": "2025-10-05",
            "ACT_DATE": "2026-05-01",
            "STATE": state,
        }

    body = {
        "total": 3,
        "rows": [
            standard("<sacinfo>GB/T 34015</sacinfo>.2—2020"),
            standard("GB/T 34015－2017", "废止"),
            standard("GB/T 134015-2020"),
        ],
    }
    tool = adapter(sources, platforms, "cn-sac", 1)
    asked, page = listing(tool, body)
    assert (query(asked)["limit"], query(asked)["offset"]) == ("20", "0")
    assert query(tool.builder.ask(3, {}))["offset"] == "40"
    assert [row.title for row in page.rows] == [
        "GB/T 34015.2—2020 示例标准",
        "GB/T 34015－2017 示例标准",
    ]
    row = page.rows[1]
    assert row.url == "https://std.samr.gov.cn/gb/search/gbDetailed?id=AB12"
    assert row.hints.row_only
    assert row.hints.validity == "废止"
    assert "标准状态：废止" in row.hints.body.split("\n")


def test_file_beside_a_column(sources, platforms):
    body = {
        "data": [
            {
                "FILENAME": "示例：文件",
                "URL": "./202611/t20261104_5000001.shtml",
                "FILENUM": "鄂样发〔2026〕3号",
                "PUBLISHER": "示例厅",
                "PUBDATE": "2026-11-04",
            }
        ]
    }
    ask, page = listing(adapter(sources, platforms, "cn-hb-jxt"), body)
    assert ask.url == sources["cn-hb-jxt"].columns[0].url
    assert page.rows[0].url == (
        "https://jxt.hubei.gov.cn/fbjd/zc/gfxwj/202611/t20261104_5000001.shtml"
    )
    latest = [{"TITLE": "示例", "URL": "https://www.gov.cn/a_1.htm", "DOCRELPUBTIME": "2026-11-05"}]
    _, page = listing(adapter(sources, platforms, "cn-gov-latest"), latest)
    assert page.rows[0].published == date(2026, 11, 5)


def test_jiangxi_posts_a_form_and_gets_json_in_strings(sources, platforms):
    inner = {
        "title": "示例：公告",
        "pubDate": "2026-11-06",
        "urls": json.dumps({"pc": "/jxsgyhxxht/zcwj/content/content_1234567890123456789.html"}),
        "metadata": json.dumps({"author": "示例处"}),
        "content": {"content": "<p>正文</p>"},
    }
    ask, page = listing(
        adapter(sources, platforms, "cn-jx-gxt"), {"data": {"results": [{"source": inner}]}}
    )
    assert ask.method == "POST"
    assert ask.url == "https://gxt.jiangxi.gov.cn/queryList"
    assert dict(ask.form)["channelCode[]"] == "zcwj"
    assert dict(ask.form)["current"] == "1"
    row = page.rows[0]
    assert row.url == (
        "https://gxt.jiangxi.gov.cn/jxsgyhxxht/zcwj/content/content_1234567890123456789.html"
    )
    assert row.hints.issuer == "示例处"
    assert row.hints.body == "<p>正文</p>"


def test_column_search_takes_the_channel_from_the_page(sources, platforms):
    results = [
        {
            "title": "示例：规范性文件",
            "url": "//sthj.gansu.gov.cn/sthj/c113065/202611/c00_31000001.shtml",
            "publishedTimeStr": "2026-11-07 10:00:00",
        }
    ]
    shell = '<meta name="channelId" content="0123456789abcdef0123456789abcdef">'
    ask, page = listing(
        adapter(sources, platforms, "cn-gs-sthj"), {"data": {"results": results, "total": 1}}, shell
    )
    assert urlsplit(ask.url).path == "/common/search/0123456789abcdef0123456789abcdef"
    assert page.rows[0].url.startswith("https://sthj.gansu.gov.cn/sthj/c113065/")
    assert page.rows[0].published == date(2026, 11, 7)


def test_channel_of_heilongjiang_comes_from_the_channel_list(sources, platforms):
    tool = adapter(sources, platforms, "cn-hl-sthj")
    first = tool.first_request()
    assert first.url == (
        "http://sthj.hlj.gov.cn/common/getChannelList?channelCode=c111958&websiteCodeName=sthj"
    )
    said = {"results": {"children": [{"channelId": "f" * 32, "displayName": "示例"}]}}
    follow = tool.parse(answer(first, said)).follow
    assert urlsplit(follow.url).path == f"/common/search/{'f' * 32}"


def test_union_law_is_asked_by_a_query_that_keeps_its_braces(sources, platforms):
    body = {
        "results": {
            "bindings": [
                {
                    "celex": {"value": "32026R0001"},
                    "date": {"value": "2026-11-08"},
                    "title": {"value": "Sample delegated act"},
                }
            ]
        }
    }
    ask, page = listing(adapter(sources, platforms, "eu-eurlex"), body)
    sparql = query(ask)["query"]
    assert sparql.count("{") == sparql.count("}") > 4
    assert "VALUES ?number" in sparql
    assert dict(ask.headers)["Accept"] == "application/sparql-results+json"
    assert page.rows[0].url.endswith("/EN/TXT/HTML/?uri=CELEX:32026R0001")
    assert page.rows[0].published == date(2026, 11, 8)


def test_library_of_the_planners(sources, platforms):
    results = [
        {
            "title": "示例：<em>电池</em>通知",
            "url": "https://www.ndrc.gov.cn/xxgk/zcfb/tz/202611/t20261109_1.html",
            "docDate": "2026-11-09",
        }
    ]
    ask, page = listing(
        adapter(sources, platforms, "cn-ndrc-library"),
        {"data": {"resultList": results, "totalHits": 1}},
    )
    assert urlsplit(ask.url).path == "/api/query"
    assert query(ask)["qt"] == "动力电池"
    assert page.rows[0].title == "示例：电池通知"


def test_catalogue_form_of_zhejiang(sources, platforms):
    tool = adapter(sources, platforms, "cn-zj-sthjt-xxgk")
    ask, page = listing(
        tool,
        '<div class="zfxxgk_list_con"><ul><li><a href="/art/2026/11/10/art_1_2.html">'
        "示例：规范性文件的通知</a><span>2026-11-10</span></li></ul></div>",
    )
    assert ask.url == "https://sthjt.zj.gov.cn/module/xxgk/search.jsp"
    form = dict(ask.form)
    assert form["divid"] == "div1229106886"
    assert form["infotypeId"] == "B001G001"
    assert form["requestUrl"] == sources["cn-zj-sthjt-xxgk"].columns[0].url
    assert [row.url for row in page.rows] == ["https://sthjt.zj.gov.cn/art/2026/11/10/art_1_2.html"]


def test_anhui_label_takes_the_site_id_from_the_page(sources, platforms):
    tool = adapter(sources, platforms, "cn-ah-sthjt")
    ask, page = listing(
        tool,
        '<div class="xxgk_navli"><a class="title" href="/public/21691/121000001.html">'
        '示例：信息公开文件</a><span class="date">2026-11-11</span></div>',
        '<meta name="SiteId" content="6788031">',
    )
    assert query(ask)["siteId"] == "6788031"
    assert query(ask)["organId"] == "21691"
    assert query(ask)["type"] == "4"
    assert page.rows[0].published == date(2026, 11, 11)


def test_second_pages_of_static_lists(sources, platforms):
    rows = "".join(
        f'<li><a href="./202611/t202611{day:02}_{day}00001.html">示例通知第{day}号文件</a>'
        f"<span>2026-11-{day:02}</span></li>"
        for day in range(1, 9)
    )
    expected = {
        "cn-jl-gxt": "https://gxt.jl.gov.cn/xxgk/tzgg/index_1.html",
        "cn-mee": "https://www.mee.gov.cn/zcwj/bwj/index_1.shtml",
        "cn-gd-gdii": "https://gdii.gd.gov.cn/zwgk/tzgg1011/index_2.html",
        "cn-sh-sthj": "https://sthj.sh.gov.cn/hbzhywpt5004/index_2.html",
        "cn-sc-jxt": "https://jxt.sc.gov.cn/scjxt/wjfb/common_list_2.shtml",
    }
    for key, url in expected.items():
        tool = adapter(sources, platforms, key)
        page = tool.parse(
            answer(tool.first_request(), f"<html><body><ul>{rows}</ul></body></html>")
        )
        assert page.next is not None, key
        assert page.next.url == url


def test_the_national_database_of_laws(sources, platforms):
    row = {
        "bbbs": "ff8081800000000001a032af29bf2887",
        "title": "<em class='highlight'>示例循环</em>法",
        "gbrq": "2021-06-10",
        "sxrq": "2021-09-01",
        "sxx": "2",
        "flxz": "法律",
        "zdjgName": "全国人民代表大会常务委员会",
        "score": 9.9,
    }
    local = row | {"zdjgName": "某省人民代表大会常务委员会"}
    rows = [row, row | {"sxx": 4}, local]
    body = {"code": 200, "msg": "查询成功", "total": 3, "rows": rows}
    ask, page = listing(adapter(sources, platforms, "cn-npc-law"), body)
    assert (ask.method, ask.url) == ("POST", "https://flk.npc.gov.cn/law-search/search/list")
    assert ask.media_type == "application/json"
    assert ask.body.isascii()  # Chinese is asked for in escapes
    asked = json.loads(ask.body)
    assert (asked["searchContent"], asked["pageNum"], asked["pageSize"]) == ("生态环境法典", 1, 20)
    assert asked["orderByParam"] == {"order": "-1", "sort": ""}
    row = page.rows[0]
    assert row.title == "示例循环法"
    assert row.url == "https://flk.npc.gov.cn/detail?id=ff8081800000000001a032af29bf2887"
    assert row.published == date(2021, 6, 10)
    assert [each.hints.validity for each in page.rows] == ["已修改", "尚未生效"]
    assert row.hints.row_only
    assert "施行日期：2021-09-01" in row.hints.body


def test_a_refusal_of_the_national_database_is_no_list(sources, platforms):
    tool = adapter(sources, platforms, "cn-npc-law")
    with pytest.raises(base.ListProblem):
        listing(tool, {"code": 500, "msg": "访问频繁", "rows": None})


def test_administrative_regulations_of_the_ministry_of_justice(sources, platforms):
    body = """<html><body><input type="hidden" id="law-total" value="611"/>
    <ul class="searching-results-list"><li class="list-item"><div>1.</div>
    <div class="search-in-title"><div class="col-left"><div class="title">
    <a target="_blank" href="https://xzfg.moj.gov.cn/front/law/detail?LawID=1814&Query=">
    <font color=red>示例回收</font><font color=red>管理</font>条例</a>
    <span class="tip">历史沿革</span></div>
    <ul class="info-list"><li class="publish-date">2026-05-15公布</li>
    <li class="implemented-date">2026-07-01施行</li></ul></div></div>
    <div class="fold-con"><div class="incident-record" data-time="2001-11-16">
    <a target="_blank" href="https://xzfg.moj.gov.cn/front/law/detail?LawID=889">示例回收条例</a>
    </div></div></li></ul></body></html>"""
    ask, page = listing(adapter(sources, platforms, "cn-moj-xzfg"), body)
    assert ask.url.startswith("https://xzfg.moj.gov.cn/SearchAdvancedFront?title=%E6%8A%A5")
    (row,) = page.rows
    assert (row.title, row.published) == ("示例回收管理条例", date(2026, 5, 15))
    assert "LawID=1814" in row.url
    assert page.next is None


def test_a_total_of_none_beside_rows_ends_no_list(sources, platforms):
    rows = [{"title": f"示例{n}的通知", "url": f"/{n}.htm", "pubtimeStr": "2026.11.02"}
            for n in range(20)]  # fmt: skip
    body = {"code": 200, "searchVO": {"totalCount": 0, "listVO": rows}}
    _, page = listing(adapter(sources, platforms, "cn-gov-library"), body)
    assert page.next is not None
    assert page.next.page == 2
