"""OpenDocument files are read as they are shown."""

from __future__ import annotations

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.files import SENTENCE, docx, p
from tests.fakes.odf_files import cell, odf, paragraph, row

STYLES = (
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="N" style:family="text" style:parent-style-name="S"><style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="D" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="P" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-prefix="第" style:num-suffix="条" style:num-format="一, 二, 三, ..."/>'
    '<text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>'
    '<text:list-level-style-number text:level="3" loext:num-list-format="%2%.%3%" style:num-format="1" text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>'
)  # fmt: skip


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def text(inner: str, **parts: bytes | str) -> str:
    return extract_file("a.odt", odf(inner, styles=STYLES, **parts)).text


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (f"处{span('九万元', 'S')}{span('一万元', 'N')}罚款，责令改正", "处一万元罚款，责令改正"),
        (f"处{span('隐藏', 'H')}一万元罚款，责令改正违法行为", "处一万元罚款，责令改正违法行为"),
        (f"不超过10{span('4', 'U')}个Li{span('2', 'D')}CO3模组的", "不超过10⁴个Li2CO3模组的"),
        ('甲<text:s text:c="3"/>乙<text:tab/>丙<text:line-break/>丁', "甲 乙 丙\n丁"),
        ("<text:ruby><text:ruby-base>办法</text:ruby-base><text:ruby-text>banfa</text:ruby-text></text:ruby>自公布之日施行", "办法自公布之日施行"),
        ("正文<office:annotation><text:p>批注</text:p></office:annotation>继续，共十个字以上", "正文继续，共十个字以上"),
        ('<text:hidden-text text:is-hidden="true">内部</text:hidden-text>公开的正文内容在此', "公开的正文内容在此"),
    ],
)  # fmt: skip
def test_paragraphs(inner: str, shown: str) -> None:
    assert text(paragraph(inner)) == shown


def test_deleted_text_and_hidden_paragraphs_are_no_text() -> None:
    inner = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧条文</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>" + paragraph("隐藏段", "P") + paragraph(SENTENCE)
        + '<text:section text:display="none">' + paragraph("隐藏节") + "</text:section>"
    )  # fmt: skip
    assert text(inner) == SENTENCE


def test_notes_and_boxes_stand_once() -> None:
    inner = (
        paragraph(
            "正文<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + paragraph("脚注内容") + "</text:note-body></text:note>继续"
            "<draw:frame><draw:text-box>" + paragraph("框内文字") + "</draw:text-box></draw:frame>"
        )
        + paragraph("末段")
    )  # fmt: skip
    assert text(inner) == "正文继续\n框内文字\n末段\n脚注内容"


def listed(*items: str, attributes: str = 'text:style-name="L"') -> str:
    return f"<text:list {attributes}>" + "".join(f"<text:list-item>{i}</text:list-item>" for i in items) + "</text:list>"  # fmt: skip


def test_numbers_of_lists_stand_in_the_text() -> None:
    inner = (
        listed(paragraph("总则") + paragraph("续段"), paragraph("情形：") + listed(paragraph("甲"), paragraph("乙"), attributes=""))
        + paragraph("插段")
        + listed(paragraph("附则"), attributes='text:style-name="L" text:continue-numbering="true"')
        + listed(paragraph("另一列表"))
        + listed(paragraph("圆点"), attributes='text:style-name="B"')
        + '<text:h text:outline-level="1">标题</text:h>'
    )  # fmt: skip
    assert text(inner).split("\n") == [
        "第一条 总则", "续段", "第二条 情形：", "（一）甲", "（二）乙", "插段", "第三条 附则",
        "第一条 另一列表", "圆点", "1. 标题",
    ]  # fmt: skip
    assert text(f"<text:list-item>{paragraph(SENTENCE)}</text:list-item>") == SENTENCE
    deep = listed(listed(listed(paragraph("材料"), attributes=""), attributes=""))
    assert text(deep + paragraph("正文一段文字")) == "一.1 材料\n正文一段文字"


def test_tables_of_a_text_keep_their_columns() -> None:
    table = (
        "<table:table><table:table-header-rows>"
        + row(cell("行为"), cell("处罚", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
        + "</table:table-header-rows>"
        + row(cell("未备案"), cell(""), cell("一万元")) + "</table:table>"
    )  # fmt: skip
    found = extract_file("a.odt", odf(paragraph("裁量表") + table))
    assert found.tables == ((("行为", "处罚"), ("未备案", "", "一万元")),)
    assert found.text == "裁量表\n行为\t处罚\n未备案\t\t一万元"


def test_sheets_show_what_is_not_hidden() -> None:
    rows = (
        row(cell("锂"), cell("隐"), cell("95%", 'office:value="0.95"'))
        + row(cell("隐行"), attributes='table:visibility="collapse"')
        + row(cell("", 'table:number-columns-repeated="2"'), cell("同", 'table:number-columns-repeated="2"'))
        + row(cell("旧", 'table:style-name="ce1"'), attributes='table:number-rows-repeated="1048570"')
    )  # fmt: skip
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16000"/>'
    inner = (
        f'<table:table table:name="甲">{columns}{rows}</table:table>'
        f'<table:table table:name="乙" table:style-name="ta2">{row(cell("内部"))}</table:table>'
    )
    found = extract_file("a.ods", odf(inner, styles=STYLES, kind="spreadsheet"))
    assert found.tables == ((("锂", "95%"), ("", "同", "同")),)


def test_formulas_and_embedded_files_are_read_and_others_told() -> None:
    frame = '<draw:frame><draw:object xlink:href="./{}"/></draw:frame>'
    math = (
        "<math><semantics><mrow><mi>η</mi><mo>≥</mo><mn>95</mn><mo>%</mo></mrow>"
        "<annotation>η &gt;= 95%</annotation></semantics></math>"
    )
    parts = {
        "Object 1/content.xml": '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML">' + math.removeprefix("<math>").removesuffix("</math>") + "</m:math>",
        "Object 2/content.xml": "<office/>",
        "附表.docx": docx(p("附表内容，共十个字以上。")),
    }  # fmt: skip
    inner = paragraph(f"回收率{frame.format('Object 1')}，企业应当达到。" + frame.format("Object 2")) + paragraph(frame.format("附表.docx"))  # fmt: skip
    found = extract_file("a.odt", odf(inner, parts=parts))
    assert found.status is Status.PARTIAL
    assert found.text.startswith("回收率η≥95%，企业应当达到。\n【附表.docx】\n附表内容")
    assert unread_of(found.text) == "嵌入对象（不支持）"


def test_a_page_that_is_a_picture_is_told() -> None:
    svg = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    frame = f'<draw:frame {svg} svg:width="16.5cm" svg:height="{{}}"><draw:image/></draw:frame>'
    found = extract_file("a.odt", odf(paragraph(SENTENCE + frame.format("230mm"))))
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, "图片（无文字）")
    small = extract_file("a.odt", odf(paragraph(SENTENCE + frame.format("1in"))))
    assert small.status is Status.OK


def test_an_encrypted_file_says_so() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    body = odf(paragraph(SENTENCE), parts={"META-INF/manifest.xml": manifest})
    assert extract_file("a.odt", body).status is Status.ENCRYPTED
