"""Keep the archive whole under two writers, killed writers and full disks."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.backends.factory import open_backend
from archive.store import Archive, ArchiveError, utc_now
from domain.records.observation import Observation
from tests.paths import ROOT

Observe = Callable[..., Observation]


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from archive.store import Archive
from tests.builders import make_observation
name, first, last = sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
with Archive.open(Path(sys.argv[2])) as archive:
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
        [sys.executable, "-c", WRITER, str(ROOT), str(data_dir), name, str(first), str(last)],
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


def test_full_database_changes_nothing(tmp_path: Path, observe: Observe) -> None:
    backend = open_backend(tmp_path, create=True, read_only=False)
    archive = Archive(backend, utc_now)
    archive.ingest(observe())
    pages = backend.database.value("PRAGMA page_count")
    backend.database.rows(f"PRAGMA max_page_count={pages}")
    big = observe("https://a.gov.cn/big", "大通知", "".join(chr(0x4E00 + n) for n in range(20_000)))
    with pytest.raises(ArchiveError, match=r"disk of .* is full"):
        archive.ingest(big)
    backend.database.rows("PRAGMA max_page_count=1073741823")
    assert archive.notices.counts()["postings"] == 1
    assert archive.ingest(big).kind == "new"
    assert archive.integrity.verify() == []
    archive.close()


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


def test_read_only_evidence_folder(
    archive: Archive, observe: Observe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.ingest(observe())
    assert archive.notices.counts()["postings"] == 0
