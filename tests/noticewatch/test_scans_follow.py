"""A notice whose attachment is a scan: told at once, and what the scan says follows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.extract.formats import Extracted, ScanCount
from crawler.extract.scans.scan_reader import KnownPages, ScanStep
from crawler.scan_reading import read_scans
from domain.records.states import AttachmentStatus, ChangeKind, OutboxKind
from tests.builders import make_observation
from tests.noticewatch.told_world import MINISTRY, TITLE, ToldWorld

WORDS = "第二条 违反本办法规定，未报送溯源信息的，由主管部门责令改正，处一万元以上三万元以下罚款。"
PAGES = 3


class Reader:
    """Reads a page of three words at a time."""

    def __init__(self, words: str = WORDS, doubt: str = "") -> None:
        self.words, self.doubt, self.asked = words, doubt, 0

    def next_page(self, name: str, body: bytes, known: KnownPages) -> ScanStep:
        self.asked += 1
        left = PAGES - len(known) - 1
        start = self.words.index(self.doubt)
        unsure = ((start, start + len(self.doubt)),) if self.doubt else ()
        count = ScanCount(PAGES - left, left, unsure)
        status = AttachmentStatus.PARTIAL if left else AttachmentStatus.OCR
        return ScanStep(Extracted(status, self.words, scans=count), {len(known): "{}"})


@pytest.fixture
def world(tmp_path: Path) -> ToldWorld:
    return ToldWorld(tmp_path)


def see_a_scan(world: ToldWorld, name: str = "a", body: bytes = b"%PDF") -> None:
    url = MINISTRY.page(name)
    seen = make_observation(
        url, TITLE, "各有关单位：\n现将管理办法印发给你们，请遵照执行。", files={"办法.pdf": body},
        source=MINISTRY.key, publisher=MINISTRY.publisher, issuers=(MINISTRY.publisher,),
        at=world.now,
    )  # fmt: skip
    file = replace(seen.attachments[0], status=AttachmentStatus.NO_TEXT, text="", scans=PAGES)
    world.archive.ingest(replace(seen, attachments=(file,)))


def test_the_alert_does_not_wait_and_the_reading_follows_in_its_thread(world: ToldWorld) -> None:
    see_a_scan(world)
    (alert,) = world.told()
    assert "办法.pdf [scan, being read]" in str(alert.payload)
    report = read_scans(world.archive, reader=Reader())
    assert (report.pages, report.files, report.waiting) == (PAGES, 1, 0)
    (reply,) = world.told()
    assert (reply.kind, reply.thread) == (OutboxKind.REPLY, alert.thread)
    assert "scan read — Those concerned must report" in reply.payload["headline"]
    assert "10,000" in str(reply.payload)
    assert "[scan, being read]" not in str(reply.payload)
    assert world.told() == []
    notice = world.act_at(MINISTRY)
    assert [change.kind for change in notice.changes] == [
        ChangeKind.NEW,
        ChangeKind.ATTACHMENT_READ,
    ]
    assert len(notice.postings[0].versions) == 1
    assert all(fact.certainty == "scan" for fact in notice.facts)


def test_an_unsure_number_is_told_as_unsure(world: ToldWorld) -> None:
    see_a_scan(world)
    world.told()
    read_scans(world.archive, reader=Reader(doubt="三万"))
    (reply,) = world.told()
    assert reply.payload["headline"].endswith("fine 10,000–30,000 yuan [scan: not sure]")
    assert "HIGHER" not in str(reply.payload)
    assert {fact.certainty for fact in world.act_at(MINISTRY).facts} == {"unsure"}


def test_a_scan_read_before_the_alert_is_part_of_it(world: ToldWorld) -> None:
    see_a_scan(world)
    read_scans(world.archive, reader=Reader())
    (alert,) = world.told()
    assert alert.kind is OutboxKind.ALERT
    assert "10,000" in str(alert.payload)
    assert world.told() == []


def test_reading_stops_between_two_pages_and_goes_on_behind_them(world: ToldWorld) -> None:
    see_a_scan(world)
    first = Reader()
    stops = iter([False, True])
    assert read_scans(world.archive, reader=first, stop=lambda: next(stops)).pages == 1
    assert world.archive.scans.waiting() == 1
    rest = Reader()
    assert read_scans(world.archive, reader=rest).files == 1
    assert (first.asked, rest.asked) == (1, PAGES - 1)


def test_a_run_reads_no_more_pages_than_it_may(world: ToldWorld) -> None:
    see_a_scan(world, "a", b"%PDF one")
    see_a_scan(world, "b", b"%PDF two")
    report = read_scans(world.archive, reader=Reader(), most_pages=4)
    assert (report.pages, report.files, report.waiting) == (4, 1, 1)


def test_without_the_extra_nothing_is_read(
    world: ToldWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_a_scan(world)
    monkeypatch.setattr("crawler.scan_reading.is_available", lambda: False)
    report = read_scans(world.archive)
    assert (report.pages, report.waiting) == (0, 1)
