"""Opening: what is refused, with one clear sentence."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from archive.backends.factory import open_backend
from archive.store import Archive, ArchiveError
from tests.paths import ROOT


def opened(folder: Path) -> Path:
    with Archive.open(folder) as archive:
        assert archive.notices.counts()["notices"] == 0
    return folder / "archive.db"


def test_open_twice_keeps_the_schema(tmp_path: Path) -> None:
    opened(tmp_path)
    with Archive.open(tmp_path) as archive:
        assert archive.integrity.verify() == []


def test_settings_of_the_connection(tmp_path: Path) -> None:
    opened(tmp_path)
    database = open_backend(tmp_path, create=False, read_only=False).database
    for pragma, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}.items():
        assert database.value(f"PRAGMA {pragma}") == value
    database.close()


def test_truncated_file(tmp_path: Path) -> None:
    path = opened(tmp_path)
    size = path.stat().st_size
    for cut in (size // 2, 5000, 50):
        os.truncate(path, cut)
        with pytest.raises(ArchiveError, match=r"cut short|not an archive"):
            Archive.open(tmp_path)


def test_text_file(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("this is no database at all\n" * 50)
    with pytest.raises(ArchiveError, match="not an archive database"):
        Archive.open(tmp_path)


def test_foreign_database(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "archive.db")
    other.execute("CREATE TABLE accounts (id INTEGER)")
    other.commit()
    other.close()
    with pytest.raises(ArchiveError, match="another program's"):
        Archive.open(tmp_path)


def test_newer_schema(tmp_path: Path) -> None:
    path = opened(tmp_path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version=999")
    database.commit()
    database.close()
    with pytest.raises(ArchiveError, match="upgrade noticewatch"):
        Archive.open(tmp_path)


def test_missing_archive_is_not_made_for_reading(tmp_path: Path) -> None:
    for options in ({"read_only": True}, {"create": False}):
        with pytest.raises(ArchiveError, match="no archive"):
            Archive.open(tmp_path / "none", **options)
    assert not (tmp_path / "none").exists()


def test_read_only_refuses_writes(tmp_path: Path) -> None:
    opened(tmp_path)
    with Archive.open(tmp_path, read_only=True) as archive:
        assert archive.notices.counts()["notices"] == 0
        with pytest.raises(ArchiveError, match="reading only"), archive.transaction():
            pass


def test_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ArchiveError, match="data"):
        Archive.open(tmp_path / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_unwritable_folder(tmp_path: Path) -> None:
    opened(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ArchiveError, match="cannot be"):
            Archive.open(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_nested_transactions_roll_back_together(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        with suppress(ValueError), archive.transaction():
            archive.notifier_state.set_channel("a", {"x": 1})
            raise ValueError("stop")
        assert archive.notifier_state.channel("a") == {}


def test_many_open_a_new_archive_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from archive.store import Archive; Archive.open(Path(sys.argv[2])).close()"
    )
    openers = [
        subprocess.Popen([sys.executable, "-c", program, str(ROOT), str(tmp_path / "data")])
        for _ in range(4)
    ]
    assert [opener.wait(timeout=60) for opener in openers] == [0, 0, 0, 0]


def test_opening_again_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    """A second connection here, then another process that comes and goes: it must not take
    itself for the only one and clear the journal away under the first connection."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from archive.store import Archive; Archive.open(Path(sys.argv[2])).close()"
    )
    with Archive.open(tmp_path) as first:
        first.notifier_state.set_channel("a", {"x": 1})
        Archive.open(tmp_path).close()
        journal = (tmp_path / "archive.db-wal").stat().st_ino
        subprocess.run([sys.executable, "-c", program, str(ROOT), str(tmp_path)], check=True)
        assert (tmp_path / "archive.db-wal").stat().st_ino == journal
        first.notifier_state.set_channel("a", {"x": 2})
    with Archive.open(tmp_path) as again:
        assert again.notifier_state.channel("a") == {"x": 2}
        assert again.integrity.verify() == []


def test_damage_inside_is_one_sentence_when_it_is_read(tmp_path: Path) -> None:
    with Archive.open(tmp_path):
        pass
    file = tmp_path / "archive.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with (
        pytest.raises(ArchiveError, match=r"damaged or cut short; restore it from a backup"),
        Archive.open(tmp_path, read_only=True) as archive,
    ):
        archive.sources.all()
