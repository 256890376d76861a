"""Cut notices into passages."""

from __future__ import annotations

from classifier.topics.passages import (
    LONGEST,
    TITLE,
    block_passages,
    mixed_passages,
    notice_passages,
    table_passages,
    text_passages,
)
from domain.records.observation import Block


def test_articles_keep_their_number_over_paragraphs() -> None:
    text = "第一条 为规范管理。\n第二条 企业应当：\n（一）登记；\n第三条 施行。"
    places = [(p.where, p.text) for p in text_passages(text)]
    assert places[0] == ("第一条", "第一条 为规范管理。")
    assert [where for where, _ in places].count("第二条") >= 1
    assert places[-1] == ("第三条", "第三条 施行。")
    assert "（一）登记；" in [text for _, text in places]


def test_paragraphs_are_counted() -> None:
    assert [p.where for p in text_passages("甲。\n\n乙。")] == ["正文第1段", "正文第2段"]
    assert [p.where for p in text_passages("甲。", "附件《一》")] == ["附件《一》第1段"]


def test_rows_carry_their_headings() -> None:
    rows = (("字段", "类型"), ("编码", "字符型"), ("", ""), ("VIN", ""))
    found = list(table_passages(rows, "表1"))
    assert [(p.where, p.text) for p in found] == [
        ("表1行1", "字段，类型"),
        ("表1行2", "字段：编码，类型：字符型"),
        ("表1行4", "字段：VIN"),
    ]


def test_blocks_and_attachments_name_their_tables() -> None:
    blocks = (
        Block(kind="paragraph", text="一段。"),
        Block(kind="table", rows=(("a", "b"), ("1", "2"))),
        Block(kind="paragraph", text="二段。"),
    )
    assert [p.where for p in block_passages(blocks)] == [
        "正文第1段", "表1行1", "表1行2", "正文第1段",
    ]  # fmt: skip
    found = list(mixed_passages("说明\n甲\t乙\n1\t2", "附件《表.xlsx》"))
    assert [p.where for p in found] == [
        "附件《表.xlsx》第1段", "附件《表.xlsx》表1行1", "附件《表.xlsx》表1行2",
    ]  # fmt: skip


def test_long_paragraphs_are_cut_at_sentences() -> None:
    text = "企业应当在三十日内报送信息。" * 200
    found = list(text_passages(text))
    assert all(len(p.text) <= LONGEST for p in found)
    assert all(p.text.endswith("。") for p in found)
    assert "".join(p.text for p in found) == text
    unbroken = list(text_passages("电" * 1000))
    assert sum(len(p.text) for p in unbroken) == 1000


def test_title_comes_first_and_empty_texts_give_nothing() -> None:
    assert notice_passages("", "") == []
    assert notice_passages(" \0", "\0\0") == []
    found = notice_passages("通知", "正文。")
    assert [(p.where, p.text) for p in found] == [(TITLE, "通知"), ("正文第1段", "正文。")]
