"""Times of publication that questions name; other days are none."""

from __future__ import annotations

from datetime import date

import pytest

from domain.questions.question_reading import read_question

TODAY = date(2026, 11, 30)  # a Monday


def days(question: str, today: date = TODAY) -> tuple[str, str]:
    reading = read_question(question, today)
    since, until = reading.values("since"), reading.values("until")
    return (since[0] if since else "", until[0] if until else "")


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("rules since July", "2026-07-01", ""),
        ("rules since December", "2025-12-01", ""),  # the latest one that has begun
        ("what is new since 15 March 2026", "2026-03-15", ""),
        ("anything since March 15, 2026?", "2026-03-15", ""),
        ("notices after 1 May 2026", "2026-05-01", ""),
        ("notices after May 2026", "2026-06-01", ""),
        ("notices after 2025", "2026-01-01", ""),
        ("labels in 2026", "2026-01-01", "2026-12-31"),
        ("labels in September 2026", "2026-09-01", "2026-09-30"),
        ("notices before 2026", "", "2025-12-31"),
        ("notices issued until 30 June 2026", "", "2026-06-30"),
        ("notices between 1 March and 30 June 2026", "2026-03-01", "2026-06-30"),
        ("published from March to June 2026", "2026-03-01", "2026-06-30"),
        ("drafts of the last 30 days", "2026-10-31", ""),
        ("drafts in the past three months", "2026-08-30", ""),
        ("what came out last month?", "2026-10-01", "2026-10-31"),
        ("what is new this week", "2026-11-30", ""),
        ("rules of this year", "2026-01-01", ""),
        ("Q3 2026 notices", "2026-07-01", "2026-09-30"),
        ("the first half of 2026", "2026-01-01", "2026-06-30"),
        ("notices since 2026-08-15", "2026-08-15", ""),
        ("September 2026 notices", "2026-09-01", "2026-09-30"),
        ("2026 drafts on labels", "2026-01-01", "2026-12-31"),
        ("2026年江苏省工业和信息化厅发布的通知", "2026-01-01", "2026-12-31"),
        ("今年的新规", "2026-01-01", ""),
        ("今年以来发布的文件", "2026-01-01", ""),
        ("最近30天的公告", "2026-10-31", ""),
        ("近三个月江西", "2026-08-30", ""),
        ("7月以来的政策", "2026-07-01", ""),
        ("2026年7月以来", "2026-07-01", ""),
        ("2026年5月1日之后发布的", "2026-05-01", ""),
        ("2026年发布的办法", "2026-01-01", "2026-12-31"),
        ("2026年9月出台了什么", "2026-09-01", "2026-09-30"),
        ("2026年3月至6月的通知", "2026-03-01", "2026-06-30"),
        ("去年发布的通知", "2025-01-01", "2025-12-31"),
        ("2026年上半年的文件", "2026-01-01", "2026-06-30"),
        ("2025年之前发布的规定", "", "2024-12-31"),
    ],
)
def test_a_time_of_publication(question, since, until):
    assert days(question) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "rules in force since 1 April 2026",
        "What takes effect on 1 January 2026?",
        "report by 31 March 2027",
        "move accounts by September 2026",
        "what was in force as of 1 May 2026",
        "What is due on 30 September 2026?",
        "report last month's volume",
        "last year's data",
        "the 2018 measures",
        "the conditions in the 2024 edition",
        "labels needed after 1 January 2027",  # a day to come
        "within 30 days",
        "报送上月运输量",
        "自2026年4月1日起施行",
        "2024年本规范条件",
        "公告2026年第20号",
        "2026年度自查",
        "每年3月31日前报送",
        "上一年度情况",
        "2026年13月之后的文件",
    ],
)
def test_another_day_is_none(question):
    assert days(question) == ("", "")


def test_a_month_of_a_short_year_is_bounded():
    assert days("in the last month", date(2026, 3, 31)) == ("2026-02-01", "2026-02-28")
    assert days("the past month", date(2026, 3, 31)) == ("2026-02-28", "")
