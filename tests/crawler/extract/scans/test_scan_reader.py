"""Scanned pages read by the optical reader, in its child process: needs the extra ``ocr``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.paths import child_environment
from crawler.extract.file_extractor import FileExtractor
from crawler.extract.formats import Extracted
from crawler.extract.scans.scan_engine import engine_name
from crawler.extract.scans.scan_reader import ScanReader
from domain.records.states import AttachmentStatus as Status
from tests.fakes import scans
from tests.fakes.files import zipped

LINES = (
    "各设区市人民政府，省直有关单位：",
    "    为规范废旧动力电池回收利用，现将有关事项通知如下：",
    "    一、自2027年3月1日起，综合利用企业应当在15个工作日",
    "内上传溯源信息；逾期未改正的，处1万元以上3万元以下罚款。",
    "    二、锂的回收率应不低于90.5%，年处理能力不少于12800吨。",
)
TEXT = (
    "各设区市人民政府，省直有关单位：为规范废旧动力电池回收利用，现将有关事项通知如下："
    "一、自2027年3月1日起，综合利用企业应当在15个工作日内上传溯源信息；"
    "逾期未改正的，处1万元以上3万元以下罚款。"
    "二、锂的回收率应不低于90.5%，年处理能力不少于12800吨。"
)
ROWS = (("序号", "企业名称", "设计产能"), ("1", "长沙矿冶有限公司", "20000"), ("2", "邵阳循环有限公司", "3500"))  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[ScanReader]:
    scans.need_scans()
    with ScanReader() as opened:
        yield opened


def read(reader: ScanReader, name: str, body: bytes) -> Extracted:
    """The file, page by page until nothing waits."""
    known: dict[int, str | None] = {}
    for _ in range(20):
        step = reader.next_page(name, body, known)
        known.update(step.pages)
        if step.is_done:
            return step.file
    raise AssertionError("the file is never done")


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_scanned_document_is_read_page_by_page(reader: ScanReader) -> None:
    sheets = [scans.scanned(scans.drawn(LINES, ROWS)), scans.scanned(scans.drawn(LINES[2:4]))]
    body = scans.as_pdf(sheets)
    first = reader.next_page("a.pdf", body, {})
    assert (first.file.status, first.file.scans.waiting) == (Status.PARTIAL, 1)
    assert set(first.pages) == {0}
    found = read(reader, "a.pdf", body)
    assert found.status is Status.OCR
    assert bare(found.text).startswith(TEXT)
    assert ROWS in found.tables
    assert found.scans.read == 2


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_laid_in_turned_is_read_upright(reader: ScanReader, turn: int) -> None:
    sheet = scans.scanned(scans.drawn(LINES)).rotate(turn, expand=True)
    assert bare(read(reader, "a.pdf", scans.as_pdf([sheet])).text) == TEXT


def test_a_page_that_was_laid_in_askew_keeps_its_table(reader: ScanReader) -> None:
    sheet = scans.scanned(scans.drawn(LINES[:2], ROWS), askew=-2.5)
    assert ROWS in read(reader, "a.pdf", scans.as_pdf([sheet])).tables


def test_small_type_is_looked_at_again_in_finer_strips(reader: ScanReader) -> None:
    sheet = scans.scanned(scans.drawn(LINES * 3, size=8, dpi=200))
    found = bare(read(reader, "a.pdf", scans.as_pdf([sheet], dpi=200)).text)
    assert found.count("处1万元以上3万元以下罚款") == 3
    assert found.count("不低于90.5%") == 3


def test_under_a_seal_nothing_is_sure(reader: ScanReader) -> None:
    sheet = scans.stamped(scans.drawn((*LINES, "        2026年12月14日")), 150, 215)
    found = read(reader, "a.pdf", scans.as_pdf([scans.scanned(sheet)]))
    assert "2026年12月14日" in bare(found.text)
    assert found.scans.unsure


STRUCK = (
    "第一条综合利用企业应当每月报送溯源信息。",
    "第二条未按要求报送的，处五万元以上八万元以下罚款。",
    "第三条回收网点应当公示服务电话，逐一登记。",
)


@pytest.mark.parametrize("noise", [0.0, 14.0])
def test_words_that_a_line_runs_through_are_no_text(reader: ScanReader, noise: float) -> None:
    sheet = scans.struck(scans.drawn(STRUCK), 1, 0, 24)
    sheet = scans.scanned(sheet, noise=noise) if noise else sheet
    found = bare(read(reader, "a.pdf", scans.as_pdf([sheet])).text)
    assert "罚款" not in found
    assert STRUCK[0] in found
    assert STRUCK[2] in found


def test_a_fold_through_a_line_takes_its_certainty_and_not_its_words(reader: ScanReader) -> None:
    sheet = scans.struck(scans.drawn(STRUCK), 1, -4, 31)
    found = read(reader, "a.pdf", scans.as_pdf([sheet]))
    assert len(bare(found.text)) >= sum(map(len, STRUCK)) - 2
    unsure = "".join(found.text[start:end] for start, end in found.scans.unsure)
    assert "罚款" in unsure


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "GIF"])
def test_pictures_are_pages(reader: ScanReader, kind: str) -> None:
    sheet = scans.scanned(scans.drawn(LINES), noise=6)
    found = read(reader, "扫描件", scans.as_picture(sheet, kind))
    assert (found.status, bare(found.text)) == (Status.OCR, TEXT)


def test_a_picture_in_an_archive_is_read(reader: ScanReader) -> None:
    picture = scans.as_picture(scans.scanned(scans.drawn(LINES)))
    body = zipped({"说明.txt": "以扫描件为准。以扫描件为准。", "页/盖章页.jpg": picture})
    found = read(reader, "a.zip", body)
    assert found.status is Status.OCR
    assert "盖章页.jpg" in found.text
    assert TEXT in bare(found.text)


def test_a_long_picture_is_read_in_strips(reader: ScanReader) -> None:
    from PIL import Image

    sheet = scans.drawn(LINES * 4, size=11)
    long = Image.new("RGB", (sheet.width, 3 * sheet.height), "white")
    for number in range(3):
        long.paste(sheet, (0, number * sheet.height))
    found = read(reader, "长图.png", scans.as_picture(long, "PNG"))
    assert bare(found.text).count("不少于12800吨") == 12


def test_icons_and_broken_pictures_are_no_pages(reader: ScanReader) -> None:
    from PIL import Image

    icon = scans.as_picture(Image.new("RGB", (90, 90), "red"), "PNG")
    assert read(reader, "icon.png", icon).status is Status.UNSUPPORTED
    whole = scans.as_picture(scans.drawn(LINES), "PNG")
    assert read(reader, "a.png", whole[: len(whole) // 3]).status in (Status.NO_TEXT, Status.BROKEN)


def test_before_they_are_read_scans_wait() -> None:
    scans.need_scans()
    body = scans.as_pdf([scans.drawn(LINES), scans.drawn(LINES)])
    with FileExtractor() as extractor:
        found = extractor.extract("a.pdf", body)
        picture = extractor.extract("a.jpg", scans.as_picture(scans.drawn(LINES)))
    assert (found.status, found.text, found.scans.waiting) == (Status.NO_TEXT, "", 2)
    assert (picture.status, picture.scans.waiting) == (Status.NO_TEXT, 1)


def test_a_page_that_takes_too_long_is_left_unread() -> None:
    scans.need_scans()
    body = scans.as_pdf([scans.drawn(LINES)])
    with ScanReader(seconds=0.05) as hurried:
        step = hurried.next_page("a.pdf", body, {})
        assert (dict(step.pages), step.is_done) == ({0: None}, False)
    with ScanReader() as reader:
        step = reader.next_page("a.pdf", body, {0: None})
    assert (step.is_done, step.file.status, step.file.text) == (True, Status.NO_TEXT, "")


def test_it_reads_with_no_network_at_all() -> None:
    """Its models are in its package: every call of a socket would be an error."""
    scans.need_scans()
    program = (
        "import sys\n"
        "def refuse(event, _):\n"
        "    if event.startswith('socket.'): raise RuntimeError(event)\n"
        "sys.addaudithook(refuse)\n"
        "from crawler.extract.formats import extract_scans\n"
        "from crawler.extract.scans.scan_engine import ScanEngine\n"
        "from crawler.extract.scans.scan_session import ScanSession\n"
        "session = ScanSession(engine=ScanEngine(), room=1)\n"
        "found = extract_scans('a.jpg', sys.stdin.buffer.read(), session)\n"
        "sys.stdout.buffer.write(found.text.encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=scans.as_picture(scans.drawn(LINES)),
        capture_output=True, env=child_environment(), check=True, timeout=100,
    )  # fmt: skip
    assert bare(done.stdout.decode()) == TEXT


def test_the_engine_is_named_with_its_version() -> None:
    scans.need_scans()
    assert engine_name() == "rapidocr 3.10.0"
