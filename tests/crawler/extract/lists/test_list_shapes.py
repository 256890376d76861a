"""Lists in the shapes that columns of other content systems have, each among page furniture."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from crawler.discovery.discover import detect

URL = "http://gxt.example.gov.cn/zwgk/tzgg/index.html"
TODAY = date(2026, 11, 26)
TITLES = [
    "关于印发动力电池回收利用管理办法的通知", "2026年第5号公告", "某省工业和信息化厅关于召开座谈会的通知",
    "关于征求规范条件（征求意见稿）意见的函", "关于2026年10月1日起施行的标准的公告",
    "关于公布第三批企业名单的公告", "关于调整行政许可事项的通告", "关于废止部分规范性文件的决定",
]  # fmt: skip
DAYS = [date(2026, 11, 25) - timedelta(days=3 * number) for number in range(len(TITLES))]
ROWS = list(zip(TITLES, DAYS, strict=True))
NUMBERED = [(n, title, day) for n, (title, day) in enumerate(ROWS)]
FRAME = """<html><head><title>通知公告</title></head><body><div class="nav"><a href="/">首页</a>
<a href="/zwgk/">政务公开</a></div>{}<div class="footer">主办：某厅 2026-11-26
<a href="http://www.gov.cn/">中国政府网</a></div></body></html>"""


def each(row: str) -> str:
    """The row's template filled for every notice."""
    return "".join(
        row.format(n=n, t=t, d=d, ymd=f"{d:%Y%m%d}", md=f"{d:%m-%d}", day=d.day, ym=f"{d:%Y-%m}")
        for n, t, d in NUMBERED
    )


LINK = '<a href="./202611/t{ymd}_{n}.html">{t}</a>'
TAB = '<ul class="l" style="display:{0}">{1}</ul>'

