"""Decode pages whatever they declare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.encoding import decode

TEXT = "关于印发镕炼企业动力电池编码规则的通知，自2026年9月11日起施行。"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode("utf-8"), None),
        (TEXT.encode("utf-8"), "text/html"),
        (TEXT.encode("utf-8-sig"), "text/html; charset=gb2312"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("gb18030"), None),
        (TEXT.encode("gb18030"), "text/html; charset=GB2312"),
        (TEXT.encode("gb18030"), "text/html;charset='gbk'"),
        (TEXT.encode("gb18030"), "text/html; charset=ISO-8859-1"),
        (TEXT.encode("utf-8"), "text/html; charset=gb2312"),  # the header lies
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">' + TEXT.encode("gbk"), None),
        (b"<meta charset='gbk' />" + TEXT.encode("gb18030"), "text/html"),
        (b'<?xml version="1.0" encoding="GBK"?>' + TEXT.encode("gbk"), None),
        (TEXT.encode("utf-8"), "text/html; charset=no-such"),
    ],
)  # fmt: skip
def test_text_comes_out_whatever_is_declared(body: bytes, content_type: str | None) -> None:
    assert decode(body, content_type).endswith(TEXT)


def test_one_broken_byte_does_not_turn_a_page_into_another_encoding() -> None:
    assert TEXT in decode(b'<meta charset="utf-8">' + TEXT.encode() + b"\xff", None)
    assert TEXT in decode(b'<meta charset="gb2312">' + TEXT.encode("gbk") + b"\xff", None)


def test_nul_is_removed() -> None:
    assert decode(b"a\x00b") == "ab"


@given(st.binary(max_size=400))
def test_never_fails(body: bytes) -> None:
    assert isinstance(decode(body, "text/html; charset=gbk"), str)
