"""What a reader of a Word file sees is its text: no less, and nothing twice."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.files import RTF, SENTENCE, WORD, docx, p, xlsx, zipped
from tests.fakes.word_files import run, word_file

ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc><w:p>" + run("{}") + "</w:p></w:tc>"


def row(*cells: str) -> str:
    return ROW.format("".join(CELL.format(cell) for cell in cells))


def text(inner: str, **parts: Any) -> str:
    return extract_file("a.docx", word_file(inner, **parts)).text


def para(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


# ------------------------------------------------------------------ tracked changes


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved = "<w:{0}>" + run("第二条 移动。") + "</w:{0}>"
    inner = (
        para(moved.format("moveFrom"), "<w:rPr><w:moveFrom/></w:rPr>") + p("第三条 附则。")
        + para(moved.format("moveTo"))
    )  # fmt: skip
    assert text(inner) == "第三条 附则。\n第二条 移动。"


def test_a_paragraph_mark_that_is_deleted_joins_two_paragraphs() -> None:
    inner = (
        para(run("第一条 企业应当"), "<w:rPr><w:del/></w:rPr>") + p("在十日内备案。") + p("第二条")
    )
    assert text(inner) == "第一条 企业应当在十日内备案。\n第二条"


def test_deleted_rows_and_cells_are_not_read_and_inserted_ones_are() -> None:
    deleted = row("旧", "1").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    hidden = row("隐", "1").replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>")
    inserted = row("新", "2").replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>")
    inserted = inserted.replace("<w:p>", "<w:p><w:ins>").replace("</w:p>", "</w:ins></w:p>")
    found = extract_file("a.docx", word_file(f"<w:tbl>{row('名', '数')}{deleted}{hidden}{inserted}</w:tbl>"))  # fmt: skip
    assert found.tables == ((("名", "数"), ("新", "2")),)


# ------------------------------------------------------------------ hidden and struck


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ("<w:strike/>", ""),
        ("<w:dstrike/>", ""),
        ("<w:vanish/>", ""),
        ('<w:strike w:val="0"/>', "旧值"),
        ('<w:vanish w:val="false"/>', "旧值"),
        ('<w:rStyle w:val="Struck"/>', ""),
        ('<w:rStyle w:val="Heir"/>', ""),
        ('<w:rStyle w:val="Struck"/><w:strike w:val="0"/>', "旧值"),
        ("<w:webHidden/>", "旧值"),
    ],
)
def test_struck_and_hidden_words_are_no_text(properties: str, shown: str) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Struck"/></w:style>'
    )
    inner = para(run("处") + run("旧值", properties) + run("一万元罚款，责令改正。"))
    assert text(inner, styles=styles) == f"处{shown}一万元罚款，责令改正。"


def test_a_paragraph_style_hides_its_paragraphs() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = para(run("窗体顶端"), '<w:pStyle w:val="H"/>')
    assert text(hidden + p(SENTENCE), styles=styles) == SENTENCE


# ------------------------------------------------------------------ fields, signs, exponents


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + mark.format("separate") + result + mark.format("end")
    )  # fmt: skip


def test_a_field_is_its_result() -> None:
    inner = para(
        run("见") + field('HYPERLINK "http://a.example"', run("附件二")) + run("，按本办法执行。")
    )
    assert text(inner) == "见附件二，按本办法执行。"


def test_a_field_in_the_code_of_a_field_is_no_text() -> None:
    begin, separate, end = ('<w:r><w:fldChar w:fldCharType="' + k + '"/></w:r>' for k in ("begin", "separate", "end"))  # fmt: skip
    condition = begin + run(" IF ") + field("DOCPROPERTY x", run("内部值")) + run(' = "1" ')
    inner = para(
        run("结果为") + condition + separate + run("第一类企业，按本办法执行") + end + run("。")
    )
    assert text(inner) == "结果为第一类企业，按本办法执行。"


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text(para(begin + run(SENTENCE))) == SENTENCE


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run("不超过10") + run("4", '<w:vertAlign w:val="superscript"/>') + run("个电池模组"), "不超过10⁴个电池模组"),
        (run("浓度为10") + run("-3", '<w:vertAlign w:val="superscript"/>') + run("mol/L以下"), "浓度为10⁻³mol/L以下"),
        (run("为10") + "".join(run(c, '<w:vertAlign w:val="superscript"/>') for c in "-3") + run("摩尔每升以下"), "为10⁻³摩尔每升以下"),
        (run("用地面积500m") + run("2", '<w:vertAlign w:val="superscript"/>') + run("以上"), "用地面积500m²以上"),
        (run("碳酸锂Li") + run("2", '<w:vertAlign w:val="subscript"/>') + run("CO3回收率指标"), "碳酸锂Li2CO3回收率指标"),
        (run("回收率") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("95%，且不得低于"), "回收率≥95%，且不得低于"),
        (run("温度") + run("\uf0a3", '<w:rFonts w:ascii="Symbol"/>') + run("60℃，不得高于此值"), "温度≤60℃，不得高于此值"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("同意公开本企业的信息"), "☑同意公开本企业的信息"),
        ('<w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r>' + run("不同意公开本企业信息"), "☒不同意公开本企业信息"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>' + run("登记并提交有关材料"), "②登记并提交有关材料"),
        (run("þ", '<w:rFonts w:ascii="Wingdings"/>') + run("已经完成备案的企业名单"), "☑已经完成备案的企业名单"),
        (run("h", '<w:rFonts w:ascii="Symbol"/>') + run("为回收率，按下式计算"), "η为回收率，按下式计算"),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>' + run("坏的符号不损失正文"), "坏的符号不损失正文"),
        ("<w:r><w:t>编号CN</w:t><w:noBreakHyphen/><w:t>2026共二十四位</w:t></w:r>", "编号CN-2026共二十四位"),
        ("<w:ruby><w:rt>" + run("shi") + "</w:rt><w:rubyBase>" + run("试行办法如下所列各项") + "</w:rubyBase></w:ruby>", "试行办法如下所列各项"),
        ("<w:smartTag>" + run("北京") + "</w:smartTag><w:hyperlink>" + run("的企业应当备案") + "</w:hyperlink>", "北京的企业应当备案"),
    ],
)  # fmt: skip
def test_signs_are_those_that_are_shown(inner: str, shown: str) -> None:
    assert text(para(inner)) == shown


def test_tab_stops_are_no_text() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="420"/><w:tab w:val="left" w:pos="840"/></w:tabs>'
    assert text(para(run(SENTENCE), stops)) == SENTENCE


# ------------------------------------------------------------------ boxes and content controls


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + p("备案流程：先登记，后编码。") + "</w:txbxContent>"
    inner = (
        f"<w:p>{run('附图')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(inner) == "附图\n备案流程：先登记，后编码。"
    only_fallback = inner.replace(f"<w:drawing>{box}", "<w:drawing>", 1)
    assert text(only_fallback) == "附图\n备案流程：先登记，后编码。"


def test_a_box_in_a_box_is_read_once() -> None:
    small = (
        "<w:r><w:pict><w:txbxContent>"
        + p("内框文字，共十个字吧")
        + "</w:txbxContent></w:pict></w:r>"
    )
    big = f"<w:txbxContent><w:p>{run('外框')}{small}</w:p></w:txbxContent>"
    assert text(f"<w:p><w:r><w:pict>{big}</w:pict></w:r></w:p>") == "外框\n内框文字，共十个字吧"


CONTROL = "<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("around", [CONTROL, "<w:customXml>{}</w:customXml>", CONTROL.format(CONTROL)])  # fmt: skip
def test_content_controls_change_nothing_of_what_is_shown(around: str) -> None:
    cells = around.format(CELL.format("未备案")) + CELL.format("罚款")
    table = f"<w:tbl>{row('行为', '处罚')}{around.format(ROW.format(cells))}</w:tbl>"
    inner = (
        around.format(p("第一条 总则。"))
        + around.format(table)
        + para(around.format(run("第二条")))
    )
    found = extract_file("a.docx", word_file(inner))
    assert found.text == "第一条 总则。\n行为\t处罚\n未备案\t罚款\n第二条"
    assert found.tables == ((("行为", "处罚"), ("未备案", "罚款")),)


def test_a_frame_of_one_cell_is_no_table() -> None:
    cell = f"<w:tc>{p('第一条 总则。')}{p('第二条 附则。')}</w:tc>"
    found = extract_file("a.docx", word_file(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert (found.text, found.tables) == ("第一条 总则。\n第二条 附则。", ())


# ------------------------------------------------------------------ formulas


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (m("≥95%"), "≥95%"),
        (f"<m:f><m:num>{m('m')}</m:num><m:den>{m('M+1')}</m:den></m:f>", "m/(M+1)"),
        (f"<m:sSup><m:e>{m('10')}</m:e><m:sup>{m('-3')}</m:sup></m:sSup>", "10⁻³"),
        (f"<m:sSup><m:e>{m('e')}</m:e><m:sup>{m('ax')}</m:sup></m:sSup>", "e^ax"),
        (f"<m:sSub><m:e>{m('R')}</m:e><m:sub>{m('Li')}</m:sub></m:sSub>{m('≥90%')}", "R_Li≥90%"),
        (f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{m('x+1')}</m:e></m:rad>", "√(x+1)"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{m('i=1')}</m:sub><m:sup>{m('n')}</m:sup>"
            f"<m:e>{m('m')}</m:e></m:nary>",
            "∑_(i=1)^n m",
        ),
        (f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=')'/></m:dPr><m:e>{m('0,1')}</m:e></m:d>", "[0,1)"),
        (f"<m:func><m:fName>{m('ln')}</m:fName><m:e>{m('x')}</m:e></m:func>", "ln(x)"),
        (f"<m:func><m:fName>{m('lg')}</m:fName><m:e><m:d><m:e>{m('x+1')}</m:e></m:d></m:e></m:func>", "lg(x+1)"),
        ("<m:r><w:t>收率≥</w:t></m:r>" + m("95"), "收率≥95"),
        (f"<m:m><m:mr><m:e>{m('a')}</m:e><m:e>{m('b')}</m:e></m:mr></m:m>", "[a, b]"),
        ("<m:r><w:rPr><w:strike/></w:rPr><m:t>90</m:t></m:r>" + m("95"), "95"),
    ],
)  # fmt: skip
def test_formulas_are_one_line(formula: str, shown: str) -> None:
    inner = para(run("指标为：") + f"<m:oMath>{formula}</m:oMath>" + run("，企业应当达到。"))
    assert text(inner) == f"指标为：{shown}，企业应当达到。"


# ------------------------------------------------------------------ notes and files inside


def test_notes_stand_behind_the_text_in_the_order_of_their_marks() -> None:
    def note(kind: str, number: int, words: str) -> str:
        return f'<w:{kind} w:id="{number}">{p(words)}</w:{kind}>'

    inner = para(run("甲") + '<w:r><w:footnoteReference w:id="3"/></w:r>') + para(
        run("乙") + '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="1"/></w:r>'
    )
    parts = {
        "footnotes": note("footnote", 2, "注二") + note("footnote", 3, "注三") + note("footnote", 4, "没有引用"),
        "endnotes": note("endnote", 1, "尾注一，见本办法第三条"),
    }  # fmt: skip
    assert text(inner, parts=parts).split("\n") == ["甲", "乙", "注三", "注二", "尾注一，见本办法第三条"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("afchunk.htm", "<html><body><p>第一条 总则。</p><p>第二条 附则。</p></body></html>", "第一条 总则。\n第二条 附则。"),
        ("afchunk.rtf", RTF, "第一条 为了规范\na\tb"),
        ("afchunk.docx", docx(p("第一条 总则。")), "第一条 总则。"),
        ("afchunk.txt", "第一条 总则。".encode("gbk"), "第一条 总则。"),
        ("afchunk.mht", "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>第一条 总则。</p>", "第一条 总则。"),
    ],
)  # fmt: skip
def test_an_inserted_file_stands_where_it_was_inserted(name: str, data: bytes, shown: str) -> None:
    inner = p("附件：管理办法全文") + '<w:altChunk r:id="rId9"/>' + p("二〇二六年十一月")
    found = extract_file("a.docx", word_file(inner, related={"rId9": (name, data)}))
    assert (found.status, found.text) == (
        Status.OK,
        f"附件：管理办法全文\n{shown}\n二〇二六年十一月",
    )


@pytest.mark.parametrize(("part", "told"), [("numbering", "编号"), ("styles", "样式"), ("footnotes", "脚注")])  # fmt: skip
def test_a_broken_part_beside_the_text_is_told_and_costs_no_more(part: str, told: str) -> None:
    inner = para(run(SENTENCE) + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    found = extract_file("a.docx", word_file(inner, related={"r": (f"{part}.xml", "")}))
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, f"{told}（已损坏）")
    assert found.text.startswith(SENTENCE)


def test_an_inserted_file_that_cannot_be_read_is_told() -> None:
    inner = p("附件：管理办法全文如下") + '<w:altChunk r:id="rId9"/>'
    found = extract_file("a.docx", word_file(inner, related={"rId9": ("a.pdf", b"%PDF-1.4")}))
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, "a.pdf（不支持）")
    missing = extract_file("a.docx", word_file(inner))
    assert missing.status is Status.PARTIAL


def test_files_that_insert_themselves_end() -> None:
    inner = docx(p("深"))
    for _ in range(4):
        inner = word_file(p("层层相套的管理办法") + '<w:altChunk r:id="r1"/>', related={"r1": ("a.docx", inner)})  # fmt: skip
    found = extract_file("a.docx", inner)
    assert found.status is Status.PARTIAL
    assert "深" not in found.text


OBJECT = (
    '<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="{}" r:id="rId4"/></w:object></w:r></w:p>'
)


def test_an_embedded_workbook_is_read_like_a_member() -> None:
    inner = p(SENTENCE) + OBJECT.format("Excel.Sheet.12")
    found = extract_file("a.docx", word_file(inner, related={"rId4": ("embeddings/表1.xlsx", xlsx())}))  # fmt: skip
    assert found.status is Status.OK
    assert found.text.startswith(f"{SENTENCE}\n【表1.xlsx】\n序号\t企业名称\t产能")


@pytest.mark.parametrize(
    ("program", "data", "told"),
    [
        ("Visio.Drawing.15", b"\x00\x01" * 300, "图1.bin（不支持）"),
        ("Equation.3", b"\x00", "公式（不支持）"),
    ],
)
def test_an_embedded_object_that_cannot_be_read_is_told(
    program: str, data: bytes, told: str
) -> None:
    inner = p(SENTENCE) + OBJECT.format(program)
    found = extract_file("a.docx", word_file(inner, related={"rId4": ("embeddings/图1.bin", data)}))
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, told)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ('<w:drawing><wp:inline><wp:extent cx="5270000" cy="7450000"/><pic:pic/></wp:inline></w:drawing>', "图片（无文字）"),
        ('<w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><pic:pic/></wp:inline></w:drawing>', ""),
        ('<w:drawing><wp:inline><wp:extent cx="5270000" cy="700000"/><pic:pic/></wp:inline></w:drawing>', ""),
        ('<w:drawing><wp:inline><wp:extent cx="5270000" cy="7450000"/></wp:inline></w:drawing>', ""),
        ('<w:pict><v:shape style="width:415.3pt;height:587pt"><v:imagedata/></v:shape></w:pict>', "图片（无文字）"),
        ('<w:pict><v:shape style="width:40pt;height:40pt"><v:imagedata/></v:shape></w:pict>', ""),
    ],
)  # fmt: skip
def test_a_page_that_is_a_picture_is_told(picture: str, told: str) -> None:
    found = extract_file("a.docx", word_file(p(SENTENCE) + para(f"<w:r>{picture}</w:r>")))
    assert found.status is (Status.PARTIAL if told else Status.OK)
    assert unread_of(found.text) == told
    alone = extract_file("a.docx", word_file(p("附件1") + para(f"<w:r>{picture}</w:r>")))
    assert alone.status is Status.NO_TEXT


def test_a_diagram_is_read_where_it_hangs() -> None:
    data = '<d xmlns:a="x"><a:p><a:r><a:t>登记</a:t></a:r></a:p><a:p><a:r><a:t>编码</a:t></a:r></a:p></d>'
    inner = para(
        run("办理流程图如下所示") + '<w:r><w:drawing><dgm:relIds r:dm="rId7"/></w:drawing></w:r>'
    )
    assert (
        text(inner, related={"rId7": ("diagrams/data1.xml", data)})
        == "办理流程图如下所示\n登记\n编码"
    )


def test_files_of_the_strict_standard_and_of_other_names_are_read() -> None:
    xml = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p(SENTENCE)}</w:body></w:document>'
    assert extract_file("a.docx", zipped({"word/document.xml": xml})).text == SENTENCE
    other = zipped(
        {
            "_rels/.rels": '<R><Relationship Id="a" Type="x/officeDocument" Target="/word/document2.xml"/></R>',
            "word/document2.xml": xml.replace(
                "http://purl.oclc.org/ooxml/wordprocessingml/main", WORD
            ),
        }
    )
    assert extract_file("a.docx", other).text == SENTENCE


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r" EQ \f(2,3) ", "2/3"),
        (r"EQ 10\s\up8(-4)", "10⁻⁴"),
        (r"eq \F(1;2)", "1/2"),
        (r"EQ \r(,2)", "√2"),
        (r"EQ \a\al(", "【公式】"),
        ("PAGE", ""),
    ],
)
def test_a_formula_that_only_a_fields_code_draws(code: str, shown: str) -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{char('end')}"
    assert text(para(run("不少于") + field + run("的成员"))) == f"不少于{shown}的成员"


@pytest.mark.parametrize(
    ("properties", "wanted"),
    [
        ('<w:position w:val="8"/>', "10⁴吨"),
        ('<w:position w:val="-6"/>', "104吨"),
        ('<w:vertAlign w:val="superscript"/>', "10⁴吨"),
    ],
)
def test_digits_that_are_lifted_by_hand(properties: str, wanted: str) -> None:
    assert text(para(run("10") + run("4", properties) + run("吨"))) == wanted


WHITE = '<w:color w:val="FFFFFF"/>'


def test_white_text_on_the_page_is_not_seen() -> None:
    assert text(para(run("处一万元罚款。", WHITE) + run("处二万元罚款。"))) == "处二万元罚款。"


@pytest.mark.parametrize(
    "inner",
    [
        para(run("表头说明", WHITE), '<w:shd w:fill="1F3864"/>'),
        para(run("表头说明", WHITE + '<w:highlight w:val="black"/>')),
        f"<w:tbl><w:tr><w:tc><w:p>{run('表头说明', WHITE)}</w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_white_text_on_a_ground_is_text(inner: str) -> None:
    assert text(inner + p(SENTENCE)).startswith("表头说明")
