"""Text of pages: blanks between characters gone, lines put together."""

from __future__ import annotations

import pytest

from domain.text.pdf_text import begins_part, ends_sentence, joined_lines, repair_cjk_spaces


def test_blanks_of_justified_lines_are_repaired() -> None:
    broken = (
        "第 1 条 为了加强 管理，制定本办法。\n"
        "第\n2 条 违反规定的，处 5000 元罚款，回收率不低于 98. 5%\n\n附件：GB/T 34014 表"
    )
    assert repair_cjk_spaces(broken).split("\n") == [
        "第1条为了加强管理，制定本办法。",
        "第2条违反规定的，处5000元罚款，回收率不低于98.5%",
        "",
        "附件：GB/T 34014表",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["处五万元以", "上十万元以下罚款"], "处五万元以上十万元以下罚款"),
        (["the recycling", "of batteries"], "the recycling of batteries"),
        (["the recyc-", "ling of"], "the recycling of"),
        (["编码GB/T", "34014"], "编码GB/T 34014"),
        (["见https://www.example.gov.cn/col/", "a_12.html。"], "见https://www.example.gov.cn/col/a_12.html。"),
        (["见www.example.gov", ".cn/list?id=3"], "见www.example.gov.cn/list?id=3"),
        (["见https://www.example.gov.cn/", "（附件1）"], "见https://www.example.gov.cn/（附件1）"),
        (["", "一行"], "一行"),
    ],
)  # fmt: skip
def test_lines_of_one_paragraph(lines: list[str], whole: str) -> None:
    assert joined_lines(lines) == whole


def test_a_word_that_fills_its_line_goes_on_in_the_next() -> None:
    assert joined_lines(["91440101MA", "5XYZ"], unbroken=[True, False]) == "91440101MA5XYZ"
    assert joined_lines(["1000", "2"], unbroken=[False, False]) == "1000 2"


@pytest.mark.parametrize(
    ("line", "begins"),
    [("第十条 企业应当", True), ("第十条规定的", False), ("第三条、第四条", False), ("（二）乙", True),
     ("3.5万元", False), ("3. 乙", True), ("附件2", True), ("二、乙", True), ("　　第二章 附则", True)],
)  # fmt: skip
def test_lines_that_begin_a_part(line: str, begins: bool) -> None:
    assert begins_part(line) == begins


@pytest.mark.parametrize(
    ("line", "ends"),
    [("施行。", True), ("“施行。”", True), ("如下：", True), ("《办法》", False), ("处五万元以", False), ("（一）项", False)],
)  # fmt: skip
def test_lines_that_end_a_sentence(line: str, ends: bool) -> None:
    assert ends_sentence(line) == ends
