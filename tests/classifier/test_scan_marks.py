"""Facts of scans carry what is to be said of their characters; doubtful duties are left out."""

from __future__ import annotations

from typing import Any

import pytest

from classifier.duties import read_duties
from classifier.facts.fact_document import read_document
from classifier.scan_marks import sure_duties
from classifier.stated_versions import version_facts
from domain.records.notice import Attachment, Version
from domain.records.observation import NoticeDates
from domain.records.states import AttachmentStatus, FactKind
from tests.builders import START

LINE = (
    "综合利用企业未按规定报送溯源信息的，由县级以上主管部门责令改正，处一万元以上三万元以下罚款。"
)
DUTY = "综合利用企业应当自接收之日起三十日内报送溯源信息。"


def scan(text: str = LINE, doubt: str = "", **more: Any) -> Attachment:
    """A scanned file; of ``doubt`` no character is sure."""
    start = text.index(doubt) if doubt else 0
    given: dict[str, Any] = {"engine": "rapidocr 3.10.0", "status": AttachmentStatus.OCR} | more
    return Attachment(
        id=1, name="红头文件.pdf", url="", sha256="a", bytes=1, text=text,
        unsure=((start, start + len(doubt)),) if doubt else (), **given,
    )  # fmt: skip


def version(*files: Attachment, text: str = "现予印发。") -> Version:
    return Version(
        id=1, posting_id=1, number=1, fetched_at=START, raw_sha256="", text_sha256="",
        title="关于动力电池回收利用的通知", text=text, blocks=(), document_number=None,
        index_number=None, issuers=(), dates=NoticeDates(), comment_deadline=None, validity=None,
        attachments=files,
    )  # fmt: skip


def fine(*files: Attachment):
    return next(fact for fact in version_facts(version(*files)) if fact.kind is FactKind.FINE)


@pytest.mark.parametrize(
    ("file", "certainty"),
    [
        (scan(), "scan"),
        (scan(doubt="三万"), "unsure"),
        (scan(doubt="处"), "unsure"),
        (scan("第一条 无关的一句话在此。\n" + LINE, doubt="无关"), "scan"),
        (scan("第一条 " + LINE, doubt="三万"), "unsure"),
        (scan(engine="", status=AttachmentStatus.OK), ""),
    ],
    ids=["sure", "number", "word", "elsewhere", "in-an-article", "no-scan"],
)
def test_a_fact_of_a_scan_says_how_sure_it_is(file: Attachment, certainty: str) -> None:
    assert fine(file).certainty == certainty


def test_what_the_page_says_too_is_no_matter_of_the_scan() -> None:
    seen = version(scan(doubt="三万"), text=f"现予印发。\n{LINE}")
    (found,) = [fact for fact in version_facts(seen) if fact.kind is FactKind.FINE][:1]
    assert found.certainty == ""


def test_words_that_stand_twice_are_doubtful_if_either_is() -> None:
    text = f"{LINE}\n附则。\n{LINE}"
    assert fine(scan(text, doubt="三万")).certainty == "unsure"


@pytest.mark.parametrize(
    ("doubt", "kept"), [("", True), ("三十", False), ("溯源", True), ("日", False)]
)
def test_a_duty_whose_number_is_doubtful_is_left_out(doubt: str, kept: bool) -> None:
    file = scan(DUTY, doubt=doubt)
    duties = read_duties(read_document("通知", (), (file,)))
    assert duties
    assert bool(sure_duties(duties, version(file))) == kept
