"""Lines of one paragraph are one line of text, whatever stands between them."""

from __future__ import annotations

import pytest

from crawler.extract.file_extractor import extract_file
from tests.fakes.pdf_pages import document, lines, page, rule, text

ONE = ["　　第一条 为规范废旧动力电池综合利用管理，防治环境污染，制定本办法。",
       "　　第二条 违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以"]  # fmt: skip
TWO = ["上十万元以下罚款；拒不改正的，处十万元以上三十万元以下罚款。", "　　第三条 企业应当备案。"]
SECOND = "第二条违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以上十万元以下罚款；拒不改正的，处十万元以上三十万元以下罚款。"


def read(*contents: str) -> list[str]:
    return extract_file("a.pdf", document([page(each) for each in contents])).text.split("\n")


def test_a_note_at_the_foot_comes_behind_the_paragraph_that_goes_on() -> None:
    note = rule(60, 120, 200, 120) + text("① 见国家标准GB/T 34014。", 60, 104, 9)
    number = text("— 1 —", 280, 40, 9)
    assert read(lines(ONE, 60, 760) + note + number, lines(TWO, 60, 760))[1:] == [
        SECOND, "① 见国家标准GB/T 34014。", "第三条企业应当备案。",
    ]  # fmt: skip


def test_heads_of_two_pages_with_other_words() -> None:
    heads = (text("某省工业和信息化厅文件", 200, 812, 9), text("综合利用管理办法", 200, 812, 9))
    assert read(lines(ONE, 60, 760) + heads[0], lines(TWO, 60, 760) + heads[1])[1] == SECOND


def test_lines_that_hang_behind_their_number() -> None:
    drawn = lines(["（一）综合利用企业应当按照国家有关规定建立溯源管理台账，如实记录来源"], 60, 760)
    drawn += lines(["去向和数量，保存期限不少于三年；"], 96, 740) + lines(
        ["（二）企业应当备案。"], 60, 720
    )
    assert read(drawn) == [
        "（一）综合利用企业应当按照国家有关规定建立溯源管理台账，如实记录来源去向和数量，保存期限不少于三年；",
        "（二）企业应当备案。",
    ]


def test_items_of_a_list_that_stands_back() -> None:
    body = lines([ONE[1], TWO[0]] * 3, 60, 780)
    item = lines(["1. 综合利用企业应当通过国家溯源管理平台完成历史数据补录，逾期未补", "录的，不予受理变更申请；", "2. 其他。"], 90, 640)  # fmt: skip
    assert read(body + item)[-2:] == [
        "1. 综合利用企业应当通过国家溯源管理平台完成历史数据补录，逾期未补录的，不予受理变更申请；",
        "2. 其他。",
    ]


@pytest.mark.parametrize("x", [30, 470])
def test_a_line_that_stands_out_does_not_part_the_others(x: float) -> None:
    body = [ONE[1], TWO[0]] * 3
    assert read(lines(body, 60, 760) + text("附注说明事项", x, 600)) == [SECOND] * 3 + [
        "附注说明事项"
    ]


def test_signature_and_date_stay_lines_of_their_own() -> None:
    signed = text("某省工业和信息化厅", 350, 680) + text("2026年11月30日", 360, 660)
    assert read(lines(TWO, 60, 760) + signed)[-2:] == ["某省工业和信息化厅", "2026年11月30日"]


RAGGED = ["　　第五条 年处理能力应当不少于一万吨，其中镍钴锰综合回收率不低于",
          "98.0%，锂回收率不低于90.5%，并逐年提高，有关指标按照国家规",
          "定执行；未达到的，限期整改。"]  # fmt: skip


def test_a_line_that_leaves_room_before_a_number_goes_on() -> None:
    assert read(lines([ONE[1], TWO[0], *RAGGED], 60, 760))[-1] == (
        "第五条年处理能力应当不少于一万吨，其中镍钴锰综合回收率不低于98.0%，锂回收率不低于90.5%，"
        "并逐年提高，有关指标按照国家规定执行；未达到的，限期整改。"
    )


@pytest.mark.parametrize(
    "drawn",
    [
        ["　　联系人：张三，电话0731-1234567", "　　联系地址：某市某路1号"],
        ["　　一、申报条件和要求", "申报企业应当具备下列条件。"],
        ["附件一", "综合利用企业名单及产能情况"],
    ],
)
def test_short_lines_stay_lines(drawn: list[str]) -> None:
    kept = [line.strip() for line in drawn]
    assert read(lines([ONE[1], TWO[0], *drawn], 60, 760))[1:] == kept


def test_words_up_the_margin_part_no_sentence() -> None:
    beside = text("内部资料", 20, 500, 9, turn="0 1 -1 0")
    other = text("仅供核对", 575, 300, 9, turn="0 1 -1 0")
    both = read(lines(ONE, 60, 760) + beside + other, lines(TWO, 60, 760) + beside)
    assert both == [ONE[0].strip().replace(" ", ""), SECOND, "仅供核对", "第三条企业应当备案。"]


def test_a_line_through_a_paragraph_begins_with_its_blanks() -> None:
    struck = "　　第四条 本条内容自2028年起不再执行，以新的规定为准。"
    drawn = lines([ONE[0], struck, "　　第五条 附则。"], 60, 760) + rule(
        60, 743, 60 + 12 * len(struck), 743
    )
    assert read(drawn) == [ONE[0].strip().replace(" ", ""), "第五条附则。"]
