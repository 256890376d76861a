"""Workbooks are read as they are shown, and what was cut is told."""

from __future__ import annotations

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.files import SENTENCE, docx, p
from tests.fakes.sheet_files import binary_book, book, column_of, relations, row, text_cell


def sheet(*rows: str, before: str = "", behind: str = "") -> str:
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{behind}"


def test_values_are_shown_in_their_formats() -> None:
    body = column_of([("0.95", "0%"), ("1234", "00000000"), ("46357", 'yyyy"年"m"月"')])
    found = extract_file("a.xlsx", body)
    assert (found.status, found.text) == (Status.OK, "95%\n00001234\n2026年12月")


def test_what_is_hidden_is_no_text() -> None:
    cells = (text_cell("A{0}", "甲{0}") + text_cell("B{0}", "乙{0}") + text_cell("C{0}", "丙{0}"),)
    rows = [row(cells[0].format(n), extra=f'r="{n}"') for n in (1, 2, 3)]
    rows[1] = rows[1].replace("<row ", '<row hidden="1" ')
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    body = book(
        ('name="目录"', sheet(*rows, before=columns)),
        ('name="底稿" state="hidden"', sheet(row(text_cell("A1", "内部")))),
        ('name="底稿二" state="veryHidden"', sheet(row(text_cell("A1", "内部")))),
    )
    found = extract_file("a.xlsx", body)
    assert found.tables == ((("甲1", "丙1"), ("甲3", "丙3")),)
    assert "内部" not in found.text


def test_merged_heads_stand_once_and_columns_stay_aligned() -> None:
    rows = [
        row(text_cell("A1", "序号"), text_cell("B1", "回收率"), text_cell("C1", "旧值")),
        row(text_cell("B2", "锂"), text_cell("C2", "镍")),
        row('<c r="A3"><v>1</v></c>', '<c r="C3"><v>98</v></c>'),
    ]
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>'
    found = extract_file("a.xlsx", book(('name="表"', sheet(*rows, behind=merged))))
    assert found.tables == ((("序号", "回收率"), ("", "锂", "镍"), ("1", "", "98")),)


def test_shared_texts_without_readings_struck_runs_and_with_exponents() -> None:
    items = [
        "<si><t>要求</t><rPh><t>ヨウキュウ</t></rPh></si>",
        "<si><r><t>10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>4</t></r><r><t>个</t></r></si>",
        "<si><r><rPr><strike/></rPr><t>九万元</t></r><r><rPr><strike val='0'/></rPr><t>一万元</t></r></si>",
        "<si><t>第一行_x000D_第二行</t></si>",
    ]
    rows = [row(f'<c t="s"><v>{n}</v></c>') for n in range(4)]
    parts = {"xl/sharedStrings.xml": f"<sst>{''.join(items)}</sst>"}
    found = extract_file("a.xlsx", book(('name="表"', sheet(*rows)), parts=parts))
    assert found.text == "要求\n10⁴个\n一万元\n第一行第二行"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="str"><f>A1</f><v>合格</v></c>', "合格"),
        ('<c t="d"><v>2026-12-01T00:00:00</v></c>', "2026-12-01"),
        ("<c><v>12345678901234567890</v></c>", "1.23457E+19"),
        ("<c><v>oops</v></c>", "oops"),
        ('<c t="s"><v>99</v></c>' + text_cell("B1", "乙"), "\t乙"),
        ('<c s="77"><v>0.5</v></c>', "0.5"),
    ],
)
def test_kinds_of_cells(cell: str, shown: str) -> None:
    body = book(('name="表"', sheet(row(text_cell("A1", "各类单元格的取值如下")), row(cell))))
    assert extract_file("a.xlsx", body).text.split("\n")[1] == shown


def test_formulas_that_nobody_counted_are_told() -> None:
    body = book(('name="测算"', sheet(row(text_cell("A1", SENTENCE), "<c r='B1'><f>1+1</f></c>"))))
    found = extract_file("a.xlsx", body)
    assert (found.status, unread_of(found.text)) == (
        Status.PARTIAL,
        "工作表“测算”1个公式的值（不支持）",
    )


def test_rows_and_columns_beyond_the_limits_are_told() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_003))
    wide = row(text_cell("DZ1", "末列"), extra='r="1"') + row(
        text_cell("A2", "首列"), extra='r="2"'
    )
    found = extract_file("a.xlsx", book(('name="长"', sheet(rows)), ('name="宽"', sheet(wide))))
    assert found.status is Status.PARTIAL
    assert len(found.tables[0]) == 20_000
    assert unread_of(found.text) == "工作表“长”第20001行起（过大）；工作表“宽”第121列起（过大）"


