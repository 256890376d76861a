"""Short questions that one sentence of the best act answers, and those that none does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from archive.store import Archive
from noticewatch.application.notice_search import Question, find_notices
from tests.noticewatch.application.check.law_archives import take_in

ACTS: list[dict[str, object]] = [
    {
        "url": "https://a.example.cn/1.html", "title": "退役动力电池冷库管理办法",
        "issuers": ["工业和信息化部"], "document_number": "工信部规〔2026〕90号",
        "published": "2026-02-03",
        "text": "第一条　为规范冷库贮存，制定本办法。\n"
        "第二条　电动自行车用蓄电池不适用本办法。\n"
        "第三条　冷库故障超过12小时的，可以在排除后2个工作日内补报，不视为逾期。\n"
        "第四条　磷酸铁锂电池的冷库温度不得高于12℃。\n"
        "第五条　冷库应当于每周三16时前填报库存数量。\n"
        "第六条　本办法自2026年4月1日起施行。",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("telling")
    take_in(folder, ACTS)
    with Archive.open(folder, clock=lambda: datetime(2026, 11, 30, 4, tzinfo=UTC)) as opened:
        yield opened


def answered(archive: Archive, question: str) -> str | None:
    found = find_notices(archive, Question(query=question, mode="auto"), encoder="bundled")
    return found.answer.quote if found.answer is not None else None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("冷库填报库存数量", "每周三16时前"),
        ("冷库故障补报算不算逾期", "不视为逾期"),
        ("磷酸铁锂 冷库温度", "不得高于12℃"),
    ],
)
def test_the_sentence_that_has_everything_asked_about(
    archive: Archive, question: str, words: str
) -> None:
    quote = answered(archive, question)
    assert quote is not None
    assert words in quote


@pytest.mark.parametrize(
    "question",
    ["冷库不填报库存罚多少钱", "三元电池 冷库温度", "冷库由谁验收", "冷库有哪些最新文件"],
)
def test_no_sentence_where_none_says_it(archive: Archive, question: str) -> None:
    assert answered(archive, question) is None
