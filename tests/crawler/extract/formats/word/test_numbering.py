"""Automatic numbers of Word lists stand in the text as Word shows them."""

from __future__ import annotations

import pytest

from crawler.extract.formats import extract_file
from crawler.extract.formats.word.number_words import number_text
from tests.fakes.word_files import level, listed, lists, run, styled, word_file

ACT = (
    level(0, "第%1章", "chineseCountingThousand")
    + level(
        1, "第%2条", "chineseCountingThousand", '<w:suff w:val="space"/><w:lvlRestart w:val="0"/>'
    )
    + level(2, "（%3）", "chineseCounting")
    + level(3, "%4．", "decimal", '<w:suff w:val="nothing"/>')
)


def lines(body: bytes) -> list[str]:
    return extract_file("a.docx", body).text.split("\n")


def test_articles_count_on_over_chapters_and_items_begin_anew() -> None:
    inner = (
        listed("总则") + listed("为规范管理，制定本办法。", 1) + listed("本办法所称企业，包括：", 1)
        + listed("生产企业；", 2) + listed("利用企业。", 2) + listed("罚则")
        + listed("有下列情形的，责令改正：", 1) + listed("未备案；", 2) + listed("材料不全", 3)
    )  # fmt: skip
    assert lines(word_file(inner, numbering=lists(ACT))) == [
        "第一章 总则",
        "第一条 为规范管理，制定本办法。",
        "第二条 本办法所称企业，包括：",
        "（一）生产企业；",
        "（二）利用企业。",
        "第二章 罚则",
        "第三条 有下列情形的，责令改正：",
        "（一）未备案；",
        "1．材料不全",
    ]


def test_levels_above_stand_in_a_number_in_decimal_where_the_list_says_so() -> None:
    levels = level(0, "%1、", "chineseCounting") + level(1, "%1.%2", "decimal", "<w:isLgl/>")
    inner = (
        listed("目标") + listed("回收", 1) + listed("利用", 1) + listed("措施") + listed("网点", 1)
    )
    assert lines(word_file(inner, numbering=lists(levels))) == [
        "一、目标", "1.1 回收", "1.2 利用", "二、措施", "2.1 网点",
    ]  # fmt: skip
    without = levels.replace("<w:isLgl/>", "")
    assert lines(word_file(inner, numbering=lists(without)))[1] == "一.1 回收"


def test_a_list_that_starts_anew_does_so_once() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    numbering = lists(level(0, "%1.", extra='<w:start w:val="4"/>'), nums)
    inner = "".join(listed(text, 0, number) for text, number in [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 3)])  # fmt: skip
    assert lines(word_file(inner, numbering=numbering)) == ["4. 甲", "5. 乙", "1. 丙", "2. 丁", "3. 戊"]  # fmt: skip


def test_numbers_of_styles_their_heirs_and_links() -> None:
    numbering = lists(
        level(0, "第%1章", "chineseCountingThousand", '<w:pStyle w:val="Zhang"/>')
        + level(1, "第%2条", "chineseCountingThousand", '<w:pStyle w:val="Tiao"/>')
    )
    in_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Zhang">{in_list}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Tiao">{in_list}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Heir"><w:basedOn w:val="Tiao"/></w:style>'
    )
    off = '<w:p><w:pPr><w:pStyle w:val="Tiao"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{}</w:p>'
    inner = styled("总则", "Zhang") + styled("甲", "Tiao") + off.format(run("注")) + styled("乙", "Heir")  # fmt: skip
    found = lines(word_file(inner, numbering=numbering, styles=styles))
    assert found == ["第一章 总则", "第一条 甲", "注", "第二条 乙"]


def test_a_list_style_leads_to_its_list() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "（%1）", "chineseCounting")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L">'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    found = lines(word_file(listed("甲", 0, 6) + listed("乙", 0, 6), numbering=numbering, styles=styles))  # fmt: skip
    assert found == ["（一）甲", "（二）乙"]


def test_deleted_paragraphs_are_not_counted_and_struck_ones_are() -> None:
    gone = listed("").replace("</w:p>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>")
    struck = listed("").replace("</w:p>", run("废止", "<w:strike/>") + "</w:p>")
    inner = listed("甲") + gone + listed("乙") + struck + listed("丙")
    found = lines(word_file(inner, numbering=lists(level(0, "%1.", "decimal"))))
    assert found == ["1. 甲", "2. 乙", "4. 丙"]


def test_numbers_of_table_rows_stand_in_their_cells() -> None:
    def row(text: str) -> str:
        return f"<w:tr><w:tc>{listed('')}</w:tc><w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"

    inner = f"<w:tbl>{row('编码')}{row('型号')}</w:tbl>"
    found = extract_file("a.docx", word_file(inner, numbering=lists(level(0, "%1", "decimal"))))
    assert found.tables == ((("1", "编码"), ("2", "型号")),)


@pytest.mark.parametrize(
    ("extra", "style", "shown"),
    [
        ("", "bullet", "甲"),
        ("<w:rPr><w:vanish/></w:rPr>", "decimal", "甲"),
        ('<w:suff w:val="nothing"/>', "upperLetter", "A)甲"),
        ("", "decimalEnclosedCircle", "①) 甲"),
    ],
)
def test_bullets_and_hidden_numbers_are_no_text(extra: str, style: str, shown: str) -> None:
    text = "\uf0b7" if style == "bullet" else "%1)"
    body = word_file(listed("甲"), numbering=lists(level(0, text, style, extra)))
    assert lines(body) == [shown]


def test_a_list_that_is_not_defined_costs_no_text() -> None:
    assert lines(word_file(listed("第一条 总则。", 0, 99))) == ["第一条 总则。"]
    assert lines(word_file(listed("第一条 总则。", 8, 1), numbering=lists(level(0, "%1.")))) == ["第一条 总则。"]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCounting", 12, "十二"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 4, "丁"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 3, "寅"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ordinal", 23, "23rd"),
        ("ordinal", 12, "12th"),
        ("unknownStyle", 3, "3"),
        ("chineseCounting", 0, "0"),
        ("none", 3, ""),
    ],
)
def test_number_formats(style: str, value: int, text: str) -> None:
    assert number_text(value, style) == text
