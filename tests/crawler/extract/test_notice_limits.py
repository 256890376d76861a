"""What is more than anybody writes is cut, and everything else stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.extract import notice_limits
from crawler.extract.file_extractor import Extracted
from crawler.extract.notice_limits import bounded_file, bounded_notice
from domain.records.observation import Block, ParsedNotice
from domain.records.states import AttachmentStatus


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


def table(count: int) -> Block:
    return Block(kind="table", rows=tuple(("甲", "乙") for _ in range(count)))


def test_an_ordinary_notice_and_file_stay_as_they_are() -> None:
    notice = ParsedNotice(title="通知", blocks=(paragraph("正文" * 50_000), table(20_000)))
    assert bounded_notice(notice) is notice
    file = Extracted(AttachmentStatus.OK, "正文" * 100_000, ((("甲",),),))
    assert bounded_file(file) is file


@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph("字" * 30), paragraph("字" * 100), paragraph("末")),
        (table(10), table(60), paragraph("末")),
        tuple(paragraph("字") for _ in range(500)),
    ],
)
def test_more_than_that_is_cut(blocks: tuple[Block, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_limits, "MOST_TEXT", 100)
    cut = bounded_notice(ParsedNotice(title="通" * 5_000, blocks=blocks))
    assert cut.blocks[0] == blocks[0]
    assert "末" not in cut.text
    letters = cut.text.replace("\n", "").replace("\t", "")
    assert 50 <= len(letters) <= 100
    assert len(cut.title) == 1_000


def test_a_cut_file_keeps_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_limits, "MOST_FILE_TEXT", 10)
    rows: Any = tuple(("甲", "乙") for _ in range(9))
    cut = bounded_file(Extracted(AttachmentStatus.OK, "字" * 99, (rows,), "text/plain"))
    assert (cut.status, cut.text, cut.media_type) == (AttachmentStatus.OK, "字" * 10, "text/plain")
    assert cut.tables == ((("甲", "乙"), ("甲", "乙")),)
