"""Find document numbers and give them one spelling."""

import pytest

from domain.text.document_numbers import (
    find_document_numbers,
    has_agency_prefix,
    is_index_number,
    normalise_document_number,
)


@pytest.mark.parametrize(
    "spelling",
    ["工信部联节〔2026〕15号", "工信部联节[2026]15号", "工信部联节［2026］ 15 号",
     "工信部联节(2026)15号", "工信部联节（２０２６）第15号", "工信部联节【2026】015号", "工信部联节〔２０２６〕１５号",
     "工信部联节﹝2026﹞15号", "工信部联节〔二〇二六〕十五号", "工信部联节 〔 2026 〕 15号"],
)  # fmt: skip
def test_every_bracket_style_is_one_number(spelling: str) -> None:
    assert normalise_document_number(spelling) == "工信部联节〔2026〕15号"
    assert find_document_numbers(f"现将《办法》（{spelling}）印发给你们") == [
        "工信部联节〔2026〕15号"
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("商务部公告2026年第20号", "商务部公告2026年第20号"),
        ("商务部 2026年第20号公告", "商务部公告2026年第20号"),
        ("商务部 海关总署公告2025年第58号", "商务部海关总署公告2025年第58号"),
        ("关于修订说明书的公告（2025年第101号）", "公告2025年第101号"),
        ("中华人民共和国工业和信息化部令 第73号", "工业和信息化部令第73号"),
        ("国务院第七百一十五号令", "国务院令第715号"),
        ("广州市人民政府令第179号", "广州市人民政府令第179号"),
        ("商务部令二〇二〇年第二号", "商务部令2020年第2号"),
        ("第73号令", "令第73号"),
        ("2026年第17号", "2026年第17号"),
    ],
)
def test_announcements_and_orders(text: str, number: str) -> None:
    assert normalise_document_number(text) == number


def test_numbers_in_running_text_lose_what_is_not_theirs() -> None:
    text = (
        "根据《办法》（国令第715号）和工信部联节〔2018〕43号文件，原环发〔2012〕5号"
        "废止的通知穗建规字〔2024〕5号"
    )
    found = find_document_numbers(text)
    assert "国务院令第715号" in found
    assert "工信部联节〔2018〕43号" in found
    assert "环发〔2012〕5号" in found
    assert "穗建规字〔2024〕5号" in found
    assert (
        find_document_numbers("（2024）粤01民终123号，责令第3号，第20220260号提案，2025年第8期")
        == []
    )


def test_agency_prefix_and_index_numbers() -> None:
    assert has_agency_prefix("工信部联节〔2026〕15号")
    assert has_agency_prefix("商务部公告2026年第20号")
    assert not has_agency_prefix("公告2026年第20号")
    assert not has_agency_prefix("令第73号")
    for index in (
        "696785044/2026-00017",
        "000014672/2026-00310",
        "索引号：11440000MB2D0162XT/2024-00012",
    ):
        assert is_index_number(index)
        assert find_document_numbers(index) == []
    for number in ("工信部联节〔2026〕15号", "GB/T 34014-2017", "HJ 1186-2021", "令第73号"):
        assert not is_index_number(number)
