"""Texts of strangers in cells, file names, links and lines."""

import pytest

from domain.text.safe_output import clip, download_name, folder_name, is_web_url, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_cells_of_other_kinds_stay_what_they_are():
    assert [safe_cell(value) for value in (None, -1, 2.5, "1=1", "a\x00b")] == [
        "", -1, 2.5, "1=1", "ab",
    ]  # fmt: skip
    assert len(safe_cell("长" * 40_000)) == 32_000


@pytest.mark.parametrize(
    ("name", "folder", "download"),
    [
        ("附件1：表.xls", "附件1_表.xls", "附件1_表.xls"),
        ("../../etc/passwd", "etc_passwd", "etc_passwd"),
        ("a b.pdf", "a_b.pdf", "a b.pdf"),
        ("...", "attachment", "file"),
    ],
)
def test_names_stay_in_their_folder(name, folder, download):
    assert folder_name(name) == folder
    assert download_name(name) == download


def test_long_names_keep_their_extension():
    assert folder_name("长" * 300 + ".pdf").endswith("长.pdf")
    assert len(download_name("长" * 300 + ".pdf")) == 100


def test_only_web_addresses_are_linked():
    wanted = {
        "https://a.gov.cn/1": True,
        "http://a": True,
        "javascript:alert(1)": False,
        "https:///x": False,
        " https://a": False,
        "": False,
    }
    assert {url: is_web_url(url) for url in wanted} == wanted


def test_what_is_cut_off_shows():
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abc def", 5) == "abc…"
