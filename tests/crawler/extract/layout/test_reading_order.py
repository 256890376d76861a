"""Columns of text are read one after the other, columns of a table row by row."""

from __future__ import annotations

import pytest

from crawler.extract.file_extractor import extract_file
from tests.fakes.pdf_pages import document, lines, page, rule, text

LEFT = ["为规范废旧动力电池综合利用管理", "，防治环境污染，根据有关法律法", "规，制定本办法。企业应当在变更", "之日起三十日内办理备案手续。"]  # fmt: skip
RIGHT = ["违反本办法规定，未按要求上传溯", "源编码的，责令改正，处五万元以", "上十万元以下罚款；拒不改正的，", "处十万元以上三十万元以下罚款。"]  # fmt: skip
COLUMNS = [
    "为规范废旧动力电池综合利用管理，防治环境污染，根据有关法律法规，制定本办法。企业应当在变更之日起三十日内办理备案手续。",
    "违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以上十万元以下罚款；拒不改正的，处十万元以上三十万元以下罚款。",
]


def read(content: str) -> list[str]:
    return extract_file("a.pdf", document([page(content)])).text.split("\n")


@pytest.mark.parametrize(("x", "drop"), [(320, 0), (320, 9), (254, 0)])
def test_two_columns(x: float, drop: float) -> None:
    title = text("关于综合利用的公告", 200, 790, 16)
    end = text("某省工业和信息化厅印发", 200, 620)
    drawn = title + lines(LEFT, 60, 750) + lines(RIGHT, x, 750 - drop) + end
    assert read(drawn) == ["关于综合利用的公告", *COLUMNS, "某省工业和信息化厅印发"]


def test_columns_drawn_line_by_line() -> None:
    pairs = zip(LEFT, RIGHT, strict=True)
    drawn = "".join(
        text(one, 60, 750 - 20 * n) + text(other, 320, 750 - 20 * n)
        for n, (one, other) in enumerate(pairs)
    )
    assert read(drawn) == COLUMNS


ROWS = [["序号", "违法行为", "罚款"], ["1", "未备案", "一万元"], ["2", "虚假编码", "五万元"]]
CELLS = "".join(
    text(cell, (63, 123, 303)[column], 684 - 24 * number, 10)
    for number, row in enumerate(ROWS)
    for column, cell in enumerate(row)
)


@pytest.mark.parametrize("heights", [(), (700, 676, 628), (700, 676, 652, 628)])
def test_a_table_without_upright_lines(heights: tuple[int, ...]) -> None:
    found = extract_file(
        "a.pdf", document([page(CELLS + "".join(rule(60, y, 500, y) for y in heights))])
    )
    assert found.text == "序号\t违法行为\t罚款\n1\t未备案\t一万元\n2\t虚假编码\t五万元"
    assert found.tables == (tuple(map(tuple, ROWS)),)


def test_three_columns_and_a_heading_between_columns() -> None:
    words = "为规范废旧动力电池综合利用管理防治环境污染根据有关法律法规制定本办法企业应当在变更之日起三十日内办理备案手续违反规定的责令改正处罚款。"
    drawn = "".join(
        text(words[9 * (4 * column + row) :][:9], 50 + 170 * column, 700 - 18 * row, 11)
        for column in range(3)
        for row in range(4)
    )
    assert read(drawn)[0].startswith(words[:100])
    columns = lines(LEFT, 50, 780) + lines(RIGHT, 320, 780)
    below = lines(LEFT, 50, 660) + lines(RIGHT, 320, 660)
    heading = text("第二章　监督管理和法律责任以及附则等其他有关规定", 120, 690, 13)
    assert read(columns + heading + below) == [*COLUMNS, "第二章监督管理和法律责任以及附则等其他有关规定", *COLUMNS]  # fmt: skip


def test_words_that_are_set_apart_on_one_line() -> None:
    drawn = text("甲方：某公司", 60, 300) + text("乙方：某公司", 320, 300)
    assert read(drawn + text("第一条　为规范管理。", 60, 700)) == [
        "第一条为规范管理。",
        "甲方：某公司 乙方：某公司",
    ]


