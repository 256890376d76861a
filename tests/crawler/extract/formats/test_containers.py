"""Archives: names in any charset, and no archive called read of which a part was not."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zlib

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.files import SENTENCE, docx, p, pdf, zipped


def named(name: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """A ZIP of one text file whose name is these bytes, whatever its flags say of them."""
    data = SENTENCE.encode()
    crc = zlib.crc32(data)
    sizes = struct.pack("<III", crc, len(data), len(data))
    common = struct.pack("<HHHHH", 20, flags, 0, 0, 0) + sizes
    lengths = struct.pack("<HH", len(name), len(extra))
    local = b"PK\x03\x04" + common + lengths + name + extra + data
    central = b"PK\x01\x02\x14\x00" + common + lengths + bytes(14) + name + extra
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (named("附件2：回收网点.txt".encode()), "附件2：回收网点.txt"),
        (named("附录.txt".encode()), "附录.txt"),  # these bytes are GBK too, of other words
        (named("目录/附件三.txt".encode("gbk")), "附件三.txt"),
        (named("附件一：說明.txt".encode("big5")), "附件一：說明.txt"),
        (named("通知附件.txt".encode("gbk"), flags=0x800), "通知附件.txt"),
        (named(b"\xff\xff\x81.txt"), b"\xff\xff\x81.txt".decode("cp437")),
        (named("附件.txt".encode(), flags=0x800), "附件.txt"),
        (named("填報.txt".encode("gbk")), "填報.txt"),
        (named("目录.txt".encode("gbk")), "目录.txt"),  # these bytes are UTF-8 too, of two letters
        (
            named(b"fj.txt", extra=struct.pack("<HHBI", 0x7075, 15, 1, zlib.crc32(b"fj.txt")) + "附件.txt".encode()),
            "附件.txt",
        ),
    ],
)  # fmt: skip
def test_a_name_is_read_in_its_charset_and_costs_no_content(body: bytes, name: str) -> None:
    found = extract_file("a.zip", body)
    assert (found.status, found.text) == (Status.OK, f"【{name}】\n{SENTENCE}")


def test_what_systems_leave_beside_the_files_is_none_of_them() -> None:
    body = zipped(
        {
            "附件.docx": docx(p(SENTENCE)),
            "__MACOSX/._附件.docx": b"\0\5\26\7",
            ".DS_Store": b"\0\0\0\1Bud1",
            "图/Thumbs.db": b"\1",
            "~$附件.docx": b"\6admin",
        }
    )
    found = extract_file("a.zip", body)
    assert (found.status, found.text) == (Status.OK, f"【附件.docx】\n{SENTENCE}")


@pytest.mark.parametrize(
    ("member", "body", "words"),
    [
        ("b.rar", b"Rar!\x1a\x07\x01" + b"x" * 99, "b.rar（已损坏）"),
        ("盖章页.jpg", b"\xff\xd8\xff\xe0" + b"x" * 99, "盖章页.jpg（不支持）"),
        ("b.docx", docx(p(SENTENCE))[:150], "b.docx（已损坏）"),
        ("b.pdf", pdf(SENTENCE, encrypt=True), "b.pdf（已加密）"),
        ("b.pdf", pdf(""), "b.pdf（无文字）"),
        ("c.zip", zipped({"d.rar": b"Rar!\x1a\x07\x01", "e.txt": SENTENCE}), "c.zip/d.rar（已损坏）"),
        (
            "c.zip",
            zipped({"d.zip": zipped({"e.zip": zipped({"f.txt": SENTENCE})}), "g.txt": SENTENCE}),
            "c.zip/d.zip（过大）",  # of the third archive inside nothing is read
        ),
    ],
)  # fmt: skip
def test_a_member_that_was_not_read_is_told(member: str, body: bytes, words: str) -> None:
    found = extract_file("a.zip", zipped({"附件1.docx": docx(p(SENTENCE)), member: body}))
    assert found.status is Status.PARTIAL
    assert f"【附件1.docx】\n{SENTENCE}" in found.text
    assert unread_of(found.text) == words


def test_an_encrypted_member_costs_only_itself() -> None:
    whole = bytearray(zipped({"a.txt": SENTENCE, "b.txt": SENTENCE}))
    second_local = whole.index(b"PK\x03\x04", 4)
    second_central = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 4)
    whole[second_local + 6] |= 1
    whole[second_central + 8] |= 1
    found = extract_file("a.zip", bytes(whole))
    assert found.status is Status.PARTIAL
    assert unread_of(found.text) == "b.txt（已加密）"


def test_an_archive_of_pictures_is_not_read_at_all() -> None:
    found = extract_file("a.zip", zipped({"1.jpg": b"\xff\xd8\xff\xe0" + b"x" * 99}))
    assert (found.status, found.text) == (Status.UNSUPPORTED, "【1.jpg】")


def tar(names: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding
    ) as archive:
        for name, data in names.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("a.tar", tar({"附件/附件1.txt": SENTENCE.encode()}), f"【附件1.txt】\n{SENTENCE}"),
        ("a.tar", tar({"附件1.txt": SENTENCE.encode()}, "gbk"), f"【附件1.txt】\n{SENTENCE}"),
        ("a.tar.gz", gzip.compress(tar({"b.txt": SENTENCE.encode()})), f"【b.txt】\n{SENTENCE}"),
        ("附件.txt.gz", gzip.compress(SENTENCE.encode()), f"【附件.txt】\n{SENTENCE}"),
    ],
)
def test_tar_and_gzip_are_read(name: str, body: bytes, text: str) -> None:
    found = extract_file(name, body)
    assert (found.status, found.text) == (Status.OK, text)


def test_a_bomb_in_gzip_is_too_large() -> None:
    packed = gzip.compress(bytes(130 * 1024 * 1024), 1)
    assert extract_file("a.gz", packed).status is Status.TOO_LARGE


def test_a_name_that_differs_before_the_file_costs_nothing() -> None:
    body = zipped({"a.txt": SENTENCE, "b.txt": SENTENCE}).replace(b"a.txt", b"\xb8\xbd.tx", 1)
    found = extract_file("a.zip", body)
    assert (found.status, found.text.count(SENTENCE)) == (Status.OK, 2)
