"""Why a page cannot be shown reads in both languages, whoever raised the error."""

from __future__ import annotations

import pytest
from starlette.exceptions import HTTPException

from i18n.catalogue import render_stored
from noticewatch.web.refusal import Refusal, refusal_reason


@pytest.mark.parametrize(
    ("error", "in_english", "in_chinese"),
    [
        (Refusal(404, "request.no_notice"), "no such notice", "没有此通知"),
        (
            Refusal(400, "request.between", name="limit", least=1, most=500),
            "limit: expected 1 to 500",
            "limit：应为1至500",
        ),
        (
            Refusal(400, "request.date", name="since", example="2026-04-01"),
            "since: expected a date such as 2026-04-01",
            "since：应为日期，如2026-04-01",
        ),
        (HTTPException(404), "Not Found", "没有此页面"),
        (HTTPException(405), "Method Not Allowed", "不支持此请求方式"),
        (HTTPException(418, "short and stout"), "short and stout", "short and stout"),
        (RuntimeError("a secret"), "internal error", "内部错误"),
    ],
)
def test_a_refusal_reads_in_both_languages(
    error: Exception, in_english: str, in_chinese: str
) -> None:
    why = refusal_reason(error)
    assert render_stored(why, "en") == in_english
    assert render_stored(why, "zh") == in_chinese
    if isinstance(error, HTTPException):
        assert error.detail == in_english
