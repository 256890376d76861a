"""Marks in the form that their neighbours ask for."""

from __future__ import annotations

import pytest

from crawler.extract.scans.punctuation import in_chinese_forms, is_doubled


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        ("省直有关单位:", "省直有关单位："),
        ("设计产能（吨/年)", "设计产能（吨/年）"),
        ("通知(试行)如下", "通知（试行）如下"),
        ("企业名称,地址;电话", "企业名称，地址；电话"),
        ("时间:14:30", "时间：14:30"),
        ("GB/T 34015(2017)", "GB/T 34015(2017)"),
        ("1,280.5", "1,280.5"),
        ("https://a.gov.cn/?id=1", "https://a.gov.cn/?id=1"),
        (")残行", ")残行"),
        ("不低于98%,锂", "不低于98%，锂"),
        ("达到3m;其余", "达到3m；其余"),
        ("8:30至17:00", "8:30至17:00"),
        ("1)企业名称", "1)企业名称"),
    ],
)
def test_halfwidth_marks_among_chinese_are_made_full(seen: str, wanted: str) -> None:
    assert "".join(in_chinese_forms(list(seen))) == wanted


@pytest.mark.parametrize(
    ("before", "mark", "wanted"),
    [(",", "，", True), ("；", ";", True), ("。", "。", True), ("，", "；", False), ("元", "，", False),
     (".", ".", False), ("1", "1", False)],
)  # fmt: skip
def test_a_pause_that_was_read_twice(before: str, mark: str, wanted: bool) -> None:
    assert is_doubled(before, mark) is wanted
