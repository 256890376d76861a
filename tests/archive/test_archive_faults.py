"""Two writers, killed writers, full disks, altered files, backups."""

from __future__ import annotations

import errno
import gzip
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archive.evidence.chain import sha256_of
from archive.store import Archive, ArchiveError
from archive.transfer.exporter import write_export
from domain.records.classify_task import Classification
from domain.records.observation import Observation
from tests.paths import ROOT

Observe = Callable[..., Observation]
WRITER = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from pathlib import Path
from archive.store import Archive
from conftest import make_observation
name, first, last = sys.argv[4], int(sys.argv[5]), int(sys.argv[6])
with Archive.open(Path(sys.argv[3])) as archive:
    print("ready", flush=True)
    for number in range(first, last):
        url = f"https://{name}.gov.cn/{number}"
        text = "".join(chr(0x4E00 + (number * 37 + k * k) % 9000) for k in range(200)) + name
        archive.ingest(make_observation(url, f"关于{name}第{number}号事项的通知", text,
                                        number=f"{name}发〔2026〕{number + 1}号",
                                        files={"a.txt": f"{name}{number}".encode()}))
        print(number, flush=True)
"""


def writer(data_dir: Path, name: str, last: int, first: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(ROOT), str(Path(__file__).parent), str(data_dir),
         name, str(first), str(last)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    writers = [writer(tmp_path, name, 200) for name in ("甲部", "乙部")]
    for process in writers:
        process.communicate(timeout=110)
        assert process.returncode == 0
    with Archive.open(tmp_path) as archive:
        counts = archive.notices.counts()
        assert counts["postings"] == counts["versions"] == counts["changes"] == 400
        assert counts["notices"] == 400
        assert archive.integrity.verify() == []


def test_killed_writers_lose_and_double_nothing(tmp_path: Path) -> None:
    """What a writer reported as stored before it was killed is there, once, and verifies."""
    dice = random.Random(7)
    reported = 0
    for _ in range(25):
        process = writer(tmp_path, "甲部", 10_000, first=reported)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + dice.randrange(6))][1:]
        time.sleep(dice.uniform(0.0, 0.03))
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().split()
        process.wait()
        process.stdout.close()
        reported = max([reported, *(int(line) + 1 for line in lines)])
        with Archive.open(tmp_path) as archive:
            counts = archive.notices.counts()
            assert reported <= counts["postings"] <= reported + 1
            assert counts["postings"] == counts["versions"] == counts["changes"]
            assert len(archive.classification.pending(limit=10_000)) == counts["postings"]
    assert reported > 25
    with Archive.open(tmp_path) as archive:
        assert archive.integrity.verify() == []


def test_full_database_changes_nothing(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe())
    pages = archive._backend.database.value("PRAGMA page_count")
    archive._backend.database.connection.execute(f"PRAGMA max_page_count={pages}")
    big = observe("https://a.gov.cn/big", "大通知", "".join(chr(0x4E00 + n) for n in range(20_000)))
    with pytest.raises(ArchiveError, match=r"disk of .* is full"):
        archive.ingest(big)
    archive._backend.database.connection.execute("PRAGMA max_page_count=1073741823")
    assert archive.notices.counts()["postings"] == 1
    assert archive.ingest(big).kind == "new"
    assert archive.integrity.verify() == []


def test_full_disk_for_evidence(
    archive: Archive, observe: Observe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match=r"disk of .* is full"):
            archive.ingest(observe())
    assert archive.notices.counts()["postings"] == 0
    assert not [path for path in archive.data_dir.rglob("evidence/**/*") if path.is_file()]
    assert archive.ingest(observe()).kind == "new"


def test_tampering_shows(archive: Archive, observe: Observe) -> None:
    for number in range(3):
        archive.ingest(
            observe(f"https://a.gov.cn/{number}", f"第{number}号通知", f"内容{number}" * 40)
        )
    archive._backend.database.connection.execute(
        "UPDATE versions SET text = text || '改' WHERE id = 2"
    )
    assert archive.integrity.verify() == [
        "the text of version 1 of https://a.gov.cn/1 was altered after it was stored"
    ]
    archive._backend.database.connection.execute(
        "UPDATE versions SET text = replace(text, '改', '') WHERE id = 2"
    )
    assert archive.integrity.verify() == []
    archive._backend.database.connection.execute(
        "UPDATE versions SET fetched_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 1"
    )
    assert archive.integrity.verify() == [
        "the hash chain is broken at version 1 of https://a.gov.cn/0"
    ]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE versions SET document_number = '甲发〔2026〕1号' WHERE id = 2", "metadata"),
        ("UPDATE versions SET date_listed = '2020-01-01' WHERE id = 1", "metadata"),
        ("UPDATE versions SET headers = '[]' WHERE id = 1", "metadata"),
        ("UPDATE attachments SET name = 'b.txt' WHERE id = 1", "metadata or attachments"),
        ("DELETE FROM attachments WHERE id = 1", "metadata or attachments"),
        ("UPDATE files SET text = '别的'", "the text of the attachment"),
        ("UPDATE notices SET title = '别的'", "does not show what its pages say"),
        ("DELETE FROM changes WHERE id = 2", "versions have no change"),
        ("DELETE FROM versions WHERE id = 3", "does not end where it did"),
        ("DELETE FROM versions WHERE id = 3", "name a version that is missing"),
        ("UPDATE versions SET url = 'https://b.gov.cn/' WHERE id = 3", "chain is broken"),
    ],
)
def test_every_kind_of_tampering_shows(
    archive: Archive, observe: Observe, statement: str, problem: str
) -> None:
    for text in ("甲", "乙", "丙"):
        archive.ingest(observe(text=text * 60, files={"a.txt": text.encode()}))
    assert archive.integrity.verify() == []
    archive._backend.database.connection.execute("PRAGMA foreign_keys=OFF")
    archive._backend.database.connection.execute(statement)
    assert any(problem in sentence for sentence in archive.integrity.verify())


def test_an_attachment_that_came_late_is_no_tampering(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(files={"a.txt": None}))
    archive.ingest(observe(files={"a.txt": b"late"}))
    notice = archive.notices.get(1)
    assert notice is not None
    assert notice.postings[0].versions[0].attachments[0].sha256 == sha256_of(b"late")
    assert archive.integrity.verify() == []


def test_damaged_evidence_shows(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(files={"a.txt": b"one"}))
    first, second = sorted(archive._backend.evidence.files())
    first.write_bytes(gzip.compress(b"other"))
    second.unlink()
    findings = archive.integrity.verify()
    assert len(findings) == 2
    assert [first.stem in text for text in findings if "was altered" in text] == [True]
    assert [second.stem in text for text in findings if "is missing" in text] == [True]
    with pytest.raises(ArchiveError, match="altered"):
        archive.evidence.get(first.stem)
    with pytest.raises(ArchiveError, match="no evidence"):
        archive.evidence.get(second.stem)


def test_backup_while_open(archive: Archive, observe: Observe, tmp_path: Path) -> None:
    archive.ingest(observe(files={"a.txt": b"one"}))
    copy = tmp_path / "copy"
    assert archive.maintenance.backup(copy) == 2
    archive.ingest(observe("https://a.gov.cn/2", "别的通知", "别的内容。" * 30))
    with Archive.open(copy) as restored:
        assert restored.notices.counts()["notices"] == 1
        assert restored.integrity.verify() == []
    assert archive.maintenance.backup(copy) == 3
    with Archive.open(copy) as restored:
        assert restored.notices.counts()["notices"] == 2
        assert restored.integrity.verify() == []
    with pytest.raises(ArchiveError, match="the archive itself"):
        archive.maintenance.backup(archive.data_dir)


def test_rebuild_index(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe())
    archive._backend.database.connection.execute("DELETE FROM search_rows")
    assert "not in the search index" in archive.integrity.verify()[0]
    assert archive.search_index.rebuild() == 1
    assert archive.integrity.verify() == []


def test_read_only_evidence_folder(
    archive: Archive, observe: Observe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.ingest(observe())
    assert archive.notices.counts()["postings"] == 0


def test_pruning_keeps_what_matters(archive: Archive, observe: Observe) -> None:
    relevant = archive.ingest(observe(files={"shared.txt": b"shared", "own.txt": b"own"}))
    other = observe("https://a.gov.cn/2", "别的通知", "别的内容。" * 30,
                    files={"shared.txt": b"shared", "gone.txt": b"gone"})  # fmt: skip
    archive.ingest(other)
    for task in archive.classification.pending():
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(), stage=None, model="m",
                relevant_because="labels" if task.notice_id == relevant.notice_id else None,
            )
        )  # fmt: skip
    at = other.capture.fetched_at
    assert archive.retention.prune(at)[0] == 0
    files, freed = archive.retention.prune(at + timedelta(days=1))
    assert (files, freed > 0) == (2, True)
    assert archive.integrity.verify() == []
    assert archive.retention.prune(at + timedelta(days=1)) == (0, 0)
    with pytest.raises(ArchiveError, match="was pruned on"):
        archive.evidence.get(sha256_of(other.capture.body))
    assert archive.evidence.get(sha256_of(b"shared")) == b"shared"
    assert archive.maintenance.backup(archive.data_dir.parent / "copy") == 3
    assert write_export(archive, io.BytesIO(), "warc") == 2
