"""The line of an answer that is the act's own words: in English, and where they stand."""

from __future__ import annotations

import pytest

from domain.records.search_hit import SearchHit
from noticewatch.application.asked.quoted_answers import quoted_answer


def hit(status: str) -> SearchHit:
    return SearchHit(
        id=4, title="甲", title_en=None, snippet="", score=1.0, url="https://a.gov.cn/4",
        published=None, document_number=None, jurisdiction="CN", labels=(), status=status,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "article", "value", "english"),
    [
        ("in_force", "第七条", "", "Art. 7: see the quoted text"),
        ("in_force", "八、", "", "See the quoted text"),
        ("in_force", None, "", "See the quoted text"),
        ("in_force", "第七条", "60 days", "60 days (art. 7)"),
        ("draft", "第七条", "", "Draft: art. 7: see the quoted text"),
    ],
)
def test_the_line_says_where_in_english(
    status: str, article: str | None, value: str, english: str
) -> None:
    answer = quoted_answer(hit(status), article, "每半年核验一次。", value=value)
    assert answer.en == english
    assert answer.quote == "每半年核验一次。"
    assert answer.zh.endswith("每半年核验一次。")
    assert answer.zh.startswith("征求意见稿：") == (status == "draft")
