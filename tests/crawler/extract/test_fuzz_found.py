"""Inputs that the fuzzer found, kept so that they stay harmless."""

from __future__ import annotations

from crawler.extract.page.notice_parser import parse_notice
from domain.text.document_numbers import find_document_numbers


def test_many_body_names_in_a_row_cost_little_and_stay_whole() -> None:
    names = "民政府" * 40
    assert find_document_numbers(f"{names}令第388号") == [f"{names}令第388号"]
    joint = "工业和信息化部 生态环境部、海关总署公告2026年第14号"
    assert find_document_numbers(joint) == ["工业和信息化部生态环境部海关总署公告2026年第14号"]


def test_a_viewer_with_a_broken_address_costs_no_notice() -> None:
    page = (
        '<html><body><h1>关于某事的通知</h1><div class="TRS_Editor"><p>正文第一段，足够长的一段。</p>'
        '<iframe src="/pdf/viewer.html?file=//[x/a.pdf"></iframe></div></body></html>'
    )
    notice = parse_notice(page, "http://127.0.0.1/t20261103_1.html")
    assert notice.title == "关于某事的通知"
    assert notice.attachments == ()
