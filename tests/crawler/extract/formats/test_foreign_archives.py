"""RAR and 7z archives: read like ZIP, and never called read where a part was not."""

from __future__ import annotations

import sys

import pytest

from crawler.extract.file_extractor import FileExtractor
from crawler.extract.formats import extract_file, foreign_archives, packed
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of
from tests.fakes.archive_files import rar4, rar5, seven_zip
from tests.fakes.files import SENTENCE, docx, p, zipped

TEXT = SENTENCE.encode()
TWO = f"【附件1.docx】\n{SENTENCE}\n【二.txt】\n{SENTENCE}"
FILES = {"附件/附件1.docx": docx(p(SENTENCE)), "附件/二.txt": TEXT}


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("a.7z", seven_zip(FILES), TWO),
        ("a.rar", rar5(FILES), TWO),
        ("a.rar", rar4({name.encode("gbk"): body for name, body in FILES.items()}), TWO),
        ("a.rar", rar4({"目录\\附件三.txt".encode("gbk"): TEXT}), f"【附件三.txt】\n{SENTENCE}"),
        ("a.bin", rar5({"b.zip": zipped({"c.txt": SENTENCE})}), f"【b.zip】\n【c.txt】\n{SENTENCE}"),
        ("a.zip", zipped({"b.7z": seven_zip({"c.txt": TEXT})}), f"【b.7z】\n【c.txt】\n{SENTENCE}"),
        ("a.7z", seven_zip({"__MACOSX/._c": b"\1", "c.txt": TEXT}), f"【c.txt】\n{SENTENCE}"),
    ],
    ids=["7z", "rar5", "rar4", "rar4-path", "zip-in-rar", "7z-in-zip", "leftovers"],
)  # fmt: skip
def test_the_files_inside_are_read(name: str, body: bytes, text: str) -> None:
    found = extract_file(name, body)
    assert (found.status, found.text) == (Status.OK, text)


def test_they_are_read_within_the_limits_of_the_child() -> None:
    with FileExtractor() as extractor:
        assert extractor.extract("a.7z", seven_zip(FILES)).text == TWO
        assert extractor.extract("a.rar", rar5(FILES)).text == TWO


def test_what_lies_behind_a_broken_place_is_told() -> None:
    whole = rar5({"一.txt": TEXT, "二.txt": TEXT * 3})
    found = extract_file("a.rar", whole[: -len(TEXT) * 2])
    assert found.status is Status.PARTIAL
    assert f"【一.txt】\n{SENTENCE}" in found.text
    assert "二.txt（已损坏）" in unread_of(found.text)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (rar4({b"a.txt": TEXT}, password=True), Status.ENCRYPTED),
        (seven_zip(FILES)[:-30], Status.BROKEN),
        (b"Rar!\x1a\x07\x01" + b"x" * 99, Status.BROKEN),
        (b"7z\xbc\xaf'\x1c" + b"x" * 99, Status.BROKEN),
        (b"Rar!something", Status.BROKEN),
        (rar5({"1.bin": bytes([1, 2, 3]) * 40}), Status.UNSUPPORTED),
    ],
    ids=["password", "cut", "no-rar", "no-7z", "only-a-mark", "nothing-readable"],
)
def test_an_archive_that_cannot_be_read(body: bytes, status: Status) -> None:
    assert extract_file("a.rar", body).status is status


def test_a_bomb_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_archives, "_FREELY", 1 << 20)
    bomb = seven_zip({"a.txt": b" " * (3 << 20) + TEXT})
    assert len(bomb) * packed.MAX_RATIO < 3 << 20
    assert extract_file("a.7z", bomb).status is Status.TOO_LARGE


def test_many_members_are_too_large() -> None:
    many = seven_zip({f"{n}.txt": TEXT for n in range(packed.MAX_MEMBERS + 1)})
    assert extract_file("a.7z", many).status is Status.TOO_LARGE


def test_without_the_library_they_are_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    assert extract_file("a.rar", rar5(FILES)).status is Status.UNSUPPORTED
    assert not foreign_archives.is_available()
