"""Binary Word files: what is shown is text, cells and rows are those of the tables."""

from __future__ import annotations

import struct
import time

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.files import SENTENCE, doc
from tests.fakes.word_files import binary_doc, binary_list, sprm

IN_TABLE = sprm(0x2416, b"\1")
ROW_END = IN_TABLE + sprm(0x2417, b"\1")


def para(text: str, look: bytes = b"", properties: bytes = b"", mark: str = "\r"):
    return ([(text, look)], mark, properties)


def lines(*paragraphs, **settings) -> list[str]:
    return extract_file("a.doc", binary_doc(paragraphs, **settings)).text.split("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("详见\x13 HYPERLINK \"http://a.example\" \x14附件二\x15，按其办理。", "详见附件二，按其办理。"),
        ("共\x13 NUMPAGES \x1412\x15页，每页须盖章。", "共12页，每页须盖章。"),
        ("甲\x13 IF \x13 DOCPROPERTY x \x14内部\x15 = 1 \x14企业应当备案\x15。", "甲企业应当备案。"),
        ("日期\x13 TIME \\@ \x15由省厅另行通知。", "日期由省厅另行通知。"),
        ("未完\x13 的域不吞掉后面的正文。", "未完 的域不吞掉后面的正文。"),
        ("编号CN\x1e2026共二十四位\x1f字符。", "编号CN-2026共二十四位字符。"),
        ("图\x01\x08注\x02\x05：见附件第三页。", "图注：见附件第三页。"),
    ],
)  # fmt: skip
def test_a_field_is_its_result_and_marks_are_no_text(text: str, shown: str) -> None:
    assert lines(para(text)) == [shown]
    assert extract_file("a.doc", doc(f"{text}\n")).text == shown


def test_cells_of_several_paragraphs_and_empty_cells_keep_their_columns() -> None:
    found = extract_file(
        "a.doc",
        binary_doc(
            [
                para("登记表", properties=b""),
                para("法定", properties=IN_TABLE), para("代表人", properties=IN_TABLE, mark="\x07"),
                para("", properties=IN_TABLE, mark="\x07"), para("电话", properties=IN_TABLE, mark="\x07"),
                para("", properties=ROW_END, mark="\x07"),
                para("张某", properties=IN_TABLE, mark="\x07"), para("男", properties=IN_TABLE, mark="\x07"),
                para("", properties=IN_TABLE, mark="\x07"), para("", properties=ROW_END, mark="\x07"),
                para("填表说明：一式两份。"),
            ]
        ),
    )  # fmt: skip
    assert found.tables == ((("法定 代表人", "", "电话"), ("张某", "男", "")),)
    assert found.text == "登记表\n法定 代表人\t\t电话\n张某\t男\t\n填表说明：一式两份。"


def test_tables_without_properties_end_their_rows_by_a_second_mark() -> None:
    found = extract_file("a.doc", doc("表\n甲\x07乙\n丙\x07\x07丁\x07戊\x07\x07完毕，特此说明。\n"))
    assert found.tables == ((("甲", "乙 丙"), ("丁", "戊")),)
    assert found.text == "表\n甲\t乙 丙\n丁\t戊\n完毕，特此说明。"


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        (0x0837, b"\1", ""),
        (0x2A53, b"\1", ""),
        (0x083C, b"\1", ""),
        (0x0800, b"\1", ""),
        (0x0837, b"\0", "九万元"),
        (0x0835, b"\1", "九万元"),
    ],
)
def test_struck_hidden_and_deleted_words_are_no_text(code: int, value: bytes, shown: str) -> None:
    runs = [("处", b""), ("九万元", sprm(code, value)), ("罚款，并责令改正。", b"")]
    assert lines((runs, "\r", b"")) == [f"处{shown}罚款，并责令改正。"]


def test_exponents_stay_raised() -> None:
    runs = [("10", b""), ("-4", sprm(0x2A48, b"\1")), ("mol，见本标准附录。", b"")]
    assert lines((runs, "\r", b"")) == ["10⁻⁴mol，见本标准附录。"]


