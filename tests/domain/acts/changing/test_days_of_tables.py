"""Orders whose day, act or place stands apart: above a table, in its first column, line by line."""

from __future__ import annotations

from datetime import date

from domain.acts.amendment_parser import ActNames, read_orders_for

NAMES = ActNames(("云阳市退役电池暂存管理规定",), "云经信规〔2025〕4号")


def told(text: str) -> list[tuple[str | None, str, str, date | None]]:
    return [
        (one.place.article, one.old, one.text, one.since)
        for one in read_orders_for(text, NAMES).instructions
    ]


def test_a_table_of_several_acts_has_its_day_above_it() -> None:
    text = (
        "现对三件文件作如下调整，2026年9月1日起照调整后的条文办理。\n"
        "文号 | 条项 | 原条文 | 调整后\n"
        "云经信规〔2025〕4号 | 第六条 | 存放不超过二十组 | 存放不超过十二组\n"
        "云经信规〔2025〕8号 | 第二条 | 每月 | 每周\n"
    )
    assert told(text) == [("六条", "存放不超过二十组", "存放不超过十二组", date(2026, 9, 1))]


def test_an_erratum_may_stand_line_by_line() -> None:
    text = (
        "我局印发的云经信规〔2025〕4号文排印有误，现予勘误。\n"
        "位置：第八条。\n误：五十千瓦时。\n正：十五千瓦时。\n"
    )
    assert told(text)[0][:3] == ("八条", "五十千瓦时", "十五千瓦时")


def test_the_same_day_is_the_one_said_before() -> None:
    text = (
        "《云阳市退役电池暂存管理规定》第五条自2026年3月20日起恢复执行。\n"
        "同日起，该条的“六日”按“四日”掌握。\n"
    )
    assert [one[1:] for one in told(text)] == [("六日", "四日", date(2026, 3, 20))]


def test_words_for_striking_an_article() -> None:
    text = "《云阳市退役电池暂存管理规定》修改如下：\n一、拿掉第九条，其后各条序号依次前移。"
    orders = read_orders_for(text, NAMES)
    assert [one.kind for one in orders.instructions] == ["delete"]
    assert orders.counts_anew
