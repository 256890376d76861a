"""Ruled tables, however their lines and words are drawn."""

from __future__ import annotations

import pytest

from crawler.extract.file_extractor import extract_file
from tests.fakes.pdf_pages import document, lines, page, rule, table, text

ROWS = (("序号", "违法行为", "罚款"), ("1", "未备案", "一万元"), ("2", "虚假编码", "五万元"))
XS = (60, 120, 300, 500)
PLACES = [(row, column) for row in range(3) for column in range(3)]
CELLS = {place: text(ROWS[place[0]][place[1]], XS[place[1]] + 3, 684 - 24 * place[0], 10) for place in PLACES}  # fmt: skip
WORDS = "".join(CELLS.values())


def boxes(operator: str) -> str:
    return "".join(
        f"{XS[column]} {676 - 24 * row} {XS[column + 1] - XS[column]} 24 re {operator}\n"
        for row, column in PLACES
    )


ONE_PATH = (
    "0.5 w "
    + "".join(f"60 {700 - 24 * n} m 500 {700 - 24 * n} l " for n in range(4))
    + "".join(f"{x} 700 m {x} 628 l " for x in XS)
    + "S\n"
)
THIN = "".join(f"60 {700 - 24 * n} 440 0.7 re f\n" for n in range(4)) + "".join(
    f"{x} 628 0.7 72 re f\n" for x in XS
)
OPEN = "".join(rule(60, 700 - 24 * n, 500, 700 - 24 * n) for n in range(4)) + "".join(
    rule(x, 700, x, 628) for x in XS[1:-1]
)
PIECES = "".join(
    rule(XS[column], 700 - 24 * n, XS[column + 1], 700 - 24 * n)
    for n in range(4)
    for column in range(3)
) + "".join(rule(x, 700 - 24 * row, x, 676 - 24 * row) for x in XS for row in range(3))


@pytest.mark.parametrize(
    "drawn",
    [
        boxes("S") + WORDS,
        "q .9 g " + boxes("f") + "Q\n" + WORDS,
        ONE_PATH + WORDS,
        THIN + WORDS,
        OPEN + WORDS,
        PIECES + WORDS,
        WORDS + ONE_PATH,
        ONE_PATH + "".join(CELLS[row, column] for column in range(3) for row in range(3)),
        ONE_PATH + "".join(CELLS[place] for place in reversed(PLACES)),
    ],
    ids=["boxes", "shaded", "one path", "thin", "open", "pieces", "lines last", "by column", "backwards"],
)  # fmt: skip
def test_rows_are_read_as_they_stand(drawn: str) -> None:
    found = extract_file("a.pdf", document([page(text("附件2", 60, 760) + drawn)]))
    assert found.tables == (ROWS,)
    assert found.text == "附件2\n序号\t违法行为\t罚款\n1\t未备案\t一万元\n2\t虚假编码\t五万元"


def test_the_outer_columns_of_a_table_that_is_open_at_its_sides() -> None:
    found = extract_file("a.pdf", document([page(OPEN + WORDS)]))
    assert [row[0] for row in found.tables[0]] == ["序号", "1", "2"]
    assert [row[-1] for row in found.tables[0]] == ["罚款", "一万元", "五万元"]


def test_a_merged_cell_stands_in_its_first_row() -> None:
    level = rule(60, 700, 500, 700) + rule(60, 628, 500, 628)
    level += "".join(rule(120, 700 - 24 * n, 500, 700 - 24 * n) for n in (1, 2))
    upright = "".join(rule(x, 700, x, 628) for x in XS)
    words = text("在建", 63, 660, 10) + "".join(CELLS[p] for p in PLACES if p[1])
    found = extract_file("a.pdf", document([page(words + level + upright)]))
    assert found.tables == (
        (("在建", "违法行为", "罚款"), ("", "未备案", "一万元"), ("", "虚假编码", "五万元")),
    )


def test_a_cell_that_is_written_upwards() -> None:
    level = rule(60, 700, 500, 700) + rule(60, 628, 500, 628)
    level += "".join(rule(120, 700 - 24 * n, 500, 700 - 24 * n) for n in (1, 2))
    upright = "".join(rule(x, 700, x, 628) for x in XS)
    words = text("在建项目", 95, 640, 10, turn="0 1 -1 0") + "".join(
        CELLS[p] for p in PLACES if p[1]
    )
    found = extract_file("a.pdf", document([page(words + level + upright)]))
    assert [row[0] for row in found.tables[0]] == ["在建项目", "", ""]


def test_a_heading_over_all_columns_and_two_column_tables() -> None:
    level = "".join(rule(60, 700 - 24 * n, 500, 700 - 24 * n) for n in range(4))
    upright = rule(60, 700, 60, 628) + rule(500, 700, 500, 628)
    upright += rule(120, 676, 120, 628) + rule(300, 676, 300, 628)
    words = text("违法情形与罚款", 200, 684, 10) + "".join(CELLS[p] for p in PLACES if p[0])
    found = extract_file("a.pdf", document([page(level + upright + words)]))
    assert found.tables == ((("违法情形与罚款", "", ""), *ROWS[1:]),)
    two = table([["违法行为", "罚款"], ["未备案", "一万元"]], [60, 300, 500], 700)
    assert extract_file("a.pdf", document([page(two)])).tables == (
        (("违法行为", "罚款"), ("未备案", "一万元")),
    )


