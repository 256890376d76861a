"""Claims held against acts of the archive: their days, duties, fines, and what they once said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.store import Archive
from config.loader import load_register
from noticewatch.application.check.article_check import check_article
from noticewatch.application.check.check_json import check_json
from noticewatch.application.check.check_report import check_page
from noticewatch.application.check.law_book import HeldLaw
from tests.noticewatch.application.check.invented_acts import ACTS, CLAIMS, TRAPS
from tests.noticewatch.application.check.law_archives import take_in
from tests.noticewatch.invoked import as_json, run

DAY = date(2026, 11, 30)
ACT = "浙江省新能源汽车废旧动力电池回收利用管理办法"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Imported, and read by the rules."""
    made: Path = tmp_path_factory.mktemp("invented")
    take_in(made, ACTS)
    return made


@pytest.fixture(scope="module")
def law(folder: Path) -> Iterator[HeldLaw]:
    with Archive.open(folder) as archive:
        yield HeldLaw.of(archive, load_register(), DAY)


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS)
def test_verdict_over_the_archive(law: HeldLaw, claim: str, verdict: str) -> None:
    found = check_article(law, claim).claims
    assert [(item.text, item.verdict.value) for item in found] == [(claim, verdict)]


@pytest.mark.parametrize("claim", TRAPS)
def test_what_is_nearly_right_is_not_supported(law: HeldLaw, claim: str) -> None:
    [found] = check_article(law, claim).claims
    assert found.verdict != "supported"


def test_the_text_of_the_day_counts(folder: Path) -> None:
    claim = f"根据{ACT}，废旧动力电池贮存时间不得超过6个月。"
    with Archive.open(folder) as archive:
        before = HeldLaw.of(archive, load_register(), date(2026, 9, 1))
        [then] = check_article(before, claim).claims
    assert then.verdict == "supported"


def test_the_source_is_the_article_in_its_own_words(law: HeldLaw) -> None:
    claim = f"根据{ACT}，综合利用企业应当自接收废旧动力电池之日起30日内报送入库信息。"
    answer = check_json(check_article(law, claim))
    [slot] = [item for item in answer["claims"][0]["slots"] if item["equal"] is False]
    source = slot["source"]
    assert source is not None
    assert (slot["slot"], slot["claim"], slot["official"]) == (
        "period",
        "within 30 day",
        "within 15 day",
    )
    assert (source["article"], source["id"], source["evidence"]) == ("第三条", 1, "archive")
    text = str(ACTS[0]["text"])
    assert source["quote"].rstrip("。") in text


def test_not_in_the_text_is_said_only_of_a_text_held_whole(law: HeldLaw) -> None:
    whole, part = check_article(
        law,
        f"根据{ACT}，海关可以扣押电池并冻结企业账户。\n"
        "根据六部门令第73号，海关可以扣押电池并冻结企业账户。",
    ).claims
    assert whole.en == "Nothing of this was found in 浙经信绿色〔2026〕58号, held whole."
    assert "not all is held" in part.en


def test_the_report_shows_hostile_words_as_words(law: HeldLaw) -> None:
    text = 'Order 73 took effect on 1 May 2026 <script>alert("x")</script>.'
    page = check_page(check_json(check_article(law, text)), "<b>title</b>")
    assert "<script" not in page
    assert "<b>title" not in page
    assert "2026-04-01" in page


def test_check_on_the_command_line(folder: Path, tmp_path: Path) -> None:
    article, other = tmp_path / "article.txt", tmp_path / "other.md"
    article.write_text("Order 73 was issued by six departments.", "utf-8")
    other.write_text("# News\n\nOrder 73 was issued by **nine** departments.", "utf-8")
    options = ("--data-dir", str(folder))
    answer = as_json("check", str(article), "--compare", str(other), *options)
    assert answer["counts"] == {
        "supported": 1, "partly": 0, "contradicted": 0, "outdated": 0, "none": 0, "opinion": 0,
    }  # fmt: skip
    [conflict] = answer["conflicts"]
    assert (conflict["slot"], conflict["a"], conflict["b"]) == ("bodies", "6 bodies", "9 bodies")
    early = as_json("check", str(article), "--as-of", "2026-02-01", *options)
    assert early["as_of"] == "2026-02-01"
    report = tmp_path / "report.html"
    run("check", str(article), "--html", str(report), *options)
    assert "<b>supported</b>" in report.read_text("utf-8")
    assert as_json("check", "--list", *options) == {"leads": []}  # nothing is kept unasked


def test_files_are_read_by_what_they_are(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    page.write_text(
        "<html><body><h1>News</h1><p>Order 73 took effect on 1 May 2026.</p></body></html>", "utf-8"
    )
    answer = as_json("check", str(page), "--data-dir", str(folder))
    assert answer["counts"]["contradicted"] == 1
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    done = run("check", str(broken), "--data-dir", str(folder), code=1)
    assert "no text could be read" in str(done.exception)
