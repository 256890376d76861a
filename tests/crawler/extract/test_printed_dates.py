"""Read dates as they are printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import printed_dates

DAY = date(2026, 9, 11)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-11", "[2026-09-11]", "（2026-9-11）", "2026/09/11", "2026.09.11", "2026年09月11日",
        "2026 年 9 月 11 日", "发布时间：2026-09-11 10:20", "2026-\n09-\n11", "2026－09－11",
        "11 September 2026", "Published on September 11, 2026", "二〇二六年九月十一日", "二○二六年九月十一日", "２０２６-09-11".replace("２０２６", "2026"),
    ],
)  # fmt: skip
def test_dates_in_text(text: str) -> None:
    assert printed_dates.first_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "11 2026-09",
        "11 2026.09",
        "11日 2026年9月",
        "09-11 2026",
        "9月11日 2026",
        "2026 09-11",
        "20260911",
    ],
)
def test_dates_in_two_elements(text: str) -> None:
    assert printed_dates.row_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "12", "2026", "13-45", "2026-13-11", "2026-02-30", "010-66886688", "1.5.3"]
)
def test_no_dates(text: str) -> None:
    assert printed_dates.row_date(text) is None


def test_month_and_day_take_the_year_of_the_address() -> None:
    assert printed_dates.row_date("[09-11]", "https://a.gov.cn/t20260911_1.html") == DAY
    assert printed_dates.row_date("09-11", "https://a.gov.cn/202609/1.html") == DAY
    assert printed_dates.row_date("12-31", "https://a.gov.cn/t20260101_1.html") == date(
        2025, 12, 31
    )
    assert printed_dates.row_date("09-11", "https://a.gov.cn/c/1.html") is None


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202609/t20260911_1003.html", "/art/2026/9/11/art_1_2.html", "/a/2026/09/11/0123456789abcdef.shtml",
        "/x/20260911/0123456789abcdef0123456789abcdef.html", "/x/20260911101520123/index.shtml",
        "/c/2026-09-11/123.shtml", "/system/2026/09/11/030012.shtml", "/2026-09/11/c_1128.htm",
    ],
)  # fmt: skip
def test_dates_in_addresses(path: str) -> None:
    assert printed_dates.url_date("https://www.example.gov.cn" + path) == DAY


@pytest.mark.parametrize(
    "path",
    [
        "/content/post_20260911.html",
        "/art/2026/art_0b2035d10a644ff38840f697f5b35abe.html",
        "/202609/x.html",
        "/",
    ],
)
def test_addresses_without_a_day(path: str) -> None:
    assert printed_dates.url_date("https://www.example.gov.cn" + path) is None


def test_a_line_that_is_only_a_date() -> None:
    assert printed_dates.is_date_only(" 2026年9月11日 ") == DAY
    assert printed_dates.is_date_only("[2026-09-11 10:00:00]") == DAY
    assert printed_dates.is_date_only("自2026年9月11日起施行") is None
    assert printed_dates.is_date_only("2026年9月11日印发") is None


@given(st.text(alphabet="0123456789年月日-/. \n二〇一十[]", max_size=60))
def test_never_fails(text: str) -> None:
    printed_dates.row_date(text, "https://a.gov.cn/2026/" + text.replace("\n", ""))
    printed_dates.is_date_only(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in printed_dates.find_dates(text))


@pytest.mark.parametrize(
    "odd", ["//[a026/4/27a", "//发布时间：0211-18{-03 08:00", "http://[2026]/x"]
)
def test_what_is_no_address_has_no_date(odd: str) -> None:
    assert printed_dates.url_date(odd) is None
    assert printed_dates.row_date("", odd) is None