def test_wrapped_cells_and_numbers_below_each_other() -> None:
    words = (
        text("未按要求上传溯源编码并且拒", 123, 688, 10) + text("不改正的", 123, 678, 10)
        + text("98.5", 303, 688, 9) + text("30.2", 303, 678, 9)
        + "".join(CELLS[p] for p in PLACES if p[0])
    )  # fmt: skip
    found = extract_file("a.pdf", document([page(ONE_PATH + words)]))
    assert found.tables[0][0] == ("", "未按要求上传溯源编码并且拒不改正的", "98.5 30.2")


def test_tables_that_go_on_over_the_page() -> None:
    xs = [60, 120, 286, 500]
    first = table([ROWS[0], ["1", "企业未按照要求报送溯源信息并且在", "一万元"]], xs, 760)
    second = text("续表1", 60, 800) + table([ROWS[0], ["", "责令限期内仍不改正的", ""], ["2", "虚假编码", "五万元"]], xs, 780)  # fmt: skip
    after = text("注：本表自发布之日起执行。", 60, 640)
    found = extract_file("a.pdf", document([page(first), page(second + after)]))
    assert found.tables == (
        (ROWS[0], ("1", "企业未按照要求报送溯源信息并且在责令限期内仍不改正的", "一万元"), ROWS[2]),
    )
    assert found.text.endswith("2\t虚假编码\t五万元\n注：本表自发布之日起执行。")


def test_a_row_below_a_merged_cell_is_no_rest_of_the_row_before() -> None:
    xs = [60, 120, 300, 500]
    first = table([ROWS[0], ["1", "未备案", "一般，一万元"]], xs, 760)
    second = table([["", "", "严重，五万元"], ROWS[2]], xs, 780) + text(
        "以上自发布之日起执行。", 60, 700
    )
    found = extract_file("a.pdf", document([page(first), page(second)]))
    assert found.tables[0][2:] == (("", "", "严重，五万元"), ROWS[2])


def test_two_tables_of_one_page_stay_two() -> None:
    drawn = table(ROWS, XS, 700) + text("表2 其他", 60, 590)
    drawn += table([["序号", "名称"], ["1", "甲公司"]], [60, 200, 400], 570)
    found = extract_file("a.pdf", document([page(drawn)]))
    assert found.tables == (ROWS, (("序号", "名称"), ("1", "甲公司")))


TURNED = "q 0 1 -1 0 595 0 cm\n" + table(ROWS, XS, 500) + "Q\n"
ROTATED = {
    90: TURNED,
    180: "q -1 0 0 -1 595 842 cm\n" + table(ROWS, XS, 700) + "Q\n",
    270: "q 0 -1 1 0 0 842 cm\n" + table(ROWS, XS, 500) + "Q\n",
}


@pytest.mark.parametrize("degrees", [90, 180, 270, -90, 450])
def test_pages_that_are_shown_turned(degrees: int) -> None:
    drawn = page(ROTATED[degrees % 360], extra=f"/Rotate {degrees}")
    assert extract_file("a.pdf", document([drawn])).tables == (ROWS,)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_whose_words_are_turned(degrees: int) -> None:
    assert extract_file("a.pdf", document([page(ROTATED[degrees])])).tables == (ROWS,)


@pytest.mark.parametrize("box", ["595 842 0 0", "-300 -300 295 542"])
def test_page_boxes_of_any_kind(box: str) -> None:
    moved = "q 1 0 0 1 -300 -300 cm\n" if box.startswith("-") else "q\n"
    drawn = page(moved + table(ROWS, XS, 700) + "Q\n", box=box)
    assert extract_file("a.pdf", document([drawn])).tables == (ROWS,)


def test_a_table_that_stands_sideways_on_an_upright_page() -> None:
    body = ["第一条 为规范废旧动力电池综合利用管理，防治环境污染，制定本办法。"] * 3
    small = "q 0 .5 -.5 0 400 20 cm\n" + table(ROWS, XS, 500) + "Q\n"
    found = extract_file("a.pdf", document([page(lines(body, 60, 800) + small)]))
    assert found.tables == (ROWS,)
    assert found.text.startswith("第一条为规范")


def test_a_word_that_runs_over_the_side_of_its_cell_stays_whole() -> None:
    long = text("未按要求上传溯源编码的企业名单和其他资料", 123, 660, 10)
    words = "".join(CELLS[p] for p in PLACES if p[0] == 0) + CELLS[1, 0] + long
    found = extract_file("a.pdf", document([page(ONE_PATH + words)]))
    assert found.tables[0][1] == ("1", "未按要求上传溯源编码的企业名单和其他资料", "")


@pytest.mark.parametrize("mode", [".85 g", "/Half gs 1 0 0 rg"])
def test_a_watermark_over_a_table(mode: str) -> None:
    drawn = text("仅供参考", 80, 640, 50, mode=mode) + ONE_PATH + WORDS
    assert extract_file("a.pdf", document([page(drawn)])).tables == (ROWS,)
