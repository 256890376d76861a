"""Archives that earlier versions wrote, made by their steps and kept as they were."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive.backends.sqlite import tables as schema
from archive.store import Archive, SearchRequest
from domain.records.observation import Observation
from tests.paths import FIXTURES

KEPT = FIXTURES / "archives"
EARLIER = sorted(KEPT.glob("schema-*.zip"))


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_every_earlier_schema_becomes_the_newest(version: int, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    schema.migrate(database, version)
    database.close()
    with Archive.open(tmp_path) as old, Archive.open(tmp_path / "fresh") as fresh:
        assert _shape(old) == _shape(fresh)
        assert old.integrity.verify() == []


@pytest.mark.parametrize("packed", EARLIER, ids=lambda path: path.stem)
def test_an_earlier_archive_goes_on(
    packed: Path, tmp_path: Path, observe: Callable[..., Observation]
) -> None:
    with zipfile.ZipFile(packed) as folder:
        folder.extractall(tmp_path)
    with Archive.open(tmp_path) as archive:
        with closing(sqlite3.connect(archive.path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert archive.integrity.verify() == []
        counts = archive.notices.counts()
        assert (counts["notices"], counts["postings"], counts["versions"]) == (2, 3, 4)
        notice = archive.notices.by_url("https://www.miit.gov.cn/a.html")
        assert notice is not None
        assert [change.kind for change in notice.changes] == ["new", "status", "copied", "revised"]
        diff = archive.comparisons.of_change(notice.changes[-1].id)
        assert diff is not None
        assert diff.substantive
        assert [hit.id for hit in archive.search(SearchRequest(query="编码规则")).hits] == [
            notice.id
        ]
        archive.ingest(observe(notice.url, notice.title, "第一条 别的规定。" * 20))
        assert archive.integrity.verify() == []


def _shape(archive: Archive) -> dict[str, list[tuple[str, str]]]:
    """The columns of each table."""
    with closing(sqlite3.connect(archive.path)) as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        columns = "SELECT name, type FROM pragma_table_info(?)"
        return {name: sorted(connection.execute(columns, (name,))) for name in tables}
