"""The selectors of the shipped sources against markup of the sites they are written for."""

from __future__ import annotations

import json
from datetime import date

import pytest
from parsel import Selector

from crawler.adapters import json_paths
from crawler.extract.printed_dates import stamped_day
from tests.paths import FIXTURES

PAGES = FIXTURES / "sources"
WITH_ROWS = sorted(path.parent.name for path in PAGES.glob("*/list.expected.json"))


def test_the_sources_with_list_fixtures():
    assert {"cn-js-gxt", "cn-mee", "cn-miit-unit", "cn-mot", "cn-samr", "cn-sc-jxt"} <= set(
        WITH_ROWS
    )


@pytest.mark.parametrize("key", WITH_ROWS)
def test_list_of_the_same_markup(key, sources, read_rows):
    folder = PAGES / key
    saved = next(path for path in folder.iterdir() if path.stem == "list")
    expected = json.loads((folder / "list.expected.json").read_text(encoding="utf-8"))

    if sources[key].selectors.row or saved.suffix == ".xml":
        rows = read_rows(key, saved, expected["url"])
        assert [row._asdict() for row in rows] == expected["rows"]
    assert expected["url"] in {column.url for column in sources[key].columns}


@pytest.mark.parametrize("key", WITH_ROWS)
def test_the_crawler_reads_the_same_rows(key, sources, platforms):
    html_rows = pytest.importorskip("crawler.adapters.html_rows")
    base = pytest.importorskip("crawler.adapters.adapter")
    folder = PAGES / key
    saved = next(path for path in folder.iterdir() if path.stem == "list")
    expected = json.loads((folder / "list.expected.json").read_text(encoding="utf-8"))
    source = sources[key]
    column = next(column for column in source.columns if column.url == expected["url"])
    context = base.ColumnContext(source=source, column=column, platform=platforms[source.platform])
    text = saved.read_text(encoding="utf-8")
    if saved.suffix == ".json":
        text = json.loads(text)["data"]["html"]

    found = html_rows.rows_of(context, text, expected["url"])

    assert [
        {"title": row.title, "url": row.url, "date": str(row.published)} for row in found.rows
    ] == expected["rows"]
    assert found.fallback is None


RECORDED = {
    "national/miit_unit_yjzj_2026-09-20.json": (
        "cn-miit-unit",
        "https://www.miit.gov.cn/gzcy/yjzj/index.html",
        [
            (
                "公开征求《氢能装备（碱性水电解制氢装备）制造行业规范条件（2026年本）（征求意见稿）》的意见",
                "https://www.miit.gov.cn/gzcy/yjzj/art/2026/art_03d6631242cd45c5bef6e8d62571beff.html",
                "2026-09-20",
            ),
            (
                "关于公开征求《饲料加工机械卫生规范》等14项强制性国家标准制修订计划项目意见的公示",
                "https://www.miit.gov.cn/gzcy/yjzj/art/2026/art_3c2e4c31f3174237ba8575b3d8a8745d.html",
                "2026-09-04",
            ),
        ],
    ),
    "national/miit_unit_list_fragment.html": (
        "cn-miit-unit",
        "https://www.miit.gov.cn/zwgk/wjgs/index.html",
        [
            (
                "新能源车型公示",
                "https://www.miit.gov.cn/zwgk/wjgs/art/2026/art_0b2035d10a644ff38840f697f5b35abe.html",
                "2026-09-09",
            )
        ],
    ),
    "national/mee_yjzj_list_2026-09-20.html": (
        "cn-mee",
        "https://www.mee.gov.cn/hdjl/yjzj/",
        [
            (
                "关于公开征求国家生态环境标准《生态环境影响评价技术导则 核动力厂（征求意见稿）》"
                "（修订HJ808-2016）意见的通知",
                "https://www.mee.gov.cn/hdjl/yjzj/zjyj/202609/t20260914_1166201.shtml",
                "2026-09-14",
            ),
            (
                "关于公开征求《沿海省（区、市）近岸海域重要物种名录》意见的函",
                "https://www.mee.gov.cn/xxgk2018/xxgk/xxgk06/202609/t20260911_1165826.html",
                "2026-09-11",
            ),
        ],
    ),
    "national/samr_unit_zjdc_2026-09-20.json": (
        "cn-samr",
        "https://www.samr.gov.cn/hd/zjdc/index.html",
        [
            (
                "市场监管总局关于公开征求《关于出口转内销产品强制性产品认证便利化试点的通知（征求意见稿）》意见的通知",
                "https://www.samr.gov.cn/hd/zjdc/art/2026/art_7690dba6fb90477cae8299c67f7966d9.html",
                None,  # the recording holds a token where the site has the period
            ),
            (
                "市场监管总局关于公开征求《网络交易小程序平台合规指引（征求意见稿）》意见的公告",
                "https://www.samr.gov.cn/hd/zjdc/art/2026/art_68686f054fe043b6b62c21f50e230b79.html",
                None,
            ),
        ],
    ),
    "national/worldmonitor_samr.json": (
        "cn-samr",
        "https://www.samr.gov.cn/zw/zfxxgk/",
        [
            (
                "市场监管总局关于发布《广告引证内容执法指南》的公告",
                "https://www.samr.gov.cn/zw/zfxxgk/fdzdgknr/ggjgs/art/2026/art_8962fc1e4eb44a87b93d265af43b6940.html",
                "2026-06-12",
            )
        ],
    ),
    "national/mot_yjzj_list_2026-09-20.html": (
        "cn-mot",
        "https://www.mot.gov.cn/hudong/yijianzhengji/index.html",
        [
            (
                "关于《中华人民共和国公路法（修正草案征求意见稿）》公开征求意见的通知",
                "https://www.mot.gov.cn/hudong/yijianzhengji/202609/t20260903_4223746.html",
                "2026-09-07",
            ),
            (
                "交通运输部关于《公路建设项目可行性研究报告编制办法（征求意见稿）》公开征求意见的通知",
                "https://www.mot.gov.cn/hudong/yijianzhengji/202607/t20260730_4210791.html",
                "2026-07-30",
            ),
            (
                "关于《交通运输重大项目后评价管理办法（征求意见稿）》公开征求意见反馈情况",
                "https://www.mot.gov.cn/hudong/yijianzhengji/202604/t20260401_4202868.html",
                "2026-04-01",
            ),
        ],
    ),
    "provincial/js_gxt_dataproxy_col6278.xml": (
        "cn-js-gxt",
        "https://gxt.jiangsu.gov.cn/col/col6278/index.html",
        [
            (
                "关于印发江苏省“人工智能+制造”实施方案的通知",
                "https://gxt.jiangsu.gov.cn/art/2026/6/10/art_6278_11783480.html",
                "2026-06-10",
            ),
            (
                "省工业和信息化厅关于组织申报2026年度专精特新中小企业的通知",
                "https://gxt.jiangsu.gov.cn/art/2026/5/18/art_6278_11772533.html",
                "2026-05-18",
            ),
        ],
    ),
    "provincial/js_gxt_dataproxy_col80179.xml": (
        "cn-js-gxt",
        "https://gxt.jiangsu.gov.cn/col/col80179/index.html",
        [
            (
                "省工业和信息化厅关于印发《江苏省制造强省建设专项资金项目验收管理办法》的通知",
                "https://gxt.jiangsu.gov.cn/art/2026/4/17/art_80179_11759099.html",
                "2026-04-17",
            )
        ],
    ),
    "provincial/sc_jxt_list_min.html": (
        "cn-sc-jxt",
        "https://jxt.sc.gov.cn/scjxt/wjfb/common_list.shtml",
        [
            (
                "样本通知一",
                "https://jxt.sc.gov.cn/scjxt/wjfb/2026/9/15/a.shtml",
                "2026-09-15",
            ),
            ("样本通知二", "https://jxt.sc.gov.cn/scjxt/wjfb/2026/9/9/b.shtml", "2026-09-09"),
        ],
    ),
}