@pytest.mark.parametrize(
    "styles",
    [
        "<styleSheet><fonts><font><family val='134'/></font></fonts><fills><fill/></fills></styleSheet>",
        "<styleSheet><cellXfs><xf numFmtId='x'/><xf/></cellXfs><colors rgb='red'/></styleSheet>",
        "<styleSheet><numFmts><numFmt numFmtId='' formatCode='0'/></numFmts>",
        "<styleSheet/>",
    ],
)
def test_odd_styles_and_properties_cost_no_cells(styles: str) -> None:
    parts = {
        "xl/styles.xml": styles,
        "docProps/core.xml": "<coreProperties><created>昨天</created></coreProperties>",
    }
    body = book(('name="表"', sheet(row(text_cell("A1", SENTENCE), '<c s="1"><v>3</v></c>'))), parts=parts)  # fmt: skip
    found = extract_file("a.xlsx", body)
    assert (found.status, found.text) == (Status.OK, f"{SENTENCE}\t3")


@pytest.mark.parametrize(("part", "told"), [("styles", "数字格式"), ("sharedStrings", "文字")])
def test_a_broken_part_beside_the_sheets_is_told_and_costs_no_more(part: str, told: str) -> None:
    body = book(('name="表"', sheet(row(text_cell("A1", SENTENCE)))), parts={f"xl/{part}.xml": ""})
    found = extract_file("a.xlsx", body)
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, f"{told}（已损坏）")
    assert found.text.startswith(SENTENCE)


def test_a_sheet_that_is_missing_costs_only_itself() -> None:
    parts = {"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/s1.xml"), ("rId2", "worksheet", "worksheets/none.xml"))}  # fmt: skip
    body = book(
        ('name="甲"', sheet(row(text_cell("A1", SENTENCE)))), ('name="乙"', ""), parts=parts
    )
    found = extract_file("a.xlsx", body)
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, "工作表“乙”（已损坏）")


def test_text_boxes_and_embedded_files_of_a_sheet_are_read() -> None:
    parts: dict[str, bytes | str] = {
        "xl/worksheets/_rels/s1.xml.rels": relations(
            ("rId1", "drawing", "../drawings/d1.xml"),
            ("rId2", "package", "../embeddings/说明.docx"),
        ),
        "xl/drawings/d1.xml": "<d xmlns:a='a'><sp><txBody><a:p><a:r><a:t>填表说明</a:t></a:r></a:p></txBody></sp></d>",
        "xl/embeddings/说明.docx": docx(p(SENTENCE)),
    }
    found = extract_file("a.xlsx", book(('name="表"', sheet(row(text_cell("A1", "企业名称")))), parts=parts))  # fmt: skip
    assert found.text == f"企业名称\n填表说明\n【说明.docx】\n{SENTENCE}"


# ------------------------------------------------------------------ .xls and CSV


def test_binary_workbooks_show_the_same() -> None:
    body = binary_book(
        [
            (0, 0, "锂回收率", "General"), (0, 1, "隐列", "General"), (0, 2, 0.95, "0%"),
            (1, 0, "编码", "General"), (1, 2, 1234, "00000000"),
            (2, 0, "隐行", "General"),
            (3, 0, "施行", "General"), (3, 2, 46357, 'yyyy"年"m"月"'),
        ],
        hidden_rows=[2], hidden_columns=[1],
    )  # fmt: skip
    found = extract_file("a.xls", body)
    assert found.tables == ((("锂回收率", "95%"), ("编码", "00001234"), ("施行", "2026年12月")),)


def test_hidden_sheets_and_struck_cells_of_binary_workbooks_are_no_text() -> None:
    cells = [(0, 0, "内部数据", "General")]
    assert extract_file("a.xls", binary_book(cells)).text == "内部数据"
    assert extract_file("a.xls", binary_book(cells, hidden=True)).text == ""
    assert extract_file("a.xls", binary_book(cells, struck=True)).text == ""


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_with_any_mark(mark: str) -> None:
    text = f'编码{mark}"要求{mark}必填"\n1{mark}{SENTENCE}'
    found = extract_file("a.csv", text.encode("gbk"))
    assert found.tables[0] == (("编码", f"要求{mark}必填".replace("\t", " ")), ("1", SENTENCE))


def test_csv_that_is_cut_is_told() -> None:
    found = extract_file("a.csv", "".join(f"{n},甲\n" for n in range(20_005)).encode())
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, "第20001行起（过大）")
