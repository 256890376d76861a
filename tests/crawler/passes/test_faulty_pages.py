"""Pages and files that answer with something else than what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.records.observation import RowHints
from noticewatch.demo.replica_site import Article, ReplicaContent, ReplicaFile
from tests.fakes.files import docx

MAINTENANCE = "<html><head><title>公告</title></head><body>网站升级改造，暂停服务</body></html>"
LOGIN = "<html><title>登录</title><body><form>账号<input><input type=password></form></body></html>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(text: str) -> bytes:
    return docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def answers_with(replica: Any, html: str, only: Article | None = None) -> Callable[[], None]:
    """Notices' pages become this one; the answer heals them."""
    detail = replica.pages._detail

    def broken(article: Article) -> ReplicaContent:
        if only is not None and article is not only:
            return detail(article)
        return ReplicaContent(html.encode(), "text/html", datetime.now(UTC), "detail")

    replica.pages._detail = broken
    return lambda: replica.pages.__dict__.pop("_detail")


def test_an_outage_changes_no_notice_and_is_the_sources_state(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4, validators=False)
    stage.poll(replica)
    heal = answers_with(replica, MAINTENANCE)
    report = stage.poll(replica, recheck="all")
    assert (report.state, report.revised, report.withdrawn) == ("failing", 0, 0)
    assert {error.kind for error in report.errors} == {"not_a_notice"}
    assert stage.poll(replica).state == "failing"  # none is due yet: it is still so
    heal()
    report = stage.poll(replica, recheck="all")
    assert (report.state, report.revised) == ("ok", 0)
    assert stage.kinds() == ["new"] * 4


@pytest.mark.parametrize("by", ["redirect", "same address"])
def test_another_notices_page_is_no_revision(stage: Any, by: str) -> None:
    """The titles and texts of 第1批 and 第3批 are nearly the same: only the archive tells."""
    replica = stage.replica("trs_static", notices=4, validators=False)
    stage.poll(replica)
    one, other = replica.site.articles[0], replica.site.articles[2]
    if by == "redirect":
        shell = f"<meta http-equiv=refresh content='0;url={replica.detail_url(other)}'>"
        replica.fault("page_redirect", value=shell, match=str(one.id))
    else:
        detail = replica.pages._detail
        replica.pages._detail = lambda article: detail(other if article is one else article)
    for _ in range(3):
        report = stage.poll(replica, recheck="all")
        assert (report.state, report.revised) == ("ok", 0)
        (error,) = report.errors
        assert error.kind == "not_a_notice"
        assert other.title in error.message
    if by == "redirect":
        replica.heal()
    else:
        replica.pages._detail = detail
    assert stage.poll(replica, recheck="all").revised == 0
    assert stage.kinds() == ["new"] * 4


def test_a_notice_that_its_list_shows_under_the_others_title_is_revised(stage: Any) -> None:
    """The office puts the same text and title at two addresses: row and page both say so."""
    replica = stage.replica("trs_static", notices=3, validators=False)
    stage.poll(replica)
    one, other = replica.site.articles[0], replica.site.articles[2]
    replica.site.edit(one, title=other.title, paragraphs=list(other.paragraphs))
    reports = [stage.poll(replica, recheck="all") for _ in range(2)]
    assert sum(report.revised for report in reports) == 1


def test_one_page_that_is_no_notice_leaves_the_source_ok(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4, validators=False)
    stage.poll(replica)
    answers_with(replica, LOGIN, replica.site.articles[1])
    report = stage.poll(replica, recheck="all")
    assert (report.state, report.revised) == ("ok", 0)
    assert [error.kind for error in report.errors] == ["not_a_notice"]


