"""The folder that is handed over for one notice."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from archive.store import Archive, ArchiveError
from archive.transfer.case_file import case_zip, write_case_folder
from domain.records.observation import Observation
from domain.text.safe_output import folder_name

Observe = Callable[..., Observation]


def test_folder_holds_and_proves_everything(
    archive: Archive, observe: Observe, tmp_path: Path
) -> None:
    pages = [
        observe(
            title="关于<b>电池</b>的通知", text=f"处{fine}元以上罚款。", files={"../a.txt": b"one"}
        )
        for fine in ("五千", "一万")
    ]
    for page in pages:
        archive.ingest(page)
    folder = tmp_path / "case"
    count = write_case_folder(archive, 1, folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == count
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        sha256, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    first = folder / "copy-1/version-1"
    assert (first / "response.bin").read_bytes() == pages[0].capture.body
    assert json.loads((first / "record.json").read_text())["status"] == 200
    (diff,) = (folder / "changes").iterdir()
    assert "五千" in diff.read_text()
    assert "{+" in diff.read_text()
    index = (folder / "index.html").read_text()
    assert "&lt;b&gt;" in index
    assert "<b>" not in index
    with pytest.raises(ArchiveError, match="not empty"):
        write_case_folder(archive, 1, folder)
    with pytest.raises(ArchiveError, match="no notice 99"):
        case_zip(archive, 99)


def test_the_act_before_is_compared(archive: Archive, observe: Observe, tmp_path: Path) -> None:
    for year, rate in ((2019, "95%"), (2024, "98%")):
        page = observe(f"https://a.gov.cn/{year}", f"电池综合利用规范条件（{year}年本）",
                       f"回收率不低于{rate}。" * 12, published=date(year, 12, 1))  # fmt: skip
        archive.ingest(page)
    write_case_folder(archive, 2, tmp_path / "case")
    text = (tmp_path / "case/acts/1.txt").read_text()
    assert text.startswith("edition_of (probable): 电池综合利用规范条件（2019年本）")
    assert "[-95%-]{+98%+}" in text
    assert "acts/1.txt" in (tmp_path / "case/index.html").read_text()


def test_zip_is_the_same_each_time(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(files={"附件1.txt": b"one"}))
    packed = case_zip(archive, 1)
    assert packed == case_zip(archive, 1)
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert "copy-1/version-1/attachments/1-附件1.txt" in names


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "", "a/b\\c", "x" * 300, "\u202etxt.exe"]
)
def test_names_stay_in_their_folder(name: str) -> None:
    safe = folder_name(name)
    assert ".." not in safe
    assert safe
    assert len(safe) <= 80
    assert not set(safe) & set("/\\\u202e")
    assert not safe.startswith(".")
