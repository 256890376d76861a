"""Versions and changes: what makes one, what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from archive.store import Archive
from domain.records.observation import Observation
from domain.records.reason import reason
from domain.records.states import AttachmentStatus, ChangeKind, PostingState

Observe = Callable[..., Observation]
BODY = "第一条 为规范回收，制定本办法。\n第二条 违反规定的，处五千元以上二万元以下罚款。"


def kinds(archive: Archive) -> list[ChangeKind]:
    return [change.kind for change in archive.changes.find()]


def test_first_sight_is_new_with_evidence(archive: Archive, observe: Observe) -> None:
    observation = observe(text=BODY, number="工信部联节〔2026〕17号")
    result = archive.ingest(observation)
    assert result.kind == ChangeKind.NEW
    notice = archive.notices.get(result.notice_id)
    assert notice is not None
    version = notice.postings[0].versions[0]
    assert archive.evidence.get(version.raw_sha256) == observation.capture.body
    assert version.text == BODY
    assert version.blocks == observation.parsed.blocks
    assert notice.published == date(2026, 4, 27)
    assert notice.document_number == "工信部联节〔2026〕17号"
    assert archive.integrity.verify() == []


def test_unchanged_page_stores_nothing_but_last_seen(archive: Archive, observe: Observe) -> None:
    first = observe(text=BODY)
    archive.ingest(first)
    before = sorted(archive.data_dir.rglob("evidence/**/*.gz"))
    later = first.capture.fetched_at + timedelta(hours=1)
    result = archive.ingest(observe(text=BODY, at=later, raw=b"<html>other counter 4711</html>"))
    assert result.version_id is None
    assert result.change_id is None
    posting = archive.postings.by_url(first.url)
    assert posting is not None
    assert posting.last_seen == later
    assert len(posting.versions) == 1
    assert sorted(archive.data_dir.rglob("evidence/**/*.gz")) == before
    assert kinds(archive) == ["new"]


def test_widths_blanks_and_line_ends_are_noise(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text="第1条 罚款(5000元),\n依法处理。", number="工信部联节〔2026〕17号"))
    noisy = observe(
        text="第１条　罚款（５０００元）， 依法处理。",
        title="关于开展废旧动力电池 联合执法专项行动的通知",
        number="工信部联节[2026] 17号",
    )
    assert archive.ingest(noisy).version_id is None
    assert kinds(archive) == ["new"]


def test_a_changed_digit_is_a_version(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY))
    result = archive.ingest(observe(text=BODY.replace("五千元", "一万元")))
    assert result.kind == ChangeKind.REVISED
    change = archive.changes.get(result.change_id or 0)
    assert change is not None
    assert (change.from_version, change.to_version) == (1, 2)


def test_back_to_an_earlier_text_is_a_version_of_its_own(
    archive: Archive, observe: Observe
) -> None:
    changed = BODY.replace("五千元", "一万元")
    for text in (BODY, changed, BODY):
        archive.ingest(observe(text=text))
    assert kinds(archive) == ["new", "revised", "revised"]
    posting = archive.postings.by_url("https://www.miit.gov.cn/a/1.html")
    assert posting is not None
    assert [version.number for version in posting.versions] == [1, 2, 3]
    assert posting.versions[0].raw_sha256 == posting.versions[2].raw_sha256
    assert len({version.chain_sha256 for version in posting.versions}) == 3
    assert archive.integrity.verify() == []


def test_title_alone_is_retitled(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY))
    result = archive.ingest(observe(text=BODY, title="关于开展废旧动力电池专项行动的通知"))
    assert result.kind == ChangeKind.RETITLED


def test_a_replaced_attachment_is_found(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY, files={"附件1.txt": b"old"}))
    assert archive.ingest(observe(text=BODY, files={"附件1.txt": b"old"})).version_id is None
    result = archive.ingest(observe(text=BODY, files={"附件1.txt": b"new"}))
    assert result.kind == ChangeKind.ATTACHMENT_REVISED


def test_a_failed_download_is_no_change(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(text=BODY, files={"附件1.txt": b"old"}))
    assert archive.ingest(observe(text=BODY, files={"附件1.txt": None})).version_id is None
    result = archive.ingest(observe(text=BODY + "新增。", files={"附件1.txt": None}))
    posting = archive.postings.by_url("https://www.miit.gov.cn/a/1.html")
    assert posting is not None
    assert result.kind == ChangeKind.REVISED
    kept = posting.versions[1].attachments[0]
    assert kept.status == AttachmentStatus.OK
    assert kept.sha256 == posting.versions[0].attachments[0].sha256
    assert kept.text == "old"


def test_a_partly_read_file_is_kept_where_a_later_look_reads_less(
    archive: Archive, observe: Observe
) -> None:
    def seen(text: str, status: AttachmentStatus, body: str) -> Observation:
        observation = observe(text=body, files={"附件1.zip": b"same bytes"})
        (item,) = observation.attachments
        return replace(observation, attachments=(replace(item, status=status, text=text),))

    archive.ingest(seen("甲、乙", AttachmentStatus.OK, BODY))
    archive.ingest(seen("甲【未读：乙】", AttachmentStatus.PARTIAL, BODY + "新增。"))
    archive.ingest(seen("", AttachmentStatus.TOO_LARGE, BODY + "又增。"))
    posting = archive.postings.by_url("https://www.miit.gov.cn/a/1.html")
    assert posting is not None
    assert {version.attachments[0].text for version in posting.versions} == {"甲【未读：乙】"}


def test_an_attachment_that_comes_late_completes_its_version(
    archive: Archive, observe: Observe
) -> None:
    archive.ingest(observe(text=BODY, files={"附件1.txt": None}))
    result = archive.ingest(observe(text=BODY, files={"附件1.txt": b"late"}))
    assert result.version_id is None
    posting = archive.postings.by_url("https://www.miit.gov.cn/a/1.html")
    assert posting is not None
    assert posting.versions[0].attachments[0].text == "late"
    assert kinds(archive) == ["new"]
    assert archive.integrity.verify() == []


def test_withdrawal_needs_a_second_look_and_happens_once(
    archive: Archive, observe: Observe
) -> None:
    observation = observe(text=BODY)
    archive.ingest(observation)
    url, at = observation.url, observation.capture.fetched_at + timedelta(hours=1)
    assert (
        archive.withdrawals.gone(url, reason("source.message", text="404"), at, confirmed=True)
        is None
    )
    change = archive.withdrawals.gone(url, reason("source.message", text="404"), at, confirmed=True)
    assert change is not None
    assert change.kind == ChangeKind.WITHDRAWN
    assert (
        archive.withdrawals.gone(url, reason("source.message", text="404"), at, confirmed=True)
        is None
    )
    posting = archive.postings.by_url(url)
    assert posting is not None
    assert posting.state == PostingState.WITHDRAWN
    back = archive.ingest(observe(text=BODY, at=at + timedelta(hours=1)))
    assert back.kind == ChangeKind.RESTORED
    assert archive.ingest(observe(text=BODY, at=at + timedelta(hours=2))).change_id is None
    assert kinds(archive) == ["new", "withdrawn", "restored"]


def test_a_look_in_between_forgets_the_first(archive: Archive, observe: Observe) -> None:
    observation = observe(text=BODY)
    archive.ingest(observation)
    at = observation.capture.fetched_at
    archive.withdrawals.gone(
        observation.url, reason("source.message", text="404"), at, confirmed=False
    )
    assert archive.withdrawals.seen_unchanged(observation.url, at)
    assert (
        archive.withdrawals.gone(
            observation.url, reason("source.message", text="404"), at, confirmed=True
        )
        is None
    )
    assert kinds(archive) == ["new"]


def test_not_modified_restores_too(archive: Archive, observe: Observe) -> None:
    observation = observe(text=BODY)
    archive.ingest(observation)
    at = observation.capture.fetched_at
    for _ in range(2):
        archive.withdrawals.gone(
            observation.url, reason("source.message", text="410"), at, confirmed=True
        )
    assert archive.withdrawals.seen_unchanged(observation.url, at)
    assert archive.withdrawals.seen_unchanged(observation.url, at)
    assert kinds(archive) == ["new", "withdrawn", "restored"]
    assert not archive.withdrawals.seen_unchanged("https://unknown.example/", at)


def test_nul_characters_are_dropped(archive: Archive, observe: Observe) -> None:
    result = archive.ingest(observe(title="标\x00题通知", text="正\x00文"))
    notice = archive.notices.get(result.notice_id)
    assert notice is not None
    assert notice.title == "标题通知"
    assert notice.postings[0].versions[0].text == "正文"