def test_a_page_that_stays_no_notice_is_told_to_the_operators_once(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = stage.replica("trs_static", notices=4, validators=False)
    stage.poll(replica)
    article = replica.site.articles[1]
    answers_with(replica, LOGIN, article)
    days = [0]
    monkeypatch.setattr(stage.archive, "clock", lambda: datetime.now(UTC) + timedelta(days=days[0]))
    for _ in range(5):
        stage.poll(replica, recheck="all")
        days[0] += 1
    (event,) = stage.archive.sources.untold_events()
    assert (event.before, event.after) == ("ok", "ok")
    assert replica.detail_url(article) in event.reason
    assert stage.kinds() == ["new"] * 4


def test_a_first_look_at_no_notice_is_no_new_notice(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4, validators=False)
    stage.poll(replica)
    late = replica.add("关于延期报送的通知", date(2026, 9, 20))
    other = replica.add("关于增加网点的通知", date(2026, 9, 21))
    heal = answers_with(replica, MAINTENANCE, late)
    for _ in range(3):
        assert stage.poll(replica).state == "ok"
    assert stage.archive.notices.by_url(replica.detail_url(late)) is None
    heal()
    assert stage.poll(replica).new == 1
    assert stage.archive.notices.by_url(replica.detail_url(late)).title == late.title
    assert [c.baseline for c in stage.archive.changes.find()].count(False) == 2
    assert stage.archive.notices.by_url(replica.detail_url(other)) is not None


def test_a_baseline_with_pages_that_are_none_is_done_and_they_stay_quiet(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4, validators=False)
    heal = answers_with(replica, MAINTENANCE, replica.site.articles[2])
    assert stage.poll(replica).new == 3
    replica.add("关于增加网点的通知", date(2026, 9, 21))
    stage.poll(replica)
    heal()
    assert stage.poll(replica).new == 1
    assert [c.baseline for c in stage.archive.changes.find()].count(False) == 1


def test_a_row_stands_for_a_page_that_is_none_for_days(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = stage.replica("trs_static", notices=2, validators=False)
    late = replica.add("关于延期报送的通知", date(2026, 9, 20))
    heal = answers_with(replica, MAINTENANCE, late)
    days = [0]
    monkeypatch.setattr(stage.archive, "clock", lambda: datetime.now(UTC) + timedelta(days=days[0]))
    for _ in range(4):
        stage.poll(replica)
        days[0] += 1
    notice = stage.archive.notices.by_url(replica.detail_url(late))
    assert (notice.title, notice.postings[0].versions[0].text) == (late.title, "")
    heal()
    stage.poll(replica, recheck="all")
    notice = stage.archive.notices.by_url(replica.detail_url(late))
    assert "遵照执行" in notice.postings[0].versions[-1].text


NO_FILES = {
    "a failure": b"<html><body>\xe9\x99\x84\xe4\xbb\xb6\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8</body></html>",
    "a login": LOGIN.encode(),
    "JSON": b'{"code":403,"msg":"denied"}',
    "nothing": b"",
    "blanks": b" \r\n ",
    "a page": ("<!DOCTYPE html><html><body>" + "<p>本站介绍</p>" * 80 + "</body></html>").encode(),
    "half of it": b"PK\x03\x04" + b"\x00" * 50,
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_comes_in_place_of_a_file_is_no_version_of_it(stage: Any, name: str) -> None:
    replica = stage.replica("trs_static", notices=1)
    article = replica.site.articles[0]
    good = docx_of("第一条 网点应当公示收费。")
    replica.site.edit(article, files=[ReplicaFile("收费公示表.docx", good, WORD)])
    assert stage.poll(replica).errors == ()
    article.files[0].body = NO_FILES[name]
    for _ in range(2):
        report = stage.poll(replica, recheck="all")
        assert (report.revised, [error.kind for error in report.errors]) in (
            (0, ["attachment"]), (0, []),
        )  # fmt: skip
    article.files[0].body = good
    assert stage.poll(replica, recheck="all").revised == 0
    (notice,) = stage.notices()
    (version,) = notice.postings[0].versions
    assert "公示收费" in version.attachments[0].text


def test_a_first_look_at_an_error_page_leaves_the_file_open(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1)
    article = replica.site.articles[0]
    replica.site.edit(article, files=[ReplicaFile("收费公示表.docx", LOGIN.encode(), WORD)])
    stage.poll(replica)
    (notice,) = stage.notices()
    assert notice.postings[0].versions[0].attachments[0].status == "broken"
    article.files[0].body = docx_of("第一条 网点应当公示收费。")
    assert stage.poll(replica, recheck="all").revised == 0
    (notice,) = stage.notices()
    assert "公示收费" in notice.postings[0].versions[0].attachments[0].text


def test_a_broken_file_is_asked_for_ever_more_seldom(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = stage.replica("trs_static", notices=1)
    replica.site.edit(
        replica.site.articles[0], files=[ReplicaFile("附件.docx", LOGIN.encode(), WORD)]
    )
    asked = 0
    hours = [0]
    monkeypatch.setattr(
        stage.archive, "clock", lambda: datetime.now(UTC) + timedelta(hours=hours[0])
    )
    for _ in range(24):
        replica.forget()
        stage.poll(replica, recheck="all")
        asked += sum("/P0" in path for path in replica.paths())
        hours[0] += 1
    assert 3 <= asked <= 7


def test_a_text_that_came_with_the_list_needs_no_page(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1, validators=False)
    url = replica.detail_url(replica.site.articles[0])
    answers_with(replica, "<html><body><div id=app></div></body></html>")
    for text in ("<p>网点应当在十日内报送。</p>", "<p>网点应当在三十日内报送。</p>"):
        row = RowHints(body=text)
        stage.archive.crawl_memory.update_page_hints(
            url, lambda old, row=row: replace(old, row=row)
        )
        report = stage.poll(replica, recheck="all")
        assert (report.state, report.errors) == ("ok", ())
    (notice,) = stage.notices()
    assert "十日内报送" in notice.postings[0].versions[0].text