SHAPES = {
    "a tab that is shown and tabs that are not": TAB.format(
        "block", each(f"<li>{LINK}<span>{{d}}</span></li>")
    )
    + TAB.format("none", "<li><a href='/b/t20260101_1.html'>另一栏的通知</a><i>2026-01-01</i></li>" * 2)
    + TAB.format("none", "<li><a href='/c/t20260102_1.html'>第三栏的通知</a><i>2026-01-02</i></li>" * 2),
    "a hidden box with other dates": "<table>"
    + each(f"<tr><td>{LINK}<div style='display:none'>成文日期：2026-01-0{{n}}</div></td>"
           "<td>{d}</td></tr>")
    + "</table>",
    "day and month in blocks, dates in the abstract": "<ul>"
    + each("<li><div><b>{day}</b><i>{ym}</i></div><div><h3><a href='/c/{n}7001.html'>{t}</a></h3>"
           "<p>根据2023年5月1日的要求，请于2026年12月1日前报送有关材料和统计表。</p></div></li>")
    + "</ul>",
    "column, title, explanations and one date": "<ul>"
    + each(f"<li>[<a href='/zwgk/tzgg/'>通知公告</a>]{LINK}"
           "<a href='/jd/t{ymd}_5{n}.html'>文字解读</a>"
           "<a href='/jd/t{ymd}_6{n}.html'>图解：一图读懂政策要点</a><em>{d}</em></li>")
    + "</ul>",
    "an explanation named after the notice": each(
        f"<div class='b'><p>{LINK}</p><p>发布时间：{{d}}</p>"
        "<p>相关解读：<a href='/jd/t20261101_{n}.html'>《{t}》政策解读</a></p></div>"
    ),
    "several labelled dates": each(
        f"<div class='r'><div>{LINK}</div><div><span>发文字号：某工信〔2026〕1号</span>"
        "<span>成文日期：2026年1月1日</span><span>发布日期：{d}</span></div></div>"
    ),
    "a table whose header names the dates": "<table><tr><th>标题</th><th>截止日期</th>"
    "<th>发布日期</th></tr>" + each(f"<tr><td>{LINK}</td><td>2026-12-30</td><td>{{d}}</td></tr>")
    + "</table>",
    "a period of consultation inside the link": "<ul>"
    + each("<li><a href='/yjzj/{n}8100.html'><span>征集中</span><h5>{t}</h5>"
           "<p>征集时间：{d} 至 2026-12-30</p></a></li>")
    + "</ul>",
    "a forum": "<table>"
    + each("<tbody><tr><th>[<a href='forum.php?fid=2'>通知</a>]"
           "<a href='thread-{n}5000-1-1.html'>{t}</a></th><td><a href='space-1.html'>管理员</a>"
           "<em>{d}</em></td><td><a href='space-2.html'>访客姓名</a><em>"
           "<a href='forum.php?goto=lastpost&tid={n}'>2026-11-26 10:00</a></em></td></tr></tbody>")
    + "</table>",
    "the year as a heading": "<h3>2026年</h3><ul>"
    + each("<li><a href='/zc/{n}2000.html'>{t}</a><span>{md}</span></li>")
    + "</ul>",
    "no year at all": "<ul>" + each("<li><span>{md}</span><a href='/info/{n}.htm'>{t}</a></li>")
    + "</ul>",
    "data for a script": "<div id='list'></div><script>var rows = "
    + json.dumps([{"title": t, "url": f"/c/{n}.html", "pubDate": f"{d} 10:00"}
                  for n, t, d in NUMBERED])
    + ";</script>",
    "data for a script beside hot news": "<div class='sidebar'><ul>"
    + "".join(f"<li><a href='/x/{n}9000.html'>热点新闻报道之{n}</a><i>2026-01-0{n + 1}</i></li>"
              for n in range(5))
    + "</ul></div><script>render("
    + json.dumps({"list": [{"docTitle": t, "docLink": f"/c/{n}.html", "relTime": str(d)}
                           for n, t, d in NUMBERED]})
    + ")</script>",
    "a longer side column": "<div class='left sidebar'><ul>"
    + "".join(f"<li><a href='/x/{n}9000.html'>热点新闻报道之{n}</a><i>2026-10-0{n % 9 + 1}</i></li>"
              for n in range(14))
    + f"</ul></div><div><ul>{each(f'<li>{LINK}<span>{{d}}</span></li>')}</ul></div>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rows_of_a_list(shape: str) -> None:
    found = detect(FRAME.format(SHAPES[shape]), URL, {}, TODAY)
    assert found.kind == "list"
    assert found.found is not None
    assert [(row.title, row.published) for row in found.found.rows] == ROWS


def test_days_stand_under_their_month() -> None:
    page = (
        "<h4>2026年11月</h4><ul><li><em>25日</em><a href='/n/x20001.html'>关于第一项的通知</a></li>"
        "<li><em>2日</em><a href='/n/x20002.html'>关于第二项的通知</a></li></ul>"
        "<h4>2026年10月</h4><ul><li><em>30日</em><a href='/n/x20003.html'>关于第三项的通知</a></li></ul>"
    )
    found = detect(FRAME.format(page), URL, {}, TODAY).found
    assert found is not None
    days = [row.published for row in found.rows]
    assert days == [date(2026, 11, 25), date(2026, 11, 2), date(2026, 10, 30)]


def test_a_title_of_two_characters_is_a_title() -> None:
    page = "<ul>" + each(f"<li>{LINK}<span>{{d}}</span></li>").replace(TITLES[3], "启事") + "</ul>"
    found = detect(FRAME.format(page), URL, {}, TODAY).found
    assert found is not None
    assert [row.title for row in found.rows][3] == "启事"


def test_a_json_answer_is_read_like_a_page() -> None:
    answer = json.dumps({"data": [{"FILENAME": t, "TITLE": t, "URL": f"./t{d:%Y%m%d}_{n}.html",
                                   "PUBDATE": str(d)} for n, t, d in NUMBERED]})  # fmt: skip
    found = detect(answer, "http://jxt.example.gov.cn/gk/zcwj.json", {})
    assert found.found is not None
    assert [(row.title, row.published) for row in found.found.rows] == ROWS