def test_heads_in_the_middle_of_columns_without_lines() -> None:
    rows = (("项目", "限值", "单位"), ("镍回收率", "98", "%"), ("锂回收率", "90", "%"))
    places = ((100, 270, 420), (60, 230, 380), (60, 230, 380))
    drawn = "".join(
        text(cell, x, 700 - 24 * n, 10)
        for n, (row, xs) in enumerate(zip(rows, places, strict=True))
        for cell, x in zip(row, xs, strict=True)
    )
    assert extract_file("a.pdf", document([page(drawn)])).tables == (rows,)


def test_lines_of_another_order_are_read_from_the_top() -> None:
    drawn = text("第二条 罚款一万元。", 60, 700) + text("第一条 应当备案。", 60, 740)
    assert read(drawn) == ["第一条应当备案。", "第二条罚款一万元。"]


def test_an_article_is_not_begun_by_a_line_inside_a_paragraph() -> None:
    drawn = lines(
        ["　　第九条 有关部门应当加强监督检查，发现企业违反本办法规定，尤其是违反",
         "第十条 第二款的，责令改正，并处五万元以上十万元以下罚款。",
         "　　第十条 企业应当备案。"], 60, 760,
    )  # fmt: skip
    assert read(drawn) == [
        "第九条有关部门应当加强监督检查，发现企业违反本办法规定，尤其是违反第十条第二款的，责令改正，并处五万元以上十万元以下罚款。",
        "第十条企业应当备案。",
    ]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        (["　　请登录国家溯源管理平台，网址为https://www.example.com/", "a/register_1.html办理备案手续。"],
         ["请登录国家溯源管理平台，网址为https://www.example.com/a/register_1.html办理备案手续。"]),
        (["　　请登录国家溯源管理平台，网址为www.example-recycle", ".com/a。逾期不予受理。"],
         ["请登录国家溯源管理平台，网址为www.example-recycle.com/a。逾期不予受理。"]),
        (["网址：https://www.example.com/", "2026年11月30日"], ["网址：https://www.example.com/", "2026年11月30日"]),
        (["　　请登录国家溯源管理平台，网址为https://www.example.com/", "　　2. 其他事项另行通知。"],
         ["请登录国家溯源管理平台，网址为https://www.example.com/", "2. 其他事项另行通知。"]),
    ],
)  # fmt: skip
def test_web_addresses_over_two_lines(written: list[str], whole: list[str]) -> None:
    assert read(lines(written, 40, 760, size=11)) == whole


def test_english_lines_that_end_before_the_edge() -> None:
    drawn = (
        "BT /F2 12 Tf 16 TL 60 760 Td (The enterprise shall report the recycling of used power batteries in each recyc-) Tj T* "
        "(ling period to the platform of the province in due time, by the date of 2026-) Tj T* "
        "(11-30 at the latest.) Tj T* (Article 2) Tj T* (Fines are stated below.) Tj ET\n"
    )
    assert read(drawn) == [
        "The enterprise shall report the recycling of used power batteries in each recycling period "
        "to the platform of the province in due time, by the date of 2026-11-30 at the latest.",
        "Article 2",
        "Fines are stated below.",
    ]


def test_two_columns_of_articles_whose_numbers_stand_apart() -> None:
    left = [
        "第一条　为规范综合利用管理制",
        "定本办法。",
        "第二条　企业应当备案变更的应",
        "当在十日内办理。",
    ]
    right = [
        "第三条　主管部门负责监督管理",
        "工作。",
        "第四条　未备案的处一万元以上",
        "三万元以下罚款。",
    ]
    assert read(lines(left, 60, 750) + lines(right, 320, 750)) == [
        "第一条为规范综合利用管理制定本办法。", "第二条企业应当备案变更的应当在十日内办理。",
        "第三条主管部门负责监督管理工作。", "第四条未备案的处一万元以上三万元以下罚款。",
    ]  # fmt: skip
