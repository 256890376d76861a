"""What a pass does around the ordinary: files as notices, broken parts, time, baselines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from archive.store import Archive, ArchiveError
from crawler.passes.documents import Documents
from crawler.run import not_before
from crawler.transport.fetch import Limits
from noticewatch.demo.replica_site import ReplicaContent, ReplicaFile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_row_that_leads_to_a_file_is_a_notice_with_that_file(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1)
    article = replica.site.articles[0]
    detail = replica.pages._detail
    replica.pages._detail = lambda a: (
        ReplicaContent(PDF, "application/pdf", a.modified, "detail") if a is article else detail(a)
    )
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 1)
    (notice,) = stage.notices()
    assert (notice.title, notice.published) == (article.title, article.day)
    (attachment,) = notice.postings[0].versions[0].attachments
    assert attachment.url == replica.detail_url(article)
    assert stage.archive.evidence.get(attachment.sha256) == PDF
    assert stage.poll(replica, recheck="all").revised == 0


def test_a_notice_that_cannot_be_understood_costs_the_others_nothing(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = stage.replica("trs_static", notices=4)
    completed = Documents.completed

    def broken(self: Any, parsed: Any, row: Any) -> Any:
        if str(replica.site.articles[1].id) in row.url:
            raise ValueError("a page nobody has thought of")
        return completed(self, parsed, row)

    monkeypatch.setattr(Documents, "completed", broken)
    report = stage.poll(replica)
    assert (report.state, report.new) == ("failing", 3)  # a notice is missing: not well
    assert [error.kind for error in report.errors] == ["internal"]
    monkeypatch.undo()
    again = stage.poll(replica)
    assert (again.state, again.new) == ("ok", 1)


def test_an_archive_that_cannot_keep_anything_ends_the_crawl(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise ArchiveError("the disk is full")

    replica = stage.replica("trs_static", notices=2)
    monkeypatch.setattr(Archive, "ingest", full)
    with pytest.raises(ArchiveError, match="the disk is full"):
        stage.poll(replica)
    monkeypatch.undo()
    assert stage.poll(replica).new == 2


def test_a_source_that_breaks_in_our_code_is_told(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> set[str]:
        raise KeyError("unforeseen")

    monkeypatch.setattr("crawler.passes.source_pass.SourcePass._rows", broken)
    report = stage.poll(stage.replica("trs_static"))
    assert report.state == "failing"
    assert "broke off" in report.reason


def test_embedded_records_are_read_where_no_unit_is_named(stage: Any) -> None:
    replica = stage.replica("hanweb_jpage", notices=7, page_size=3)
    source = stage.source(replica, platform="hanweb_jpaas")
    report = stage.crawl(source)[source.key]
    assert (report.state, report.rows) == ("ok", 3)


def test_a_long_retry_after_is_left_to_the_scheduler(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.fault("unavailable", value="3600")
    report = stage.poll(replica)
    moment = not_before(stage.archive, report.key)
    assert moment is not None
    assert timedelta(minutes=59) < moment - report.finished < timedelta(minutes=61)
    replica.heal()
    stage.poll(replica)
    assert not_before(stage.archive, report.key) is None


def test_registered_acts_are_looked_at_daily_whatever_their_age(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0)
    old = replica.add("关于旧办法的通知", date(2015, 3, 1))
    other = replica.add("关于其他旧办法的通知", date(2015, 3, 2))
    url = replica.detail_url(old)
    stage.poll(replica, registered=frozenset({url}))
    stage.archive.pages.save_page(_unchanged_for_years(stage.archive.pages.page(url)))
    stage.poll(replica, registered=frozenset({url}), recheck="all")
    wait = stage.archive.pages.page(url).next_check - stage.archive.pages.page(url).checked_at
    assert timedelta(hours=23) < wait < timedelta(hours=27)
    later = stage.archive.pages.page(replica.detail_url(other))
    assert later.next_check - later.checked_at < timedelta(hours=2)  # just seen: young


def _unchanged_for_years(page: Any) -> Any:
    from dataclasses import replace

    return replace(page, changed_at=page.changed_at - timedelta(days=2000))


def test_a_pass_that_runs_out_of_time_goes_on_in_the_next(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=8)
    source = stage.source(replica, http={"min_gap_seconds": 0.2})
    short = Limits(request_seconds=5, source_seconds=1.2)
    report = stage.crawl(source, limits=short)[source.key]
    assert 0 < report.new < 8
    seen = report.new
    for _ in range(6):
        seen += stage.crawl(source, limits=short)[source.key].new
    assert seen == 8
    assert all(change.baseline for change in stage.archive.changes.find())


def test_a_baseline_is_not_alerted_unless_asked(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=2)
    stage.poll(replica, alert_baseline=True)
    assert not any(change.baseline for change in stage.archive.changes.find())


def test_a_new_column_begins_with_a_baseline_of_its_own(stage: Any) -> None:
    replica, more = stage.replica("trs_static", notices=2), None
    stage.poll(replica)
    made = replica.source()
    for number in range(3):
        replica.add(f"关于另一栏目第{number}项的通知", date(2026, 9, 10 + number))
    more = replica.site.articles[-3:]
    ordered = replica.site.listed
    replica.site.listed = lambda: [a for a in ordered() if a not in more]
    page = replica.pages.list_content

    def two_columns(path: str, asked: Any) -> Any:
        if path == "/other/":
            rows = "".join(replica.pages.row(a) for a in more)
            return ReplicaContent(f"<html><body><ul>{rows}</ul></body></html>".encode())
        return page(path, asked)

    replica.pages.list_content = two_columns
    made["columns"].append({"key": "other", "url": f"{replica.base}/other/"})
    source = type(stage.source(replica)).model_validate(made)
    report = stage.crawl(source)[source.key]
    assert report.new == 3
    assert all(change.baseline for change in stage.archive.changes.find())


def test_an_attachment_that_comes_later_is_kept_with_its_notice(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1)
    article = replica.site.articles[0]
    replica.site.edit(article, files=[ReplicaFile("附件.txt", "字段表".encode(), "text/plain")])
    replica.fault("server_error", match="/P0")
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 1)
    assert [error.kind for error in report.errors] == ["attachment"]
    replica.heal()
    assert stage.poll(replica, recheck="all").revised == 0
    (notice,) = stage.notices()
    (version,) = notice.postings[0].versions
    assert stage.archive.evidence.get(version.attachments[0].sha256).decode() == "字段表"
    replica.forget()
    stage.poll(replica, recheck="all")
    assert {hit.status for hit in replica.hits} == {304, 404}


def test_reports_are_told_as_they_come(stage: Any) -> None:
    told: list[str] = []
    first, second = stage.replica("trs_static"), stage.replica("nfcms_static")
    stage.crawl(first, second, progress=lambda run: told.append(run.key))
    assert sorted(told) == ["nfcms-static", "trs-static"]


def test_moments_are_utc(stage: Any) -> None:
    report = stage.poll(stage.replica("trs_static", notices=1))
    assert report.started.utcoffset() == timedelta(0)
    assert isinstance(report.finished, datetime)


def listing_of(stage: Any, *, url: str, publishers: tuple[str, ...]) -> list[Any]:
    """Sources of several offices whose lists carry a row of one and the same address."""
    sources = []
    for number, publisher in enumerate(publishers):
        replica = stage.replica("trs_static", notices=2)
        extra = f'<li><a href="{url}">关于动力电池回收网点的通知</a><span>2026-09-0{number + 3}</span></li>'
        page = replica.pages.list_html
        replica.pages.list_html = lambda rows, n, page=page, extra=extra: page(rows, n).replace(
            '<ul class="news">', f'<ul class="news">{extra}'
        )
        sources.append(stage.source(replica, f"office-{number}", publisher=publisher))
    return sources


@pytest.mark.parametrize(
    ("url", "told"),
    [("http://10.0.0.9/2026/a.html", 1), ("http://169.254.1.2/a.html", 1),
     ("http://www.example.org/2026/a.html", 0)],
)  # fmt: skip
def test_an_address_that_four_lists_show_and_none_may_read_is_told_once(
    stage: Any, url: str, told: int
) -> None:
    offices = ("甲省工业和信息化厅", "乙市发展和改革委员会", "丙市生态环境局", "丁市商务局")
    sources = listing_of(stage, url=url, publishers=offices)
    for turn in range(3):
        for source in sources:
            report = stage.crawl(source, recheck="all")[source.key]
            assert report.state == "ok"
            assert turn == 0 or not report.errors or source is sources[0]
    notice = stage.archive.notices.by_url(url)
    assert [change.kind for change in notice.changes] == ["new"]
    assert notice.issuers == ()
    events = stage.archive.sources.untold_events()
    assert [url in event.reason for event in events] == [True] * told


def test_a_page_of_which_another_list_spoke_first_belongs_to_the_source_that_reads_it(
    stage: Any,
) -> None:
    reader = stage.replica("trs_static", notices=2)
    url = reader.detail_url(reader.site.articles[0])
    (other,) = listing_of(stage, url=url, publishers=("甲省工业和信息化厅",))
    stage.crawl(other)
    assert stage.archive.postings.by_url(url).source_key == other.key
    stage.poll(reader)
    posting = stage.archive.postings.by_url(url)
    assert posting.source_key == "trs-static"
    assert "三十日内报送溯源信息" in posting.versions[-1].text
    for _ in range(2):
        assert stage.poll(reader, recheck="all").revised == 0
        assert stage.crawl(other, recheck="all")[other.key].revised == 0
