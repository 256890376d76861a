"""Attachments made here byte by byte: every format, every state, and files that bite."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract.file_extractor import FileExtractor, extract_file
from domain.records.states import AttachmentStatus as Status
from tests.fakes.files import (
    OFD_PAGE,
    RTF,
    SENTENCE,
    doc,
    docx,
    ole,
    p,
    pdf,
    xls,
    xlsx,
    zipped,
)


@pytest.mark.parametrize(
    ("name", "body", "wanted"),
    [
        ("a.docx", docx(p(SENTENCE)), SENTENCE),
        ("a.pdf", pdf("第 1 条 为了规范动力电池编码\n管理，制定本办法。"), "第1条为了规范动力电池编码"),
        ("a.doc", doc(SENTENCE + "\n第二条 附则。\n"), SENTENCE),
        ("a.wps", doc(SENTENCE + "\n第二条 附则。\n"), SENTENCE),
        ("a.xlsx", xlsx(), "1\t某某再生资源企业\t1.5"),
        ("a.xls", xls([["序号", "企业名称"], ["1", "某某再生资源企业"]]), "序号\t企业名称\n1\t某某再生资源企业"),
        ("a.ofd", zipped({"OFD.xml": "<a/>", "Doc_0/Pages/Page_0/Content.xml": OFD_PAGE}), "制定本办法"),
        ("a.doc", RTF, "第一条 为了规范\na\tb"),
        ("a.xls", f"<html><body><table><tr><td>{SENTENCE}</td><td>1</td></tr></table></body></html>".encode("gbk"), SENTENCE),
        ("a.txt", SENTENCE.encode("gbk"), SENTENCE),
        ("a.csv", f"序号,条文\n1,{SENTENCE}".encode("utf-8-sig"), f"1\t{SENTENCE}"),
        ("a.zip", zipped({"附件1.docx": docx(p(SENTENCE)), "b.txt": "补充说明" * 4}), f"【附件1.docx】\n{SENTENCE}"),
        ("a", zipped({"inner.zip": zipped({"x.txt": SENTENCE})}), SENTENCE),
    ],
)  # fmt: skip
def test_text_whatever_the_name_says(name: str, body: bytes, wanted: str) -> None:
    found = extract_file(name, body)
    assert found.status is Status.OK
    assert wanted in found.text


def test_tables() -> None:
    cell = "<w:tc>{0}<w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc>"
    span, merged = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    table = (
        f"<w:tbl><w:tr>{cell.format(span, '字段表')}</w:tr>"
        f"<w:tr>{cell.format('', '编码')}{cell.format('', '24位')}</w:tr>"
        f"<w:tr>{cell.format(merged, '旧')}{cell.format('', '必填')}</w:tr></w:tbl>"
    )
    found = extract_file("a.docx", docx(p(SENTENCE) + table))
    assert found.tables == ((("字段表", ""), ("编码", "24位"), ("", "必填")),)
    assert found.text.endswith("字段表\t\n编码\t24位\n\t必填")
    assert extract_file("a.xlsx", xlsx()).tables[0][0] == ("序号", "企业名称", "产能")


def test_deleted_text_of_a_tracked_document_is_not_read() -> None:
    inner = f"<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    assert extract_file("a.docx", docx(inner)).text == SENTENCE


def test_names_in_old_archives_are_gbk() -> None:
    body = zipped({"0000.txt": SENTENCE}).replace(b"0000", "附件".encode("gbk"))
    assert "【附件.txt】" in extract_file("a.zip", body).text


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("word/document.xml", b"<a>" + b" " * 40_000_000 + b"</a>")
LAUGHS = (
    '<!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(
        '<!ENTITY a{} "{}">'.format(n, (f"&a{n - 1};" if n > 1 else "&a;") * 10)
        for n in range(1, 12)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE z [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("a.pdf", pdf(SENTENCE, encrypt=True), Status.ENCRYPTED),
        ("a.doc", doc(SENTENCE, flags=0x0300), Status.ENCRYPTED),
        ("a.docx", ole({"EncryptedPackage": b"x"}), Status.ENCRYPTED),
        ("a.pdf", pdf(""), Status.NO_TEXT),
        ("a.docx", docx("<w:p/>"), Status.NO_TEXT),
        ("a.pdf", pdf(SENTENCE)[:200], Status.BROKEN),
        ("a.docx", docx(p(SENTENCE))[:120], Status.BROKEN),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 3000, Status.BROKEN),
        ("a.doc", b"", Status.BROKEN),
        ("a.rar", b"Rar!\x1a\x07\x01" + b"x" * 99, Status.BROKEN),
        ("a.7z", b"7z\xbc\xaf'\x1c" + b"x" * 99, Status.BROKEN),
        ("a.pdf", b"\xff\xd8\xff\xe0" + b"x" * 99, Status.UNSUPPORTED),
        ("a.ceb", bytes(range(256)) * 8, Status.UNSUPPORTED),
        ("a.docx", BOMB.getvalue(), Status.TOO_LARGE),
        ("a.zip", zipped({f"{n}.txt": "x" for n in range(300)}), Status.TOO_LARGE),
        ("a.docx", docx(p("&a11;"), LAUGHS), Status.NO_TEXT),
        ("a.docx", docx(p("&a11;"), OUTSIDE), Status.NO_TEXT),
    ],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_states(name: str, body: bytes, status: Status) -> None:
    found = extract_file(name, body)
    assert (found.status, found.text if status is not Status.UNSUPPORTED else "") == (status, "")


def test_archives_in_archives_end_at_the_second() -> None:
    deep = zipped({"c.txt": SENTENCE})
    for name in ("b", "a", "x"):
        deep = zipped({f"{name}.zip": deep})
    assert SENTENCE not in extract_file("a.zip", deep).text


# ------------------------------------------------------------------ the child


@pytest.fixture
def extractor() -> Iterator[FileExtractor]:
    with FileExtractor() as made:
        yield made


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def child_of(extractor: FileExtractor) -> int:
    assert extractor._child is not None
    return extractor._child.pid


def test_the_child_reads_and_is_kept(extractor: FileExtractor) -> None:
    first = extractor.extract("a.docx", docx(p(SENTENCE)))
    assert (first.status, first.text) == (Status.OK, SENTENCE)
    pid = child_of(extractor)
    second = extractor.extract("a.xlsx", xlsx())
    assert second.tables == extract_file("a.xlsx", xlsx()).tables
    assert child_of(extractor) == pid
    extractor.close()
    assert not alive(pid)
    assert extractor.extract("a.txt", SENTENCE.encode()).text == SENTENCE


def test_a_killed_child_is_replaced(extractor: FileExtractor) -> None:
    extractor.extract("a.txt", b"text")
    os.kill(child_of(extractor), signal.SIGKILL)
    time.sleep(0.05)
    assert extractor.extract("a.txt", SENTENCE.encode()).text == SENTENCE


def test_too_long_and_too_large_are_states() -> None:
    with FileExtractor(timeout=0.001, max_bytes=1000) as hasty:
        assert hasty.extract("a.txt", b"text").status is Status.TOO_LARGE
        assert hasty.extract("a.txt", b"x" * 1001).status is Status.TOO_LARGE


def test_the_child_ends_with_its_input(extractor: FileExtractor) -> None:
    extractor.extract("a.txt", b"text")
    child = extractor._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=5) == 0


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="needs /proc")
def test_the_child_sets_its_own_limits(extractor: FileExtractor) -> None:
    extractor.extract("a.txt", b"text")
    limits = Path(f"/proc/{child_of(extractor)}/limits").read_text()
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert soft["Max address space"] == str(700 * 1024 * 1024)
    assert soft["Max file size"] == "0"
    assert soft["Max open files"] == "64"
    assert int(soft["Max cpu time"]) <= 30


def test_several_threads_share_one_child(extractor: FileExtractor) -> None:
    texts: list[str] = []

    def work(number: int) -> None:
        texts.append(extractor.extract("a.docx", docx(p(f"{SENTENCE}{number}"))).text)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == [f"{SENTENCE}{n}" for n in range(6)]


MAGICS = [
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1",
    b"<html>",
    b"<?xml ?>",
    b"",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(MAGICS), st.binary(max_size=600))
def test_no_bytes_raise(magic: bytes, rest: bytes) -> None:
    assert extract_file("x.bin", magic + rest).status in Status


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["docx", "pdf", "doc", "xls", "xlsx"]),
    st.integers(0, 1 << 16),
    st.integers(0, 255),
)
def test_no_flipped_byte_raises(kind: str, place: int, value: int) -> None:
    made = {
        "docx": docx(p(SENTENCE)),
        "pdf": pdf(SENTENCE),
        "doc": doc(SENTENCE),
        "xls": xls([["a", "b"]]),
        "xlsx": xlsx(),
    }[kind]
    body = bytearray(made)
    body[place % len(body)] = value
    assert extract_file(f"a.{kind}", bytes(body)).status in Status
