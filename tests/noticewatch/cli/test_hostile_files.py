"""Imports and restores from files that somebody else has made."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from archive.transfer import importer
from tests.noticewatch import filled
from tests.noticewatch.invoked import as_json, run

pytestmark = pytest.mark.usefixtures("inside")
GOOD = {"url": "https://a.example/good", "title": "关于开展节能宣传的通知", "text": "请参加。"}


def _line(**other: Any) -> bytes:
    return json.dumps({**GOOD, "url": "https://a.example/bad", **other}).encode()


BAD = [
    (b'{"url": "https://a.example/n", "title": "x", "n": ' + b"9" * 9000 + b"}", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b"\xff\xfe\x00", "codec"),
    (_line(url="http://[::1"), "url: expected an address"),
    (_line(url="http://a.example:99999999/"), "url: expected an address"),
    (_line(url="https://a.example/\nX: y"), "url: expected an address"),
    (_line(url="https://a.example/\u202egpj"), "url: expected an address"),
    (_line(url="https://a.example/" + "a" * 5000), "url: longer than"),
    (_line(title="长" * 3000), "title: longer than"),
    (_line(text="长" * 1_000_001), "text: longer than"),
    (_line(source="../../etc/passwd"), "source: expected a key"),
    (_line(source="'; DROP TABLE notices; --"), "source: expected a key"),
    (_line(issuers=["甲"] * 60), "issuers: more than"),
    (_line(attachments=[{"name": "a", "text": "b"}] * 201), "attachments: more than"),
    (_line(published="0000-13-45"), "published: expected"),
]


@pytest.mark.model
def test_hostile_lines_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [line for line, _ in BAD]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join([*lines, json.dumps(GOOD).encode()]))
    report = as_json("import", "in.jsonl", code=1)
    assert report["new"] == 1
    assert [problem["line"] for problem in report["errors"]] == list(range(1, len(BAD) + 1))
    told = [problem["message"] for problem in report["errors"]]
    assert [why for (_, why), said in zip(BAD, told, strict=True) if why not in said] == []


def test_a_line_without_end_takes_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "MOST_LINE", 1000)
    (tmp_path / "in.jsonl").write_bytes(b"[" * 50_000 + b"\n" + json.dumps(GOOD).encode() + b"\n")
    report = as_json("import", "in.jsonl", code=1)
    assert (report["read"], report["new"]) == (2, 1)
    assert report["errors"] == [{"line": 1, "message": "longer than 1,000 bytes"}]


def test_names_that_are_commands_elsewhere_are_text(tmp_path: Path) -> None:
    names = ["'; DROP TABLE notices; --", "=cmd|'/c calc'!A1", "a\r\nBcc: x@y", "{{7*7}}", "\ud83d"]
    lines = [
        _line(url=f"https://a.example/{place}", title=name, issuers=[name], text=name)
        for place, name in enumerate(names)
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    assert as_json("import", "in.jsonl")["new"] == len(names)
    with Archive.open(tmp_path / "data") as archive:
        assert archive.integrity.verify() == []
        assert archive.notices.counts()["notices"] == len(names)


def _database(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(copy / "archive.db")


def _trigger(copy: Path) -> None:
    with _database(copy) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON changes BEGIN DELETE FROM outbox; END")


def _replaced_trigger(copy: Path) -> None:
    with _database(copy) as db:
        db.execute("DROP TRIGGER vectors_added")
        db.execute(
            "CREATE TRIGGER vectors_added AFTER INSERT ON changes BEGIN"
            " UPDATE changes SET state = 'selected' WHERE id = NEW.id; END"
        )


def _emptied(copy: Path) -> None:
    (copy / "archive.db").write_bytes(b"")


def _elsewhere(copy: Path) -> None:
    (copy / "archive.db").unlink()
    (copy / "archive.db").symlink_to("/etc/passwd")


def _page(copy: Path) -> None:
    content = bytearray((copy / "archive.db").read_bytes())
    content[8192:12288] = bytes(4096)
    (copy / "archive.db").write_bytes(content)


def _first_file(copy: Path) -> Path:
    return min((copy / "evidence").glob("??/*.gz"))


def _lost(copy: Path) -> None:
    _first_file(copy).unlink()


def _pipe(copy: Path) -> None:
    path = _first_file(copy)
    path.unlink()
    os.mkfifo(path)


def _link(copy: Path) -> None:
    path = _first_file(copy)
    path.unlink()
    path.symlink_to("/etc/passwd")


def _bomb(copy: Path) -> None:
    with gzip.open(_first_file(copy), "wb", 9) as packed:
        for _ in range(150):
            packed.write(bytes(1024 * 1024))


def _way_out(copy: Path) -> None:
    with _database(copy) as db:
        db.execute("UPDATE versions SET raw_sha256 = '../../../../../etc/passwd'")


@pytest.mark.parametrize(
    "spoil",
    [
        _trigger,
        _replaced_trigger,
        _emptied,
        _elsewhere,
        _page,
        _lost,
        _pipe,
        _link,
        _bomb,
        _way_out,
    ],
)
def test_a_hostile_copy_is_not_restored(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    filled.fill(tmp_path / "data")
    with Archive.open(tmp_path / "data") as archive:
        archive.maintenance.backup(tmp_path / "copy")
        before = archive.notices.counts()
    spoil(tmp_path / "copy")
    done = run("restore", "copy", code=1)
    assert "Traceback" not in done.output
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts() == before
        assert archive.integrity.verify() == []
    assert not list((tmp_path / "data").glob("before-restore-*"))


def test_an_archive_with_a_foreign_trigger_is_not_opened(tmp_path: Path) -> None:
    filled.fill(tmp_path / "data")
    _trigger(tmp_path / "data")
    done = run("show", "1", code=1)
    assert "a trigger that is none of ours (t)" in str(done.exception)


def test_a_name_that_is_no_hash_is_no_file(tmp_path: Path) -> None:
    """Neither read, nor measured, nor deleted, wherever it leads."""
    filled.fill(tmp_path / "data")
    outside = tmp_path / "outside.gz"
    shutil.copy(_first_file(tmp_path / "data"), outside)
    with Archive.open(tmp_path / "data") as archive:
        files = archive._backend.evidence
        name = "../../outside"
        assert (files.size(name), files.remove(name)) == (0, 0)
        with pytest.raises(LookupError):
            files.get(name)
    assert outside.exists()
