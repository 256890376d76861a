"""The case folder as it is handed over: a PDF where there is a browser, listed with its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest

from archive.store import Archive
from crawler.transport import rendering
from noticewatch.application.case_folder import PDF_NAME, write_case
from tests.builders import make_observation

needs_chromium = pytest.mark.skipif(
    rendering.chromium_path() is None, reason="no Chromium or no playwright on this machine"
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path / "data", create=True) as opened:
        opened.ingest(
            make_observation(
                "https://a.gov.cn/1", "退役电池仓库管理办法", "仓库应当每季度核对一次库存。" * 9
            )
        )
        yield opened


@needs_chromium
def test_the_page_is_printed_and_its_hash_listed(archive: Archive, tmp_path: Path) -> None:
    written = write_case(archive, 1, tmp_path / "case")
    assert written.pdf
    files = [path for path in (tmp_path / "case").rglob("*") if path.is_file()]
    assert written.files == len(files)
    pdf = (tmp_path / "case" / PDF_NAME).read_bytes()
    sums = (tmp_path / "case/SHA256SUMS").read_text()
    assert f"{hashlib.sha256(pdf).hexdigest()}  {PDF_NAME}\n" in sums
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "退役电池仓库管理办法" in text
    assert "Severity of the act" in text


def test_without_a_browser_there_is_no_pdf(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "chromium_path", lambda: None)
    written = write_case(archive, 1, tmp_path / "case")
    assert not written.pdf
    assert not (tmp_path / "case" / PDF_NAME).exists()
    assert PDF_NAME not in (tmp_path / "case/SHA256SUMS").read_text()
