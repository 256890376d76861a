"""A PDF is read as it is shown: what is hidden is no text, what is no text is named."""

from __future__ import annotations

import random

import pytest

from crawler.extract.file_extractor import extract_file
from domain.records.states import AttachmentStatus as Status
from tests.fakes.files import pdf_of
from tests.fakes.pdf_pages import document, lines, page, rule, table, text

BODY = ["第一条 为规范动力电池编码管理，制定本办法。", "第二条 企业应当建立台账。"]
READ = ["第一条为规范动力电池编码管理，制定本办法。", "第二条企业应当建立台账。"]
SHOWN = lines(BODY, 60, 760)
SCAN = "q 595 0 0 842 0 0 cm /Im Do Q\n"


def read(content: str, extra: str = "") -> list[str]:
    return extract_file("a.pdf", document([page(content, extra=extra)])).text.split("\n")


@pytest.mark.parametrize(
    "hidden",
    [
        text("第三条 处九万元罚款。", 60, 700, mode="3 Tr"),
        text("第三条 处九万元罚款。", 60, 700, mode="1 g"),
        text("第三条 处九万元罚款。", 60, 700, mode="0.99 g"),
        text("第三条 处九万元罚款。", 60, 700, 0.8),
        text("第三条 处九万元罚款。", 60, -40),
        text("第三条 处九万元罚款。", 700, 400),
        text("第三条 处九万元罚款。", 60, 700) + "1 g 50 690 300 24 re f\n",
        text("第三条 处九万元罚款。", 60, 700) + "0 g 50 690 300 24 re f\n",
        "0 0 .5 rg 50 690 300 24 re f\n" + text("第三条 处九万元罚款。", 60, 700, mode="0 0 .5 rg"),
        text("第三条 处九万元罚款。", 60, 700) + "q 300 0 0 24 50 690 cm /Im Do Q\n",
        text("第三条 处九万元罚款。", 60, 700) + rule(60, 704, 192, 704),
        text("第三条 处九万元罚款。", 60, 700) + "60 703 132 0.8 re f\n",
    ],
)  # fmt: skip
def test_text_that_nobody_sees_is_no_text(hidden: str) -> None:
    assert read(SHOWN + hidden) == READ


@pytest.mark.parametrize(
    "shown",
    [
        "0 0 .5 rg 50 690 300 24 re f\n" + text("第三条 处九万元罚款。", 60, 700, mode="1 g"),
        "0 0 .5 rg 50 680 500 50 re f\n" + text("第三条 处九万元罚款。", 60, 690, 30, mode="1 g"),
        "1 g 50 690 300 24 re f\n" + text("第三条 处九万元罚款。", 60, 700, mode="0 g"),
        "/Half gs 1 1 0 rg 50 690 300 24 re f\n" + text("第三条 处九万元罚款。", 60, 700, mode="0 g"),
        text("第三条 处九万元罚款。", 60, 700) + "q /Half gs 1 1 0 rg 50 690 300 24 re f Q\n",
        text("第三条 处九万元罚款。", 60, 700) + rule(60, 698, 192, 698),
        text("第三条 处九万元罚款。", 60, 700) + "1 0 0 RG 50 690 300 24 re S\n",
        text("第三条 处九万元罚款。", 60, 700) + text("第三条 处九万元罚款。", 60.3, 700),
        text("第三条 处九万元罚款。", 60, 700, mode="2 Tr"),
    ],
)  # fmt: skip
def test_text_that_is_seen_is_read_once(shown: str) -> None:
    assert read(SHOWN + shown) == [*READ, "第三条处九万元罚款。"]


def test_a_seal_over_its_signature_hides_nothing() -> None:
    image = b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8%s/Length 4>>stream\n%s\nendstream"
    seal = (image % (b"/SMask 11 0 R", b"\x80" * 4), image % (b"", b"\x00\xff\x00\xff"))
    drawn = SHOWN + text("某省工业和信息化厅", 350, 640) + "q 119 0 0 119 380 590 cm /Fm Do Q\n"
    found = extract_file("a.pdf", document([page(drawn)], objects=seal))
    assert found.text.split("\n") == [*READ, "某省工业和信息化厅"]


def test_only_the_words_that_a_line_runs_through_are_struck() -> None:
    assert read(SHOWN + text("第三条 处九万元罚款，责令改正。", 60, 700) + rule(108, 704, 180, 704)) == [*READ, "第三条，责令改正。"]  # fmt: skip


def test_text_outside_the_crop_box_is_no_text() -> None:
    assert read(SHOWN + text("裁去的文字", 60, 820), extra="/CropBox[40 40 560 790]") == READ


@pytest.mark.parametrize(
    ("size", "rise", "shown"),
    [(7, 4, "不得低于10⁴吨。"), (12, 5, "不得低于10⁴吨。"), (7, -2, "不得低于104吨。")],
)
def test_raised_digits_stay_raised(size: float, rise: float, shown: str) -> None:
    written = text("不得低于10", 60, 700) + text("4", 132, 700 + rise, size)
    written += text("吨。", 132 + size, 700)
    assert read(SHOWN + written)[-1] == shown


