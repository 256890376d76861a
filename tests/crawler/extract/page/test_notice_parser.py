"""Notice pages of every template seen, reduced to what carries the facts."""

from __future__ import annotations

import json
from datetime import date
from html import escape as html_escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.model import Selectors
from crawler.discovery.discover import detect
from crawler.extract.lists.list_rows import find_rows
from crawler.extract.page.notice_parser import parse_notice, parse_notice_traced
from crawler.extract.page.page_state import challenge_marks, removal_text
from domain.records.observation import NoticeRef, ParsedNotice, RowHints

URL = "https://www.example.gov.cn/zwgk/202609/t20260911_1003.html"
TITLE = "关于印发动力电池编码管理细则的通知"
PROSE = (
    "<p>各有关单位：</p><p>为了规范动力电池的编码工作，根据有关规定，制定本细则，现印发给你们，请遵照执行。</p>"
    "<p>第一条 电池生产企业应当在出厂前对每个电池包编码，编码应当符合国家标准，并在三十日内报送信息。</p>"
    "<p>第二条 违反本细则的，责令改正，处一万元以上三万元以下的罚款。</p>"
)
SIGNED = (
    '<p style="text-align:right">某省工业和信息化厅</p><p style="text-align:right">2026年9月4日</p>'
)
FRAME_BEFORE = """<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>
<form><input name="q" placeholder="请输入关键字"><label>验证码</label></form></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">通知公告</a></div>"""
FRAME_AFTER = """<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="ewm">扫一扫在手机打开当前页</div>
<div class="pn"><p>上一篇：<a href="t20260910_2.html">关于别的事情的公告</a></p><p>下一篇：没有了</p></div>
<div class="xgwj"><h3>相关链接</h3><ul><li><a href="/a.html">解读一</a><span>2026-09-12</span></li></ul></div>
<div class="footer">主办单位：某省工业和信息化厅 网站标识码：1234567890 粤ICP备00000000号
<a href="/help.pdf">使用帮助手册</a></div>"""


def page(
    middle: str, *, title: str = f"{TITLE}_通知公告_某省工业和信息化厅", metas: str = ""
) -> str:
    return f"<html><head><title>{title}</title>{metas}</head><body>{FRAME_BEFORE}{middle}{FRAME_AFTER}</body></html>"


def parse(html: str, url: str = URL) -> ParsedNotice:
    notice = parse_notice(html, url)
    for furniture in (
        "扫一扫",
        "分享到",
        "上一篇",
        "网站标识码",
        "当前的位置",
        "相关链接",
        "验证码",
        "浏览次数",
    ):
        assert furniture not in notice.text
    return notice


def first_and_last(notice: ParsedNotice) -> tuple[str, str]:
    lines = notice.text.split("\n")
    return lines[0], lines[-1]


BODY_BOXES = (
    '<div id="zoom">{}</div>',
    '<div class="TRS_Editor"><style>.a{{}}</style>{}</div>',
    '<div id="UCAP-CONTENT">{}</div>',
    "<ucapcontent>{}</ucapcontent>",
    '<div class="whatever-7"><div class="inner">{}</div></div>',
    "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
    '<div class="article"><div class="c1">{}</div></div>',
)


@pytest.mark.parametrize("box", BODY_BOXES)
def test_body_without_the_page_around_it(box: str) -> None:
    middle = (
        f'<div class="art"><h1>{TITLE}</h1><div class="info">发布时间：2026-09-11 10:00　来源：某处　'
        '浏览次数：<span>123</span> 【字体：大 中 小】 【<a href="javascript:window.print()">打印</a>】</div>'
        + box.format(PROSE + SIGNED)
        + "</div>"
    )
    notice = parse(page(middle))
    assert notice.title == TITLE
    assert first_and_last(notice) == ("各有关单位：", "2026年9月4日")
    assert notice.issuers == ("某省工业和信息化厅",)
    assert notice.dates.visible == date(2026, 9, 11)
    assert notice.dates.signed == date(2026, 9, 4)
    assert notice.dates.meta == date(2026, 9, 11)  # the address
    assert notice.attachments == ()


def test_body_with_line_breaks_only() -> None:
    text = PROSE.replace("<p>", "").replace("</p>", "<br/><br/>　　")
    notice = parse(page(f'<h2 class="t">{TITLE}</h2><div class="nr">　　{text}</div>'))
    assert first_and_last(notice)[0] == "各有关单位："
    assert len(notice.blocks) == 4