def test_a_deleted_mark_joins_paragraphs() -> None:
    first = ([("企业应当在", b""), ("\r", sprm(0x0800, b"\1")), ("十日内备案。", b"")], "\r", b"")
    assert lines(first) == ["企业应当在十日内备案。"]


def test_automatic_numbers_stand_in_the_text() -> None:
    numbered = sprm(0x460B, b"\1\0")
    item = numbered + sprm(0x260A, b"\1")
    lists = binary_list([("第%1条", 39, 1), ("（%2）", 37, 1)])
    found = lines(
        para("为规范管理，制定本办法。", properties=numbered),
        para("有下列情形的：", properties=numbered),
        para("未备案；", properties=item),
        para("不改正。", properties=item),
        para("附注。"),
        para("自公布之日起施行。", properties=numbered),
        lists=lists,
    )
    assert found == [
        "第一条 为规范管理，制定本办法。",
        "第二条 有下列情形的：",
        "（一）未备案；",
        "（二）不改正。",
        "附注。",
        "第三条 自公布之日起施行。",
    ]


def test_articles_count_on_over_chapters_where_the_list_says_so() -> None:
    chapter = sprm(0x460B, b"\1\0")
    article = chapter + sprm(0x260A, b"\1")
    texts = [("总则", chapter), ("甲", article), ("罚则", chapter), ("乙", article)]
    paragraphs = [para(text, properties=properties) for text, properties in texts]
    lists = [("第%1章", 39, 1), ("第%2条", 39, 1)]
    assert lines(*paragraphs, lists=binary_list(lists, flags=0x08))[3] == "第二条 乙"
    assert lines(*paragraphs, lists=binary_list(lists))[3] == "第一条 乙"


def test_headers_and_comments_are_no_text_and_notes_are() -> None:
    body, note, header, comment = "正文一段，见脚注。\r", "脚注内容。\r", "页眉\r", "批注\r"
    found = lines(
        *(para(text.rstrip("\r")) for text in (body, note, header, comment)),
        stories=[len(body), len(note), len(header), 0, len(comment), 0, 0],
    )
    assert found == ["正文一段，见脚注。", "脚注内容。"]


def test_characters_beyond_the_first_plane_shift_nothing() -> None:
    runs = [("𠮷字", b""), ("旧", sprm(0x0837, b"\1")), ("新的条文内容如下。", b"")]
    assert lines((runs, "\r", b"")) == ["𠮷字新的条文内容如下。"]


@pytest.mark.parametrize(
    ("size", "more", "told"),
    [
        ((8300, 11700, 1000, 1000), b"", "图片（无文字）"),
        ((8300, 11700, 100, 100), b"", ""),
        ((8300, 500, 1000, 1000), b"", ""),
        ((8300, 11700, 1000, 1000), sprm(0x080A, b"\1"), ""),
    ],
)
def test_a_page_that_is_a_picture_is_told(size: tuple[int, ...], more: bytes, told: str) -> None:
    look = sprm(0x6A03, struct.pack("<I", 8)) + more
    body = binary_doc(
        [([(SENTENCE, b""), ("\x01", look)], "\r", b"")],
        content=bytes(8 + 28) + struct.pack("<hhHH", *size),
    )
    found = extract_file("a.doc", body)
    assert found.status is (Status.PARTIAL if told else Status.OK)
    assert unread_of(found.text) == told


def test_many_fields_in_fields_cost_little() -> None:
    started = time.process_time()
    assert extract_file("a.doc", doc("\x13" * 9_000 + "\x15" * 9_000 + SENTENCE)).text == SENTENCE
    assert time.process_time() - started < 5


def test_damaged_structures_lose_no_text() -> None:
    body = bytearray(binary_doc([para(SENTENCE)], lists=(b"\xff" * 40, b"\xff" * 40)))
    assert extract_file("a.doc", bytes(body)).text == SENTENCE


def test_an_encrypted_file_says_so() -> None:
    assert extract_file("a.doc", doc(SENTENCE, flags=0x0300)).status is Status.ENCRYPTED
