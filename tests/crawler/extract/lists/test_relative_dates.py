"""Rows dated by their distance from today, and rows whose date nobody can read."""

import json
from datetime import date, timedelta

import pytest

from config.model import Selectors
from crawler.extract.lists.list_rows import find_rows
from crawler.extract.relative_dates import edge_day, relative_day

TODAY = date(2026, 11, 28)
URL = "http://gxt.example.gov.cn/tzgg/index.html"


def listed(
    row: str, *days: str, selectors: Selectors | None = None
) -> list[tuple[str, date | None]]:
    rows = "".join(
        row.format(u=f"/tzgg/2026/content_{n}.html", t=f"关于开展回收网点第{n}批登记的通知", d=day)
        for n, day in enumerate(days, 1)
    )
    page = f"<body><div class='nav'><a href='/'>首页</a></div><div class='list'><ul>{rows}</ul></div></body>"
    found = find_rows(page, URL, selectors=selectors, today=TODAY)
    return [(row.title, row.published) for row in found.rows]


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("今天", 0), ("今日", 0), ("刚刚", 0), ("30分钟前", 0), ("3小时前", 0), ("三个小时前", 0), ("26小时前", 1),
        ("昨天", 1), ("昨天 16:30", 1), ("昨日16：30", 1), ("前天", 2), ("2天前", 2), ("两天前", 2), ("十天之前", 10),
        ("[今天]", 0), ("（昨天）", 1), ("发布时间：昨天 08:05", 1), ("3天前发布", 3), ("今天 09:30 发布", 0), ("昨天下午3点", 1), ("今天 上午", 0), ("更新：前天", 2), ("昨 天", 1), ("昨夜", 1),
        ("a day ago", 1), ("yesterday", 1), ("2 days ago", 2), ("1 hour ago", 0),
    ],
)  # fmt: skip
def test_a_distance_from_today(text: str, ago: int) -> None:
    assert relative_day(text, TODAY) == TODAY - timedelta(days=ago)
    assert relative_day(text, None) is None


@pytest.mark.parametrize(
    "text",
    [
        "今天是星期六",
        "5日前",
        "请于3天前报名",
        "1周前",
        "几天前",
        "今天上午召开会议",
        "昨天发布会",
        "更新说明：昨天",
        "天",
        "",
    ],
)
def test_what_is_no_distance(text: str) -> None:
    assert relative_day(text, TODAY) is None


def test_a_distance_at_the_end_of_a_title() -> None:
    assert edge_day("关于登记的通知 [昨天]", TODAY) == ("关于登记的通知", date(2026, 11, 27))
    assert edge_day("关于登记的通知　3小时前", TODAY) == ("关于登记的通知", TODAY)
    assert edge_day("2天前", TODAY) == ("2天前", None)
    assert edge_day("关于昨天", TODAY) == ("关于昨天", None)


SHAPES = {
    "span behind": '<li><a href="{u}">{t}</a><span>{d}</span></li>',
    "span before": '<li><span>{d}</span><a href="{u}">{t}</a></li>',
    "inside the link": '<li><a href="{u}"><em>{t}</em><i>{d}</i></a></li>',
    "in the link's text": '<li><a href="{u}">{t} [{d}]</a></li>',
    "text behind": '<li><a href="{u}">{t}</a> {d}</li>',
    "a label": '<li><a href="{u}">{t}</a><p>发布时间：{d}</p></li>',
    "a table": '<tr><td><a href="{u}">{t}</a></td><td>{d}</td></tr>',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_newest_rows_are_rows(shape: str) -> None:
    rows = listed(shape, "3小时前", "今天", "昨天 16:30", "前天", "2026-11-20")
    assert [day for _, day in rows] == [
        TODAY,
        TODAY,
        date(2026, 11, 27),
        date(2026, 11, 26),
        date(2026, 11, 20),
    ]
    assert rows[0][0] == "关于开展回收网点第1批登记的通知"


@pytest.mark.parametrize("selectors", [None, Selectors(row="div.list li", link="a", date="span")])
@pytest.mark.parametrize("mark", ["NEW", "", "1周前", "上周", "最新"])
def test_rows_whose_date_cannot_be_read_stay(selectors: Selectors | None, mark: str) -> None:
    rows = listed(
        SHAPES["span behind"], mark, mark, mark, "2026-11-20", "2026-11-18", selectors=selectors
    )
    assert [day for _, day in rows] == [None, None, None, date(2026, 11, 20), date(2026, 11, 18)]


def test_rows_in_a_script() -> None:
    days = ("3小时前", "昨天", "未定", "2026-11-20 10:00", "2026-11-18 09:00")
    data = [
        {"title": f"关于第{n}批登记的通知", "url": f"/c/content_{n}00001.html", "pubDate": day}
        for n, day in enumerate(days, 1)
    ]
    page = f"<body><div id='list'></div><script>var rows = {json.dumps(data)};</script></body>"
    found = find_rows(page, URL, today=TODAY)
    assert found.used == "fallback:script"
    assert [row.published for row in found.rows] == [
        TODAY, date(2026, 11, 27), None, date(2026, 11, 20), date(2026, 11, 18),
    ]  # fmt: skip
