"""What comes in place of an attached file."""

from __future__ import annotations

import pytest

from crawler.extract.error_file import no_file, promised_ending
from tests.fakes.files import doc, docx, p, pdf, xlsx

LOGIN = "<html><title>统一身份认证</title><body>用户名<input> 密码<input></body></html>".encode()
LONG = ("<html><body>" + "<p>本网站介绍全省工业经济运行情况。</p>" * 40 + "</body></html>").encode()
WORD_PAGE = b"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>\xe8\xa1\xa8</p></body></html>"
SHEET_PAGE = (
    "<html><body><table>"
    + "<tr><td>企业</td><td>产能三万吨</td></tr>" * 40
    + "</table></body></html>"
).encode()
DENIED = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Expired</Message></Error>"
SHORT_SHEET = "<table><tr><td>序号</td><td>企业</td></tr><tr><td>1</td><td>甲</td></tr></table>"


@pytest.mark.parametrize(
    ("name", "url", "body", "code"),
    [
        ("基准.pdf", "http://a/1.pdf", LOGIN, "login"),
        ("基准.pdf", "http://a/1.pdf", LONG, "page"),
        ("基准", "http://a/down.jsp?file=1.PDF", LONG, "page"),
        ("基准.docx", "http://a/1", b"", "empty"),
        ("基准.docx", "http://a/1", b"\x00\r\n", "empty"),
        ("基准.xlsx", "http://a/1", b'{"code":401}', "json"),
        ("基准.zip", "http://a/1", "文件下载失败".encode("gbk"), "error"),
        ("基准.ofd", "http://a/1", "<html><body>资源不存在</body></html>".encode(), "error"),
        ("基准.rar", "http://a/1", "<html><body>服务器繁忙</body></html>".encode(), "busy"),
        ("基准.doc", "http://a/1", LOGIN, "login"),
        ("基准.xls", "http://a/1", "<html><body>您没有下载权限</body></html>".encode(), "error"),
        ("数据.csv", "http://a/1", LOGIN, "login"),
        ("说明.txt", "http://a/1", LONG, "page"),
        ("说明.txt", "http://a/1", b'{"msg":"expired"}', "json"),
        ("下载", "http://a/get?id=7", LOGIN, "login"),
        ("基准.docx", "http://a/1", DENIED, "page"),
        ("下载", "http://a/get?id=7", b'{"msg":"expired"}', "json"),
    ],
)
def test_no_file_is_told(name: str, url: str, body: bytes, code: str) -> None:
    why = no_file(name, url, body)
    assert why is not None
    assert why.code == f"source.answer_{code}"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("基准.pdf", pdf("第一条")), ("基准.docx", docx(p("第一条"))), ("基准.doc", doc("第一条")),
        ("基准.xlsx", xlsx()), ("基准.pdf", docx(p("第一条"))), ("基准.doc", WORD_PAGE),
        ("基准.xls", SHEET_PAGE), ("名单.xls", SHORT_SHEET.encode()), ("基准.docx", WORD_PAGE),
        ("基准.xlsx", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"), ("说明.txt", "字段表".encode()), ("数据.csv", "甲,乙".encode()),
        ("解读", LONG), ("基准.doc", b"{\\rtf1 x}"), ("基准.pdf", b"%PDF-1.4 ..."),
    ],
)  # fmt: skip
def test_a_file_is_a_file(name: str, body: bytes) -> None:
    assert no_file(name, "http://a/1", body) is None


def test_a_page_in_place_of_a_file_that_was_none_is_told_without_a_promise() -> None:
    assert no_file("下载", "http://a/get?id=7", LONG) is None
    assert no_file("下载", "http://a/get?id=7", LONG, known_type="application/pdf") is not None


@pytest.mark.parametrize(
    ("name", "url", "ending"),
    [
        ("附件1.docx", "http://a/1.pdf", "docx"), ("附件1", "http://a/b/1.pdf?v=2", "pdf"),
        ("附件1", "http://a/d.jsp?name=%E8%A1%A8.xlsx&id=1", "xlsx"), ("附件1", "http://a/d?id=1", ""),
        ("关于v1.2的说明", "http://a/d", ""), ("表.XLS", "http://a/", "xls"),
    ],
)  # fmt: skip
def test_the_promised_ending(name: str, url: str, ending: str) -> None:
    assert promised_ending(name, url) == ending