def test_state_council_table() -> None:
    middle = f"""<table class="bd1"><tbody>
    <tr><td><b>索&nbsp; 引&nbsp; 号：</b></td><td>000014349/2026-00012</td>
    <td><b>主题分类：</b></td><td>工业、交通\\能源</td></tr>
    <tr><td><b>发文机关：</b></td><td>国务院办公厅</td><td><b>成文日期：</b></td><td>2026年01月12日</td></tr>
    <tr><td><b>标　　题：</b></td><td colspan="3">国务院办公厅{TITLE}</td></tr>
    <tr><td><b>发文字号：</b></td><td>国办发〔2026〕3号</td><td><b>发布日期：</b></td><td>2026年01月20日</td></tr>
    <tr><td><b>主 题 词：</b></td><td></td><td><b>有 效 性：</b></td><td>有效</td></tr></tbody></table>
    <div id="UCAP-CONTENT">{PROSE}<p>国务院办公厅</p><p>2026年1月12日</p></div>"""
    notice = parse(page(middle, title=f"国务院办公厅{TITLE}_其他_中国政府网"))
    assert notice.title == f"国务院办公厅{TITLE}"
    assert notice.document_number == "国办发〔2026〕3号"
    assert notice.index_number == "000014349/2026-00012"
    assert notice.issuers == ("国务院办公厅",)
    assert notice.dates.visible == date(2026, 1, 20)
    assert notice.dates.signed == date(2026, 1, 12)
    assert notice.validity == "有效"


