"""Move an archive to a server and back; killed in between, it goes on where it was."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.backends.factory import open_backend
from archive.ports import Backend
from archive.store import Archive, ArchiveError
from archive.transfer.exporter import write_export
from archive.transfer.mover import ArchiveMove, MoveReport
from tests.builders import make_observation
from tests.fakes.postgres_server import PostgresServer

pytestmark = pytest.mark.sqlite_only


class Killed(BaseException):
    """As if the process ended here."""


def silent(table: str, done: int, count: int) -> None:
    assert table
    assert 0 <= done <= count


def killed_at(wanted: str) -> Callable[[str, int, int], None]:
    def progress(table: str, done: int, count: int) -> None:
        silent(table, done, count)
        if table == wanted:
            raise Killed

    return progress


def exported(folder: Path, url: str | None = None) -> bytes:
    written = io.BytesIO()
    with Archive.open(folder, url=url, create=False) as archive:
        assert archive.integrity.verify() == []
        write_export(archive, written, "jsonl")
    return written.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of some notices, one of which was deleted with its id."""
    with Archive.open(tmp_path / "one") as archive:
        for number in range(12):
            archive.ingest(
                make_observation(
                    f"https://a.gov.cn/{number}", f"第{number}号通知", f"内容{number}" * 30,
                    files={"a.txt": str(number).encode()},
                )
            )  # fmt: skip
        archive.saved_searches.save("电池", "电池", "li")
        archive.saved_searches.save("回收", "回收", "li")
        archive.saved_searches.remove(2)
    return tmp_path / "one"


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    name = postgres.new_database()
    yield postgres.url(name)
    postgres.drop(name)


def move(
    source: tuple[Path, str | None],
    target: tuple[Path, str | None],
    progress: Callable[[str, int, int], None] = silent,
) -> MoveReport:
    ends: list[Backend] = []
    try:
        ends.append(open_backend(source[0], create=False, read_only=True, url=source[1]))
        ends.append(open_backend(target[0], create=True, read_only=False, url=target[1]))
        return ArchiveMove(source=ends[0], target=ends[1], progress=progress).run()
    finally:
        for end in ends:
            end.database.close()


def test_there_and_back_nothing_is_lost(folder: Path, url: str, tmp_path: Path) -> None:
    before = exported(folder)
    report = move((folder, None), (folder, url))
    assert (report.rows["notices"], report.resumed) == (12, False)
    assert exported(folder, url) == before
    move((folder, url), (tmp_path / "two", None))
    assert exported(tmp_path / "two") == before
    with Archive.open(folder, url=url) as there, Archive.open(tmp_path / "two") as back:
        for archive in (there, back):
            found = archive.saved_searches.save("新", "新", "li")
            assert found == 3, "an id that was given once names nothing else later"
            archive.ingest(make_observation("https://a.gov.cn/new", "新的通知", "新内容" * 30))
            assert archive.integrity.verify() == []


def test_an_interrupted_move_goes_on(folder: Path, url: str) -> None:
    for table in ("versions", "search index"):
        with pytest.raises(Killed):
            move((folder, None), (folder, url), killed_at(table))
    assert move((folder, None), (folder, url)).resumed
    assert exported(folder, url) == exported(folder)


def test_a_target_that_holds_anything_is_refused(folder: Path, url: str) -> None:
    with Archive.open(folder, url=url) as other:
        other.saved_searches.save("甲", "甲", "li")
    with pytest.raises(ArchiveError, match=r"not empty \(saved_searches\)"):
        move((folder, None), (folder, url))


def test_a_half_moved_archive_that_was_written_to_starts_anew(folder: Path, url: str) -> None:
    with pytest.raises(Killed):
        move((folder, None), (folder, url), killed_at("versions"))
    with Archive.open(folder) as archive:
        archive.ingest(make_observation("https://a.gov.cn/late", "迟到的通知", "内容" * 30))
    with pytest.raises(ArchiveError, match="written to since its move began"):
        move((folder, None), (folder, url))


def test_a_finished_move_is_not_repeated(folder: Path, url: str) -> None:
    move((folder, None), (folder, url))
    with pytest.raises(ArchiveError, match="not empty"):
        move((folder, None), (folder, url))
