"""The validity that a library of normative documents prints in a row."""

from __future__ import annotations

import pytest

from config.model import Selectors
from crawler.extract.lists.list_rows import find_rows

ROW = """<tr><td>{n}</td><td><a href="/gfxwj/2026/t20260{n}01_{n}.html">关于第{n}号事项管理办法的通知</a>
</td><td>某环规〔2026〕{n}号</td><td>{validity}</td><td>2026-0{n}-01</td></tr>"""
ITEM = """<li><a href="/gfxwj/2026/t20260{n}01_{n}.html">关于第{n}号事项管理办法的通知</a>
<em>{validity}</em><span>2026-0{n}-01</span></li>"""


def read(row: str, words: list[str], selector: str | None) -> list[tuple[str, str]]:
    rows = "".join(row.format(n=n, validity=word) for n, word in enumerate(words, 1))
    inner = f"<table>{rows}</table>" if row is ROW else f"<ul>{rows}</ul>"
    found = find_rows(
        f"<html><body>{inner}</body></html>",
        "https://sthjt.example.gov.cn/gfxwj/",
        selectors=Selectors(row=selector),
    )
    return [(each.hints.document_number, each.hints.validity) for each in found.rows]


@pytest.mark.parametrize("selector", [None, "tr", "li"])
def test_a_column_of_validity_is_kept(selector: str | None) -> None:
    words = ["有效", "已废止", "现行有效", "部分失效", "【失效】", "已修改"]
    if selector != "li":
        told = read(ROW, words, selector)
        assert told == [(f"某环规〔2026〕{n}号", word) for n, word in enumerate(words, 1)]
    if selector != "tr":
        assert [word for _, word in read(ITEM, words, selector)] == words


@pytest.mark.parametrize("word", ["", "是", "5年", "修改", "修改稿", "有效期5年", "公开", "不失效"])
def test_another_column_is_no_validity(word: str) -> None:
    assert {validity for _, validity in read(ROW, [word] * 4, "tr")} == {""}
