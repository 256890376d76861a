"""Scanned files: queued, read once for all pages that have them, and never a new version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.store import Archive, SearchRequest
from domain.records.observation import Observation
from domain.records.scan import ReadScan
from domain.records.states import AttachmentStatus, ChangeKind, ChangeState
from tests.builders import make_observation

PAGE = "https://www.miit.gov.cn/a/1.html"
TEXT = "综合利用企业应当在15个工作日内报送。"
READ = ReadScan(
    status=AttachmentStatus.OCR, text=TEXT, unsure=((10, 12),), engine="rapidocr 3.10.0"
)


def scanned(url: str = PAGE, body: bytes = b"%PDF scan", pages: int = 2, **more) -> Observation:
    seen = make_observation(url, files={"红头文件.pdf": body}, **more)
    file = replace(seen.attachments[0], status=AttachmentStatus.NO_TEXT, text="", scans=pages)
    return replace(seen, attachments=(file,))


def kinds(archive: Archive, notice_id: int) -> list[ChangeKind]:
    return [change.kind for change in archive.changes.find(notice_id=notice_id)]


def selected(archive: Archive) -> None:
    """As if the classifier and the notifier had done their work."""
    with archive.transaction():
        archive._backend.database.run("UPDATE changes SET state = ?", (ChangeState.SELECTED,))


def file_of(archive: Archive, url: str = PAGE):
    notice = archive.notices.by_url(url)
    return next(p for p in notice.postings if p.url == url).versions[-1].attachments[0]


def test_a_scan_waits_and_says_so(archive):
    archive.ingest(scanned())
    file = file_of(archive)
    assert (file.status, file.waits, file.engine) == (AttachmentStatus.NO_TEXT, True, "")
    task = archive.scans.next()
    assert (task.sha256, task.name, dict(task.pages)) == (file.sha256, "红头文件.pdf", {})
    assert archive.scans.waiting() == 1


def test_a_file_without_scanned_pages_does_not_wait(archive):
    archive.ingest(scanned(pages=0))
    assert (archive.scans.waiting(), archive.scans.next()) == (0, None)
    assert not file_of(archive).waits


def test_pages_read_so_far_are_kept(archive):
    archive.ingest(scanned())
    archive.scans.keep_pages(archive.scans.next(), {0: "{}", 1: None}, "rapidocr 3.10.0")
    task = archive.scans.next()
    assert (dict(task.pages), task.engine) == ({0: "{}", 1: None}, "rapidocr 3.10.0")


def test_what_was_read_is_kept_and_is_no_version(archive):
    notice = archive.ingest(scanned()).notice_id
    archive.scans.store(archive.scans.next().sha256, READ)
    file = file_of(archive)
    assert (file.status, file.text, file.engine) == (AttachmentStatus.OCR, TEXT, READ.engine)
    assert (file.unsure, file.waits) == (((10, 12),), False)
    posting = archive.notices.get(notice).postings[0]
    assert len(posting.versions) == 1
    assert archive.scans.next() is None
    assert archive.search(SearchRequest(query="15个工作日")).total == 1
    assert archive.integrity.verify() == []


def test_before_an_alert_went_out_the_reading_goes_into_it(archive):
    notice = archive.ingest(scanned()).notice_id
    archive.scans.store(archive.scans.next().sha256, READ)
    assert kinds(archive, notice) == [ChangeKind.NEW]
    (task,) = archive.classification.pending()
    assert task.version.attachments[0].text == TEXT


def test_after_an_alert_the_reading_follows(archive):
    notice = archive.ingest(scanned()).notice_id
    selected(archive)
    archive.scans.store(archive.scans.next().sha256, READ)
    assert kinds(archive, notice) == [ChangeKind.NEW, ChangeKind.ATTACHMENT_READ]
    (task,) = archive.classification.pending()
    assert task.kind is ChangeKind.ATTACHMENT_READ
    assert task.before.attachments[0].text == ""
    assert task.version.attachments[0].text == TEXT
    assert archive.changes.find(notice_id=notice)[-1].why.english.endswith("红头文件.pdf")


def test_of_the_first_pass_over_a_source_nobody_is_told_twice(archive):
    notice = archive.ingest(scanned(baseline=True)).notice_id
    selected(archive)
    archive.scans.store(archive.scans.next().sha256, READ)
    assert kinds(archive, notice) == [ChangeKind.NEW]


def test_an_empty_scan_is_done_and_tells_nothing(archive):
    notice = archive.ingest(scanned()).notice_id
    selected(archive)
    empty = replace(READ, text="", status=AttachmentStatus.NO_TEXT, unsure=())
    archive.scans.store(archive.scans.next().sha256, empty)
    assert kinds(archive, notice) == [ChangeKind.NEW]
    assert archive.scans.waiting() == 0


def test_a_file_that_was_read_stays_read_wherever_it_is_seen(archive):
    archive.ingest(scanned())
    archive.scans.store(archive.scans.next().sha256, READ)
    other = "https://www.mee.gov.cn/b/2.html"
    archive.ingest(scanned(other, title="关于废旧动力电池回收检查的通知", source="cn-mee"))
    assert file_of(archive, other).status is AttachmentStatus.OCR
    assert file_of(archive, other).text == TEXT
    assert archive.scans.waiting() == 0


def test_the_same_bytes_seen_again_are_no_change(archive):
    archive.ingest(scanned())
    archive.scans.store(archive.scans.next().sha256, READ)
    result = archive.ingest(scanned())
    assert (result.version_id, result.kind) == (None, None)


def test_a_new_engine_makes_no_revision(archive):
    notice = archive.ingest(scanned()).notice_id
    task = archive.scans.next()
    archive.scans.store(task.sha256, READ)
    selected(archive)
    archive.scans.store(task.sha256, replace(READ, text=TEXT[:-1], engine="rapidocr 4.0.0"))
    assert file_of(archive).text == TEXT
    assert kinds(archive, notice) == [ChangeKind.NEW]
    assert archive.classification.pending() == []


def test_a_file_whose_bytes_are_gone_is_given_up(archive):
    archive.ingest(scanned())
    archive.scans.give_up(archive.scans.next().sha256)
    assert archive.scans.waiting() == 0
    assert not file_of(archive).waits


@pytest.mark.parametrize("relevant", ["first", "second"])
def test_relevant_acts_are_read_first(archive, relevant):
    urls = {"first": PAGE, "second": "https://www.mee.gov.cn/b/2.html"}
    bodies = {"first": b"%PDF one", "second": b"%PDF two"}
    for name, url in urls.items():
        title = f"关于{name}电池回收检查工作安排的通知"
        archive.ingest(scanned(url, bodies[name], title=title, source=f"cn-{name}"))
    notice = archive.notices.by_url(urls[relevant])
    with archive.transaction():
        archive._backend.database.run(
            "UPDATE notices SET relevant_because = 'labels' WHERE id = ?", (notice.id,)
        )
    assert archive.scans.next().sha256 == file_of(archive, urls[relevant]).sha256
