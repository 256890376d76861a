"""Numbers of the lines around a notice that count in no comparison."""

from __future__ import annotations

import pytest

from domain.text.boilerplate import without_furniture
from domain.text.counter_lines import without_counts

PROSE = "现将有关事项通知如下，请遵照执行。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026.05.07 09:12　市场科　点阅 505", "2026.05.07 09:12　市场科　点阅 1,526"),
        ("热度：505", "热度：12345"),
        ("505", "526"),
        ("[505]", "[526]"),
        ("[980]", "[1262]"),
        ("浏览量（980）", "浏览量（1262）"),
        ("您是第980位访客", "您是第1262位访客"),
        ("已有 505 人看过", "已有 526 人看过"),
        ("来源：市场科 2026-05-07 看 99 赞 3", "来源：市场科 2026-05-07 看 100 赞 12"),
        ("人气 9999", "人气 1.2万"),
        ("2026年11月30日 星期一 10:05", "2026年12月1日 星期二 09:41"),
        ("2026-11-30 10:05:33", "2026-11-30 10:05:36"),
        ("2026-05-07 (505)", "2026-05-07 (526)"),
    ],
)
@pytest.mark.parametrize(
    "place", ["{}\n" + PROSE, PROSE + "\n2026年11月12日\n{}"], ids=["above", "below"]
)
def test_counters_and_clocks_count_for_nothing(before: str, after: str, place: str) -> None:
    assert without_counts(place.format(before)) == without_counts(place.format(after))


@pytest.mark.parametrize(
    "line",
    [
        "某工信节〔2026〕31号", "第31名 甲公司", "第31号", "2026年11月12日", "2026.05.07 09:12", "2026年11月",
        "联系电话：010-55512345", "联系人：张三 13800001111", "邮编：100804", "自2027年1月1日起施行",
        "截止日期：2026-12-31 17:00", "名额 30", "入选名单 共35家", "2026年度第3批", "附件3",
        "GB/T 34015-2017", "收费标准 30元", "处罚 3万元", "编号 20261", "（三）报送时间", "第三章 7",
        "索引号：000014672/2026-00123", "回收率 95%", "不少于 20", "合计\t505", "30日内报送",
    ],
)  # fmt: skip
def test_what_may_say_something_keeps_its_numbers(line: str) -> None:
    text = f"{line}\n{PROSE}\n{line}"
    kept = [part for part in without_counts(text).split("\n") if part == line]
    assert len(kept) == 2


def test_lines_between_prose_keep_their_numbers() -> None:
    text = f"热度 505\n{PROSE}\n热度 505\n{PROSE}\n热度 505"
    assert without_counts(text) == f"热度\n{PROSE}\n热度 505\n{PROSE}\n热度"


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n任务如下：\n甲市 300\n乙市 200", "甲市 300\n乙市 200\n合格 7",
        f"{PROSE}\n2026年11月12日\n附件1\n任务表\n甲市 300\n乙市 200", f"{PROSE}\n综合评分 90",
    ],
)  # fmt: skip
def test_the_rows_of_a_list_keep_their_numbers(text: str) -> None:
    assert without_counts(text) == text


def test_words_for_looking_need_no_day_above_them() -> None:
    assert without_counts(f"{PROSE}\n已有505人看过") == without_counts(f"{PROSE}\n已有9人看过")


def test_a_comparison_goes_without_them() -> None:
    assert without_furniture(f"点阅 5\n{PROSE}") == f"点阅\n{PROSE}"
