"""Every backend's maintenance: copies of an open archive, its size, damage, compacting."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.ports import Backend
from tests.archive.contracts.engines import CopyingEngine, Engine
from tests.archive.contracts.stored_notices import delete_notice, store_notice

# Characters that no engine makes smaller.
_LONG = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(300_000))
_TITLES = "SELECT title FROM notices ORDER BY id"


def titles(backend: Backend) -> list[str]:
    return [row["title"] for row in backend.database.rows(_TITLES)]


def evidence_files(backend: Backend) -> list[str]:
    return sorted(path.name for path in backend.evidence.files())


# Backup


def test_a_backup_is_a_whole_archive(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    store_notice(backend, "甲电池通知", raw=b"one")
    store_notice(backend, "乙电池通知", raw=b"two")
    assert backend.maintenance.backup(tmp_path / "copy") == 2
    copy = copying_engine.open_copy(tmp_path / "copy")
    assert titles(copy) == ["甲电池通知", "乙电池通知"]
    assert evidence_files(copy) == evidence_files(backend)
    assert [copy.evidence.get(sha256) for sha256 in named(copy)] == [b"one", b"two"]
    assert copy.index.problems() == copy.maintenance.damage() == []


def named(backend: Backend) -> list[str]:
    rows = backend.database.rows("SELECT raw_sha256 FROM versions ORDER BY id")
    return [row["raw_sha256"] for row in rows]


def test_a_backup_holds_what_was_committed_while_another_writes(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    store_notice(backend, "甲", raw=b"one")
    writer = copying_engine.open()
    with writer.database.transaction():
        store_notice(writer, "乙", raw=b"two")
        assert backend.maintenance.backup(tmp_path / "copy") == 1
    assert titles(backend) == ["甲", "乙"]
    assert titles(copying_engine.open_copy(tmp_path / "copy")) == ["甲"]


def test_a_second_backup_into_the_same_folder_is_up_to_date(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    store_notice(backend, "甲", raw=b"one")
    backend.maintenance.backup(tmp_path / "copy")
    store_notice(backend, "乙", raw=b"two")
    assert backend.maintenance.backup(tmp_path / "copy") == 2
    copy = copying_engine.open_copy(tmp_path / "copy")
    assert titles(copy) == ["甲", "乙"]
    assert evidence_files(copy) == evidence_files(backend)


def test_a_backup_with_a_lender_stands_by_itself(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    """What an older copy lends stays when that copy is removed."""
    store_notice(backend, "甲", raw=b"one")
    older, newer = tmp_path / "older", tmp_path / "newer"
    backend.maintenance.backup(older)
    store_notice(backend, "乙", raw=b"two")
    assert backend.maintenance.backup(newer, lender=older) == 2
    lent = copying_engine.open_copy(older)
    for sha256 in named(lent):
        assert lent.evidence.remove(sha256) > 0
    copy = copying_engine.open_copy(newer)
    assert [copy.evidence.get(sha256) for sha256 in named(copy)] == [b"one", b"two"]


def test_a_copy_and_its_archive_go_their_own_ways(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    store_notice(backend, "甲")
    backend.maintenance.backup(tmp_path / "copy")
    copy = copying_engine.open_copy(tmp_path / "copy")
    store_notice(copy, "乙")
    store_notice(backend, "丙")
    assert (titles(copy), titles(backend)) == (["甲", "乙"], ["甲", "丙"])


@pytest.mark.usefixtures("copying_engine")
def test_a_backup_is_refused_where_it_would_be_none(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="the archive itself"):
        backend.maintenance.backup(backend.path.parent)
    with (
        pytest.raises(ArchiveError, match="inside a transaction"),
        backend.database.transaction(),
    ):
        backend.maintenance.backup(tmp_path / "copy")
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file"):
        backend.maintenance.backup(tmp_path / "file")
    assert not (tmp_path / "copy").exists()


def test_a_read_only_archive_can_be_backed_up(
    backend: Backend, copying_engine: CopyingEngine, tmp_path: Path
) -> None:
    store_notice(backend, "甲")
    assert copying_engine.open(read_only=True).maintenance.backup(tmp_path / "copy") == 1
    assert titles(copying_engine.open_copy(tmp_path / "copy")) == ["甲"]


def test_a_server_names_the_tools_that_copy_it(
    backend: Backend, engine: Engine, tmp_path: Path
) -> None:
    if isinstance(engine, CopyingEngine):
        pytest.skip("it copies itself")
    with pytest.raises(
        ArchiveError, match=r"pg_dump .* copy of its evidence, .*; nothing was written$"
    ):
        backend.maintenance.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


# Size, damage, compacting


def test_size_counts_database_and_evidence(backend: Backend) -> None:
    empty = backend.maintenance.size()
    assert (empty.evidence_files, empty.evidence_bytes) == (0, 0)
    assert empty.database_bytes > 0
    store_notice(backend, text=_LONG, raw=b"one")
    store_notice(backend, raw=b"two")
    size = backend.maintenance.size()
    assert size.evidence_files == 2
    assert size.evidence_bytes == sum(map(backend.evidence.size, named(backend)))
    assert size.database_bytes >= empty.database_bytes + 300_000
    assert all(0 < used <= size.database_bytes for used in size.tables.values())
    assert size.as_json()["evidence_files"] == 2


def test_vacuum_gives_free_pages_back_and_keeps_everything(
    backend: Backend, engine: Engine
) -> None:
    store_notice(backend, "甲电池通知", raw=b"one")
    delete_notice(backend, store_notice(backend, "乙", _LONG, indexed=False))
    before = backend.maintenance.size()
    assert before.free_bytes >= 300_000 or not isinstance(
        engine, CopyingEngine
    )  # a server does not tell
    backend.maintenance.vacuum()
    after = backend.maintenance.size()
    assert after.free_bytes == 0
    assert after.database_bytes <= before.database_bytes - 300_000
    assert titles(backend) == ["甲电池通知"]
    assert backend.index.problems() == backend.maintenance.damage() == []


def test_optimize_changes_nothing_that_is_stored(backend: Backend) -> None:
    store_notice(backend, "甲")
    backend.maintenance.optimize()
    assert titles(backend) == ["甲"]
    assert backend.maintenance.damage() == []


@pytest.fixture
def filled(backend: Backend) -> Backend:
    """An archive with rows in the table that is spoiled."""
    with backend.database.transaction():
        for number in range(9):
            row = {"at": "t", "who": "甲", "action": "a", "subject": str(number)}
            backend.database.insert("audit", row)
    return backend


def test_damage_shows(filled: Backend, copying_engine: CopyingEngine) -> None:
    assert filled.maintenance.damage() == []
    copying_engine.spoil_table("audit", wholly=False)
    found = copying_engine.open().maintenance.damage()
    assert found
    assert all(text and text != "ok" for text in found)


def test_a_ruined_table_is_told_in_one_sentence(
    filled: Backend, copying_engine: CopyingEngine
) -> None:
    assert len(filled.database.rows("SELECT * FROM audit")) == 9
    copying_engine.spoil_table("audit", wholly=True)
    again = copying_engine.open()
    for look in (
        again.maintenance.damage,
        lambda: again.database.rows("SELECT * FROM audit"),
    ):
        with pytest.raises(ArchiveError, match=r"^\S+ is damaged .*; restore it from a backup$"):
            look()
