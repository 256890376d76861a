"""Cells show what their formats make of their values."""

from __future__ import annotations

import pytest

from crawler.extract.formats import extract_file
from crawler.extract.formats.sheets.shown_values import shown_number, shown_text
from tests.fakes.sheet_files import column_of


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.985, "0.0%", "98.5%"),
        (0.9, "0.##%", "90.%"),
        (1234, "00000000", "00001234"),
        (13800001234, "000-0000-0000", "138-0000-1234"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (-0.001, "0.00", "0.00"),
        (-3, "0.0", "-3.0"),
        (0, "#,##0;-#,##0;“无”", "“无”"),
        (0, "0;-0;;@", ""),
        (5, ";;;", ""),
        (0.5, "#.##", ".5"),
        (123456, '0!.0,"万元"', "12.3万元"),
        (1500000, '#,##0,"千元"', "1,500千元"),
        (24, '0"位"', "24位"),
        (3, '"第"0"条"', "第3条"),
        (12, "0_);(0)", "12"),
        (50000, "[>=10000]0.0,,\"百万\";0", "0.1百万"),
        (500, '[>=10000]0!.0,"万";0', "500"),
        (99.5, "[$¥-804]#,##0.00", "¥99.50"),
        (99.5, "[红色]0.0", "99.5"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (1.5, "# ?/?", "1 1/2"),
        (0.25, "?/4", "1/4"),
        (2.5, "General", "2.5"),
        (1 / 3, "General", "0.333333333"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012345, "General", "123456789012345"),
        (3, 'General"个"', "3个"),
        (123, "[DBNum1]General", "一百二十三"),
        (12, "[DBNum1]General", "一十二"),
        (120034, "[DBNum2]General", "壹拾贰万零叁拾肆"),
        (305, "[DBNum1]0", "三〇五"),
        (1.005, "0.00", "1.01"),
        (7, "@", "7"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (20261201, '0000"年"00"月"00"日"', "2026年12月01日"),
    ],
)  # fmt: skip
def test_numbers(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (46357, 'yyyy"年"m"月"', "2026年12月"),
        (46357, 'yyyy"年"m"月"d"日";@', "2026年12月1日"),
        (46357, "yyyy\\-mm\\-dd", "2026-12-01"),
        (46357, "yyyy/m/d", "2026/12/1"),
        (46357, "yy.mm.dd", "26.12.01"),
        (46357, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二六年十二月一日"),
        (46357, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年12月1日"),
        (46357, "[$-804]aaaa", "星期二"),
        (46357, "[$-804]dddd", "星期二"),
        (46357.25, "[$-804]mmmm ddd h:mm AM/PM", "十二月 周二 6:00 上午"),
        (46357, "dddd", "Tuesday"),
        (46357, "d-mmm-yy", "1-Dec-26"),
        (46357.75, "yyyy-mm-dd hh:mm", "2026-12-01 18:00"),
        (46357.75, 'yyyy/m/d 上午/下午h"时"mm"分"', "2026/12/1 下午6时00分"),
        (46357.5, "h:mm AM/PM", "12:00 PM"),
        (0.5, "hh:mm:ss", "12:00:00"),
        (1.25, "[h]:mm", "30:00"),
        (1.25, '[h]"小时"', "30小时"),
        (0.0625, "[mm]:ss", "90:00"),
        (0.000011574, "mm:ss.0", "00:01.0"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-1, "yyyy-mm-dd", "-1"),
        (1e9, "yyyy-mm-dd", "1000000000"),
    ],
)  # fmt: skip
def test_dates_and_times(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


def test_days_may_be_counted_from_1904() -> None:
    assert shown_number(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"
    body = column_of([("44895", "yyyy-mm-dd")], properties='<workbookPr date1904="1"/>')
    assert extract_file("a.xlsx", body).text == "2026-12-01"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("备案", "General", "备案"),
        ("备案", "0.00", "备案"),
        ("三", '"第"@"条"', "第三条"),
        ("三", "0;-0;0;", ""),
        ("三", '0;-0;0;"类别："@', "类别：三"),
    ],
)
def test_words_around_texts(text: str, code: str, shown: str) -> None:
    assert shown_text(text, code) == shown


def test_odd_formats_cost_no_value() -> None:
    for code in (
        "",
        ";",
        "[",
        '"',
        "\\",
        "0" * 300,
        "[>=]0",
        "??",
        "%%%",
        "E+",
        "/",
        ",,,",
        "yyyyyyyy",
    ):
        assert isinstance(shown_number(-12.5, code), str)
        assert isinstance(shown_number(46357, code), str)
