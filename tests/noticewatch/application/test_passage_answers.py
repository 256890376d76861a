"""A question in other words than the act's is answered by the sentence that stands out, or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.store import Archive
from noticewatch.application.notice_search import Question, find_notices
from tests.noticewatch.application.check.law_archives import take_in

ACTS: list[dict[str, object]] = [
    {
        "url": "https://jxt.jl.example/9.html", "title": "吉林省废动力电池冷库贮存管理细则",
        "issuers": ["吉林省工业和信息化厅"], "jurisdiction": "CN-JL", "published": "2026-04-02",
        "text": "第三条　冷库温度不得低于零下15摄氏度。\n"
        "第四条　三元电池在冷库存放不得超过20日。\n"
        "第六条　夜间22时至次日5时不得进行叉车作业。\n"
        "第七条　迟报库存的，按照下列标准处罚：\n"
        "（一）迟报10日以上不满30日的，处二千元以上五千元以下罚款；\n"
        "（二）迟报30日以上的，处五千元以上一万元以下罚款。",
    },
    {
        "url": "https://gxb.example/44.html", "title": "退役动力电池拍卖管理规定",
        "issuers": ["工业和信息化部"], "jurisdiction": "CN", "published": "2026-05-02",
        "text": "第二条　竞买人限于综合利用企业。\n第三条　个人不得参加竞买。",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("passages")
    take_in(folder, ACTS)
    with Archive.open(folder) as opened:
        yield opened


def quote_for(archive: Archive, question: str) -> str | None:
    found = find_notices(
        archive, Question(query=question, mode="auto", order="rank"), encoder="bundled"
    )
    return found.answer.quote if found.answer else None


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("吉林冷库三元电池最多能放几天", "不得超过20日"),
        ("吉林 夜间能不能开叉车", "不得进行叉车作业"),
        ("个人能不能参加电池竞买", "个人不得参加竞买"),
    ],
)
def test_the_sentence_that_answers_is_quoted(archive: Archive, question: str, part: str) -> None:
    quote = quote_for(archive, question)
    assert quote is not None
    assert part in quote


@pytest.mark.parametrize(
    "question",
    ["福建冷库三元电池最多能放几天", "吉林冷库押金多少钱", "吉林冷库消防演练记录保存几年",
     "报关企业迟报库存罚多少"],
)  # fmt: skip
def test_no_sentence_answers_what_none_says(archive: Archive, question: str) -> None:
    assert quote_for(archive, question) is None
