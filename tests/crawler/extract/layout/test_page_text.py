"""Tables that a PDF only draws: rows of cells in the text, the rest of the page untouched."""

from __future__ import annotations

from classifier.facts import extract_facts
from crawler.extract.file_extractor import extract_file
from domain.records.states import FactKind
from tests.fakes.files import pdf_of, ruled

HEAD = ["序号", "字段名称", "类型", "长度", "约束", "说明"]
FIRST = [
    ["1", "电池编码", "字符", "24", "必填", ""],
    ["2", "电池类型", "字符", "1", "必填", "1-磷酸铁锂；\n2-三元"],
]
SECOND = [
    ["18", "额定容量", "数值", "10", "选填", "单位Ah"],
    ["19", "生产日期", "日期", "8", "必填", ""],
]


def line(text: str, y: int) -> str:
    return f"BT /F1 12 Tf 40 {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def test_cells_come_between_tabs_and_a_wrapped_cell_stays_whole() -> None:
    page = "\n".join(
        [
            line("附件 数据接口", 750),
            ruled([HEAD, *FIRST], 720),
            line("以上自发布之日起执行。", 500),
        ]
    )
    found = extract_file("接口.pdf", pdf_of([page]))
    assert found.text.split("\n") == [
        "附件数据接口",
        "序号\t字段名称\t类型\t长度\t约束\t说明",
        "1\t电池编码\t字符\t24\t必填\t",
        "2\t电池类型\t字符\t1\t必填\t1-磷酸铁锂；2-三元",
        "以上自发布之日起执行。",
    ]  # fmt: skip
    assert found.tables == (
        (
            tuple(HEAD),
            tuple(FIRST[0]),
            ("2", "电池类型", "字符", "1", "必填", "1-磷酸铁锂；2-三元"),
        ),
    )


def test_fields_of_a_table_that_goes_on_overleaf() -> None:
    pages = [ruled([HEAD, *FIRST], 720), "\n".join([line("续表", 750), ruled(SECOND, 720)])]
    text = extract_file("接口.pdf", pdf_of(pages)).text
    facts = extract_facts("", [], attachments=[("接口.pdf", text)])
    fields = [fact for fact in facts if fact.kind is FactKind.DATA_FIELD]
    assert [(fact.value.to_json()["name"], fact.value.to_json()["length"], fact.value.to_json()["mandatory"]) for fact in fields] == [
        ("电池编码", 24, True), ("电池类型", 1, True), ("额定容量", 10, False), ("生产日期", 8, True),
    ]  # fmt: skip
    assert fields[1].value.to_json()["codes"] == {"1": "磷酸铁锂", "2": "三元"}
    assert fields[-1].where == "附件《接口.pdf》表1行5"


def test_a_box_around_text_is_no_table() -> None:
    box = ruled([["第一条 为了规范动力电池编码管理，制定本办法。"]], 720, width=400)
    assert (
        extract_file("a.pdf", pdf_of([box])).text == "第一条为了规范动力电池编码管理，制定本办法。"
    )


def test_a_table_beside_a_drawing_of_many_lines_is_still_read() -> None:
    drawing = "\n".join(f"{n % 500} {n // 500} 30 0.5 re f" for n in range(5000))
    page = "\n".join([drawing, ruled([HEAD, *FIRST], 720)])
    assert "1\t电池编码\t字符" in extract_file("a.pdf", pdf_of([page])).text


def test_a_drawing_of_very_many_lines_stays_text() -> None:
    drawing = "\n".join(f"{n % 500} {n // 500} 30 0.5 re f" for n in range(9000))
    page = "\n".join(
        [drawing, line("第一条 为了规范动力电池编码管理。", 750), ruled([["甲", "乙"]], 720)]
    )
    assert extract_file("a.pdf", pdf_of([page])).tables == ()
