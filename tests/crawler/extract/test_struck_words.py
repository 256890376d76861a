"""Words that a page strikes through are no part of its text."""

from __future__ import annotations

import pytest

from crawler.extract.dom import parse_html, text_of
from crawler.extract.page.notice_parser import parse_notice

REST = "，并在十五日内报送上一年度的溯源信息和回收利用情况。"


def shown(inner: str, style: str = "") -> str:
    page = f"<html><head><style>{style}</style></head><body><p>{inner}{REST}</p></body></html>"
    return text_of(parse_html(page).find("body")).removesuffix(REST)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("处<s>九万元</s>一万元罚款", "处一万元罚款"),
        ("处<strike>九万元</strike>一万元罚款", "处一万元罚款"),
        ("处<del>九万元</del><ins>一万元</ins>罚款", "处一万元罚款"),
        ('处<span style="color:red; TEXT-DECORATION: underline line-through">九万元</span>罚款', "处罚款"),
        ('处<span style="text-decoration-line:line-through">九<b>万</b>元</span>罚款', "处罚款"),
        ('处<span style="text-decoration:none">一万元</span>罚款', "处一万元罚款"),
        ('处<span style="text-decoration:underline">一万元</span>罚款', "处一万元罚款"),
        ('处<del>九<s>万</s>元</del>一万元', "处一万元"),
        ('处<span class="x old">九万元</span>一万元', "处一万元"),
        ('处<span class="older">一万元</span>', "处一万元"),
    ],
)  # fmt: skip
def test_struck_words_are_no_text(inner: str, text: str) -> None:
    assert shown(inner, "p.b, span.old { color: red; text-decoration: line-through }") == text


def test_a_tag_that_was_never_closed_loses_no_page() -> None:
    page = f"<html><body><p>短<s>句。</p><p>第一条 总则{REST}</p><p>第二条 附则{REST}</p></body></html>"
    assert "第二条 附则" in text_of(parse_html(page))


def test_a_notice_that_strikes_a_sum_reads_otherwise() -> None:
    page = (
        "<html><body><h1>关于溯源备案的通知</h1><div class='content'><p>第一条 企业应当备案。</p>"
        "<p>第二条 未备案的，处{}罚款" + REST + "</p></div></body></html>"
    )
    url = "http://a.example/1.html"
    before = parse_notice(page.format("九万元"), url)
    after = parse_notice(page.format("<s>九万元</s>一万元"), url)
    assert "处九万元罚款" in before.text
    assert "处一万元罚款" in after.text
    assert "九万元" not in after.text
