"""Notices that are one table, among what a site says of itself."""

import pytest

from crawler.extract.page.notice_parser import parse_notice
from domain.records.observation import ParsedNotice

TITLE = "某省市场监督管理局行政处罚信息公开表（某市监罚〔2026〕5号）"
HEAD = ("序号", "当事人", "违法行为", "处罚内容", "决定机关")
ROWS = (
    HEAD,
    ("1", "某某电池回收有限公司", "未报送数据", "罚款3万元", "某市局"),
    ("2", "某某物流有限公司", "违规贮存", "警告", "某市局"),
)
TABLE = "<table>" + "".join(
    "<tr>" + "".join(f"<td><p align='center'><span>{cell}</span></p></td>" for cell in row) + "</tr>" for row in ROWS
) + "</table>"  # fmt: skip
DISCLAIMER = (
    "<div class='{c}'><div>版权与免责声明</div><div>1.凡本站注明“文章类型：原创”的所有作品，其版权属于本站所有，其他媒体、"
    "网站或个人转载使用时，必须注明文章来源。</div><div>2.凡本站注明“文章类型：转载”的所有作品，均转载自其他媒体，转载的目的在于"
    "传递更多信息，并不代表本站赞同其观点，也不代表本站对其真实性负责。</div></div>"
)
MENU = (
    "<div class='nav'><ul>"
    + "".join(f"<li><a href='/{n}'>栏目之{n}</a></li>" for n in range(20))
    + "</ul></div>"
)


def read(body: str, title: str = TITLE) -> ParsedNotice:
    page = (
        f"<title>{title}</title>{MENU}<div class='pos'>您的位置：<a href='/'>首页</a></div>{body}"
    )
    return parse_notice(page, "http://x.gov.cn/item?id=1")


@pytest.mark.parametrize(
    "body",
    [
        f"<div><div class='q-title'>{TITLE}</div><div class='q-main'>{TABLE}</div>{DISCLAIMER.format(c='q-foot')}</div>",
        f"<div><h1>{TITLE}</h1><div><div>{TABLE}<p>&nbsp;</p></div></div>{DISCLAIMER.format(c='banquan')}</div>",
        f"<h2>{TITLE}</h2>{TABLE}{DISCLAIMER.format(c='sm')}",
        f"<div><h1>{TITLE}</h1><div class='ng-hide'><span>索引号：</span><span>发文日期：</span></div><div class='x'>{TABLE}</div></div>",
    ],
)
def test_a_notice_that_is_one_table(body: str) -> None:
    notice = read(body)
    assert [block.rows for block in notice.blocks if block.rows] == [ROWS]
    assert "免责" not in notice.text
    assert notice.issuers == ("某省市场监督管理局",)
    assert notice.document_number == "某市监罚〔2026〕5号"


def test_the_words_around_a_table_stay() -> None:
    body = f"<div class='x'><p>现将名单公布如下。</p>{TABLE}<p>某省市场监督管理局</p><p>2026年3月2日</p></div>"
    notice = read(
        f"<h1>关于公布名单的通知</h1>{body}{DISCLAIMER.format(c='y')}", "关于公布名单的通知"
    )
    assert notice.blocks[0].text == "现将名单公布如下。"
    assert notice.blocks[1].rows == ROWS
    assert notice.blocks[-1].text == "2026年3月2日"


def test_a_table_of_labels_is_no_notice() -> None:
    labels = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in (
            ("索引号", "0123"),
            ("发布机构", "某省市场监督管理局"),
            ("发布日期", "2026-03-02"),
            ("文号", "某市监〔2026〕7号"),
            ("主题分类", "市场监管"),
        )
    )
    text = "<p>现将有关事项通知如下，请遵照执行。</p><p>一、各单位应当登记。</p>"
    notice = read(
        f"<table class='m'>{labels}</table><h1>关于登记的通知</h1><div class='k'>{text}</div>",
        "关于登记的通知",
    )
    assert notice.text == "现将有关事项通知如下，请遵照执行。\n一、各单位应当登记。"
    assert notice.document_number == "某市监〔2026〕7号"
