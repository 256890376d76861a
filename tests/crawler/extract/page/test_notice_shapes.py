"""Notices in the shapes that other content systems give them, each among page furniture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest

from crawler.discovery.discover import detect

URL = "http://gxt.example.gov.cn/show/1.html"
FRAME = """<html><head><title>{title}</title></head><body>{logo}<div class="position">当前位置：
<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div><div class="wrap">{page}</div>
<div class="share">分享到：<a href="#">微信</a></div><div class="footer">主办单位：某厅
网站标识码：3700000036 鲁ICP备05001234号</div></body></html>"""
LOGO = '<div class="head"><h1><a href="/">某省工业和信息化厅</a></h1></div>'
BODY = [
    "各市工业和信息化局，各有关企业：",
    "为加强动力蓄电池回收利用管理，根据工信部节〔2023〕15号等规定，现将有关事项通知如下。",
    "一、落实主体责任。汽车生产企业应当建立动力蓄电池回收渠道，负责回收废旧动力蓄电池。",
    "二、加强溯源管理。各有关企业应当自2026年12月1日起，在三十个工作日内报送溯源信息。",
    "三、强化监督检查。对违反规定的，责令限期改正；逾期不改正的，处一万元以上三万元以下罚款。",
]
SIGNED = ["某省工业和信息化厅", "2026年11月18日"]
TITLE = "关于加强动力电池回收利用管理的通知"
RELATED = (
    '<div class="related"><h3>相关阅读</h3><ul><li><a href="/jd/1.html">《通知》政策解读</a>'
    '<i>2026-11-20</i></li><li><a href="/jd/2.html">一图读懂回收利用</a><i>2026-11-21</i></li></ul></div>'
)


def ps(*lines: str, fmt: str = "<p>{}</p>") -> str:
    return "".join(fmt.format(line) for line in lines)


@dataclass(frozen=True, kw_only=True)
class Case:
    page: str
    title: str = TITLE
    head: str = TITLE  # <title>
    logo: str = ""
    number: str | None = None
    issuers: tuple[str, ...] = ("某省工业和信息化厅",)
    first: str = BODY[0]
    last: str = SIGNED[-1]
    files: tuple[str, ...] = ()


CASES = {
    "a title marked by type size only, in the body's table": Case(
        head="某市环境保护局网站",
        page=f"<table><tr><td><font size=5><b>{TITLE}</b></font></td></tr><tr><td>发布人：管理员　"
        "发布时间：2026/11/20 9:20:11　点击次数：88</td></tr><tr><td>"
        + "<br><br>".join(BODY + SIGNED)
        + "</td></tr></table>",
    ),
    "the site's name in the first heading": Case(
        head="某省工业和信息化厅", logo=LOGO,
        page=f"<h2>{TITLE}</h2><p>2026年11月20日 10:12　来源：厅办公室</p><div class='c'>"
        + ps(*BODY, *SIGNED) + "</div>",
    ),
    "a title over two lines inside the body's box": Case(
        title=f"某省工业和信息化厅{TITLE}", head=f"某省工业和信息化厅{TITLE}",
        page=f"<div class='content'><h3>某省工业和信息化厅<br>{TITLE}</h3>"
        "<div>2026-11-20 08:00 | 作者：节能处 | 来源：本站</div><div>"
        + ps(*BODY, *SIGNED) + "</div></div>",
    ),
    "several labels in one line": Case(
        number="某工信节〔2026〕3号",
        page=f"<div class='t'><h1>{TITLE}</h1></div><div>索引号：X1/2026-1　发文字号：某工信节〔2026〕3号"
        "　发布日期：2026-11-20</div><div class='zoom'>" + ps(*BODY, *SIGNED) + "</div>",
    ),
    "labels over their values": Case(
        number="某工信〔2026〕8号", last=BODY[-1],
        page="<table><tr><th>索引号</th><th>发布机构</th><th>发布日期</th><th>文号</th></tr><tr>"
        "<td>X/2026-1</td><td>某省工业和信息化厅</td><td>2026-11-20</td><td>某工信〔2026〕8号</td></tr>"
        f"</table><div class='title'>{TITLE}</div><div class='c'>{ps(*BODY)}</div>",
    ),
    "labels as terms and definitions": Case(
        issuers=("省工业和信息化厅",), last=BODY[-1],
        page="<dl><dt>索引号</dt><dd>X/2026-1</dd><dt>发布机构</dt><dd>省工业和信息化厅</dd><dt>文号"
        f"</dt><dd>-</dd><dt>公开日期</dt><dd>2026-11-20</dd></dl><h3>{TITLE}</h3><div>{ps(*BODY)}</div>",
    ),
    "an order of several ministries, signed by persons": Case(
        number="令第73号", last="第二条　自2026年4月1日起施行。",
        issuers=("中华人民共和国工业和信息化部", "中华人民共和国生态环境部"),
        first="中华人民共和国工业和信息化部",
        page=f"<h2>{TITLE}</h2><p>时间：2026-11-20　来源：节能司</p><div id='con_con'>"
        + ps("中华人民共和国工业和信息化部", "中华人民共和国生态环境部", "令", "第73号",
             "《办法》已经2025年12月3日部务会议审议通过，现予公布，自2026年4月1日起施行。",
             "工业和信息化部部长　张三", "生态环境部部长　李四", "2026年1月15日", "办法",
             "第一条　为了规范回收利用，制定本办法。", "第二条　自2026年4月1日起施行。") + "</div>",
    ),
    "five bodies over two lines, and a file below": Case(
        number="某工信联节〔2026〕77号", first="某工信联节〔2026〕77号", last="附件：行动方案.pdf",
        issuers=("某省工业和信息化厅", "某省生态环境厅", "某省交通运输厅", "某省商务厅",
                 "某省市场监督管理局"),
        files=("附件：行动方案.pdf",),
        page=f"<h1>{TITLE}</h1><p>发布日期：2026-11-20　浏览量：3321</p><div>"
        + ps("某工信联节〔2026〕77号", *BODY, "某省工业和信息化厅　某省生态环境厅",
             "某省交通运输厅　某省商务厅　某省市场监督管理局", "2026年11月18日")
        + "<p><a href='./P020261120.pdf'>附件：行动方案.pdf</a></p></div>",
    ),
    "news beside related news": Case(
        issuers=(), first="本报讯　", last="对其梯次利用生产线给予肯定。",
        page=f"<h1>{TITLE}</h1><div>2026-11-20 10:12 来源：某省日报</div><div>"
        + ps("本报讯　11月19日，推进会在某市召开。会议强调，要完善回收体系，强化溯源管理。",
             "与会代表实地考察了某某公司，对其梯次利用生产线给予肯定。") + f"</div>{RELATED}",
    ),
    "comments longer than the notice": Case(
        page=f"<article><h1>{TITLE}</h1><time>2026-11-20</time><section>{ps(*BODY, *SIGNED)}</section>"
        "<section class='comment-list'>" + ps("我认为期限过短，企业难以完成报送，建议延长，谢谢。",
                                              "支持！希望尽快出台，规范市场，保护环境，保障安全。") * 6
        + "</section></article>",
    ),
    "files without an ending and behind scripts": Case(
        files=("企业名单", "申报书.pdf"),
        page=f"<h1>{TITLE}</h1><div>发布时间：2026-11-20</div><div class='zoom'>{ps(*BODY)}<p>附件：1. "
        "<a href='/cms/download?attachId=88'>企业名单</a></p>" + ps(*SIGNED) + "</div><div class='down'>"
        "<a href='#' onclick=\"downloadFile('/upload/a.pdf','x')\">申报书.pdf</a></div>",
    ),
    "a page that is data for its script": Case(
        head="某市政府信息公开平台", number="某工信〔2026〕9号", first="某工信〔2026〕9号",
        page="<div id='app'></div><script>window._CONFIG = {DETAIL: "
        + json.dumps({"title": TITLE, "content": ps("某工信〔2026〕9号", *BODY, *SIGNED),
                      "document_number": "某工信〔2026〕9号", "display_publish_time": "2026-11-20"})
        + "}</script>",
    ),
    "a number before the title": Case(
        title=f"某政发〔2026〕5号 {TITLE}", head=f"某政发〔2026〕5号 {TITLE}", number="某政发〔2026〕5号",
        page=f"<h1>某政发〔2026〕5号 {TITLE}</h1><p>发布日期：2026年11月20日 14时30分</p><div id='zoom'>"
        + ps(*BODY, *SIGNED) + "</div>",
    ),
    "headers and footers inside the article": Case(
        page=f"<article><header><h1>{TITLE}</h1><p>发布于 <time>2026年11月20日</time></p></header>"
        + ps(*BODY, *SIGNED) + "<footer>责任编辑：李四</footer></article><aside><ul>"
        + "".join(f"<li><a href='/p/{n}.html'>关于其他事项的第{n}号公告</a><i>2026-11-{n + 10}</i></li>"
                  for n in range(8)) + "</ul></aside>",
    ),
    "a pager inside the text": Case(
        page=f"<h1>{TITLE}</h1><p>发布日期：2026-11-20</p><div id='zoom'>{ps(*BODY, *SIGNED)}<div>"
        "<a href='1.html'>1</a><a href='2.html'>2</a><a href='2.html'>下一页</a></div></div>",
    ),
    "an imprint below": Case(
        number="某工信规〔2026〕3号", first="某工信规〔2026〕3号", last="2026年11月19日印发",
        page=f"<h1>{TITLE}</h1><p>发布日期：2026-11-20</p><div id='zoom'>"
        + ps("某工信规〔2026〕3号", *BODY, *SIGNED, "（此件公开发布）", "实施细则",
             "第一条　为规范管理，制定本细则。", "某省工业和信息化厅办公室　　2026年11月19日印发")
        + "</div>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_a_notice_says(name: str) -> None:
    case = CASES[name]
    page = FRAME.format(title=case.head, logo=case.logo, page=case.page)
    found = detect(page, URL, {})
    assert found.kind == "notice"
    notice = found.notice
    assert notice is not None
    assert notice.title == case.title
    assert notice.dates.published == date(2026, 11, 20)
    assert notice.document_number == case.number
    assert notice.issuers == case.issuers
    assert notice.text.startswith(case.first.strip("　"))
    assert notice.text.endswith(case.last.replace("　", " "))
    assert tuple(link.name for link in notice.attachments) == case.files
    furniture = ("网站标识码", "分享到", "相关阅读", "浏览量", "点击次数", "支持！希望", "索引号")
    assert not [word for word in furniture if word in notice.text]


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "()", "（）", "【】", "﹝﹞", "［］"])
def test_a_number_in_any_brackets(brackets: str) -> None:
    number = f"某环函{brackets[0]}2026{brackets[1]}7号"
    page = f"<h1>{TITLE}</h1><p>发布时间：2026-11-20</p><div>{ps(number, *BODY, *SIGNED)}</div>"
    notice = detect(FRAME.format(title=TITLE, logo="", page=page), URL, {}).notice
    assert notice is not None
    assert notice.document_number == number