@pytest.mark.parametrize("file", sorted(RECORDED))
def test_recorded_list(file, recorded, read_rows):
    key, url, expected = RECORDED[file]
    saved = recorded / file
    if not saved.exists():
        pytest.skip(f"{file} is not among the recorded responses")
    assert [tuple(row) for row in read_rows(key, saved, url)] == expected


def test_recorded_ndrc_page_has_its_25_rows(recorded, read_rows):
    saved = recorded / "pages" / "001.html"
    if not saved.exists():
        pytest.skip("the page is not among the recorded responses")
    rows = read_rows("cn-ndrc", saved, "https://www.ndrc.gov.cn/xxgk/zcfb/tz/")
    assert len(rows) == 25
    assert rows[0].date == "2026-05-11"
    assert rows[-1].date == "2025-12-11"
    assert all(row.date for row in rows)


def test_notice_selectors_on_recorded_pages(recorded, effective):
    pages = {
        "national/miit_detail_yjzj_2026-09-04.html": ("cn-miit-unit", "现将申请立项的", 2),
        "national/mee_xxgk_detail_2026-09-11.html": ("cn-mee", "征求意见截止时间", 0),
        "national/mee_hdjl_detail_2026-09-14.html": ("cn-mee", "征求意见截止时间", 0),
        "national/mot_detail_2026-07-30.html": ("cn-mot", "意见反馈截止时间", 2),
        "national/samr_detail_zjdc_2026-09-01.html": ("cn-samr", "市场监管总局", 1),
        "provincial/js_gxt_detail_col80179_min.html": ("cn-js-gxt", "第一条", 0),
        "provincial/sc_jxt_detail_with_attachments_min.html": ("cn-sc-jxt", "申报时间", 1),
    }
    for file, (key, text, attachments) in pages.items():
        selectors = effective(key)
        page = Selector((recorded / file).read_text(encoding="utf-8"))
        body = page.css(selectors.body).xpath("string()").get("")
        assert text in body, file
        if attachments:
            assert len(page.css(selectors.attachments)) == attachments, file


def test_mee_metadata_and_titles(recorded, effective):
    selectors = effective("cn-mee")
    page = Selector(
        (recorded / "national/mee_xxgk_detail_2026-09-11.html").read_text(encoding="utf-8")
    )
    assert page.css(selectors.detail_title).xpath("string()").getall() == [
        "关于公开征求《沿海省（区、市）近岸海域重要物种名录》意见的函"
    ]
    assert "环办便函〔2026〕292号" in page.css(selectors.metadata).xpath("string()").get("")


def test_search_answers_are_read_by_the_paths_of_the_platform(platforms, sources):
    """The convention of config/platforms/README.md as the crawler implements it."""
    params = {**platforms["miit_search"].params, **sources["cn-miit"].columns[0].params}
    content = json.loads((PAGES / "cn-miit" / "list.json").read_text(encoding="utf-8"))

    rows = json_paths.find_all(content, params["items"])

    assert [json_paths.find_text(row, params["field.title"]) for row in rows] == [
        "示例：样例动力电池办法的通知",
        "示例：样例解读",
    ]
    assert json_paths.find_text(rows[0], params["field.document_number"]) == "样例函〔2026〕8号"
    assert [stamped_day(json_paths.find(row, params["field.date"])) for row in rows] == [
        date(2026, 11, 8),
        date(2026, 11, 1),
    ]
    assert json_paths.find_text(content, params["total"]) == "2"