TABLES = {
    "bracketed labels": """<ol class="doc-info"><li>[发文机构]<span>某省生态环境厅</span></li>
      <li>[发文字号]<span>某环发〔2026〕7号</span></li><li>[成文日期]<span>2026-09-03</span></li>
      <li>[发布日期]<span>2026-09-09</span></li><li>[有效性]<span>现行有效</span></li>
      <li>[实施日期]<span>2026-10-01</span></li></ol>""",
    "label and value in one cell": """<table><tr><td>索引号：696785044/2026-00017</td><td>分类：通知</td></tr>
      <tr><td>发布机构：某省生态环境厅</td><td>发布日期：2026-09-09</td></tr>
      <tr><td>文　号：某环发〔2026〕7号</td><td>成文日期：2026-09-03</td></tr>
      <tr><td>有效性：现行有效</td><td></td></tr></table>""",
    "span and text": """<ul><li><div><span>发布机关</span><i>某省生态环境厅</i></div><div><span>生成日期</span>2026-09-03</div></li>
      <li><div><span>文 号</span>某环发〔2026〕7号</div><div><span>发布日期</span>2026-09-09</div></li>
      <li><span>有效性</span>现行有效</li></ul>""",
    "strong in li": """<ul><li><strong>发文单位：</strong>某省生态环境厅</li><li><strong>发文字号：</strong>某环发〔2026〕7号</li>
      <li><strong>成文日期：</strong>2026年9月3日</li><li><strong>发布时间：</strong>2026年9月9日</li>
      <li><strong>时效性：</strong>现行有效</li></ul>""",
    "th and td": """<table><tr><th>发文机关</th><td>某省生态环境厅</td><th>发文字号</th><td>某环发〔2026〕7号</td></tr>
      <tr><th>成文日期</th><td>2026-09-03</td><th>发布日期</th><td>2026-09-09</td></tr>
      <tr><th>效力状态</th><td>现行有效</td></tr></table>""",
    "label elements": """<div class="row"><label><font>发布机构</font></label><div class="v">某省生态环境厅</div></div>
      <div class="row"><label><font>文号</font></label><div class="v">某环发〔2026〕7号</div></div>
      <div class="row"><label><font>成文日期</font></label><div class="v">2026-09-03</div></div>
      <div class="row"><label><font>发布日期</font></label><div class="v">2026-09-09</div></div>
      <div class="row"><label><font>有效性</font></label><div class="v">现行有效</div></div>""",
    "square brackets of the trade ministry": """<p>【发布单位】某省生态环境厅</p><p>【发布文号】某环发〔2026〕7号</p>
      <p>【发文日期】2026-09-03</p><p>【发布日期】2026-09-09</p><p>【有效性】现行有效</p>""",
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_metadata_layouts(name: str) -> None:
    middle = f'<div class="box">{TABLES[name]}</div><h1>{TITLE}</h1><div class="con">{PROSE}</div>'
    notice = parse(page(middle))
    assert notice.document_number == "某环发〔2026〕7号"
    assert notice.issuers == ("某省生态环境厅",)
    assert notice.dates.visible == date(2026, 9, 9)
    assert notice.dates.signed == date(2026, 9, 3)
    assert notice.validity == "现行有效"
    assert first_and_last(notice)[0] == "各有关单位："


def test_index_number_is_never_a_document_number() -> None:
    table = "<table><tr><td>索引号：696785044/2026-00017</td><td>发文字号：696785044/2026-00017</td></tr></table>"
    notice = parse(page(f'{table}<h1>{TITLE}</h1><div id="zoom">{PROSE}</div>'))
    assert notice.document_number is None
    assert notice.index_number == "696785044/2026-00017"


@pytest.mark.parametrize("empty", ["", "无", "〔〕号", "--", "&nbsp;"])
def test_empty_number_cell_gives_way_to_the_first_lines(empty: str) -> None:
    table = f"<table><tr><td>文号：</td><td>{empty}</td><td>发布日期：</td><td>2026-09-09</td></tr></table>"
    body = f"<p>某工信规〔2026〕12 号</p>{PROSE}"
    notice = parse(page(f'{table}<h1>{TITLE}</h1><div id="zoom">{body}</div>'))
    assert notice.document_number == "某工信规〔2026〕12号"


NUMBERS = (
    ("关于调整价格的通知(发改价格〔2026〕630号)", "", "发改价格〔2026〕630号"),
    ("商务部公告2026年第25号 公布反倾销调查的初步裁定", "", "商务部公告2026年第25号"),
    ("国家药监局关于修订说明书的公告（2025年第101号）", "", "2025年第101号"),
    (
        "动力电池回收利用管理暂行办法",
        "<p>国家市场监督管理总局令</p><p>第73号</p>",
        "国家市场监督管理总局令第73号",
    ),
    (
        "动力电池回收利用行业规范",
        "<p>中华人民共和国工业和信息化部公告</p><p>2026年第20号</p>",
        "2026年第20号",
    ),
    ("动力电池回收利用行业规范", "<p>某环函〔2026〕12号　　签发人：张某</p>", "某环函〔2026〕12号"),
    (
        "动力电池回收利用行业规范",
        "<p>第五届人民代表大会公告（第十二号）</p>",
        "第五届人民代表大会公告（第十二号）",
    ),
    (
        "Commission Delegated Regulation (EU) 2025/606 of 21 March 2025 on batteries",
        "",
        "(EU) 2025/606",
    ),
    ("关于落实国发〔2020〕3号文件的意见", "", None),
    (
        "电池登记管理条例",
        "<p>（2021年7月27日中华人民共和国国务院令第746号公布　自2022年3月1日起施行）</p>",
        "国务院令第746号",
    ),
    ("关于登记的公告", "<p>甲港关〔2026〕第7号公告</p>", "甲港关〔2026〕第7号公告"),
    ("关于登记的通知", "<p>甲工信〔2026〕3号　乙环发〔2026〕5号</p>", "甲工信〔2026〕3号"),
    (
        "动力电池回收利用行业规范",
        "<p>根据国发〔2020〕3号和国办发〔2021〕4号文件精神，现通知如下。</p>",
        None,
    ),
)


@pytest.mark.parametrize(("title", "head", "number"), NUMBERS)
def test_document_number_in_title_or_first_lines(title: str, head: str, number: str | None) -> None:
    notice = parse(page(f'<h1>{title}</h1><div id="zoom">{head}{PROSE}</div>', title=title))
    assert notice.document_number == number


def test_a_number_between_title_and_body() -> None:
    head = "<h1>关于登记的通知</h1><div>某自贸试验区管理委员会</div><div class='wh'>某自贸管规〔2026〕3号</div>"
    notice = parse(
        page(f'{head}<div>2026-11-20</div><div id="zoom">{PROSE}</div>', title="关于登记的通知")
    )
    assert notice.document_number == "某自贸管规〔2026〕3号"


def test_the_order_in_the_promulgation_line_names_the_issuer() -> None:
    line = "<p>（2021年7月27日中华人民共和国国务院令第746号公布　自2022年3月1日起施行）</p>"
    articles = "<p>第一条　为了规范登记，制定本条例。</p><p>第二条　登记应当真实，不得隐瞒。</p>"
    notice = parse(
        page(f'<h1>登记管理条例</h1><div id="zoom">{line}{articles}</div>', title="登记管理条例")
    )
    assert notice.issuers == ("国务院",)
    assert notice.blocks[0].text.startswith("（2021年7月27日")


ISSUERS = (
    ("工业和信息化部 生态环境部关于开展专项行动的通知", "", ("工业和信息化部", "生态环境部")),
    ("五部门关于开展专项行动的通知", "", ()),
    (
        "五部门关于开展专项行动的通知",
        "<p>工业和信息化部　　生态环境部</p><p>交通运输部 商务部</p><p>市场监管总局</p><p>2026年4月3日</p>",
        ("工业和信息化部", "生态环境部", "交通运输部", "商务部", "市场监管总局"),
    ),
    ("开展专项行动", "<p>生 态 环 境 部</p><p>二〇二六年四月三日</p>", ("生态环境部",)),
    (
        "开展专项行动",
        "<p>交通运输部办公厅（盖章）</p><p>2026年4月3日</p><p>（此件公开发布）</p>",
        ("交通运输部办公厅",),
    ),
    (
        "开展专项行动的通知",
        "<table><tr><td>工业和信息化部</td><td>国家发展改革委</td></tr><tr><td>2026年4月3日</td></tr></table>",
        ("工业和信息化部", "国家发展改革委"),
    ),
    ("开展专项行动", "<p>某市生态环境局 2026年4月3日</p>", ("某市生态环境局",)),
    (
        "开展专项行动",
        "<table><tr><td>某某再生资源有限公司</td><td>2026年1月2日</td></tr></table><p>某市生态环境局</p><p>2026年4月3日</p>",
        ("某市生态环境局",),
    ),
)


@pytest.mark.parametrize(("title", "tail", "expected"), ISSUERS)
def test_issuing_bodies(title: str, tail: str, expected: tuple[str, ...]) -> None:
    notice = parse(page(f'<h1>{title}</h1><div id="zoom">{PROSE}{tail}</div>', title=title))
    assert notice.issuers == expected
    if tail:
        assert notice.dates.signed == date(2026, 4, 3)


def test_reprint_names_the_act_s_issuers_and_not_the_site() -> None:
    title = f"某市民政局 某市财政局{TITLE}"
    table = (
        "<table><tr><td>发布机构：</td><td>某区财政局</td><td>成文日期：</td><td>2026-03-14</td></tr>"
        "<tr><td>文号：</td><td></td><td>发布日期：</td><td>2026-10-15</td></tr></table>"
    )
    notice = parse(page(f'{table}<h1>{title}</h1><div id="zoom">{PROSE}</div>', title=title))
    assert notice.issuers == ("某市民政局", "某市财政局")
    assert notice.document_number is None
    assert notice.dates.signed == date(2026, 3, 14)


def test_source_names_an_office_of_the_ministry_not_the_issuer() -> None:
    metas = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="ContentSource" content="节能与综合利用司">'
    notice = parse(page(f'<h1>{TITLE}</h1><div id="con_con">{PROSE}</div>', metas=metas))
    assert notice.issuers == ()


TITLES = (
    # <title>, metas, printed
    ("通知公告_某省工业和信息化厅", f'<meta name="ArticleTitle" content="{TITLE}">', f"<h3>{TITLE}</h3>"),
    ("通知公告", "", f'<div class="article-title">{TITLE}</div>'),
    (f"{TITLE[:8]}...", "", f"<h1>{TITLE}</h1>"),
    (f"{TITLE}-某省工业和信息化厅", "", ""),
    (f"某省工业和信息化厅 通知公告 | {TITLE}", '<meta name="SiteName" content="某省工业和信息化厅 通知公告">', ""),
    (
        f"{TITLE}_某网", '<meta name="ArticleTitle" content="通知公告"><meta name="ColumnName" content="通知公告">',
        f"<h2>{TITLE}</h2>",
    ),
    (TITLE, "", f"<h1>您访问的链接即将离开门户网站，是否继续？</h1><p><b>{TITLE}</b></p>"),
    ("某省工业和信息化厅", "", f"<ucaptitle>{TITLE}</ucaptitle>"),
)  # fmt: skip


@pytest.mark.parametrize(("page_title", "metas", "printed"), TITLES)
def test_title(page_title: str, metas: str, printed: str) -> None:
    html = page(f'{printed}<div id="zoom">{PROSE}</div>', title=page_title, metas=metas)
    assert parse(html).title == TITLE


def test_dates_are_kept_apart() -> None:
    html = page(
        f'<h1>{TITLE}</h1><p>发布日期：2026-08-26</p><div id="zoom">{PROSE}{SIGNED}</div>',
        metas='<meta name="PubDate" content="2026-08-27 10:00:28">',
    )
    dates = parse_notice(
        html, URL, row=NoticeRef(url=URL, title="", published=date(2026, 8, 25))
    ).dates
    assert (dates.listed, dates.visible, dates.meta, dates.signed) == (
        date(2026, 8, 25),
        date(2026, 8, 26),
        date(2026, 8, 27),
        date(2026, 9, 4),
    )
    assert dates.published == date(2026, 8, 25)


def test_dates_of_effect_are_not_the_date_of_publication() -> None:
    html = page(
        "<ul><li><span>实施日期：</span>2026年10月01日</li><li><span>失效日期：</span>2031年09月30日</li></ul>"
        f'<h1>{TITLE}</h1><div id="zoom">{PROSE}</div>',
        metas='<meta name="PubDate" content="2026-09-12">',
    )
    assert parse(html).dates.published == date(2026, 9, 12)


def test_attachments_wherever_they_stand() -> None:
    middle = f"""<h1>{TITLE}</h1><div class="x_07">{PROSE}
    <p>附件：1.<a href="./W020260911377190349380.pdf">编码规则.pdf</a></p>
    <p><a class="nfw-cms-attachment" href="/attachment/0/1/2.dat" alt="数据表.xlsx">2.数据表.xlsx</a></p>
    <p><img src="/a.jpg"><a href="/pic.jpg">大图</a></p>
    <iframe src="/js/pdf/viewer.html?file=/upload/3.pdf"></iframe></div>
    <ul class="contentLeft0102box"><li><a href="/cms_files/e1.wps?fileName=附件4.征求意见稿.wps"
      title="附件4.征求意见稿.wps"></a></li></ul>
    <div class="fj"><a href="./W020260911377190349380.pdf">下载</a>
    <a href="/module/download/downfile.jsp?filename=251.docx">附件5.docx</a></div>
    <p class="fj"><a href="javascript:void(0)" onclick="openFile('/upload/6.zip')">附件6</a></p>
    <ul><li>附件【<a href="/system/download.jsp?wbfileid=7F">附件7.pdf</a>】已下载<span>3</span>次</li></ul>"""
    notice = parse(page(middle))
    assert [(one.name, one.url.rsplit("/", 1)[-1]) for one in notice.attachments] == [
        ("编码规则.pdf", "W020260911377190349380.pdf"),
        ("2.数据表.xlsx", "2.dat"),
        ("3.pdf", "3.pdf"),
        ("附件4.征求意见稿.wps", "e1.wps?fileName=附件4.征求意见稿.wps"),
        ("附件5.docx", "downfile.jsp?filename=251.docx"),
        ("附件6", "6.zip"),
        ("附件7.pdf", "download.jsp?wbfileid=7F"),
    ]


def test_tables_are_rows_and_layout_tables_are_not() -> None:
    table = (
        "<table><tr><td rowspan='2'>字段</td><td>长度</td></tr><tr><td>24</td></tr>"
        "<tr><td colspan='2'>合计</td></tr></table>"
    )
    notice = parse(page(f'<h1>{TITLE}</h1><div id="zoom">{PROSE}{table}<p>特此通知。</p></div>'))
    tables = [block.rows for block in notice.blocks if block.kind == "table"]
    assert tables == [(("字段", "长度"), ("", "24"), ("合计", ""))]
    assert notice.blocks[-1].text == "特此通知。"


def test_configured_selectors_win_and_are_told() -> None:
    html = page(
        f'<h1>{TITLE}</h1><div class="odd">{PROSE}</div><div id="zoom"><p>{"导读。" * 60}</p></div>'
    )
    notice, used = parse_notice_traced(html, URL, selectors=Selectors(body=".odd"))
    assert used == "configured"
    assert first_and_last(notice)[0] == "各有关单位："
    _, used = parse_notice_traced(html, URL, selectors=Selectors(body=".gone"))
    assert used.startswith("known:")
    _, used = parse_notice_traced(page(f'<h1>{TITLE}</h1><div class="odd">{PROSE}</div>'), URL)
    assert used == "density"


def test_a_box_that_only_a_script_fills_is_not_the_body() -> None:
    html = page(f'<h1>{TITLE}</h1><div id="zoom"><p>加载中</p></div><div class="odd">{PROSE}</div>')
    notice, used = parse_notice_traced(html, URL, selectors=Selectors(body="#zoom"))
    assert used == "density"
    assert first_and_last(notice)[0] == "各有关单位："


def test_a_second_list_of_the_same_files_is_no_text() -> None:
    files = '<ol><li><a href="./P020260730616375447933.doc">规范条件.doc</a></li></ol>'
    html = page(f'<h1>{TITLE}</h1><div id="article-content">{PROSE}{SIGNED}{files}{files}</div>')
    notice = parse(html)
    assert notice.text.count("规范条件.doc") == 1
    assert len(notice.attachments) == 1


def test_alternatives_of_a_selector_are_tried_in_order() -> None:
    inner = f'<div class="wrap"><h1>{TITLE}</h1><p>导语说明文字。</p><div class="odd">{PROSE}</div></div>'
    for selector in (".gone, .odd, .wrap", ".odd,.wrap", "div:is(.a, .odd), .wrap"):
        notice = parse_notice(page(inner), URL, selectors=Selectors(body=selector))
        assert first_and_last(notice)[0] == "各有关单位："


def test_date_of_writing_in_a_table_below_the_title_is_not_the_publication() -> None:
    table = "<table><tr><td><b>成文日期：</b></td><td>2026年07月01日</td></tr></table>"
    html = page(
        f'<h1>{TITLE}</h1>{table}<div id="zoom">{PROSE}</div>',
        metas='<meta name="firstpublishedtime" content="2026-07-13-17:19:00">',
    )
    dates = parse(html).dates
    assert (dates.visible, dates.meta, dates.signed) == (None, date(2026, 7, 13), date(2026, 7, 1))


def test_hints_of_the_row_fill_what_the_page_does_not_say() -> None:
    html = page(f'<h1>{TITLE}</h1><div id="zoom">{PROSE}</div>')
    hints = RowHints(
        document_number="某办〔2026〕4号",
        comment_deadline=date(2026, 10, 14),
        issuer="某省商务厅",
    )
    notice = parse_notice(html, URL, row=NoticeRef(url=URL, title="", hints=hints))
    assert notice.document_number == "某办〔2026〕4号"
    assert notice.comment_deadline == date(2026, 10, 14)
    assert notice.issuers == ("某省商务厅",)


def test_a_second_copy_of_the_text_is_not_the_body() -> None:
    copy = f'<div id="ces" style="display:none">{PROSE}</div>'
    notice = parse(page(f'<h1>{TITLE}</h1><div class="q">{PROSE}</div>{copy}'))
    assert notice.text.count("第一条") == 1


@pytest.mark.parametrize(
    "html", ["", "<", "<html>", "\x00", "<a href='http://[bad'>附件.pdf</a>", "{}", "<p>" * 3000]
)
def test_anything_gives_a_notice(html: str) -> None:
    assert isinstance(parse_notice(html, URL), ParsedNotice)


@pytest.mark.parametrize(
    "carrier",
    [
        "<textarea style='display:none'>{escaped}</textarea><div id='show'></div>",
        '<script>window._CONFIG={{"DETAIL":{{"id":1,"content":{json}}},"TREE":[]}}</script><div id="app"></div>',
    ],
)
def test_body_that_the_page_carries_as_data(carrier: str) -> None:
    markup = PROSE + '<p><a class="nfw-cms-attachment" href="/attachment/1.pdf">附件1.pdf</a></p>'
    middle = carrier.format(escaped=html_escape(markup), json=json.dumps(markup))
    notice, used = parse_notice_traced(page(f"<h1>{TITLE}</h1>{middle}"), URL)
    assert used == "embedded"
    assert first_and_last(notice) == ("各有关单位：", "附件1.pdf")
    assert [one.name for one in notice.attachments] == ["附件1.pdf"]


def test_hundreds_of_tags_left_open_lose_no_text() -> None:
    body = "".join(f"<span>第{n}条 企业应当报送信息。<br>" for n in range(1, 601))
    notice = parse_notice(f"<html><body><h1>{TITLE}</h1><div id='zoom'>{body}</body></html>", URL)
    assert notice.text.endswith("第600条 企业应当报送信息。")


TAGS = (
    "div",
    "p",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "a",
    "span",
    "h1",
    "br",
    "b",
    "iframe",
    "label",
)
WORDS = (
    "发布日期：", "文号", "2026-09-11", "关于编码的通知", "第一条 企业应当编码。", "附件", "某省商务厅", "〔2026〕", "上一篇",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag} class='title' href='/x.pdf' rowspan='99'>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(WORDS),
    st.text(max_size=12),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_raises(html: str) -> None:
    assert isinstance(parse_notice(html, URL), ParsedNotice)
    find_rows(html, URL)
    removal_text(html)
    challenge_marks(html)
    detect(html, URL, {})


@pytest.mark.timeout(60)
def test_time_is_bounded_on_large_pages() -> None:
    rows = "".join(
        f"<li><a href='/c/{n}.html'>关于第{n}号事项的通知</a><i>2026-09-11</i></li>"
        for n in range(4000)
    )
    nested = "<table><tr><td>" * 150 + PROSE * 200
    assert len(find_rows(page(f"<ul>{rows}</ul>"), URL).rows) == 4000
    for html in (page(f"<ul>{rows}</ul>"), page(nested), page("<b>" * 900 + PROSE * 100)):
        assert parse_notice(html, URL).blocks
        find_rows(html, URL)


HOT = "".join(
    f"<li><a href='/hot/{{0}}{n}.html'>热点新闻标题第{{0}}{n}条</a></li>" for n in range(8)
)
NOISY = {
    "around the body": f"""<div>今天是{{now}} 星期五</div><h1>{TITLE}</h1>
      <div class="m">发布时间：2026-09-09　阅读：{{n}}次</div><div class="b">{PROSE}{SIGNED}</div>
      <div>点赞({{n}})　收藏 {{n}}</div><div><h3>最新公告</h3><ul>{HOT}</ul></div>
      <p>页面生成时间：{{now}} 10:{{n}}:00</p><p>更新时间：{{now}}</p>""",
    "inside one box": f"""<div class="all"><h2>{TITLE}</h2><p>发布时间：2026-09-09 浏览次数：{{n}} 打印时间：{{now}}</p>
      {PROSE}{SIGNED}<p>已有{{n}}人浏览</p><p>本页访问量：{{n}}</p><div class="share-{{n}}">分享到：微信 微博</div>
      <h3>热门文章</h3><ul>{HOT}</ul><p>打印时间：{{now}} 10:{{n}}</p></div>""",
    "a table for everything": f"""<table><tr><td>日期：{{now}} 星期五</td></tr><tr><td><h1>{TITLE}</h1></td></tr>
      <tr><td>发布日期：2026-09-09 点击数：{{n}}</td></tr><tr><td>{PROSE}{SIGNED}</td></tr>
      <tr><td>浏览 {{n}} 次</td></tr><tr><td><ul>{HOT}</ul></td></tr></table>""",
}  # fmt: skip


@pytest.mark.parametrize("name", NOISY)
def test_counters_clocks_and_hot_lists_change_nothing(name: str) -> None:
    url = "https://www.example.gov.cn/c/1003.html"
    seen = {
        parse_notice(page(NOISY[name].replace("{0}", str(n)).format(n=n, now=now)), url)
        for n, now in ((12, "2026-09-11"), (9999, "2026年11月23日"), (10345, "2027-01-02"))
    }
    assert len(seen) == 1
    notice = seen.pop()
    assert notice.dates.visible == date(2026, 9, 9)
    assert first_and_last(notice) == ("各有关单位：", "2026年9月4日")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["a", "（", "[", "〔2026", "<record>", "<!--", "<a href=x.pdf>", "文号：", "<td>"]
)
def test_no_text_makes_a_pattern_run_wild(unit: str) -> None:
    many = unit * (8000 // len(unit))
    html = f"<html><title>{many}</title><body><h1>{many}</h1><ul><li><a href='/{many}' title='{many}'>{many}</a><i>2026-09-11</i></li></ul><div>{many}</div>"
    assert detect(html, URL, {}).kind in {"list", "notice", "home"}
