"""What doctor says of the database server of an archive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from archive.engine_state import EngineState
from archive.store import Archive
from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult
from noticewatch.doctor.database_checks import _troubles, database
from tests.fakes.postgres_server import PostgresServer

WELL = EngineState(
    name="PostgreSQL", version="18.6", role="primary", place="postgresql://nw@db/notices",
    connections=5, most_connections=100,
)  # fmt: skip


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    name = postgres.new_archive()
    yield postgres.url(name)
    postgres.drop(name)


def found(folder: Path, url: str | None) -> list[CheckResult]:
    settings = folder / "noticewatch.yml"
    place = f"archive_url: {url}\n" if url else ""
    settings.write_text(f"data_dir: {folder / 'data'}\n{place}", "utf-8")
    return list(database(Application(config=settings)))


def test_a_server_that_is_well_is_named_with_its_version(tmp_path: Path, url: str) -> None:
    [result] = found(tmp_path, url)
    assert result.state == "ok"
    assert result.detail.startswith("PostgreSQL ")
    assert ", primary, at postgresql://noticewatch@/" in result.detail
    assert found(tmp_path, None) == []


def test_an_index_that_is_gone_is_an_error(tmp_path: Path, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP INDEX search_rows_by_gram, notices_by_change")
    [result] = found(tmp_path, url)
    assert result.state == "error"
    assert result.detail == "indexes are missing: notices_by_change, search_rows_by_gram"
    with Archive.open(tmp_path / "data", url=url) as archive:
        archive.search_index.rebuild()
    [result] = found(tmp_path, url)
    assert result.state == "ok"


def test_who_waits_for_a_lock_is_counted(tmp_path: Path, url: str) -> None:
    """But not the archive's writers, who wait for each other."""
    with Archive.open(tmp_path, url=url) as archive:
        assert archive.maintenance.state().lock_waits == 0
        with psycopg.connect(url) as holder:
            holder.execute("LOCK TABLE feedback")
            waiter = Thread(target=lock_feedback, args=(url,))
            waiter.start()
            seen = 0
            for _ in range(400):
                seen = archive.maintenance.state().lock_waits
                if seen:
                    break
                time.sleep(0.02)
        waiter.join()
    assert seen == 1


def lock_feedback(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE feedback")


@pytest.mark.parametrize(
    ("state", "said", "level"),
    [
        (replace(WELL, role="replica"), "is a replica", "error"),
        (replace(WELL, lag_seconds=61.4), "a replica is 61 s behind", "warning"),
        (replace(WELL, lock_waits=2), "2 sessions wait", "warning"),
        (replace(WELL, connections=95), "95 of 100 connections", "warning"),
    ],
)
def test_each_trouble_has_its_sentence(state: EngineState, said: str, level: str) -> None:
    [result] = _troubles(state)
    assert said in result.detail
    assert result.state == level
    assert result.advice


def test_a_file_is_told_as_one(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        state = archive.maintenance.state()
    assert (state.name, state.role, state.place) == ("SQLite", "file", str(tmp_path / "archive.db"))