def test_pages_that_are_pictures_are_named() -> None:
    found = extract_file("a.pdf", document([page(SHOWN), page(SCAN), page(SCAN), page("")]))
    assert found.status is Status.PARTIAL
    assert found.unread == (("第2-3页", Status.NO_TEXT),)
    assert found.text.split("\n") == [*READ, "【未读：第2-3页（无文字）】"]


def test_a_picture_with_a_stamp_of_text_is_not_read_whole() -> None:
    stamped = SCAN + text("第2页", 280, 30, 9)
    found = extract_file("a.pdf", document([page(SHOWN), page(stamped)]))
    assert (found.status, found.unread) == (Status.PARTIAL, (("第2页的图像", Status.NO_TEXT),))


@pytest.mark.parametrize(
    ("picture", "whole"),
    [
        ("q 400 0 0 250 100 300 cm /Im Do Q\n", False),  # perhaps a table
        ("q 119 0 0 119 400 100 cm /Im Do Q\n", True),  # a seal
        ("", True),
    ],
)
def test_a_large_picture_below_the_text_is_named(picture: str, whole: bool) -> None:
    found = extract_file("a.pdf", document([page(SHOWN + picture)]))
    assert found.status is (Status.OK if whole else Status.PARTIAL)
    assert found.unread == (() if whole else (("第1页的图像", Status.NO_TEXT),))


def test_a_ground_behind_the_text_is_no_unread_picture() -> None:
    found = extract_file("a.pdf", document([page(SCAN + lines(BODY * 4, 60, 760))]))
    assert found.status is Status.OK


def test_a_text_layer_behind_a_scan_is_read_but_the_picture_is_not() -> None:
    layer = "".join(text(line, 60, 700 - 20 * n, mode="3 Tr") for n, line in enumerate(BODY))
    for drawn in (SCAN + layer, lines(BODY, 60, 700) + SCAN):
        found = extract_file("a.pdf", document([page(drawn)]))
        assert (found.status, found.unread) == (
            Status.PARTIAL,
            (("第1页的图像", Status.NO_TEXT),),
        )
        assert found.text.split("\n")[:2] == READ


@pytest.mark.parametrize("drawn", [SCAN, "q 300 0 0 300 100 300 cm /Im Do Q\n"])
def test_scans_have_no_text(drawn: str) -> None:
    found = extract_file("a.pdf", document([page(drawn)]))
    assert (found.status, found.text) == (Status.NO_TEXT, "")


def soup(low: int, high: int) -> str:
    codes = random.Random(3).choices(range(low, high), k=60)
    return f"BT /F1 12 Tf 40 700 Td <{''.join(f'{code:04x}' for code in codes)}> Tj ET\n"


@pytest.mark.parametrize(
    "body",
    [
        document([page(soup(0xE103, 0xE600))]),
        document([page(soup(0x5200, 0x9F00))]),
        document([page(soup(0x0600, 0x0B00))]),
        pdf_of([soup(3, 9000)]).replace(b"/ToUnicode 5 0 R", b"/Nothing__ 5 0 R"),
        pdf_of([soup(3, 90)]).replace(b"/ToUnicode 5 0 R", b"/Nothing__ 5 0 R"),
    ],
)
def test_glyphs_without_a_map_are_no_text(body: bytes) -> None:
    found = extract_file("a.pdf", body)
    assert (found.status, found.text) == (Status.NO_TEXT, "")


def test_a_page_of_unmapped_glyphs_among_others_is_named() -> None:
    found = extract_file("a.pdf", document([page(SHOWN), page(soup(0xE103, 0xE600))]))
    assert (found.status, found.unread) == (Status.PARTIAL, (("第2页", Status.NO_TEXT),))
    assert found.text.startswith("\n".join(READ))


def test_radicals_are_written_as_characters() -> None:
    assert read(lines(["第⼀条 企业应当在三⼗⽇内备案。"], 60, 760)) == [
        "第一条企业应当在三十日内备案。"
    ]


def test_a_very_long_document_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.extract.formats.pdf.pdf_document._MOST_CAREFULLY", 20)
    found = extract_file("a.pdf", document([page(SHOWN), page(text("第三条 附则规定如下。", 60, 700)), page(soup(0xE103, 0xE600))]))  # fmt: skip
    assert found.text.split("\n") == [*READ, "第三条附则规定如下。", "【未读：第3页（无文字）】"]


def test_tables_inside_forms_stand_where_the_form_stands() -> None:
    rows = (("序号", "名称", "罚款"), ("1", "甲", "一万元"))
    inner = table(rows, [10, 100, 200, 300], 200).encode()
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 300]/Matrix[1 0 0 1 30 0]/Resources<</Font<</F1 3 0 R>>>>/Length %d>>stream\n%s\nendstream" % (len(inner), inner)  # fmt: skip
    body = document([page("q 1 0 0 1 60 400 cm /Fm Do Q\n" + SHOWN)], objects=[form])
    found = extract_file("a.pdf", body)
    assert found.tables == (rows,)
    assert found.text.startswith("\n".join(READ))
