"""Lists of every build seen: the same three notices must come out of each."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlsplit

import pytest

from config.model import Selectors
from crawler.extract.lists.list_finder import find_lists
from crawler.extract.lists.list_rows import ListResult, find_rows
from domain.records.observation import RowHints
from domain.records.reason import reason

URL = "https://www.example.gov.cn/zwgk/tzgg/index.html"
A = "关于印发动力电池编码规则的通知"
B = "关于公开征求废旧动力电池贮存规范意见的函"
C = "关于公布符合规范条件企业名单（第三批）的公告"
ADDRESSES = (
    "./202609/t20260911_1003.html",
    "./202608/t20260820_1002.html",
    "./202512/t20251205_1001.html",
)
DAYS = (date(2026, 9, 11), date(2026, 8, 20), date(2025, 12, 5))
PLAIN = ("/c/a1003.html", "/c/a1002.html", "/c/a1001.html")


def page(rows: str, *, before: str = "", after: str = "") -> str:
    return f"""<html><head><title>通知公告_某厅</title></head><body>
    <div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开信息</a></li>
    <li><a href="/hdjl/">互动交流平台</a></li></ul></div>
    <div class="crumb">您现在的位置：<a href="/">网站首页</a> &gt; <a href="/zwgk/">政务公开</a></div>
    {before}<div class="main">{rows}</div>{after}
    <div class="pages"><a href="index_1.html">下一页</a><a href="index_9.html">末页到底</a></div>
    <div class="footer"><ul><li><a href="/about.html">关于我们网站</a> 2024-01-01</li></ul>
    版权所有 更新时间：2026-09-12</div></body></html>"""


def check(result: ListResult, days: tuple[date | None, ...] = DAYS) -> None:
    assert [row.title for row in result.rows] == [A, B, C]
    assert [row.published for row in result.rows] == list(days)


def each(template: str, addresses: tuple[str, ...] = PLAIN, **parts: tuple[str, ...]) -> str:
    out = []
    for number, (title, address) in enumerate(zip((A, B, C), addresses, strict=True)):
        out.append(
            template.format(
                t=title,
                u=address,
                short=title[:9] + "...",
                d=DAYS[number].isoformat(),
                day=f"{DAYS[number].day:02d}",
                md=f"{DAYS[number]:%m-%d}",
                ym=f"{DAYS[number]:%Y-%m}",
                y=DAYS[number].year,
                cn=f"{DAYS[number].year}年{DAYS[number].month}月{DAYS[number].day}日",
                slash=f"{DAYS[number]:%Y/%m/%d}",
                dot=f"{DAYS[number]:%Y.%m.%d}",
                n=number + 1,
            )
        )
    return "\n".join(out)


ROWS = {
    "date behind": "<ul>" + each('<li><a href="{u}">{t}</a><span>{d}</span></li>') + "</ul>",
    "date before": "<ul>" + each('<li><span>{d}</span><a href="{u}">{t}</a></li>') + "</ul>",
    "full title in the attribute": "<ul>"
    + each('<li><a href="{u}" title="{t}">{short}</a><i>[{d}]</i></li>')
    + "</ul>",
    "attribute on an inner element": "<ul>"
    + each('<li><a href="{u}"><font title="{t}">{short}</font></a><i>({d})</i></li>')
    + "</ul>",
    "inside the anchor": "<ul>"
    + each('<li><a href="{u}"><span class="news-title">{t}</span><em>{d}</em></a></li>')
    + "</ul>",
    "heading and summary inside the anchor": each(
        '<div class="item"><a href="{u}"><h3>{t}</h3><p>为了落实2024年1月1日的部署，特此。</p>'
        "<span>{d}</span></a></div>"
    ),
    "in the text of the anchor": "<ul>" + each('<li><a href="{u}">{t} [{d}]</a></li>') + "</ul>",
    "definition list": "<dl>" + each('<dt><a href="{u}">{t}</a></dt><dd>{d}</dd>') + "</dl>",
    "date in the next li": each(
        '<ul class="l"><li class="content"><a href="{u}">{t}</a></li><li class="time">{d}</li></ul>'
    ),
    "date in the next li, one list": "<ul>"
    + each('<li class="content"><a href="{u}">{t}</a></li><li class="time">{d}</li>')
    + "</ul>",
    "table with a head": "<table><tr><th>序号</th><th>名称</th><th>发布日期</th></tr>"
    + each('<tr><td>{n}</td><td><a href="{u}">{t}</a></td><td>{cn}</td></tr>')
    + "</table>",
    "a table a row": each(
        '<table width="100%"><tr><td>·</td><td><a href="{u}">{t}</a></td><td>{slash}</td></tr></table>'
    ),
    "separated by br": "<div>" + each('·<a href="{u}">{t}</a> {dot}<br>') + "</div>",
    "only in an attribute": "<ul>"
    + each('<li><a href="{u}">{t}</a><b readlabel="{d}"></b></li>')
    + "</ul>",
    "broken over lines": "<ul>"
    + each('<li><a href="{u}">{t}</a><span>{y}-<br>{md}</span></li>')
    + "</ul>",
    "day and month apart": "<ul>"
    + each(
        '<li><div class="date"><b>{day}</b><span>{ym}</span></div>'
        '<h4><a href="{u}">{t}</a></h4><p>摘要文字摘要文字。<a href="{u}">[详细内容]</a></p></li>'
    )
    + "</ul>",
    "day and month and year apart": "<ul>"
    + each('<li><a href="{u}">{t}</a><p><span>{md}</span><em>{y}</em></p></li>')
    + "</ul>",
    "paragraphs": each('<p><a href="{u}">{t}</a><span>（{d}）</span></p>'),
    "category link first": "<ul>"
    + each('<li>[<a href="/zwgk/">综合规划处</a>] <a href="{u}">{t}</a><em>{d}</em></li>')
    + "</ul>",
    "download link behind": "<ul>"
    + each('<li><a href="{u}">{t}</a><em>{d}</em> <a href="/d/{n}.pdf">下载文件</a></li>')
    + "</ul>",
    "deep wrapping": each(
        '<div class="card"><div><div><h2><a href="{u}">{t}</a></h2></div><div><p>{d}</p></div></div></div>'
    ),
    "groups of rows": "<ul class='g'>"
    + each('<li><a href="{u}">{t}</a><span>{d}</span></li>').replace("\n", "</ul><ul class='g'>")
    + "</ul>",
    "script address": "<ul>"
    + each("<li><a href=\"javascript:;\" onclick=\"window.open('{u}')\">{t}</a><i>{d}</i></li>")
    + "</ul>",
    "related links nested": "<ul>"
    + each(
        '<li><a href="{u}">{t}</a><div><h3>相关解读</h3><ul><li><a href="/jd/x{n}1.html">'
        '一图读懂：这份文件说了什么重要的事情</a></li><li><a href="/jd/x{n}2.html">答记者问全文</a></li></ul></div>'
        "<span>{d}</span></li>"
    )
    + "</ul>",
    "state before the title": "<ul>"
    + each('<li><a href="{u}"><span class="title">[进行中] - {t}</span><u>{d}</u></a></li>')
    + "</ul>",
    "pinned mark": "<ul>" + each('<li><a href="{u}">【置顶】{t}</a><u>{d}</u></li>') + "</ul>",
    "document number column": "<table>"
    + each('<tr><td><a href="{u}">{t}</a></td><td>工信部节〔2026〕{n}号</td><td>{d}</td></tr>')
    + "</table>",
    "eight digits": "<ul>"
    + each('<li><a href="{u}">{t}</a><span>{d}</span></li>').replace("<span>2026-09-11", "<span>20260911")
    + "</ul>",
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_every_build_of_a_list(name: str) -> None:
    result = find_rows(page(ROWS[name]), URL)
    check(result)
    assert result.used == "fallback:rows"


def test_addresses_are_made_absolute() -> None:
    result = find_rows(
        page("<ul>" + each('<li><a href="{u}">{t}</a><i>{d}</i></li>', ADDRESSES) + "</ul>"), URL
    )
    assert result.rows[0].url == "https://www.example.gov.cn/zwgk/tzgg/202609/t20260911_1003.html"


@pytest.mark.parametrize(
    "addresses",
    [
        ADDRESSES,
        (
            "/art/2026/9/11/art_1_3.html",
            "/art/2026/8/20/art_1_2.html",
            "/art/2025/12/5/art_1_1.html",
        ),
        (
            "/zxxx/20260911/0123456789abcdef0123456789abcdef.html",
            "/zxxx/20260820/0123456789abcdef0123456789abcdee.html",
            "/zxxx/20251205/0123456789abcdef0123456789abcded.html",
        ),
    ],
)
def test_dates_that_stand_only_in_the_address(addresses: tuple[str, ...]) -> None:
    rows = "<ul>" + each('<li><a href="{u}">{t}</a></li>', addresses) + "</ul>"
    check(find_rows(page(rows), URL))


def test_year_of_month_and_day_from_the_address() -> None:
    rows = "<ul>" + each('<li><a href="{u}">{t}</a><span>{md}</span></li>', ADDRESSES) + "</ul>"
    check(find_rows(page(rows), URL))


def test_month_and_day_without_any_year_give_no_date() -> None:
    rows = "<ul>" + each('<li><a href="{u}">{t}</a><span>{md}</span></li>') + "</ul>"
    check(find_rows(page(rows), URL), (None, None, None))
    check(find_rows(page(rows), URL, today=date(2026, 9, 12)))


def test_side_columns_and_frame_are_not_the_list() -> None:
    side = (
        '<div class="aside"><ul>'
        + "".join(
            f'<li><a href="/rd/{n}.html">热点新闻报道标题{n}</a><span>2026-09-0{n}</span></li>'
            for n in range(1, 6)
        )
        + "</ul></div>"
    )
    rows = "<ul>" + each('<li><a href="{u}">{t}</a><span>{d}</span></li>') + "</ul>"
    check(find_rows(page(rows, before=side, after=side.replace("/rd/", "/re/")), URL))


def test_a_single_row_is_a_list() -> None:
    rows = f'<ul><li><a href="/c/a1.html">{A}</a><span>2026-09-11</span></li></ul>'
    result = find_rows(page(rows), URL)
    assert [(row.title, row.published) for row in result.rows] == [(A, date(2026, 9, 11))]


def test_date_in_a_title_is_not_the_date_of_the_row() -> None:
    rows = (
        "<ul><li><a href='/c/1.html'>关于2024年3月1日起施行新规定的公告</a><span>2026-09-11</span></li>"
        "<li><a href='/c/2.html'>关于2023年度评价结果（2024-05-06）的公告</a><span>2026-09-10</span></li></ul>"
    )
    result = find_rows(page(rows), URL)
    assert [row.published for row in result.rows] == [date(2026, 9, 11), date(2026, 9, 10)]
    assert result.rows[1].title == "关于2023年度评价结果（2024-05-06）的公告"


def test_two_rows_in_one_table_row() -> None:
    cell = '<td><a href="/c/{0}.html">第{0}号关于有关事项的通知</a></td><td>2026-09-{0}</td>'
    rows = "".join(f"<tr>{cell.format(n)}{cell.format(n + 1)}</tr>" for n in (11, 13, 15))
    result = find_rows(page(f"<table>{rows}</table>"), URL)
    assert [row.published.day for row in result.rows if row.published] == [11, 12, 13, 14, 15, 16]


def test_newlines_in_a_title_attribute_collapse() -> None:
    rows = '<ul><li><a href="/c/1.html" title="关于出口\n转内销的通知\n（征求意见稿）">关于出口…</a><i>2026-09-11</i></li></ul>'
    assert find_rows(page(rows), URL).rows[0].title == "关于出口转内销的通知（征求意见稿）"


def test_rows_in_a_comment_count_only_without_live_rows() -> None:
    rows = each('<li><a href="{u}">{t}</a><b>{d}</b></li>')
    hidden = find_rows(page(f"<ul><!-- {rows} --></ul>"), URL)
    check(hidden)
    assert hidden.used == "commented"
    live = '<ul><li><a href="/c/9.html">关于另一件事情的通知</a><b>2026-09-12</b></li></ul>'
    both = find_rows(page(f"{live}<ul><!-- {rows} --></ul>"), URL)
    assert (both.used, len(both.rows)) == ("fallback:rows", 1)


def test_embedded_records() -> None:
    records = "".join(
        f"<record><![CDATA[{row}]]></record>"
        for row in each('<li><a href="{u}" title="{t}">{short}</a><span>{d}</span></li>').split(
            "\n"
        )
    )
    html = page(
        f'<div id="7"><script type="text/xml"><datastore><recordset>{records}'
        "<record><![CDATA[<li><span>没有链接</span></li>]]></record></recordset></datastore></script></div>"
    )
    result = find_rows(html, URL)
    check(result)
    assert result.used == "fallback:datastore"


def test_configured_selectors_and_what_replaces_them() -> None:
    html = page(
        "<section>" + each('<div class="r"><a href="{u}">{t}</a><q>{d}</q></div>') + "</section>"
    )
    configured = find_rows(html, URL, selectors=Selectors(row="div.r", link="a", date="q"))
    check(configured)
    assert configured.used == "configured"
    broken = find_rows(html, URL, selectors=Selectors(row="li.gone"))
    check(broken)
    assert broken.used == "fallback:rows"
    assert broken.note == reason("source.selector_missed", selector="'li.gone'")


def test_configured_rows_whose_date_stands_beside_or_only_in_the_address() -> None:
    beside = page(ROWS["date in the next li, one list"])
    found = find_rows(beside, URL, selectors=Selectors(row="li.content"))
    check(found)
    assert found.used == "configured"
    plain = page("<ul>" + each('<li class="k"><a href="{u}">{t}</a></li>', ADDRESSES) + "</ul>")
    check(find_rows(plain, URL, selectors=Selectors(row="li.k")))


def test_a_wide_selector_does_not_bring_menus() -> None:
    rows = "<ul>" + each('<li><a href="{u}">{t}</a><i>{d}</i></li>') + "</ul>"
    menu = "".join(f"<li><a href='/m{n}/'>栏目名称之{n}</a></li>" for n in range(5))
    found = find_rows(
        page(rows, before=f"<ul>{menu}</ul>"), URL, selectors=Selectors(row=".main li, ul li")
    )
    assert {A, B, C} <= {row.title for row in found.rows}
    assert not [row for row in found.rows if row.title.startswith("栏目")]


def test_a_selector_that_only_finds_undated_links_gives_way() -> None:
    rows = "<ul>" + each('<li><a href="{u}">{t}</a><i>{d}</i></li>') + "</ul>"
    found = find_rows(page(rows), URL, selectors=Selectors(row=".nav li"))
    check(found)
    assert found.used == "fallback:rows"


def test_a_selector_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="ul > > li"):
        find_rows(page(""), URL, selectors=Selectors(row="ul > > li"))


def test_hints_of_a_row() -> None:
    rows = (
        '<ul><li><a href="/c/1.html">[进行中] 公开征求行业规范条件的意见</a><i>2026-09-04</i>'
        '<span class="endtime" style="display:none">1791993600000</span></li></ul>'
        "<table><tr><td></td></tr></table>"
    )
    row = find_rows(page(rows), URL).rows[0]
    assert row.hints == RowHints(comment_deadline=date(2026, 10, 14), status="进行中")
    number = find_rows(page(ROWS["document number column"]), URL).rows[0]
    assert number.hints.document_number == "工信部节〔2026〕1号"


def test_no_rows() -> None:
    result = find_rows("<html><body><p>系统维护中</p></body></html>", URL)
    assert (result.rows, result.used) == ((), "none")
    assert result.note == reason("source.no_dated_link")


def test_lists_of_a_home_page_are_kept_apart() -> None:
    blocks = "".join(
        f'<div class="box"><h2>{name}</h2><ul>'
        + "".join(
            f'<li><a href="/{key}/202609/t2026091{n}_{n}.html">{name}第{n}条内容标题</a><i>2026-09-1{n}</i></li>'
            for n in range(1, 6)
        )
        + "</ul></div>"
        for key, name in (("tzgg", "通知公告"), ("zcwj", "政策文件"), ("xwdt", "新闻动态"))
    )
    found = find_lists(page(blocks), URL)
    assert sorted(len(one.rows) for one in found) == [5, 5, 5]


def test_pinned_rows_in_a_box_of_their_own() -> None:
    pinned = '<ul class="top-list"><li><a href="/c/9.html">关于长期有效事项的公告</a><i>2024-02-03</i></li></ul>'
    rows = '<ul class="list">' + each('<li><a href="{u}">{t}</a><i>{d}</i></li>') + "</ul>"
    result = find_rows(page(pinned + rows), URL)
    assert [row.title for row in result.rows] == ["关于长期有效事项的公告", A, B, C]


PAGE_OF = "/c/content_{n}00001.html"
SCRIPTED: dict[str, dict[str, object]] = {
    "an address in JSON inside a text": {
        "relationUrl": "/x/relation/{n}.json",
        "urls": '{"pc": "/c/content_{n}00001.html", "wap": "/m/{n}.html"}',
    },
    "a picture first": {"imgUrl": "/p/{n}.jpg", "url": PAGE_OF},
    "an app's address first": {"wapUrl": "/m/content_{n}00001.html", "docUrl": PAGE_OF},
    "a list of addresses": {"urls": [PAGE_OF]},
    "an object": {"urls": {"pc": PAGE_OF}},
    "a column's address": {"channelUrl": "/c/index.html", "href": PAGE_OF},
}


@pytest.mark.parametrize("address", SCRIPTED.values(), ids=SCRIPTED)
def test_the_address_of_a_row_in_a_script(address: dict[str, object]) -> None:
    given = {"title": "关于第{n}批登记的通知", "pubDate": "2026-09-0{n} 10:00", **address}
    rows = ", ".join(json.dumps(given).replace("{n}", str(n)) for n in range(5, 0, -1))
    found = find_rows(page(f"<div id='list'></div><script>var initData = [{rows}];</script>"), URL)
    assert found.used == "fallback:script"
    assert [urlsplit(row.url).path for row in found.rows] == [
        f"/c/content_{n}00001.html" for n in range(5, 0, -1)
    ]
    assert found.newest == date(2026, 9, 5)


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="{u}" title="{t}"><b>{t}</b><span>截止日期  {d}</span></a></li>',
        '<li><a href="{u}" title="{t}"><b>{t}</b><span>截止日期：{d}</span></a></li>',
        '<li><a href="{u}">{t}</a><span>截止时间：{d}</span></li>',
        '<li><a href="{u}">{t} 截止日期 {d}</a></li>',
        '<li><a href="{u}">{t}（截止 {d}）</a></li>',
        '<li><a href="{u}">{t}</a><em>截至</em><i>{d}</i></li>',
        '<li><a href="{u}">{t}</a><span>有效期至 {d}</span></li>',
        '<li><a href="{u}">{t}</a><span>意见征集截止日期：{d}</span></li>',
    ],
)
def test_the_end_of_a_consultation_is_no_day_of_publication(row: str) -> None:
    rows = "".join(
        row.format(
            u=f"/zc/art/2026/art_{n:032x}.html",
            t=f"关于第{n}号标准公开征求意见的通知",
            d=f"2026-10-{n}",
        )
        for n in range(16, 12, -1)
    )
    found = find_rows(page(f"<ul>{rows}</ul>"), URL).rows
    assert [(r.title, r.published) for r in found] == [
        (f"关于第{n}号标准公开征求意见的通知", None) for n in range(16, 12, -1)
    ]
    rows = rows.replace("</li>", "<u>2026-09-01</u></li>")
    assert {r.published for r in find_rows(page(f"<ul>{rows}</ul>"), URL).rows} == {
        date(2026, 9, 1)
    }
